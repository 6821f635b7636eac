namespace Sluice.Runtime.Firmware;

/// <summary>An <c>iommus</c> property: one stream for whatever the node's DMA is.</summary>
internal readonly struct StreamReference
{
    private StreamReference(FdtNode smmu, uint stream)
    {
        Smmu = smmu;
        Stream = stream;
        IsPresent = true;
    }

    internal bool IsPresent { get; }

    internal FdtNode Smmu { get; }

    internal uint Stream { get; }

    internal static PlatformProblem TryRead(FdtReader tree, FdtNode node, out StreamReference reference)
    {
        reference = default;
        if (!tree.TryGetProperty(node, "iommus"u8, out FdtProperty iommus))
        {
            return default;
        }

        // A map says that each function has a stream of its own; this says that all share one.
        if (tree.TryGetProperty(node, "iommu-map"u8, out _))
        {
            return new PlatformProblem(PlatformProblemKind.Contradiction, node, PlatformProperty.Iommus);
        }

        if (!iommus.TryGetCell(0, out uint handle))
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Iommus);
        }

        PlatformProblem problem = tree.FindTarget(node, PlatformProperty.Iommus, handle, out FdtNode smmu);
        if (!problem.IsNone)
        {
            return problem;
        }

        if (!tree.TryGetCell(smmu, "#iommu-cells"u8, out uint cells))
        {
            return new PlatformProblem(PlatformProblemKind.Missing, smmu, PlatformProperty.IommuCells);
        }

        // A second cell is a mask: several streams. Several references are several streams too; a bridge has one.
        if (cells != 1)
        {
            return new PlatformProblem(PlatformProblemKind.Unsupported, smmu, PlatformProperty.IommuCells);
        }

        if (iommus.Value.Length != 2 * sizeof(uint) || !iommus.TryGetCell(1, out uint stream))
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Iommus);
        }

        reference = new StreamReference(smmu, stream);
        return default;
    }
}
