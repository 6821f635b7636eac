namespace Sluice.Runtime.HostBridges;

/// <summary>
/// Where a function's MSI-X table and pending bits lie in its memory. The pages that hold them are never mapped for a guest; the other bytes of these
/// pages are reached by trapping.
/// </summary>
public struct MsixLayout
{
    /// <summary>Bytes of one table entry.</summary>
    public const uint EntryBytes = 16;

    private const ulong PageMask = 0xFFF;

    /// <summary>Entries that the hardware's table has: 1 to 2048; 0 when the function has no usable MSI-X.</summary>
    public uint Entries { get; set; }

    /// <summary>Which BAR holds the table.</summary>
    public uint TableBar { get; set; }

    /// <summary>Byte offset of the table in its BAR.</summary>
    public ulong TableOffset { get; set; }

    /// <summary>Which BAR holds the pending bits.</summary>
    public uint PendingBar { get; set; }

    /// <summary>Byte offset of the pending bits in their BAR.</summary>
    public ulong PendingOffset { get; set; }

    /// <summary>Size of the table in bytes.</summary>
    public readonly ulong TableBytes => (ulong)Entries * EntryBytes;

    /// <summary>Size of the pending bits in bytes: whole groups of 64.</summary>
    public readonly ulong PendingBytes => (((ulong)Entries + 63) / 64) * 8;

    /// <summary>Whether a byte of a BAR belongs to the table.</summary>
    public readonly bool InTable(uint bar, ulong offset) => bar == TableBar && offset - TableOffset < TableBytes && offset >= TableOffset;

    /// <summary>Whether a byte of a BAR belongs to the pending bits.</summary>
    public readonly bool InPending(uint bar, ulong offset) => bar == PendingBar && offset - PendingOffset < PendingBytes && offset >= PendingOffset;

    /// <summary>How far it goes on from a page of a BAR in the same manner, mapped or trapped.</summary>
    /// <param name="bar">Which BAR.</param>
    /// <param name="offset">Byte offset of a page.</param>
    /// <param name="sizeBytes">Size of the BAR in whole pages.</param>
    /// <param name="trapped">Whether these pages hold any of the table or of the pending bits.</param>
    /// <returns>The offset of the first page for which it is otherwise, or <paramref name="sizeBytes"/>.</returns>
    public readonly ulong EndOfRun(uint bar, ulong offset, ulong sizeBytes, out bool trapped)
    {
        ulong end = sizeBytes;
        trapped = false;
        if (Entries != 0 && bar == TableBar)
        {
            Clip(offset, TableOffset, TableBytes, ref end, ref trapped);
        }

        if (Entries != 0 && bar == PendingBar)
        {
            Clip(offset, PendingOffset, PendingBytes, ref end, ref trapped);
        }

        return end;
    }

    private static void Clip(ulong offset, ulong start, ulong length, ref ulong end, ref bool trapped)
    {
        ulong first = start & ~PageMask;
        ulong last = (start + length + PageMask) & ~PageMask;
        if (offset < first)
        {
            end = first < end && !trapped ? first : end;
        }
        else if (offset < last)
        {
            // A trapped run may end early, at the end of one of its two reasons: the next run then goes on with the other.
            end = trapped && end > last ? end : last;
            trapped = true;
        }
    }
}
