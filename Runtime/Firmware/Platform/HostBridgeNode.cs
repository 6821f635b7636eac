using System.Diagnostics.CodeAnalysis;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;

namespace Sluice.Runtime.Firmware;

/// <summary>A PCI host bridge as the device tree describes it, checked: what is read from it afterwards does not contradict itself.</summary>
public readonly ref struct HostBridgeNode
{
    private const int PciAddressCells = 3;
    private const int PciSizeCells = 2;

    private readonly FdtReader _tree;
    private readonly BridgeWindows _windows;
    private readonly PhyReferences _phys;
    private readonly IdMap _streams;
    private readonly IdMap _messages;
    private readonly FdtNode _sharedSmmu;
    private readonly uint _sharedStream;
    private readonly FdtNode _messageController;

    private HostBridgeNode(
        FdtReader tree,
        FdtNode node,
        HostBridgeKind kind,
        MachineRange config,
        MachineRange registers,
        MachineRange attributes,
        uint buses,
        BridgeWindows windows,
        int windowCount,
        PhyReferences phys,
        int phyCount,
        IdMap streams,
        IdMap messages,
        StreamReference shared,
        FdtNode messageController,
        bool hasMessageController)
    {
        _tree = tree;
        Node = node;
        Kind = kind;
        Config = config;
        Registers = registers;
        Attributes = attributes;
        FirstBus = buses >> 8;
        LastBus = buses & 0xFF;
        _windows = windows;
        WindowCount = windowCount;
        _phys = phys;
        PhyCount = phyCount;
        _streams = streams;
        _messages = messages;
        HasSharedStream = shared.IsPresent;
        _sharedSmmu = shared.Smmu;
        _sharedStream = shared.Stream;
        _messageController = messageController;
        HasMessageController = hasMessageController;
    }

    /// <summary>Its node.</summary>
    public FdtNode Node { get; }

    /// <summary>What it is.</summary>
    public HostBridgeKind Kind { get; }

    /// <summary>Config space (ECAM).</summary>
    public MachineRange Config { get; }

    /// <summary>The NWL bridge's own registers; no bytes for others. Those of the soft bridge lie in its config space.</summary>
    public MachineRange Registers { get; }

    /// <summary>The NWL bridge's attribute block, which is also where it captures messages; no bytes for others.</summary>
    public MachineRange Attributes { get; }

    /// <summary>The first bus.</summary>
    public uint FirstBus { get; }

    /// <summary>The last bus that the tree promises; the config window may hold fewer.</summary>
    public uint LastBus { get; }

    /// <summary>The windows onto PCI memory and I/O.</summary>
    [UnscopedRef]
    public readonly ref readonly BridgeWindows Windows => ref _windows;

    /// <summary>How many windows there are.</summary>
    public int WindowCount { get; }

    /// <summary>The transceiver lanes that it asks for.</summary>
    [UnscopedRef]
    public readonly ref readonly PhyReferences Phys => ref _phys;

    /// <summary>How many lanes it asks for.</summary>
    public int PhyCount { get; }

    /// <summary>Whether all functions have one stream (<c>iommus</c>): then they can only be owned together.</summary>
    public bool HasSharedStream { get; }

    /// <summary>Whether one MSI controller serves all functions (<c>msi-parent</c>, or the bridge itself).</summary>
    public bool HasMessageController { get; }

    /// <summary>Whether the bridge's DMA snoops the caches.</summary>
    public bool IsCoherent => _tree.TryGetProperty(Node, "dma-coherent"u8, out _);

    /// <summary>Reads a host bridge.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="node">A node with one of the compatibles that are known here.</param>
    /// <param name="bridge">The bridge.</param>
    /// <returns>What is wrong, if anything.</returns>
    public static PlatformProblem TryRead(FdtReader tree, FdtNode node, out HostBridgeNode bridge)
    {
        bridge = default;
        if (!TryKind(tree, node, out HostBridgeKind kind))
        {
            return new PlatformProblem(PlatformProblemKind.Unsupported, node, PlatformProperty.Compatible);
        }

        PlatformProblem problem = ReadRegisters(tree, node, kind, out MachineRange config, out MachineRange registers, out MachineRange attributes);
        problem = problem.IsNone ? ReadBuses(tree, node, out uint buses) : Pass(problem, out buses);
        problem = problem.IsNone ? ReadWindows(tree, node, config, registers, attributes, out BridgeWindows windows, out int windowCount) : Pass(problem, out windows, out windowCount);
        problem = problem.IsNone ? PhyReader.Read(tree, node, out PhyReferences phys, out int phyCount) : Pass(problem, out phys, out phyCount);
        if (!problem.IsNone)
        {
            return problem;
        }

        problem = IdMap.TryRead(tree, node, PlatformProperty.IommuMap, PlatformProperty.IommuMapMask, PlatformProperty.IommuCells, out IdMap streams);
        if (!problem.IsNone)
        {
            return problem;
        }

        problem = StreamReference.TryRead(tree, node, out StreamReference shared);
        if (!problem.IsNone)
        {
            return problem;
        }

        problem = IdMap.TryRead(tree, node, PlatformProperty.MsiMap, PlatformProperty.MsiMapMask, PlatformProperty.MsiController, out IdMap messages);
        if (!problem.IsNone)
        {
            return problem;
        }

        problem = ReadMessageController(tree, node, kind, out FdtNode controller, out bool hasController);
        if (problem.IsNone)
        {
            bridge = new HostBridgeNode(
                tree, node, kind, config, registers, attributes, buses, windows, windowCount, phys, phyCount, streams, messages, shared, controller, hasController);
        }

        return problem;
    }

    /// <summary>The stream of a function at its SMMU.</summary>
    /// <param name="function">Which function.</param>
    /// <param name="smmu">The SMMU's node.</param>
    /// <param name="stream">The stream.</param>
    /// <returns>False when no SMMU translates for it.</returns>
    public bool TryGetStream(RequesterId function, out FdtNode smmu, out StreamId stream)
    {
        if (HasSharedStream)
        {
            smmu = _sharedSmmu;
            stream = new StreamId(_sharedStream);
            return true;
        }

        bool found = _streams.TryLookUp(_tree, function, out smmu, out uint value);
        stream = new StreamId(value);
        return found;
    }

    /// <summary>The MSI controller of a function, and what the function is for it.</summary>
    /// <param name="function">Which function.</param>
    /// <param name="controller">The controller's node.</param>
    /// <param name="deviceId">The device id for an ITS; the requester id itself where the tree gives no other.</param>
    /// <returns>False when it has none.</returns>
    public bool TryGetMessageController(RequesterId function, out FdtNode controller, out uint deviceId)
    {
        if (_messages.TryLookUp(_tree, function, out controller, out deviceId))
        {
            return true;
        }

        controller = _messageController;
        deviceId = function.Value;
        return HasMessageController;
    }

    /// <summary>The wire of a function's pin.</summary>
    /// <param name="function">Which function; for one behind a bridge the bridge's, with the pin swizzled.</param>
    /// <param name="pin">1 (INTA) to 4 (INTD).</param>
    /// <param name="interrupt">The interrupt at its controller.</param>
    /// <returns>What is wrong with the map; <see cref="PlatformProblemKind.Missing"/> when it has no such wire.</returns>
    public PlatformProblem TryGetInterrupt(RequesterId function, uint pin, out GicInterrupt interrupt) => InterruptMap.TryLookUp(_tree, Node, function, pin, out interrupt);

    private static PlatformProblem Pass<T>(PlatformProblem problem, out T value)
    {
        value = default!;
        return problem;
    }

    private static PlatformProblem Pass<T1, T2>(PlatformProblem problem, out T1 first, out T2 second)
    {
        first = default!;
        second = default!;
        return problem;
    }

    private static bool TryKind(FdtReader tree, FdtNode node, out HostBridgeKind kind)
    {
        kind = HostBridgeKind.Ecam;
        if (!tree.TryGetProperty(node, "compatible"u8, out FdtProperty compatible))
        {
            return false;
        }

        if (compatible.HasText("xlnx,nwl-pcie-2.11"u8))
        {
            kind = HostBridgeKind.Nwl;
            return true;
        }

        if (compatible.HasText("xlnx,axi-pcie-host-1.00.a"u8))
        {
            kind = HostBridgeKind.XilinxAxi;
            return true;
        }

        return compatible.HasText("pci-host-ecam-generic"u8);
    }

    private static PlatformProblem ReadRegisters(
        FdtReader tree,
        FdtNode node,
        HostBridgeKind kind,
        out MachineRange config,
        out MachineRange registers,
        out MachineRange attributes)
    {
        registers = default;
        attributes = default;
        PlatformProblem problem;
        if (kind != HostBridgeKind.Nwl)
        {
            return tree.ReadRange(node, 0, out config);
        }

        problem = tree.ReadNamedRange(node, "cfg"u8, out config);
        problem = problem.IsNone ? tree.ReadNamedRange(node, "breg"u8, out registers) : problem;
        problem = problem.IsNone ? tree.ReadNamedRange(node, "pcireg"u8, out attributes) : problem;
        return problem.IsNone && (config.Overlaps(registers) || config.Overlaps(attributes) || registers.Overlaps(attributes))
            ? new PlatformProblem(PlatformProblemKind.Contradiction, node, PlatformProperty.Reg)
            : problem;
    }

    private static PlatformProblem ReadBuses(FdtReader tree, FdtNode node, out uint buses)
    {
        buses = 0x00FF;
        if (!tree.TryGetProperty(node, "bus-range"u8, out FdtProperty range))
        {
            return default;
        }

        bool read = range.TryGetCell(0, out uint first) & range.TryGetCell(1, out uint last);
        if (!read || range.Value.Length != 2 * sizeof(uint) || first > last || last > 255)
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.BusRange);
        }

        buses = (first << 8) | last;
        return default;
    }

    private static PlatformProblem ReadWindows(
        FdtReader tree,
        FdtNode node,
        MachineRange config,
        MachineRange registers,
        MachineRange attributes,
        out BridgeWindows windows,
        out int count)
    {
        windows = default;
        count = 0;
        tree.GetCellCounts(node, out int addressCells, out int sizeCells);
        if (addressCells != PciAddressCells)
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.AddressCells);
        }

        if (sizeCells != PciSizeCells)
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.SizeCells);
        }

        if (!tree.TryGetProperty(node, "ranges"u8, out FdtProperty ranges) || ranges.Value.Length == 0)
        {
            return new PlatformProblem(PlatformProblemKind.Missing, node, PlatformProperty.Ranges);
        }

        _ = tree.TryParent(node, out FdtNode parent);
        tree.GetCellCounts(parent, out int parentCells, out _);
        int row = PciAddressCells + parentCells + PciSizeCells;
        if (parentCells is < 1 or > 2 || ranges.Value.Length % (row * sizeof(uint)) != 0)
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Ranges);
        }

        for (int cell = 0; cell < ranges.CellCount; cell += row)
        {
            if (count == BridgeWindows.Capacity)
            {
                return new PlatformProblem(PlatformProblemKind.TooMany, node, PlatformProperty.Ranges);
            }

            PlatformProblem problem = ReadWindow(tree, node, ranges, cell, parentCells, out BridgeWindow window);
            if (!problem.IsNone)
            {
                return problem;
            }

            bool clashes = window.Machine.Overlaps(config) || window.Machine.Overlaps(registers) || window.Machine.Overlaps(attributes);
            for (int earlier = 0; earlier < count; earlier++)
            {
                clashes |= window.Machine.Overlaps(windows[earlier].Machine);
            }

            if (clashes)
            {
                return new PlatformProblem(PlatformProblemKind.Contradiction, node, PlatformProperty.Ranges);
            }

            windows[count++] = window;
        }

        return default;
    }

    private static PlatformProblem ReadWindow(FdtReader tree, FdtNode node, FdtProperty ranges, int cell, int parentCells, out BridgeWindow window)
    {
        const uint SpaceMask = 0x0300_0000;
        const uint Prefetchable = 0x4000_0000;
        _ = ranges.TryGetCell(cell, out uint high);
        _ = ranges.TryGetNumber(cell + 1, 2, out ulong pci);
        _ = ranges.TryGetNumber(cell + PciAddressCells, parentCells, out ulong bus);
        _ = ranges.TryGetNumber(cell + PciAddressCells + parentCells, PciSizeCells, out ulong length);
        PciSpace space = (PciSpace)(high & SpaceMask);
        window = default;
        bool wraps = length == 0 || length - 1 > ulong.MaxValue - pci;
        bool tooHigh = space is PciSpace.Io or PciSpace.Memory32 && !wraps && pci + (length - 1) > uint.MaxValue;
        if (space == 0 || wraps || tooHigh || !tree.TryToMachine(node, bus, length, out ulong machine))
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Ranges);
        }

        window = new BridgeWindow(space, (high & Prefetchable) != 0, pci, new MachineRange(new MachineAddress(machine), length));
        return length - 1 <= ulong.MaxValue - machine ? default : new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Ranges);
    }

    private static PlatformProblem ReadMessageController(FdtReader tree, FdtNode node, HostBridgeKind kind, out FdtNode controller, out bool present)
    {
        controller = node;
        present = kind == HostBridgeKind.XilinxAxi;
        if (!tree.TryGetProperty(node, "msi-parent"u8, out FdtProperty parent))
        {
            // The NWL bridge is its own controller and says so; the soft one has no choice.
            present |= kind == HostBridgeKind.Nwl && tree.TryGetProperty(node, "msi-controller"u8, out _);
            return default;
        }

        if (!parent.TryGetCell(0, out uint handle))
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.MsiParent);
        }

        PlatformProblem problem = tree.FindTarget(node, PlatformProperty.MsiParent, handle, out controller);
        if (!problem.IsNone)
        {
            return problem;
        }

        if (!tree.TryGetProperty(controller, "msi-controller"u8, out _))
        {
            return new PlatformProblem(PlatformProblemKind.Missing, controller, PlatformProperty.MsiController);
        }

        present = true;
        return default;
    }
}
