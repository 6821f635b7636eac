using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace.HardwareDomain;

/// <summary>A capability that the hardware domain does not find: the list leads past it, and what stands there cannot be written.</summary>
internal struct HiddenCapability
{
    private const int ExtendedShift = 20;

    /// <summary>Byte offset of its first register; 0 for none.</summary>
    public uint Start;

    /// <summary>How many bytes of it are read only: up to the next capability.</summary>
    public uint Length;

    /// <summary>Byte offset of the word that leads to it: the one before it that is shown, or the beginning of its list.</summary>
    public uint Link;

    /// <summary>Byte offset of the next one that is shown; 0 for none.</summary>
    public uint Next;

    /// <summary>Whether a byte is one of its registers.</summary>
    /// <param name="offset">Byte offset in config space.</param>
    public readonly bool Holds(uint offset) => Start != 0 && offset - Start < Length && offset >= Start;

    /// <summary>What a word reads as that leads to it. Its own first word, where it is the first of the extended list, is one: it cannot be led past and has no id instead.</summary>
    /// <param name="word">Byte offset of the word.</param>
    /// <param name="value">What the hardware gave.</param>
    public readonly uint Patch(uint word, uint value)
    {
        if (Start == 0 || word != (Link & ~3u))
        {
            return value;
        }

        if (Start < FoundCapabilities.FirstExtended)
        {
            int shift = (int)((Link & 3) * 8);
            return (value & ~(0xFFu << shift)) | (Next << shift);
        }

        return Link == Start ? Next << ExtendedShift : (value & ((1u << ExtendedShift) - 1)) | (Next << ExtendedShift);
    }

    /// <summary>Where the pointer to the next capability is in one that is shown.</summary>
    /// <param name="capability">The capability.</param>
    public static uint PointerIn(FoundCapability capability) => capability.IsExtended ? capability.Offset : capability.Offset + 1u;
}
