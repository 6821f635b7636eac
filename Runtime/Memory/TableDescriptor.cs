using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Memory;

/// <summary>The parts of a descriptor that all stages share (Arm ARM, D8.3, VMSAv8-64 descriptors with a 4 KiB granule and 48-bit addresses).</summary>
internal static class TableDescriptor
{
    /// <summary>The last level, where leaves are pages.</summary>
    internal const int PageLevel = 3;

    private const ulong Valid = 1;
    private const ulong TableOrPage = 2;
    private const ulong AddressBits = 0x0000_FFFF_FFFF_F000;

    /// <summary>Whether a walker goes on or ends here; otherwise it faults.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsValid(ulong descriptor) => (descriptor & Valid) != 0;

    /// <summary>Whether the descriptor leads to a table of the next level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsTable(ulong descriptor, int level) => level < PageLevel && (descriptor & (Valid | TableOrPage)) == (Valid | TableOrPage);

    /// <summary>The table or the memory that the descriptor leads to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static MachineAddress Output(ulong descriptor) => new(descriptor & AddressBits);

    /// <summary>Everything of a leaf but its address, its validity and its level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Attributes(ulong descriptor) => descriptor & ~(AddressBits | Valid | TableOrPage);

    /// <summary>A descriptor that leads to a table.</summary>
    internal static ulong Table(MachineAddress table) => table.Value | Valid | TableOrPage;

    /// <summary>A leaf of a level.</summary>
    internal static ulong Leaf(MachineAddress output, ulong attributes, int level) =>
        output.Value | attributes | Valid | (level == PageLevel ? TableOrPage : 0);
}
