namespace Sluice.Runtime.Firmware;

/// <summary>An interrupt of the GIC in three cells.</summary>
/// <remarks>Source: the Linux bindings arm,gic and arm,gic-v3.</remarks>
internal static class InterruptCells
{
    public const uint Spi = 0;
    public const uint Ppi = 1;

    private const uint LevelHigh = 4;

    public static void Append(ref FdtWriter tree, uint kind, uint number, uint flags)
    {
        tree.AppendCell(kind);
        tree.AppendCell(number);
        tree.AppendCell(flags);
    }

    /// <summary>A shared interrupt that is raised as long as its wire is high.</summary>
    /// <param name="tree">Where.</param>
    /// <param name="spi">Counted from SPI 0.</param>
    public static void AppendLevel(ref FdtWriter tree, uint spi) => Append(ref tree, Spi, spi, LevelHigh);
}
