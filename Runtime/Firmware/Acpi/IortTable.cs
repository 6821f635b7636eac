using System;

namespace Sluice.Runtime.Firmware;

/// <summary>
/// The ACPI table IORT: which ids the messages and the DMA of PCI functions have behind their root complex. A guest's table has one root complex and the group of
/// its one interrupt translation service; a machine's may have SMMUs between the two, which are passed through when an id is followed.
/// </summary>
/// <remarks>Source: Arm DEN 0049D, IO Remapping Table. Every work on a table is bounded by its length; nothing is allocated.</remarks>
public readonly ref struct IortTable
{
    // A root complex, an SMMU, a group: a longer way goes in circles.
    private const int LongestWay = 4;

    // Each mapping is held against every node: these bound the work that a hostile table can make.
    private const int LargestTable = 256 << 10;
    private const uint MostNodes = 512;

    private readonly AcpiTable _table;

    private IortTable(AcpiTable table, uint count)
    {
        _table = table;
        Count = count;
    }

    /// <summary>How many nodes it has.</summary>
    public uint Count { get; }

    /// <summary>Writes a guest's table: one root complex, and the group that its messages go to.</summary>
    /// <param name="buffer">Where it goes: 104 bytes and 20 a row.</param>
    /// <param name="complex">The root complex.</param>
    /// <param name="translationService">The id of the interrupt translation service, as the table MADT names it.</param>
    /// <param name="devices">How requester ids become device ids; none: messages go nowhere.</param>
    /// <param name="bytes">Its length; 0 after an error.</param>
    /// <returns>The first error: BadMapping for a row that is empty or runs past the last id.</returns>
    public static AcpiError Write(
        Span<byte> buffer, in IortRootComplex complex, uint translationService, ReadOnlySpan<RequesterRange> devices, out int bytes)
    {
        AcpiWriter table = new(buffer, "IORT"u8, revision: 0);
        table.AppendNumber(2, 4);
        table.AppendNumber(AcpiFormat.IortFirst, 4);
        table.AppendNumber(0, 4);
        uint group = (uint)table.Position;
        AppendNode(ref table, AcpiFormat.GroupKind, AcpiFormat.GroupBytes + 4, revision: 0, mappings: 0, mappingOffset: 0);
        table.AppendNumber(1, 4);
        table.AppendNumber(translationService, 4);

        int length = AcpiFormat.RootComplexBytes + (devices.Length * AcpiFormat.MappingBytes);
        if (length > ushort.MaxValue || complex.AddressBits is 0 or > 64)
        {
            table.Fail(AcpiError.BadNode);
        }

        AppendNode(ref table, AcpiFormat.RootComplexKind, length, revision: 1, (uint)devices.Length, devices.Length == 0 ? 0u : AcpiFormat.RootComplexBytes);

        // Memory access properties: coherent or not, no allocation hints; then flags: coherent path to memory, and its attributes are the device's.
        table.AppendNumber(complex.IsCoherent ? 1u : 0, 4);
        table.AppendNumber(0, 3);
        table.AppendNumber(complex.IsCoherent ? 3u : 0, 1);
        table.AppendNumber(0, 4);
        table.AppendNumber(complex.Segment, 4);
        table.AppendNumber(complex.AddressBits, 1);
        table.AppendNumber(0, 3);
        for (int row = 0; row < devices.Length; row++)
        {
            AppendMapping(ref table, devices[row], group);
        }

        return table.Finish(out bytes);
    }

    /// <summary>Opens a table. Every node and every mapping is looked at.</summary>
    /// <param name="bytes">The table, and possibly more behind it.</param>
    /// <param name="iort">The table; not to be used after an error.</param>
    /// <returns>What is wrong with it. More than 256 KiB or 512 nodes are BadLength.</returns>
    public static AcpiError TryOpen(ReadOnlySpan<byte> bytes, out IortTable iort)
    {
        iort = default;
        AcpiError error = AcpiTable.TryOpen(bytes, "IORT"u8, out AcpiTable table);
        if (error != AcpiError.None)
        {
            return error;
        }

        if (!table.TryRead(AcpiFormat.HeaderBytes, 4, out ulong count) || !table.TryRead(AcpiFormat.HeaderBytes + 4, 4, out ulong first)
            || table.Length is < AcpiFormat.IortFirst or > LargestTable || count > MostNodes)
        {
            return AcpiError.BadLength;
        }

        IortTable opened = new(table, (uint)count);
        error = opened.Check((uint)first);
        iort = error == AcpiError.None ? opened : default;
        return error;
    }

    /// <summary>The root complex of a segment.</summary>
    /// <param name="segment">The PCI segment.</param>
    /// <param name="complex">What is said of it.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFindRootComplex(ushort segment, out IortRootComplex complex) => TryFindRootComplex(segment, out complex, out _);

    /// <summary>Follows a requester id from its root complex, through SMMUs, to the group of translation services that takes its messages.</summary>
    /// <param name="segment">The PCI segment.</param>
    /// <param name="requester">The requester id: bus, device and function in 16 bits.</param>
    /// <param name="deviceId">The device id that its messages arrive with.</param>
    /// <param name="translationService">The id of the group's first translation service, as the table MADT names it.</param>
    /// <returns>Whether the messages arrive anywhere.</returns>
    public bool TryFindMessageDevice(ushort segment, ushort requester, out uint deviceId, out uint translationService)
    {
        deviceId = requester;
        translationService = 0;
        bool found = TryFindRootComplex(segment, out _, out uint node);
        for (int step = 0; found && step < LongestWay; step++)
        {
            if (Kind(node) == AcpiFormat.GroupKind)
            {
                translationService = Read(node + AcpiFormat.GroupBytes);
                return Read(node + AcpiFormat.NodeBytes) != 0;
            }

            found = TryMap(node, ref deviceId, out node);
        }

        return false;
    }

    private static void AppendNode(ref AcpiWriter table, byte kind, int length, byte revision, uint mappings, uint mappingOffset)
    {
        table.AppendNumber(kind, 1);
        table.AppendNumber((ulong)length, 2);
        table.AppendNumber(revision, 1);
        table.AppendNumber(0, 4);
        table.AppendNumber(mappings, 4);
        table.AppendNumber(mappingOffset, 4);
    }

    private static void AppendMapping(ref AcpiWriter table, RequesterRange row, uint group)
    {
        if (row.Count == 0 || row.FirstRequester > ushort.MaxValue || row.Count > 0x1_0000 - row.FirstRequester || row.Count - 1 > uint.MaxValue - row.FirstDevice)
        {
            table.Fail(AcpiError.BadMapping);
        }

        // The number of ids is written less one.
        table.AppendNumber(row.FirstRequester, 4);
        table.AppendNumber(row.Count - 1, 4);
        table.AppendNumber(row.FirstDevice, 4);
        table.AppendNumber(group, 4);
        table.AppendNumber(0, 4);
    }

    private uint Read(uint offset) => _table.TryRead(offset, 4, out ulong value) ? (uint)value : 0;

    private byte Kind(uint node) => _table.TryRead(node, 1, out ulong kind) ? (byte)kind : byte.MaxValue;

    private uint LengthOf(uint node) => _table.TryRead(node + 1, 2, out ulong length) ? (uint)length : 0;

    private AcpiError Check(uint first)
    {
        uint node = first;
        if (first < AcpiFormat.IortFirst)
        {
            return AcpiError.BadNode;
        }

        for (uint index = 0; index < Count; index++)
        {
            uint length = LengthOf(node);
            uint shortest = Kind(node) switch
            {
                AcpiFormat.GroupKind => AcpiFormat.GroupBytes,
                AcpiFormat.RootComplexKind => AcpiFormat.RootComplexBytes,
                _ => AcpiFormat.NodeBytes,
            };
            if (length < shortest || node > (uint)_table.Length || length > (uint)_table.Length - node)
            {
                return AcpiError.BadNode;
            }

            AcpiError error = CheckMappings(node, length, first);
            if (error != AcpiError.None)
            {
                return error;
            }

            if (Kind(node) == AcpiFormat.GroupKind && Read(node + AcpiFormat.NodeBytes) > (length - AcpiFormat.GroupBytes) / 4)
            {
                return AcpiError.BadNode;
            }

            node += length;
        }

        return AcpiError.None;
    }

    private AcpiError CheckMappings(uint node, uint length, uint first)
    {
        uint count = Read(node + 8);
        uint offset = Read(node + 12);
        if (count != 0 && (offset < AcpiFormat.NodeBytes || offset > length || count > (length - offset) / AcpiFormat.MappingBytes))
        {
            return AcpiError.BadMapping;
        }

        for (uint row = 0; row < count; row++)
        {
            uint mapping = node + offset + (row * AcpiFormat.MappingBytes);
            uint last = Read(mapping + 4);
            if (last > uint.MaxValue - Read(mapping) || last > uint.MaxValue - Read(mapping + 8) || !IsNode(Read(mapping + 12), first))
            {
                return AcpiError.BadMapping;
            }
        }

        return AcpiError.None;
    }

    private bool IsNode(uint reference, uint first)
    {
        uint node = first;
        for (uint index = 0; index < Count && LengthOf(node) != 0; index++)
        {
            if (node == reference)
            {
                return true;
            }

            node += LengthOf(node);
        }

        return false;
    }

    private bool TryFindRootComplex(ushort segment, out IortRootComplex complex, out uint node)
    {
        node = Read(AcpiFormat.HeaderBytes + 4);
        for (uint index = 0; index < Count; index++)
        {
            if (Kind(node) == AcpiFormat.RootComplexKind && Read(node + AcpiFormat.NodeBytes + 12) == segment)
            {
                _ = _table.TryRead(node + AcpiFormat.NodeBytes + 16, 1, out ulong bits);
                complex = new IortRootComplex
                {
                    Segment = segment,
                    IsCoherent = Read(node + AcpiFormat.NodeBytes) == 1,
                    AddressBits = bits is 0 or > 64 ? (byte)64 : (byte)bits,
                };
                return true;
            }

            node += LengthOf(node);
        }

        complex = default;
        return false;
    }

    private bool TryMap(uint node, ref uint id, out uint next)
    {
        uint count = Read(node + 8);
        uint offset = Read(node + 12);
        for (uint row = 0; row < count; row++)
        {
            uint mapping = node + offset + (row * AcpiFormat.MappingBytes);
            uint input = Read(mapping);
            bool isSingle = (Read(mapping + 16) & AcpiFormat.SingleMapping) != 0;
            next = Read(mapping + 12);

            // A single mapping is of the node's own messages, not of what passes through it.
            if (!isSingle && id >= input && id - input <= Read(mapping + 4))
            {
                id = id - input + Read(mapping + 8);
                return true;
            }
        }

        next = 0;
        return false;
    }
}
