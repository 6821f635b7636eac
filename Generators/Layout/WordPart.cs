namespace Sluice.Generators.Layout;

/// <summary>The part of one register that lies in one word.</summary>
/// <param name="Policy">Index of the register's policy in its view.</param>
/// <param name="Element">Which element, when the register is an array.</param>
/// <param name="WordByte">Where the part begins in the word, in bytes.</param>
/// <param name="RegisterByte">Where the part begins in the register, in bytes: 4 for the upper half of a 64-bit register.</param>
/// <param name="Bytes">How many bytes it has.</param>
internal readonly record struct WordPart(int Policy, uint Element, int WordByte, int RegisterByte, int Bytes)
{
    /// <summary>The part's lanes in the word, one bit a byte.</summary>
    public uint Lanes => ((1u << Bytes) - 1) << WordByte;

    /// <summary>The part of a mask over the register, moved to where it lies in the word.</summary>
    public uint InWord(ulong registerMask)
        => (uint)((registerMask >> (RegisterByte * 8)) & (uint.MaxValue >> (32 - (Bytes * 8)))) << (WordByte * 8);
}
