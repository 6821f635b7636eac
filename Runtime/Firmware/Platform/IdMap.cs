using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Firmware;

/// <summary>
/// An <c>iommu-map</c> or <c>msi-map</c>: rows of (first requester, controller, first output, length). A requester id, masked, is looked up in the rows; what it is further on
/// than the row's first is added to the row's output (Linux, <c>Documentation/devicetree/bindings/pci/pci-iommu.txt</c> and <c>pci-msi.txt</c>).
/// </summary>
public readonly ref struct IdMap
{
    private const int RowCells = 4;
    private const int MostRows = 64;
    private const uint Requesters = 0x10000;

    private readonly FdtProperty _rows;
    private readonly uint _mask;

    private IdMap(FdtProperty rows, uint mask)
    {
        _rows = rows;
        _mask = mask;
    }

    /// <summary>Reads a map; without one every lookup fails.</summary>
    internal static PlatformProblem TryRead(FdtReader tree, FdtNode node, PlatformProperty property, PlatformProperty maskProperty, PlatformProperty targetMark, out IdMap map)
    {
        map = default;
        if (!tree.TryGetProperty(node, PlatformPropertyNames.NameOf(property), out FdtProperty rows))
        {
            return default;
        }

        uint mask = uint.MaxValue;
        if (tree.TryGetProperty(node, PlatformPropertyNames.NameOf(maskProperty), out FdtProperty masked) && (masked.Value.Length != sizeof(uint) || !masked.TryGetCell(0, out mask)))
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, maskProperty);
        }

        if (rows.Value.Length == 0 || rows.Value.Length % (RowCells * sizeof(uint)) != 0)
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, property);
        }

        if (rows.CellCount / RowCells > MostRows)
        {
            return new PlatformProblem(PlatformProblemKind.TooMany, node, property);
        }

        map = new IdMap(rows, mask);
        PlatformProblem problem = map.Check(tree, node, property, targetMark);
        map = problem.IsNone ? map : default;
        return problem;
    }

    /// <summary>Looks a requester up.</summary>
    /// <param name="tree">The tree that the map is of.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="controller">The controller's node.</param>
    /// <param name="output">What the requester is for that controller: a stream, a device id.</param>
    /// <returns>Whether a row has it.</returns>
    public bool TryLookUp(FdtReader tree, RequesterId requester, out FdtNode controller, out uint output)
    {
        uint id = requester.Value & _mask;
        for (int row = 0; row < _rows.CellCount / RowCells; row++)
        {
            Read(row, out uint first, out uint handle, out uint start, out uint length);
            if (id >= first && id - first < length)
            {
                output = start + (id - first);
                return tree.TryFindHandle(handle, out controller);
            }
        }

        controller = default;
        output = 0;
        return false;
    }

    private PlatformProblem Check(FdtReader tree, FdtNode node, PlatformProperty property, PlatformProperty targetMark)
    {
        for (int row = 0; row < _rows.CellCount / RowCells; row++)
        {
            Read(row, out uint first, out uint handle, out uint start, out uint length);
            if (length == 0 || first >= Requesters || length > Requesters - first || length - 1 > uint.MaxValue - start)
            {
                return new PlatformProblem(PlatformProblemKind.Malformed, node, property);
            }

            PlatformProblem target = tree.FindTarget(node, property, handle, out FdtNode controller);
            if (!target.IsNone)
            {
                return target;
            }

            if (!tree.TryGetProperty(controller, PlatformPropertyNames.NameOf(targetMark), out _))
            {
                return new PlatformProblem(PlatformProblemKind.Missing, controller, targetMark);
            }

            for (int earlier = 0; earlier < row; earlier++)
            {
                Read(earlier, out uint otherFirst, out _, out _, out uint otherLength);
                if (first < otherFirst + otherLength && otherFirst < first + length)
                {
                    return new PlatformProblem(PlatformProblemKind.Contradiction, node, property);
                }
            }
        }

        return default;
    }

    private void Read(int row, out uint first, out uint handle, out uint start, out uint length)
    {
        _ = _rows.TryGetCell(row * RowCells, out first);
        _ = _rows.TryGetCell((row * RowCells) + 1, out handle);
        _ = _rows.TryGetCell((row * RowCells) + 2, out start);
        _ = _rows.TryGetCell((row * RowCells) + 3, out length);
    }
}
