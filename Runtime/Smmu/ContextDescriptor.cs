using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>The words of a context descriptor that are not zero: one stage-1 table, for addresses whose upper bits are zero.</summary>
/// <remarks>Source: Arm IHI 0070, section 5.4.</remarks>
public readonly struct ContextDescriptor
{
    /// <summary>Bytes of a descriptor.</summary>
    public const ulong SizeBytes = 64;

    /// <summary>Describes a table.</summary>
    /// <param name="root">The table's root.</param>
    /// <param name="geometry">The table's shape.</param>
    /// <param name="asid">The tag of its translations.</param>
    /// <param name="coherent">Whether the walker snoops the caches.</param>
    public ContextDescriptor(MachineAddress root, PageTableGeometry geometry, ushort asid, bool coherent)
    {
        // Faults are recorded (R) and answered with an abort (A); the tag is the SMMU's own, not a CPU's (ASET); nothing at the upper end (EPD1).
        const ulong NoUpperTable = 1UL << 30;
        const ulong Valid = 1UL << 31;
        const ulong Aarch64 = 1UL << 41;
        const ulong Record = 1UL << 45;
        const ulong Abort = 1UL << 46;
        const ulong OwnTag = 1UL << 47;
        ulong walks = coherent ? (1UL << 8) | (1UL << 10) | (3UL << 12) : 2UL << 12;
        Word0 = geometry.SizeOffset | walks | NoUpperTable | Valid | ((ulong)geometry.OutputSizeCode << 32) | Aarch64 | Record | Abort | OwnTag
            | ((ulong)asid << 48);
        Word1 = root.Value;
        Word3 = Stage1Format.MemoryAttributeIndirection;
    }

    /// <summary>Sizes, walk attributes, V, ASID.</summary>
    public ulong Word0 { get; }

    /// <summary>The table.</summary>
    public ulong Word1 { get; }

    /// <summary>What the table's attribute indexes mean.</summary>
    public ulong Word3 { get; }

    /// <summary>Writes the descriptor; nobody may use it yet.</summary>
    internal void Write<TMemory>(in TMemory memory, MachineAddress address)
        where TMemory : struct, IMachineMemory
    {
        memory.Zero(address, SizeBytes);
        memory.Write64(address + 8, Word1);
        memory.Write64(address + 24, Word3);
        memory.Write64(address, Word0);
        memory.Clean(address, SizeBytes);
        memory.Barrier();
    }
}
