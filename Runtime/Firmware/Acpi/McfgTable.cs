using System;

namespace Sluice.Runtime.Firmware;

/// <summary>The ACPI table MCFG: where config space is.</summary>
/// <remarks>Source: PCI Firmware Specification 3.3, section 4.1.2.</remarks>
public readonly ref struct McfgTable
{
    private readonly AcpiTable _table;

    private McfgTable(AcpiTable table)
    {
        _table = table;
        Count = (table.Length - AcpiFormat.McfgFirst) / AcpiFormat.McfgRowBytes;
    }

    /// <summary>How many regions it names.</summary>
    public int Count { get; }

    /// <summary>Writes a table.</summary>
    /// <param name="buffer">Where it goes: 44 bytes and 16 a region.</param>
    /// <param name="regions">The regions.</param>
    /// <param name="bytes">Its length; 0 after an error.</param>
    /// <returns>The first error.</returns>
    public static AcpiError Write(Span<byte> buffer, ReadOnlySpan<EcamRegion> regions, out int bytes)
    {
        AcpiWriter table = new(buffer, "MCFG"u8, revision: 1);
        table.AppendNumber(0, 8);
        for (int index = 0; index < regions.Length; index++)
        {
            if (!regions[index].IsSound)
            {
                table.Fail(AcpiError.BadWindow);
            }

            table.AppendNumber(regions[index].BaseAddress, 8);
            table.AppendNumber(regions[index].Segment, 2);
            table.AppendNumber(regions[index].FirstBus, 1);
            table.AppendNumber(regions[index].LastBus, 1);
            table.AppendNumber(0, 4);
        }

        return table.Finish(out bytes);
    }

    /// <summary>Opens a table.</summary>
    /// <param name="bytes">The table, and possibly more behind it.</param>
    /// <param name="mcfg">The table; not to be used after an error.</param>
    /// <returns>What is wrong with it; regions are looked at when they are asked for.</returns>
    public static AcpiError TryOpen(ReadOnlySpan<byte> bytes, out McfgTable mcfg)
    {
        mcfg = default;
        AcpiError error = AcpiTable.TryOpen(bytes, "MCFG"u8, out AcpiTable table);
        if (error != AcpiError.None)
        {
            return error;
        }

        if (table.Length < AcpiFormat.McfgFirst || (table.Length - AcpiFormat.McfgFirst) % AcpiFormat.McfgRowBytes != 0)
        {
            return AcpiError.BadLength;
        }

        mcfg = new McfgTable(table);
        return AcpiError.None;
    }

    /// <summary>One region.</summary>
    /// <param name="index">Which one; any value.</param>
    /// <param name="region">The region.</param>
    /// <returns>Truncated when there is no such region; BadWindow when no host bridge can have it.</returns>
    public AcpiError TryGet(int index, out EcamRegion region)
    {
        region = default;
        if ((uint)index >= (uint)Count)
        {
            return AcpiError.Truncated;
        }

        uint offset = (uint)(AcpiFormat.McfgFirst + (index * AcpiFormat.McfgRowBytes));
        _ = _table.TryRead(offset, 8, out ulong address);
        _ = _table.TryRead(offset + 8, 2, out ulong segment);
        _ = _table.TryRead(offset + 10, 1, out ulong first);
        _ = _table.TryRead(offset + 11, 1, out ulong last);
        region = new EcamRegion(address, (ushort)segment, (byte)first, (byte)last);
        return region.IsSound ? AcpiError.None : AcpiError.BadWindow;
    }
}
