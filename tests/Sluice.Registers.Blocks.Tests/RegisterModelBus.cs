using System.Collections.Generic;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>Registers that keep what is written, each at its own address.</summary>
internal readonly struct RegisterModelBus(Dictionary<ulong, ulong> values) : IRegisterBus
{
    public Dictionary<ulong, ulong> Values { get; } = values;

    /// <summary>Where was written, in order.</summary>
    public List<ulong> Written { get; } = [];

    public byte Read8(RegisterAddress address) => (byte)Read64(address);

    public ushort Read16(RegisterAddress address) => (ushort)Read64(address);

    public uint Read32(RegisterAddress address) => (uint)Read64(address);

    public ulong Read64(RegisterAddress address) => Values.GetValueOrDefault(address.Value);

    public void Write8(RegisterAddress address, byte value) => Write64(address, value);

    public void Write16(RegisterAddress address, ushort value) => Write64(address, value);

    public void Write32(RegisterAddress address, uint value) => Write64(address, value);

    public void Write64(RegisterAddress address, ulong value)
    {
        Written.Add(address.Value);
        Values[address.Value] = value;
    }
}
