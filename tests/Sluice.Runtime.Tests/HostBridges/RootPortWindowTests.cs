using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

/// <summary>What a bridge's root port passes on: memory accesses down to the functions, DMA and messages up from them.</summary>
public sealed class RootPortWindowTests
{
    private const ulong Low = 0xC000_0000;
    private const ulong High = 0x6_0000_0000;

    private static readonly RequesterId s_device = new(1, 0, 0);

    [Fact]
    public void Behind_an_nwl_bridge_that_the_hypervisor_brought_up_memory_of_functions_is_reached_and_dma_reaches_memory()
    {
        NwlMachine machine = new();
        DmaFunction function = Plug(machine.Machine, machine.Functions, machine.Bridge.RootPort, machine.Bridge);

        NwlHostBridge<SimulatedBus> bridge = machine.Start(NwlMachine.Settings with { Windows = NwlMachine.PortWindows });

        Assert.True(bridge.IsReady(out _));
        AssertPasses(bridge, function);
        Assert.Equal(0xEFF0_E000u, machine.Bridge.RootPort.Peek(0x20, AccessWidth.Word));
        Assert.Equal((6u, 7u), (machine.Bridge.RootPort.Peek(0x28, AccessWidth.Word), machine.Bridge.RootPort.Peek(0x2C, AccessWidth.Word)));
        Assert.Equal(6u, machine.Bridge.RootPort.Peek(0x04, AccessWidth.HalfWord));
    }

    [Fact]
    public void Behind_a_soft_bridge_too()
    {
        AxiMachine machine = new();
        DmaFunction function = Plug(machine.Machine, machine.Functions, machine.Bridge.RootPort, machine.Bridge);

        XilinxAxiHostBridge<SimulatedBus> bridge = machine.Start(AxiMachine.Settings with { Windows = new PortWindows { Memory = NwlMachine.Windows, MemoryBytes = 1 << 20 } });

        AssertPasses(bridge, function);
        Assert.Equal(0xE000_E000u, machine.Bridge.RootPort.Peek(0x20, AccessWidth.Word));
        Assert.Equal(0x0000_FFF0u, machine.Bridge.RootPort.Peek(0x24, AccessWidth.Word) & 0xFFF0_FFF0);
    }

    [Fact]
    public void A_board_that_names_no_windows_leaves_the_root_port_s_as_they_are()
    {
        NwlMachine machine = new();
        DmaFunction function = Plug(machine.Machine, machine.Functions, machine.Bridge.RootPort, machine.Bridge);

        Assert.Equal(uint.MaxValue, Placed(machine.Start(), function).Read);

        Assert.Equal(0u, machine.Bridge.RootPort.Peek(0x04, AccessWidth.HalfWord));
    }

    [Theory]
    [InlineData(0x04u, 4u, "PCI_BRIDGE_HEADER.COMMAND shows 0x00000004; its bits 0x00000006 should be 0x00000006")]
    [InlineData(0x04u, 2u, "PCI_BRIDGE_HEADER.COMMAND shows 0x00000002; its bits 0x00000006 should be 0x00000006")]
    [InlineData(0x20u, 0x0000_FFF0u, "PCI_BRIDGE_HEADER.MEMORY_BASE shows 0x0000FFF0; its bits 0xFFF0FFF0 should be 0xEFF0E000")]
    [InlineData(0x20u, 0xEFE0_E000u, "PCI_BRIDGE_HEADER.MEMORY_BASE shows 0xEFE0E000; its bits 0xFFF0FFF0 should be 0xEFF0E000")]
    [InlineData(0x20u, 0xEFF0_E010u, "PCI_BRIDGE_HEADER.MEMORY_BASE shows 0xEFF0E010; its bits 0xFFF0FFF0 should be 0xEFF0E000")]
    [InlineData(0x2Cu, 0x6u, "PCI_BRIDGE_HEADER.PREF_LIMIT_UPPER32 shows 0x00000006; its bits 0xFFFFFFFF should be 0x00000007")]
    [InlineData(0x28u, 0x7u, "PCI_BRIDGE_HEADER.PREF_BASE_UPPER32 shows 0x00000007; its bits 0xFFFFFFFF should be 0x00000006")]
    public void A_bridge_whose_root_port_does_not_pass_on_what_the_board_names_is_refused_whoever_brought_it_up(uint offset, uint value, string refusal)
    {
        NwlMachine machine = new();
        NwlSettings settings = NwlMachine.Settings with { Windows = NwlMachine.PortWindows };
        NwlHostBridge<SimulatedBus> bridge = machine.Start(settings);
        machine.Bridge.RootPort.Poke(offset, offset == 4 ? AccessWidth.HalfWord : AccessWidth.Word, value);

        Assert.Equal(refusal, machine.Refusal(settings with { Policy = BringUpPolicy.Firmware }));
        Assert.False(bridge.IsReady(out BridgeRefusal now));
        Assert.Equal(refusal, RefusalText.Of(now));
        Assert.True(machine.Start(settings).IsReady(out _));
    }

