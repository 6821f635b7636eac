using Sluice.Registers;

namespace Sluice.Simulation;

/// <summary>The simulated machine as drivers reach it: addresses are the machine's.</summary>
/// <param name="machine">The machine.</param>
public readonly struct SimulatedBus(SimulatedMachine machine) : IRegisterBus
{
    /// <inheritdoc/>
    public byte Read8(RegisterAddress address) => (byte)machine.Read(address.Value, AccessWidth.Byte);

    /// <inheritdoc/>
    public ushort Read16(RegisterAddress address) => (ushort)machine.Read(address.Value, AccessWidth.HalfWord);

    /// <inheritdoc/>
    public uint Read32(RegisterAddress address) => (uint)machine.Read(address.Value, AccessWidth.Word);

    /// <inheritdoc/>
    public ulong Read64(RegisterAddress address) => machine.Read(address.Value, AccessWidth.DoubleWord);

    /// <inheritdoc/>
    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value) => machine.Write(address.Value, AccessWidth.Byte, value);

    /// <inheritdoc/>
    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value) =>
        machine.Write(address.Value, AccessWidth.HalfWord, value);

    /// <inheritdoc/>
    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value) => machine.Write(address.Value, AccessWidth.Word, value);

    /// <inheritdoc/>
    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value) =>
        machine.Write(address.Value, AccessWidth.DoubleWord, value);
}
