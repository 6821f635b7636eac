using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Firmware;

/// <summary>
/// A bridge's <c>interrupt-map</c>: rows of (function, pin, controller, the controller's own cells), compared under <c>interrupt-map-mask</c>
/// (Devicetree Specification 0.4, section 2.4.3).
/// </summary>
internal static class InterruptMap
{
    private const int ChildCells = 4;
    private const int MostRows = 512;

    internal static PlatformProblem TryLookUp(FdtReader tree, FdtNode bridge, RequesterId function, uint pin, out GicInterrupt interrupt)
    {
        interrupt = default;
        if (!tree.TryGetProperty(bridge, "interrupt-map"u8, out FdtProperty map))
        {
            return new PlatformProblem(PlatformProblemKind.Missing, bridge, PlatformProperty.InterruptMap);
        }

        if (!tree.TryGetCell(bridge, "#interrupt-cells"u8, out uint cells) || cells != 1)
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, bridge, PlatformProperty.InterruptCells);
        }

        uint addressMask = uint.MaxValue;
        uint pinMask = uint.MaxValue;
        if (tree.TryGetProperty(bridge, "interrupt-map-mask"u8, out FdtProperty mask) && !(mask.TryGetCell(0, out addressMask) & mask.TryGetCell(3, out pinMask)))
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, bridge, PlatformProperty.InterruptMap);
        }

        uint address = (uint)function.Value << 8;
        int cell = 0;
        for (int row = 0; row < MostRows && cell < map.CellCount; row++)
        {
            if (!(map.TryGetCell(cell, out uint rowAddress) & map.TryGetCell(cell + 3, out uint rowPin) & map.TryGetCell(cell + ChildCells, out uint handle)))
            {
                return new PlatformProblem(PlatformProblemKind.Malformed, bridge, PlatformProperty.InterruptMap);
            }

            PlatformProblem problem = tree.FindTarget(bridge, PlatformProperty.InterruptMap, handle, out FdtNode controller);
            if (!problem.IsNone)
            {
                return problem;
            }

            if (!tree.TryGetCell(controller, "#interrupt-cells"u8, out uint ownCells) || ownCells is 0 or > 3)
            {
                return new PlatformProblem(PlatformProblemKind.Malformed, controller, PlatformProperty.InterruptCells);
            }

            uint addressCells = tree.TryGetCell(controller, "#address-cells"u8, out uint stated) ? stated : 0;
            int specifier = cell + ChildCells + 1 + (int)(addressCells & 7);
            cell = specifier + (int)ownCells;
            if (addressCells > 3 || cell > map.CellCount)
            {
                return new PlatformProblem(PlatformProblemKind.Malformed, bridge, PlatformProperty.InterruptMap);
            }

            if ((rowAddress & addressMask) == (address & addressMask) && (rowPin & pinMask) == (pin & pinMask))
            {
                interrupt = ReadInterrupt(map, specifier, (int)ownCells, controller);
                return default;
            }
        }

        return new PlatformProblem(cell < map.CellCount ? PlatformProblemKind.TooMany : PlatformProblemKind.Missing, bridge, PlatformProperty.InterruptMap);
    }

    internal static GicInterrupt ReadInterrupt(FdtProperty property, int cell, int cells, FdtNode controller)
    {
        _ = property.TryGetCell(cell, out uint first);
        uint second = 0;
        uint third = 0;
        _ = cells > 1 && property.TryGetCell(cell + 1, out second);
        _ = cells > 2 && property.TryGetCell(cell + 2, out third);
        return new GicInterrupt(controller, cells, first, second, third);
    }
}
