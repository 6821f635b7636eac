using System.Buffers.Binary;

namespace Sluice.Simulation;

/// <summary>
/// A walk of translation tables as an SMMU or CPU makes it: reads memory itself, not the core's caches, and knows nothing of the code that wrote the tables.
/// 4 KiB granule, AArch64 format. Source: Arm ARM, D8.2 and D8.3.
/// </summary>
public sealed class TableWalk
{
    private readonly RandomAccessMemory _memory;

    /// <summary>Prepares walks of one configuration.</summary>
    /// <param name="memory">Where the tables are.</param>
    public TableWalk(RandomAccessMemory memory)
    {
        _memory = memory;
    }

    /// <summary>Whether leaves have the stage-2 format.</summary>
    public bool Stage2 { get; init; }

    /// <summary>The root's machine address.</summary>
    public ulong Root { get; init; }

    /// <summary>T0SZ.</summary>
    public int SizeOffset { get; init; }

    /// <summary>The level to begin at; -1 derives it from the size, as stage 1 does.</summary>
    public int StartLevel { get; init; } = -1;

    /// <summary>Bits of an output address.</summary>
    public int OutputBits { get; init; } = 48;

    /// <summary>Walks.</summary>
    /// <param name="input">The input address.</param>
    /// <param name="write">Whether the access is a write.</param>
    /// <param name="output">The machine address.</param>
    /// <param name="leafBytes">What the leaf covers.</param>
    public WalkFault Translate(ulong input, bool write, out ulong output, out ulong leafBytes)
    {
        output = 0;
        leafBytes = 0;
        int inputBits = 64 - SizeOffset;
        if (input >> inputBits != 0)
        {
            return WalkFault.Translation;
        }

        int start = StartLevel >= 0 ? StartLevel : 4 - ((inputBits - 12 + 8) / 9);
        ulong table = Root;
        for (int level = start; level <= 3; level++)
        {
            int shift = 12 + (9 * (3 - level));
            ulong index = level == start ? input >> shift : (input >> shift) & 0x1FF;
            if (!TryRead(table + (index * 8), out ulong descriptor))
            {
                return WalkFault.Abort;
            }

            bool leaf = level == 3 ? (descriptor & 3) == 3 : (descriptor & 3) == 1 && level > 0;
            ulong address = descriptor & 0x0000_FFFF_FFFF_F000;
            if (!leaf)
            {
                if (level == 3 || (descriptor & 3) != 3)
                {
                    return WalkFault.Translation;
                }

                table = address;
                continue;
            }

            leafBytes = 1UL << shift;
            output = (address & ~(leafBytes - 1)) | (input & (leafBytes - 1));
            return address >> OutputBits != 0 ? WalkFault.AddressSize : Check(descriptor, write);
        }

        return WalkFault.Translation;
    }

    private WalkFault Check(ulong leaf, bool write)
    {
        if ((leaf & (1 << 10)) == 0)
        {
            return WalkFault.AccessFlag;
        }

        // Stage 2: S2AP is one bit for reads and one for writes. Stage 1: AP[1] admits unprivileged accesses, AP[2] forbids writes.
        bool allowed = Stage2
            ? (leaf & (write ? 1u << 7 : 1u << 6)) != 0
            : (leaf & (1u << 6)) != 0 && (!write || (leaf & (1u << 7)) == 0);
        return allowed ? WalkFault.None : WalkFault.Permission;
    }

    private bool TryRead(ulong address, out ulong descriptor)
    {
        bool readable = _memory.Contains(address, sizeof(ulong));
        descriptor = readable ? BinaryPrimitives.ReadUInt64LittleEndian(_memory.Uncached(address, sizeof(ulong))) : 0;
        return readable;
    }
}
