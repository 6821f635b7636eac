using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>Our driver of the soft AXI-PCIe bridge against QEMU's model of it.</summary>
public sealed class BostonTests
{
    private const uint Interrupt = 0;

    [Fact]
    public void A_bridge_that_nobody_brought_up_is_refused_with_its_register_and_value()
    {
        using BostonMachine boston = BostonMachine.Start();
        Assert.False(XilinxAxiHostBridge<QtestBus>.TryStart(boston.Bus, BostonMachine.Settings(BringUpPolicy.Firmware), out _, out BridgeRefusal refusal));
        Assert.Equal((BridgeBlock.AxiPcie, AxiPcie.Offsets.Rpsc, 1u, 1u), (refusal.Block, refusal.Offset, refusal.Mask, refusal.Expected));
        Assert.Equal(0u, refusal.Value & 1);
    }

    [Fact]
    public void The_hypervisor_brings_the_bridge_up_and_then_firmware_s_checklist_passes()
    {
        using BostonMachine boston = BostonMachine.Start();
        XilinxAxiHostBridge<QtestBus> bridge = boston.BroughtUp();
        Assert.True(bridge.IsLinkUp);
        Assert.True(bridge.IsReady(out BridgeRefusal refusal), BostonMachine.Text(refusal));
        Assert.True(XilinxAxiHostBridge<QtestBus>.TryStart(boston.Bus, BostonMachine.Settings(BringUpPolicy.Firmware), out _, out _));
    }

    [Fact]
    public void The_functions_behind_the_link_are_found()
    {
        using BostonMachine boston = BostonMachine.Start();
        XilinxAxiHostBridge<QtestBus> bridge = boston.BroughtUp();
        List<int> found = [];
        FunctionEnumerator<XilinxAxiHostBridge<QtestBus>> functions = new(bridge, 0, bridge.Window.LastBus);
        while (functions.MoveNext())
        {
            found.Add(functions.Current.Value);
        }

        Assert.Equal([0x0000, 0x0100], found);
    }

    [Fact]
    public void Behind_a_bridge_without_devices_every_function_reads_as_all_ones()
    {
        // QEMU's model says that every link is up; there is nobody at the end of this one.
        using BostonMachine boston = BostonMachine.Start();
        Assert.True(XilinxAxiHostBridge<QtestBus>.TryStart(
            boston.Bus,
            BostonMachine.Settings(BringUpPolicy.Hypervisor, BostonMachine.EmptyConfig),
            out XilinxAxiHostBridge<QtestBus> bridge,
            out _));
        Assert.Equal(0x7021_10EEu, bridge.ReadConfig(new RequesterId(0, 0, 0), 0, AccessWidth.Word));
        Assert.Equal(uint.MaxValue, bridge.ReadConfig(BostonMachine.Disks, 0, AccessWidth.Word));
        Assert.Equal(uint.MaxValue, bridge.ReadConfig(new RequesterId(0, 1, 0), 0, AccessWidth.Word));
    }

    [Fact]
    public void Memory_of_a_function_is_where_it_was_placed()
    {
        using BostonMachine boston = BostonMachine.Start();
        HostFunction<XilinxAxiHostBridge<QtestBus>> disks = boston.OpenDisks(boston.BroughtUp());
        Assert.Equal(0x1000UL, disks.Bars[5].SizeBytes);

        // The version register of AHCI 1.0.
        Assert.Equal(0x0001_0000u, boston.Bus.Read32(disks.MemoryAddress(5, 0x10)));
    }

    [Fact]
    public void An_INTx_arrives_through_the_interrupt_FIFO_when_it_rises_and_when_it_falls()
    {
        using BostonMachine boston = BostonMachine.Start();
        XilinxAxiHostBridge<QtestBus> bridge = boston.BroughtUp();
        AhciDevice disks = new(boston, boston.OpenDisks(bridge));
        AxiMsiController<QtestBus, SystemClock> controller = Controller(boston);
        PendingBits raised = default;

        Assert.Equal(0u, controller.AssertedLines);
        disks.Raise();
        Assert.Equal(MsiCollection.Done, controller.Collect(Interrupt, ref raised));
        Assert.Equal(1u, controller.AssertedLines);
        Assert.Equal(1u, controller.TakeLines());
        disks.Lower();
        Assert.Equal(MsiCollection.Done, controller.Collect(Interrupt, ref raised));
        Assert.Equal(0u, controller.AssertedLines);
        Assert.Equal(0u, controller.Losses);
    }

    [Fact]
    public void An_overflow_of_the_interrupt_FIFO_is_noticed_and_every_line_counts_as_asserted()
    {
        using BostonMachine boston = BostonMachine.Start();
        XilinxAxiHostBridge<QtestBus> bridge = boston.BroughtUp();
        AhciDevice disks = new(boston, boston.OpenDisks(bridge));
        AxiMsiController<QtestBus, SystemClock> controller = Controller(boston);
        for (int edge = 0; edge < 20; edge++)
        {
            disks.Raise();
            disks.Lower();
        }

        PendingBits raised = default;
        _ = controller.Collect(Interrupt, ref raised);
        Assert.Equal(1u, controller.Losses);
        Assert.Equal(0xFu, controller.AssertedLines);
        Assert.Equal(0xFu, controller.TakeLines());
    }

    private static AxiMsiController<QtestBus, SystemClock> Controller(BostonMachine boston)
    {
        Assert.True(
            AxiMsiController<QtestBus, SystemClock>.TryStart(
                boston.Bus,
                new RegisterAddress(BostonMachine.LinkedConfig),
                default(SystemClock),
                0x0F00_0000,
                Interrupt,
                default,
                out AxiMsiController<QtestBus, SystemClock> controller,
                out BridgeRefusal refusal),
            BostonMachine.Text(refusal));
        return controller;
    }
}
