using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// The config space of one function as a bus of its own: the address is the offset in it. So the generated accessors of the PCI header and of
/// each capability serve any host bridge.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <param name="bridge">The bridge that the function is behind.</param>
/// <param name="function">Which function.</param>
public readonly struct FunctionConfig<TBridge>(TBridge bridge, RequesterId function) : IRegisterBus
    where TBridge : struct, IHostBridge
{
    private readonly TBridge _bridge = bridge;

    /// <summary>Which function.</summary>
    public RequesterId Function { get; } = function;

    /// <summary>The bridge that the function is behind.</summary>
    public TBridge Bridge => _bridge;

    /// <inheritdoc/>
    public byte Read8(RegisterAddress address) => (byte)_bridge.ReadConfig(Function, OffsetOf(address), AccessWidth.Byte);

    /// <inheritdoc/>
    public ushort Read16(RegisterAddress address) => (ushort)_bridge.ReadConfig(Function, OffsetOf(address), AccessWidth.HalfWord);

    /// <inheritdoc/>
    public uint Read32(RegisterAddress address) => _bridge.ReadConfig(Function, OffsetOf(address), AccessWidth.Word);

    /// <summary>Reads 64 bits as two words, the low one first: config space has no wider access.</summary>
    public ulong Read64(RegisterAddress address)
    {
        ulong low = Read32(address);
        return low | ((ulong)Read32(address + 4) << 32);
    }

    /// <inheritdoc/>
    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value)
        => _bridge.WriteConfig(Function, OffsetOf(address), AccessWidth.Byte, value);

    /// <inheritdoc/>
    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value)
        => _bridge.WriteConfig(Function, OffsetOf(address), AccessWidth.HalfWord, value);

    /// <inheritdoc/>
    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value)
        => _bridge.WriteConfig(Function, OffsetOf(address), AccessWidth.Word, value);

    /// <summary>Writes 64 bits as two words, the low one first.</summary>
    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value)
    {
        Write32(address, (uint)value);
        Write32(address + 4, (uint)(value >> 32));
    }

    /// <summary>An address beyond the function's config space must not come back into it: every bridge answers the last offset as absent.</summary>
    private static uint OffsetOf(RegisterAddress address) => address.Value < uint.MaxValue ? (uint)address.Value : uint.MaxValue;
}
