using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>
/// The byte lanes that one access touches, one bit a byte, bit 0 for the byte at the lowest address. Up to eight lanes (a 64-bit
/// register); an access to a 32-bit word uses the low four.
/// </summary>
/// <remarks>Every access is brought into this form once, at the door; nothing behind it knows how wide the access was.</remarks>
public readonly struct Lanes
{
    private readonly byte _bits;

    /// <summary>Makes lanes of their bit set.</summary>
    /// <param name="bits">One bit a byte, bit 0 for the byte at the lowest address.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes(uint bits)
    {
        _bits = (byte)bits;
    }

    /// <summary>All four lanes of a 32-bit word.</summary>
    public static Lanes Word => new(0xF);

    /// <summary>All eight lanes of a 64-bit register.</summary>
    public static Lanes DoubleWord => new(0xFF);

    /// <summary>One bit a byte, bit 0 for the byte at the lowest address.</summary>
    public uint Bits => _bits;

    /// <summary>Whether no byte is touched.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>The low four lanes as a mask over the 32 bits of a word: 0xFF in each byte that is touched.</summary>
    public uint Mask32
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (((_bits & 0xFu) * 0x0020_4081u) & 0x0101_0101u) * 0xFFu;
    }

    /// <summary>All eight lanes as a mask over 64 bits.</summary>
    public ulong Mask64
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Mask32 | ((ulong)new Lanes((uint)_bits >> 4).Mask32 << 32);
    }

    /// <summary>The lanes of an access inside one 32-bit word.</summary>
    /// <param name="byteOffset">Where the access begins, in bytes; only its low two bits count.</param>
    /// <param name="width">How wide it is; it must not pass the end of the word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Within(uint byteOffset, AccessWidth width) => new((((1u << (int)width) - 1u) & 0xFu) << (int)(byteOffset & 3u));

    /// <summary>The lanes as a register sees them that begins <paramref name="bytes"/> bytes into the word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes From(int bytes) => new((uint)_bits >> bytes);

    /// <summary>The lanes of a word as a wider register sees them whose byte <paramref name="bytes"/> is the word's first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes At(int bytes) => new((uint)_bits << bytes);

    /// <summary>Whether any of these lanes is among <paramref name="others"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Overlaps(Lanes others) => (_bits & others._bits) != 0;
}
