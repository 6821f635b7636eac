// What the cases are written against: hardware, a guest, and values that nobody need doubt.
using System;
using Sluice.Registers;

namespace Corpus;

public static class Hardware
{
    [HardwareSink]
    public static uint Latch;

    [HardwareSink]
    public static uint Port { get; set; }

    public static void Store([HardwareSink] uint value) => _ = value;

    public static void StoreSigned([HardwareSink] int value) => _ = value;

    public static void StoreWide([HardwareSink] ulong value) => _ = value;

    public static void Dma([HardwareSink] ulong address, [HardwareSink] ulong length) => _ = address + length;

    public static void Set([HardwareSink] Control value) => _ = value.Value;

    public static void StoreKind([HardwareSink] Kind value) => _ = value;

    public static uint Status() => 0;
}

public static class Guest
{
    [GuestControlled]
    public static uint Word;

    [GuestControlled]
    public static uint Read(uint offset) => offset;

    [GuestControlled]
    public static int ReadSigned(uint offset) => (int)offset;

    [GuestControlled]
    public static byte ReadByte(uint offset) => (byte)offset;

    [return: GuestControlled]
    public static ulong ReadWide(uint offset) => offset;

    public static void Fetch([GuestControlled] out uint value) => value = 0;

    public static bool TryFetch([GuestControlled] out uint value)
    {
        value = 0;
        return true;
    }

    public static void Fill([GuestControlled] ref uint value) => value++;
}

public static class Trusted
{
    public const uint Mask = 0xF0;

    public static readonly uint Limit = 16;

    public static uint Count => 8;

    public static ulong Base => 0x8000_0000;

    public static ulong Size => 0x1000;

    public static uint Combine(uint value) => value;

    public static void Nothing()
    {
    }
}

public static class Clean
{
    [Sanitizes]
    public static uint Mask(uint value) => value & 0xFF;

    [Sanitizes]
    public static bool Try(uint value, out uint index)
    {
        index = value;
        return value < 8;
    }

    [Sanitizes]
    public static void Give(uint value, out uint index) => index = value & 7;
}

public enum Kind : uint
{
    None,
    First,
    Second,
}

[RegisterTraits(Name = "CONTROL", WidthBits = 32, Readable = 0xFFFF_FFFF, Writable = 0xFFFF_FFFF)]
public readonly struct Control(uint value)
{
    private readonly uint _value = value;

    public uint Value => _value;

    public uint Level { get => Value & 0xF; init => _value = (_value & ~0xFu) | (value & 0xF); }

    public uint Rate { get => (Value >> 4) & 0xF; init => _value = (_value & ~0xF0u) | ((value & 0xF) << 4); }
}

public struct Plain
{
    public uint First;
    public uint Second;
}

public readonly struct Bus : IRegisterBus
{
    public byte Read8(RegisterAddress address) => 0;

    public ushort Read16(RegisterAddress address) => 0;

    public uint Read32(RegisterAddress address) => 0;

    public ulong Read64(RegisterAddress address) => 0;

    public void Write8(RegisterAddress address, byte value)
    {
    }

    public void Write16(RegisterAddress address, ushort value)
    {
    }

    public void Write32(RegisterAddress address, uint value)
    {
    }

    public void Write64(RegisterAddress address, ulong value)
    {
    }
}
