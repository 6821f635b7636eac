using System;
using Sluice.Registers;

namespace VendorSvd;

/// <summary>Registers in an array: what the chip would get.</summary>
internal readonly struct MemoryBus(uint[] words) : IRegisterBus
{
    private readonly uint[] _words = words;

    public byte Read8(RegisterAddress address) => throw new NotSupportedException();

    public ushort Read16(RegisterAddress address) => throw new NotSupportedException();

    public uint Read32(RegisterAddress address) => _words[address.Value / 4];

    public ulong Read64(RegisterAddress address) => throw new NotSupportedException();

    public void Write8(RegisterAddress address, byte value) => throw new NotSupportedException();

    public void Write16(RegisterAddress address, ushort value) => throw new NotSupportedException();

    public void Write32(RegisterAddress address, uint value) => _words[address.Value / 4] = value;

    public void Write64(RegisterAddress address, ulong value) => throw new NotSupportedException();
}
