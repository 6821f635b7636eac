namespace Sluice.Registers;

/// <summary>
/// How registers are reached: memory-mapped, simulated, over a socket. Each call is exactly one access of that width, in program order; nothing is
/// cached, merged, split or repeated. Addresses are naturally aligned.
/// </summary>
public interface IRegisterBus
{
    /// <summary>One 8-bit read.</summary>
    byte Read8(RegisterAddress address);

    /// <summary>One 16-bit read.</summary>
    ushort Read16(RegisterAddress address);

    /// <summary>One 32-bit read.</summary>
    uint Read32(RegisterAddress address);

    /// <summary>One 64-bit read.</summary>
    ulong Read64(RegisterAddress address);

    /// <summary>One 8-bit write.</summary>
    void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value);

    /// <summary>One 16-bit write.</summary>
    void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value);

    /// <summary>One 32-bit write.</summary>
    void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value);

    /// <summary>One 64-bit write.</summary>
    void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value);
}
