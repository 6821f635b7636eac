using System.Diagnostics.CodeAnalysis;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Firmware;

/// <summary>The machine as its firmware describes it: memory, and the PCI host bridges with what they lean on.</summary>
public readonly ref struct MachinePlatform
{
    private readonly FdtReader _tree;
    private readonly MemoryBanks _banks;

    private MachinePlatform(FdtReader tree, MemoryBanks banks, int bankCount)
    {
        _tree = tree;
        _banks = banks;
        BankCount = bankCount;
    }

    /// <summary>The machine's memory.</summary>
    [UnscopedRef]
    public readonly ref readonly MemoryBanks Banks => ref _banks;

    /// <summary>How many banks of memory there are.</summary>
    public int BankCount { get; }

    /// <summary>Reads and checks a platform: memory, and every host bridge that is switched on and of a kind that is known here.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="platform">The platform.</param>
    /// <returns>What is wrong, if anything: the first thing in the order of the tree, memory first.</returns>
    public static PlatformProblem TryRead(FdtReader tree, out MachinePlatform platform)
    {
        platform = default;
        PlatformProblem problem = ReadMemory(tree, out MemoryBanks banks, out int count);
        if (!problem.IsNone)
        {
            return problem;
        }

        MachinePlatform read = new(tree, banks, count);
        FdtNode after = tree.Root;
        while (true)
        {
            problem = read.TryNextBridge(ref after, out HostBridgeNode bridge, out bool found);
            if (!problem.IsNone || !found)
            {
                platform = problem.IsNone ? read : default;
                return problem;
            }

            problem = read.CheckMemory(in bridge);
            if (!problem.IsNone)
            {
                return problem;
            }
        }
    }

    /// <summary>The next host bridge that is switched on.</summary>
    /// <param name="after">Where to go on; begin with the root. Afterwards the bridge's node.</param>
    /// <param name="bridge">The bridge.</param>
    /// <param name="found">Whether there is one.</param>
    /// <returns>What is wrong with it, if anything.</returns>
    public PlatformProblem TryNextBridge(ref FdtNode after, out HostBridgeNode bridge, out bool found)
    {
        while (_tree.TryNext(after, out FdtNode node))
        {
            after = node;
            if (IsBridge(node) && _tree.IsEnabled(node))
            {
                found = true;
                return HostBridgeNode.TryRead(_tree, node, out bridge);
            }
        }

        found = false;
        bridge = default;
        return default;
    }

    /// <summary>An interrupt of a node by its place in <c>interrupts</c>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="index">Which, from 0.</param>
    /// <param name="interrupt">The interrupt.</param>
    /// <returns>What is wrong, if anything.</returns>
    public PlatformProblem TryGetInterrupt(FdtNode node, int index, out GicInterrupt interrupt)
    {
        interrupt = default;
        if (!_tree.TryGetProperty(node, "interrupts"u8, out FdtProperty interrupts))
        {
            return new PlatformProblem(PlatformProblemKind.Missing, node, PlatformProperty.Interrupts);
        }

        FdtNode holder = node;
        uint handle;
        while (!_tree.TryGetCell(holder, "interrupt-parent"u8, out handle))
        {
            if (!_tree.TryParent(holder, out holder))
            {
                return new PlatformProblem(PlatformProblemKind.Missing, node, PlatformProperty.InterruptParent);
            }
        }

        PlatformProblem problem = _tree.FindTarget(holder, PlatformProperty.InterruptParent, handle, out FdtNode controller);
        if (!problem.IsNone)
        {
            return problem;
        }

        if (!_tree.TryGetCell(controller, "#interrupt-cells"u8, out uint cells) || cells is 0 or > 3)
        {
            return new PlatformProblem(PlatformProblemKind.Malformed, controller, PlatformProperty.InterruptCells);
        }

        if (index < 0 || index >= interrupts.CellCount / (int)cells)
        {
            return new PlatformProblem(PlatformProblemKind.Missing, node, PlatformProperty.Interrupts);
        }

        interrupt = InterruptMap.ReadInterrupt(interrupts, index * (int)cells, (int)cells, controller);
        return default;
    }

    /// <summary>An interrupt of a node by its name in <c>interrupt-names</c>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="name">The name.</param>
    /// <param name="interrupt">The interrupt.</param>
    /// <returns>What is wrong, if anything.</returns>
    public PlatformProblem TryGetInterrupt(FdtNode node, System.ReadOnlySpan<byte> name, out GicInterrupt interrupt)
    {
        interrupt = default;
        int index = _tree.IndexOfText(node, "interrupt-names"u8, name);
        return index < 0 ? new PlatformProblem(PlatformProblemKind.Missing, node, PlatformProperty.InterruptNames) : TryGetInterrupt(node, index, out interrupt);
    }

    private static PlatformProblem ReadMemory(FdtReader tree, out MemoryBanks banks, out int count)
    {
        banks = default;
        count = 0;
        FdtNode node = tree.Root;
        while (tree.TryNext(node, out node))
        {
            if (!tree.TryGetProperty(node, "device_type"u8, out FdtProperty type) || !type.HasText("memory"u8) || !tree.IsEnabled(node))
            {
                continue;
            }

            for (int index = 0; tree.TryGetMachineRange(node, index, out MachineAddress start, out ulong length); index++)
            {
                MachineRange bank = new(start, length);
                if (length != 0 && length - 1 > ulong.MaxValue - start.Value)
                {
                    return new PlatformProblem(PlatformProblemKind.Malformed, node, PlatformProperty.Reg);
                }

                for (int earlier = 0; earlier < count; earlier++)
                {
                    if (bank.Overlaps(banks[earlier]))
                    {
                        return new PlatformProblem(PlatformProblemKind.Contradiction, node, PlatformProperty.Reg);
                    }
                }

                if (length != 0 && count == MemoryBanks.Capacity)
                {
                    return new PlatformProblem(PlatformProblemKind.TooMany, node, PlatformProperty.Reg);
                }

                if (length != 0)
                {
                    banks[count++] = bank;
                }
            }
        }

        return count == 0 ? new PlatformProblem(PlatformProblemKind.Missing, tree.Root, PlatformProperty.Reg) : default;
    }

    private bool IsBridge(FdtNode node)
        => _tree.TryGetProperty(node, "compatible"u8, out FdtProperty compatible)
            && (compatible.HasText("pci-host-ecam-generic"u8) || compatible.HasText("xlnx,nwl-pcie-2.11"u8) || compatible.HasText("xlnx,axi-pcie-host-1.00.a"u8));

    private PlatformProblem CheckMemory(ref readonly HostBridgeNode bridge)
    {
        for (int bank = 0; bank < BankCount; bank++)
        {
            MachineRange memory = _banks[bank];
            if (memory.Overlaps(bridge.Config) || memory.Overlaps(bridge.Registers) || memory.Overlaps(bridge.Attributes))
            {
                return new PlatformProblem(PlatformProblemKind.Contradiction, bridge.Node, PlatformProperty.Reg);
            }

            for (int window = 0; window < bridge.WindowCount; window++)
            {
                if (memory.Overlaps(bridge.Windows[window].Machine))
                {
                    return new PlatformProblem(PlatformProblemKind.Contradiction, bridge.Node, PlatformProperty.Ranges);
                }
            }
        }

        return default;
    }
}
