using System.Runtime.CompilerServices;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// What each 32-bit word of config space belongs to, for a guest: the index table of dispatch. A word that nothing claims is denied.
/// </summary>
[InlineArray(Words)]
public struct CapabilityMap
{
    /// <summary>Bytes of config space.</summary>
    public const uint SizeBytes = 0x1000;

    private const int Words = (int)(SizeBytes / 4);
    private const byte First = 0x80;

    private byte _owner;

    /// <summary>What a word belongs to.</summary>
    /// <param name="offset">Byte offset in config space; the low two bits are ignored. Beyond the map nothing.</param>
    public readonly GuestCapability OwnerOf(uint offset) => offset < SizeBytes ? (GuestCapability)(this[(int)(offset >> 2)] & ~First) : GuestCapability.None;

    /// <summary>Where the capability begins that a word belongs to.</summary>
    /// <param name="offset">Byte offset of a word that belongs to one.</param>
    public readonly uint StartOf(uint offset)
    {
        uint word = offset < SizeBytes ? offset >> 2 : 0;
        while (word != 0 && (this[(int)word] & First) == 0)
        {
            word--;
        }

        return word << 2;
    }

    /// <summary>How many bytes a capability has been given.</summary>
    /// <param name="start">Byte offset of its first word.</param>
    public readonly uint LengthOf(uint start)
    {
        uint end = start + 4;
        while (end < SizeBytes && OwnerOf(end) == OwnerOf(start) && (this[(int)(end >> 2)] & First) == 0)
        {
            end += 4;
        }

        return end - start;
    }

    /// <summary>Gives words to a capability.</summary>
    /// <param name="capability">Which one.</param>
    /// <param name="offset">Byte offset of its first word.</param>
    /// <param name="length">How many bytes; a word that is begun counts whole.</param>
    public void Claim(GuestCapability capability, uint offset, uint length)
    {
        for (uint at = offset; at < offset + length && at < SizeBytes; at += 4)
        {
            this[(int)(at >> 2)] = (byte)((byte)capability | (at == offset ? First : 0));
        }
    }
}
