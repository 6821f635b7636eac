using System.Collections.Generic;
using Sluice.Registers;

namespace Sluice.Generators.Tests.Drivers;

/// <summary>A bus that writes down each access and answers every read with one value.</summary>
internal readonly struct RecordingBus(List<string> log, ulong answer) : IRegisterBus
{
    public byte Read8(RegisterAddress address) => (byte)Read(8, address);

    public ushort Read16(RegisterAddress address) => (ushort)Read(16, address);

    public uint Read32(RegisterAddress address) => (uint)Read(32, address);

    public ulong Read64(RegisterAddress address) => Read(64, address);

    public void Write8(RegisterAddress address, byte value) => Write(8, address, value);

    public void Write16(RegisterAddress address, ushort value) => Write(16, address, value);

    public void Write32(RegisterAddress address, uint value) => Write(32, address, value);

    public void Write64(RegisterAddress address, ulong value) => Write(64, address, value);

    private ulong Read(int width, RegisterAddress address)
    {
        log.Add($"read{width} {address.Value:X}");
        return answer;
    }

    private void Write(int width, RegisterAddress address, ulong value) => log.Add($"write{width} {address.Value:X} {value:X}");
}