    [Fact]
    public void Firmware_may_pass_on_more_than_the_board_names()
    {
        NwlMachine machine = new();
        NwlSettings settings = NwlMachine.Settings with { Windows = NwlMachine.PortWindows };
        machine.Start(settings);
        machine.Bridge.RootPort.Poke(0x04, AccessWidth.HalfWord, 0x107);
        machine.Bridge.RootPort.Poke(0x20, AccessWidth.Word, 0xFDF0_D000);
        machine.Bridge.RootPort.Poke(0x28, AccessWidth.Word, 5);
        machine.Bridge.RootPort.Poke(0x2C, AccessWidth.Word, 0xF);

        Assert.True(machine.Start(settings with { Policy = BringUpPolicy.Firmware }).IsReady(out _));
    }

    [Theory]
    [InlineData(0xE008_0000ul, 0x10_0000ul, 0ul, 0ul)]
    [InlineData(0xE000_0000ul, 0x18_0000ul, 0ul, 0ul)]
    [InlineData(0xF000_0000ul, 0x1010_0000ul, 0ul, 0ul)]
    [InlineData(0x1_0000_0000ul, 0x10_0000ul, 0ul, 0ul)]
    [InlineData(0ul, 0ul, 0xFFFF_FFFF_FFF0_0000ul, 0x20_0000ul)]
    public void Windows_that_no_root_port_can_have_are_refused_and_all_is_as_before(ulong memory, ulong memoryBytes, ulong prefetchable, ulong prefetchableBytes)
    {
        NwlMachine machine = new();
        uint before = machine.Bridge.RootPort.Peek(0x20, AccessWidth.Word);
        PortWindows windows = new() { Memory = memory, MemoryBytes = memoryBytes, Prefetchable = prefetchable, PrefetchableBytes = prefetchableBytes };

        Assert.StartsWith("a window of the board does not fit", machine.Refusal(NwlMachine.Settings with { Windows = windows }), StringComparison.Ordinal);

        Assert.Equal((before, 0u), (machine.Bridge.RootPort.Peek(0x20, AccessWidth.Word), machine.Bridge.RootPort.Peek(0x04, AccessWidth.HalfWord)));
    }

    /// <summary>A function that is reached through the root port only, and reaches memory only through it.</summary>
    private static DmaFunction Plug(SimulatedMachine machine, SimulatedPciBus functions, SimulatedBridgeFunction port, IDmaPath path)
    {
        DmaFunction function = new() { Dma = port.Mastered(path) };
        functions.Add(s_device, function);
        machine.Add(Low, 1 << 20, port.Downstream(functions.Memory(NwlMachine.Windows), NwlMachine.Windows));
        machine.Add(High, 1 << 20, port.Downstream(functions.Memory(High), High));
        return function;
    }

    private static (uint Read, HostFunction<TBridge> Function) Placed<TBridge>(TBridge bridge, DmaFunction device)
        where TBridge : struct, IHostBridge
    {
        MemoryWindow low = new(new MachineAddress(Low), NwlMachine.Windows, 1 << 20);
        MemoryWindow high = default;
        Assert.True(HostFunction<TBridge>.TryProbe(bridge, s_device, out HostFunction<TBridge> function));
        Assert.True(function.TryPlace(ref low, ref high));
        function.WriteCommand(default(PciHeader.Command) with { Memory = true, Master = true });
        Assert.NotNull(device);
        return ((uint)bridge.ReadMemory(function.MemoryAddress(0, DmaFunction.TableOffset + 12), AccessWidth.Word), function);
    }

    private static void AssertPasses<TBridge>(TBridge bridge, DmaFunction device)
        where TBridge : struct, IHostBridge
    {
        // The vector control of the first MSI-X entry: masked after a reset.
        Assert.Equal(1u, Placed(bridge, device).Read);
        Assert.True(device.Dma!.TryWrite(s_device.Value, NwlMachine.Ram, [1]));
    }
}
