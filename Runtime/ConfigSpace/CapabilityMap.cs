using System.Runtime.CompilerServices;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// Which capability each 32-bit word of the first 256 bytes of config space belongs to, for a guest: the index table of dispatch. A word that nothing claims is denied.
/// </summary>
[InlineArray(Words)]
public struct CapabilityMap
{
    /// <summary>Bytes of config space that the map covers: all that conventional capabilities can lie in.</summary>
    public const uint SizeBytes = 0x100;

    private const int Words = (int)(SizeBytes / 4);

    private GuestCapability _owner;

    /// <summary>Whose a word is.</summary>
    /// <param name="offset">Byte offset in config space; the low two bits are ignored. Beyond the map nobody's.</param>
    public readonly GuestCapability this[uint offset] => offset < SizeBytes ? this[(int)(offset >> 2)] : GuestCapability.None;

    /// <summary>Gives words to a capability.</summary>
    /// <param name="capability">Which one.</param>
    /// <param name="offset">Byte offset of its first word.</param>
    /// <param name="length">How many bytes; a word that is begun counts whole.</param>
    public void Claim(GuestCapability capability, uint offset, uint length)
    {
        for (uint at = offset; at < offset + length && at < SizeBytes; at += 4)
        {
            this[(int)(at >> 2)] = capability;
        }
    }
}
