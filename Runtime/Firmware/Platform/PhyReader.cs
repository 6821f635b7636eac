namespace Sluice.Runtime.Firmware;

/// <summary>
/// Reads <c>phys</c> that lead to a PS-GTR. Three forms exist: the lane as the first of four cells (<c>xlnx,zynqmp-psgtr-v1.1</c> in Linux since 5.9); the lane as a child node, with
/// four cells (type, instance, lane of the clock, hertz) in the vendor's 4.x kernels; the lane as a child node with two cells (type, instance) before that.
/// </summary>
internal static class PhyReader
{
    private const uint Lanes = 4;
    private const int MostConsumers = 64;

    internal static PlatformProblem Read(FdtReader tree, FdtNode node, out PhyReferences references, out int count)
    {
        references = default;
        count = 0;
        if (!tree.TryGetProperty(node, "phys"u8, out FdtProperty phys))
        {
            return default;
        }

        for (int cell = 0; cell < phys.CellCount;)
        {
            if (count == PhyReferences.Capacity)
            {
                return new PlatformProblem(PlatformProblemKind.TooMany, node, PlatformProperty.Phys);
            }

            PlatformProblem problem = ReadOne(tree, node, phys, ref cell, out PhyReference reference);
            if (!problem.IsNone)
            {
                return problem;
            }

            references[count++] = reference;
        }

        return count == 0 || phys.Value.Length % sizeof(uint) != 0
            ? new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Phys)
            : CheckOthers(tree, node, in references, count);
    }

    private static PlatformProblem ReadOne(FdtReader tree, FdtNode node, FdtProperty phys, ref int cell, out PhyReference reference)
    {
        reference = default;
        _ = phys.TryGetCell(cell, out uint handle);
        PlatformProblem problem = tree.FindTarget(node, PlatformProperty.Phys, handle, out FdtNode target);
        if (!problem.IsNone)
        {
            return problem;
        }

        if (!tree.TryGetCell(target, "#phy-cells"u8, out uint cells))
        {
            return new PlatformProblem(PlatformProblemKind.Missing, target, PlatformProperty.PhyCells);
        }

        int first = cell + 1;
        if (cells is not (2 or 4))
        {
            return new PlatformProblem(PlatformProblemKind.Unsupported, target, PlatformProperty.PhyCells);
        }

        cell = first + (int)cells;
        if (cell > phys.CellCount)
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Phys);
        }

        _ = phys.TryGetCell(first, out uint a);
        _ = phys.TryGetCell(first + 1, out uint b);
        uint c = 0;
        uint d = 0;
        _ = cells == 4 && phys.TryGetCell(first + 2, out c);
        _ = cells == 4 && phys.TryGetCell(first + 3, out d);
        if (IsTransceiver(tree, target))
        {
            reference = new PhyReference { Block = target, Lane = a, Protocol = (PhyProtocol)(byte)b, Instance = c, ReferenceClock = d };
            return cells == 4 && a < Lanes && d < Lanes && IsProtocol(b) ? default : new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Phys);
        }

        if (!tree.TryParent(target, out FdtNode block) || !IsTransceiver(tree, block) || !TryLane(tree, target, out uint lane))
        {
            return new PlatformProblem(PlatformProblemKind.Unsupported, target, PlatformProperty.Compatible);
        }

        uint clock = cells == 4 ? c : lane;
        reference = new PhyReference { Block = block, Lane = lane, Protocol = (PhyProtocol)(byte)a, Instance = b, ReferenceClock = clock, ReferenceHertz = d };
        return clock < Lanes && IsProtocol(a) ? default : new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Phys);
    }

    /// <summary>No lane serves two: neither twice the same node, nor another one that is switched on.</summary>
    private static PlatformProblem CheckOthers(FdtReader tree, FdtNode node, in PhyReferences references, int count)
    {
        for (int one = 0; one < count; one++)
        {
            for (int other = 0; other < one; other++)
            {
                if (references[one].Lane == references[other].Lane && references[one].Block.IsSame(references[other].Block))
                {
                    return new PlatformProblem(PlatformProblemKind.Contradiction, node, PlatformProperty.Phys);
                }
            }
        }

        int consumers = 0;
        FdtNode candidate = tree.Root;
        while (tree.TryNext(candidate, out candidate))
        {
            if (candidate.IsSame(node) || !tree.IsEnabled(candidate) || !tree.TryGetProperty(candidate, "phys"u8, out FdtProperty phys))
            {
                continue;
            }

            if (++consumers > MostConsumers)
            {
                return new PlatformProblem(PlatformProblemKind.TooMany, candidate, PlatformProperty.Phys);
            }

            // What other PHYs look like is not ours to judge: reading stops at the first reference that is no lane of a PS-GTR.
            for (int cell = 0; cell < phys.CellCount && ReadOne(tree, candidate, phys, ref cell, out PhyReference used).IsNone;)
            {
                for (int one = 0; one < count; one++)
                {
                    if (references[one].Lane == used.Lane && references[one].Block.IsSame(used.Block))
                    {
                        return new PlatformProblem(PlatformProblemKind.Contradiction, candidate, PlatformProperty.Phys);
                    }
                }
            }
        }

        return default;
    }

    private static bool IsProtocol(uint value) => value is >= (uint)PhyProtocol.Sata and <= (uint)PhyProtocol.Sgmii;

    private static bool IsTransceiver(FdtReader tree, FdtNode node)
        => tree.TryGetProperty(node, "compatible"u8, out FdtProperty compatible)
            && (compatible.HasText("xlnx,zynqmp-psgtr-v1.1"u8) || compatible.HasText("xlnx,zynqmp-psgtr"u8));

    private static bool TryLane(FdtReader tree, FdtNode node, out uint lane)
    {
        System.ReadOnlySpan<byte> name = tree.Name(node);
        lane = name.Length >= 5 ? (uint)(name[4] - '0') : Lanes;
        bool named = name.Length >= 5 && FdtFormat.AreEqual(name[..4], "lane"u8) && (name.Length == 5 || name[5] == (byte)'@');
        return named && lane < Lanes;
    }
}
