using System;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Firmware;

/// <summary>
/// Reads a flattened device tree where it lies, without copying it. <see cref="TryOpen"/> checks the whole blob once; what comes after relies on that, so the
/// blob must not change meanwhile. Every walk ends: a node's end lies behind its beginning.
/// </summary>
/// <remarks>Source: Devicetree Specification 0.4, chapters 2 and 5.</remarks>
public readonly ref struct FdtReader
{
    private const int DefaultAddressCells = 2;
    private const int DefaultSizeCells = 1;

    private readonly ReadOnlySpan<byte> _structure;
    private readonly ReadOnlySpan<byte> _strings;

    private FdtReader(ReadOnlySpan<byte> structure, ReadOnlySpan<byte> strings, int totalBytes, FdtNode root)
    {
        _structure = structure;
        _strings = strings;
        TotalBytes = totalBytes;
        Root = root;
    }

    /// <summary>The length of the blob as its header gives it.</summary>
    public int TotalBytes { get; }

    /// <summary>The root node.</summary>
    public FdtNode Root { get; }

    /// <summary>Checks a blob: its layout, every token, name and property, and that nodes are balanced.</summary>
    /// <param name="blob">The blob; it may be longer than the tree.</param>
    /// <param name="tree">The reader of it.</param>
    /// <returns>What is wrong with it, if anything.</returns>
    public static FdtError TryOpen(ReadOnlySpan<byte> blob, out FdtReader tree)
    {
        tree = default;
        if (blob.Length < FdtFormat.HeaderBytes)
        {
            return FdtError.Truncated;
        }

        if (FdtFormat.ReadCell(blob, 0) != FdtFormat.Magic)
        {
            return FdtError.BadMagic;
        }

        uint total = FdtFormat.ReadCell(blob, 4);
        if (total < FdtFormat.HeaderBytes || total > (uint)blob.Length)
        {
            return FdtError.Truncated;
        }

        if (FdtFormat.ReadCell(blob, 20) < FdtFormat.Version || FdtFormat.ReadCell(blob, 24) > FdtFormat.Version)
        {
            return FdtError.BadVersion;
        }

        if (!TryBlock(blob, total, FdtFormat.ReadCell(blob, 8), FdtFormat.ReadCell(blob, 36), out ReadOnlySpan<byte> structure)
            || !TryBlock(blob, total, FdtFormat.ReadCell(blob, 12), FdtFormat.ReadCell(blob, 32), out ReadOnlySpan<byte> strings)
            || FdtFormat.ReadCell(blob, 8) % sizeof(uint) != 0)
        {
            return FdtError.BadLayout;
        }

        FdtError error = Check(structure, strings, out int root);
        if (error == FdtError.None)
        {
            tree = new FdtReader(structure, strings, (int)total, new FdtNode(root, 0));
        }

        return error;
    }

    /// <summary>A node's name with its unit address; empty for the root.</summary>
    public ReadOnlySpan<byte> Name(FdtNode node)
    {
        ReadOnlySpan<byte> rest = _structure[(node.Offset + sizeof(uint))..];
        return rest[..FdtFormat.IndexOfZero(rest)];
    }

    /// <summary>The children of a node.</summary>
    public FdtChildren Children(FdtNode node) => new(this, node);

    /// <summary>The properties of a node.</summary>
    public FdtProperties Properties(FdtNode node) => new(this, Body(node));

    /// <summary>The first child of a node.</summary>
    public bool TryFirstChild(FdtNode node, out FdtNode child) => TryNext(node, out child) && child.Depth > node.Depth;

    /// <summary>The next child of a node's parent.</summary>
    public bool TryNextSibling(FdtNode node, out FdtNode sibling)
    {
        sibling = node;
        while (TryNext(sibling, out sibling))
        {
            if (sibling.Depth <= node.Depth)
            {
                return sibling.Depth == node.Depth;
            }
        }

        return false;
    }

    /// <summary>The next node in the order of the tree, whatever its depth.</summary>
    public bool TryNext(FdtNode node, out FdtNode next)
    {
        int depth = node.Depth;
        int offset = Body(node);
        while (true)
        {
            int at = offset;
            switch (SkipToken(ref offset))
            {
                case FdtFormat.BeginNode:
                    next = new FdtNode(at, depth + 1);
                    return true;
                case FdtFormat.EndNode:
                    depth--;
                    break;
                case FdtFormat.End:
                    next = default;
                    return false;
                default:
                    break;
            }
        }
    }

    /// <summary>The node that a node is in.</summary>
    /// <returns>False for the root.</returns>
    public bool TryParent(FdtNode node, out FdtNode parent)
    {
        parent = Root;
        FdtNode at = Root;
        while (at.Offset < node.Offset && TryNext(at, out at) && at.Offset < node.Offset)
        {
            parent = at.Depth == node.Depth - 1 ? at : parent;
        }

        return node.Depth > 0;
    }

    /// <summary>A property of a node.</summary>
    public bool TryGetProperty(FdtNode node, scoped ReadOnlySpan<byte> name, out FdtProperty property)
    {
        int offset = Body(node);
        while (TryProperty(ref offset, out property))
        {
            if (FdtFormat.AreEqual(property.Name, name))
            {
                return true;
            }
        }

        property = default;
        return false;
    }

    /// <summary>A property of a node that is one cell.</summary>
    public bool TryGetCell(FdtNode node, ReadOnlySpan<byte> name, out uint value)
    {
        value = 0;
        return TryGetProperty(node, name, out FdtProperty property) && property.Value.Length == sizeof(uint) && property.TryGetCell(0, out value);
    }

    /// <summary>The node at a path such as <c>/soc/serial@9000000</c>; a unit address may be left out, then the first such node counts.</summary>
    public bool TryFind(ReadOnlySpan<byte> path, out FdtNode node)
    {
        node = Root;
        if (path.Length == 0 || path[0] != (byte)'/')
        {
            return false;
        }

        ReadOnlySpan<byte> rest = path[1..];
        while (rest.Length > 0)
        {
            int end = 0;
            while (end < rest.Length && rest[end] != (byte)'/')
            {
                end++;
            }

            if (!TryGetChild(node, rest[..end], out node))
            {
                return false;
            }

            rest = end == rest.Length ? default : rest[(end + 1)..];
        }

        return true;
    }

    /// <summary>A child by name; a unit address may be left out, then the first such child counts.</summary>
    public bool TryGetChild(FdtNode node, ReadOnlySpan<byte> name, out FdtNode child)
    {
        foreach (FdtNode candidate in Children(node))
        {
            ReadOnlySpan<byte> whole = Name(candidate);
            bool prefix = whole.Length > name.Length && whole[name.Length] == (byte)'@' && FdtFormat.AreEqual(whole[..name.Length], name);
            if (prefix || FdtFormat.AreEqual(whole, name))
            {
                child = candidate;
                return true;
            }
        }

        child = default;
        return false;
    }

    /// <summary>The next node behind <paramref name="after"/> whose <c>compatible</c> has this text. Begin with <see cref="Root"/>.</summary>
    public bool TryNextCompatible(FdtNode after, ReadOnlySpan<byte> compatible, out FdtNode node)
    {
        node = after;
        while (TryNext(node, out node))
        {
            if (TryGetProperty(node, "compatible"u8, out FdtProperty property) && property.HasText(compatible))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The node with this phandle.</summary>
    public bool TryFindHandle(uint handle, out FdtNode node)
    {
        node = Root;
        do
        {
            if (TryGetCell(node, "phandle"u8, out uint value) && value == handle)
            {
                return true;
            }
        }
        while (TryNext(node, out node));
        return false;
    }

    /// <summary>Whether a node is not switched off by its <c>status</c>.</summary>
    public bool IsEnabled(FdtNode node) =>
        !TryGetProperty(node, "status"u8, out FdtProperty status) || status.HasText("okay"u8) || status.HasText("ok"u8);

    /// <summary>The <c>#address-cells</c> and <c>#size-cells</c> that a node sets for its children.</summary>
    public void GetCellCounts(FdtNode node, out int addressCells, out int sizeCells)
    {
        addressCells = TryGetCell(node, "#address-cells"u8, out uint address) && address <= int.MaxValue ? (int)address : DefaultAddressCells;
        sizeCells = TryGetCell(node, "#size-cells"u8, out uint size) && size <= int.MaxValue ? (int)size : DefaultSizeCells;
    }

    /// <summary>An entry of <c>reg</c>, in addresses of the bus that the node is on.</summary>
    /// <returns>False when there is none, or its numbers are wider than 64 bits.</returns>
    public bool TryGetReg(FdtNode node, int index, out FdtRange range)
    {
        range = default;
        if (index < 0 || !TryParent(node, out FdtNode parent) || !TryGetProperty(node, "reg"u8, out FdtProperty reg))
        {
            return false;
        }

        GetCellCounts(parent, out int addressCells, out int sizeCells);
        if (addressCells > 2 || sizeCells > 2 || (long)index * (addressCells + sizeCells) > reg.CellCount)
        {
            return false;
        }

        int cell = index * (addressCells + sizeCells);
        bool read = reg.TryGetNumber(cell, addressCells, out ulong start) & reg.TryGetNumber(cell + addressCells, sizeCells, out ulong length);
        range = read ? new FdtRange(start, length) : default;
        return read && addressCells > 0;
    }

    /// <summary>An entry of <c>reg</c> as the CPU reaches it: translated by the <c>ranges</c> of every bus on the way.</summary>
    /// <param name="node">The node.</param>
    /// <param name="index">Which entry, from 0.</param>
    /// <param name="start">Machine address of its first byte.</param>
    /// <param name="length">Bytes.</param>
    /// <returns>False when there is none, a bus does not reach it, or it crosses a window's end.</returns>
    public bool TryGetMachineRange(FdtNode node, int index, out MachineAddress start, out ulong length)
    {
        start = default;
        length = 0;
        if (!TryGetReg(node, index, out FdtRange range))
        {
            return false;
        }

        if (!TryToMachine(node, range.Start, range.Length, out ulong address))
        {
            return false;
        }

        start = new MachineAddress(address);
        length = range.Length;
        return address + length >= address;
    }

    /// <summary>Writes a node's path, such as <c>/soc/serial@9000000</c>, in UTF-8.</summary>
    /// <param name="node">The node.</param>
    /// <param name="into">Where to; what does not fit is cut off.</param>
    /// <returns>How many bytes were written.</returns>
    public int WritePath(FdtNode node, Span<byte> into)
    {
        int length = 0;
        if (node.Depth == 0)
        {
            return Append(into, ref length, "/"u8);
        }

        // Each ancestor is the last node of its depth before the node.
        for (int depth = 1; depth <= node.Depth; depth++)
        {
            FdtNode ancestor = Root;
            FdtNode at = Root;
            do
            {
                ancestor = at.Depth == depth ? at : ancestor;
            }
            while (at.Offset < node.Offset && TryNext(at, out at) && at.Offset <= node.Offset);
            _ = Append(into, ref length, "/"u8);
            _ = Append(into, ref length, Name(ancestor));
        }

        return length;
    }

    /// <summary>Where in a list of texts one stands, counted from 0; -1 when it does not, or there is no list.</summary>
    internal int IndexOfText(FdtNode node, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> text)
    {
        if (!TryGetProperty(node, name, out FdtProperty list))
        {
            return -1;
        }

        ReadOnlySpan<byte> rest = list.Value;
        for (int index = 0; rest.Length > 0; index++)
        {
            int end = FdtFormat.IndexOfZero(rest);
            if (end < 0)
            {
                return -1;
            }

            if (FdtFormat.AreEqual(rest[..end], text))
            {
                return index;
            }

            rest = rest[(end + 1)..];
        }

        return -1;
    }

    /// <summary>A range of <c>reg</c> as the processor reaches it.</summary>
    internal PlatformProblem ReadRange(FdtNode node, int index, out MachineRange range)
    {
        range = default;
        if (!TryGetProperty(node, "reg"u8, out _))
        {
            return new PlatformProblem(PlatformProblemKind.Missing, node, PlatformProperty.Reg);
        }

        bool read = TryGetMachineRange(node, index, out MachineAddress start, out ulong length);
        range = new MachineRange(start, length);
        return read && length != 0 && length - 1 <= ulong.MaxValue - start.Value ? default : new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Reg);
    }

    /// <summary>A range of <c>reg</c> by its name in <c>reg-names</c>.</summary>
    internal PlatformProblem ReadNamedRange(FdtNode node, scoped ReadOnlySpan<byte> name, out MachineRange range)
    {
        range = default;
        int index = IndexOfText(node, "reg-names"u8, name);
        return index < 0 ? new PlatformProblem(PlatformProblemKind.Missing, node, PlatformProperty.RegNames) : ReadRange(node, index, out range);
    }

    /// <summary>What a node refers to by a phandle. A handle that two nodes have leads nowhere.</summary>
    internal PlatformProblem FindTarget(FdtNode node, PlatformProperty property, uint handle, out FdtNode target)
    {
        target = default;
        int found = 0;
        FdtNode candidate = Root;
        do
        {
            if (TryGetCell(candidate, "phandle"u8, out uint value) && value == handle)
            {
                target = found == 0 ? candidate : target;
                found++;
            }
        }
        while (TryNext(candidate, out candidate));
        return found switch
        {
            0 => new PlatformProblem(PlatformProblemKind.Missing, node, property),
            1 => default,
            _ => new PlatformProblem(PlatformProblemKind.Contradiction, target, PlatformProperty.Handle),
        };
    }

    /// <summary>Translates an address of the bus that a node is on, through the <c>ranges</c> of every bus on the way.</summary>
    internal bool TryToMachine(FdtNode node, ulong address, ulong length, out ulong machine)
    {
        machine = address;
        for (FdtNode bus = node; TryParent(bus, out bus) && bus.Depth > 0;)
        {
            if (!TryTranslate(bus, ref machine, length))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the property at an offset of the structure block and goes on behind it.</summary>
    internal bool TryProperty(scoped ref int offset, out FdtProperty property)
    {
        while (true)
        {
            int at = offset;
            switch (SkipToken(ref offset))
            {
                case FdtFormat.Nop:
                    break;
                case FdtFormat.Property:
                    int length = (int)FdtFormat.ReadCell(_structure, at + 4);
                    ReadOnlySpan<byte> name = _strings[(int)FdtFormat.ReadCell(_structure, at + 8)..];
                    property = new FdtProperty(name[..FdtFormat.IndexOfZero(name)], _structure.Slice(at + 12, length));
                    return true;
                default:
                    offset = at;
                    property = default;
                    return false;
            }
        }
    }

    private static int Append(Span<byte> into, ref int length, ReadOnlySpan<byte> text)
    {
        int fits = into.Length - length < text.Length ? into.Length - length : text.Length;
        text[..fits].CopyTo(into[length..]);
        length += fits;
        return length;
    }

    private static bool TryBlock(ReadOnlySpan<byte> blob, uint total, uint offset, uint length, out ReadOnlySpan<byte> block)
    {
        bool within = offset >= FdtFormat.HeaderBytes && offset <= total && length <= total - offset;
        block = within ? blob.Slice((int)offset, (int)length) : default;
        return within;
    }

    private static FdtError Check(ReadOnlySpan<byte> structure, ReadOnlySpan<byte> strings, out int root)
    {
        root = -1;
        int depth = 0;
        int offset = 0;
        bool closed = false;
        bool childSeen = false;
        while (offset <= structure.Length - sizeof(uint))
        {
            int at = offset;
            uint token = FdtFormat.ReadCell(structure, offset);
            offset += sizeof(uint);
            switch (token)
            {
                case FdtFormat.Nop:
                    break;
                case FdtFormat.BeginNode:
                    int nameLength = FdtFormat.IndexOfZero(structure[offset..]);
                    if (nameLength < 0)
                    {
                        return FdtError.BadName;
                    }

                    if (closed)
                    {
                        return FdtError.Unbalanced;
                    }

                    if (++depth > FdtFormat.MostDepth)
                    {
                        return FdtError.TooDeep;
                    }

                    root = root < 0 ? at : root;
                    childSeen = false;
                    offset = FdtFormat.Align(offset + nameLength + 1);
                    break;
                case FdtFormat.EndNode:
                    if (depth-- == 0)
                    {
                        return FdtError.Unbalanced;
                    }

                    closed = depth == 0;
                    childSeen = true;
                    break;
                case FdtFormat.Property:
                    if (depth == 0 || childSeen)
                    {
                        return FdtError.MisplacedProperty;
                    }

                    FdtError error = CheckProperty(structure, strings, ref offset);
                    if (error != FdtError.None)
                    {
                        return error;
                    }

                    break;
                case FdtFormat.End:
                    return closed ? FdtError.None : FdtError.Unbalanced;
                default:
                    return FdtError.BadToken;
            }
        }

        return FdtError.Truncated;
    }

    private static FdtError CheckProperty(ReadOnlySpan<byte> structure, ReadOnlySpan<byte> strings, ref int offset)
    {
        if (offset > structure.Length - (2 * sizeof(uint)))
        {
            return FdtError.BadProperty;
        }

        uint length = FdtFormat.ReadCell(structure, offset);
        uint name = FdtFormat.ReadCell(structure, offset + sizeof(uint));
        offset += 2 * sizeof(uint);
        if (length > (uint)(structure.Length - offset))
        {
            return FdtError.BadProperty;
        }

        offset = FdtFormat.Align(offset + (int)length);
        return name < (uint)strings.Length && FdtFormat.IndexOfZero(strings[(int)name..]) >= 0 ? FdtError.None : FdtError.BadName;
    }

    /// <summary>The offset behind a node's token and name.</summary>
    private int Body(FdtNode node)
    {
        int offset = node.Offset;
        _ = SkipToken(ref offset);
        return offset;
    }

    private uint SkipToken(scoped ref int offset)
    {
        uint token = FdtFormat.ReadCell(_structure, offset);
        offset += sizeof(uint);
        if (token == FdtFormat.BeginNode)
        {
            offset = FdtFormat.Align(offset + FdtFormat.IndexOfZero(_structure[offset..]) + 1);
        }
        else if (token == FdtFormat.Property)
        {
            offset = FdtFormat.Align(offset + (2 * sizeof(uint)) + (int)FdtFormat.ReadCell(_structure, offset));
        }

        return token;
    }

    private bool TryTranslate(FdtNode bus, ref ulong address, ulong length)
    {
        if (!TryGetProperty(bus, "ranges"u8, out FdtProperty ranges) || !TryParent(bus, out FdtNode parent))
        {
            return false;
        }

        if (ranges.Value.Length == 0)
        {
            return true;
        }

        GetCellCounts(bus, out int childCells, out int sizeCells);
        GetCellCounts(parent, out int parentCells, out _);
        if (childCells is < 1 or > 2 || parentCells is < 1 or > 2 || sizeCells is < 1 or > 2)
        {
            return false;
        }

        int row = childCells + parentCells + sizeCells;
        for (int cell = 0; cell <= ranges.CellCount - row; cell += row)
        {
            bool isWhole = ranges.TryGetNumber(cell, childCells, out ulong from)
                & ranges.TryGetNumber(cell + childCells, parentCells, out ulong to)
                & ranges.TryGetNumber(cell + childCells + parentCells, sizeCells, out ulong size);
            if (isWhole && address >= from && length <= size && address - from <= size - length)
            {
                address = address - from + to;
                return true;
            }
        }

        return false;
    }
}
