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
    public void A_line_is_its_owner_s_until_its_function_is_served_and_comes_again_when_it_rises_anew()
    {
        using BostonMachine boston = BostonMachine.Start();
        XilinxAxiHostBridge<QtestBus> bridge = boston.BroughtUp();
        AhciDevice disks = new(boston, boston.OpenDisks(bridge));
        SharedFifo fifo = new() { Messages = Controller(boston) };
        IntxLines<AxiIntxController<FifoPlace, FifoPlace, QtestBus, SystemClock>> lines =
            new(new AxiIntxController<FifoPlace, FifoPlace, QtestBus, SystemClock>(new FifoPlace(fifo), new FifoPlace(fifo)));
        Assert.True(lines.TryTake(new OwnerId(1), 0));

        disks.Raise();
        Assert.True(lines.TryCollect(Interrupt, out uint fired));
        Assert.Equal(1u, fired);
        lines.Settle(0, asserted: true);
        Assert.True(lines.TryCollect(Interrupt, out fired));
        Assert.Equal(0u, fired);
        disks.Lower();
        lines.Settle(0, asserted: false);
        Assert.Equal(0, fifo.Raised);
        disks.Raise();
        PendingBits raised = default;
        Assert.Equal(MsiCollection.Done, fifo.Messages.Collect(Interrupt, ref raised));
        Assert.True(lines.TryCollect(Interrupt, out fired));
        Assert.Equal((1u, 0u, 0u), (fired, raised.Count, lines.Spurious));
    }

    [Fact]
    public void No_function_of_this_machine_offers_messages()
    {
        // QEMU's model of the bridge, and the machine's interrupt controller, have none: its functions leave the capabilities out, and those that insist on them are refused at its start.
        using BostonMachine boston = BostonMachine.Start();
        XilinxAxiHostBridge<QtestBus> bridge = boston.BroughtUp();
        List<uint> capabilities = [];
        uint next = bridge.ReadConfig(BostonMachine.Disks, 0x34, AccessWidth.Byte);
        while (next != 0 && capabilities.Count < 48)
        {
            uint word = bridge.ReadConfig(BostonMachine.Disks, next & 0xFC, AccessWidth.Word);
            capabilities.Add(word & 0xFF);
            next = (word >> 8) & 0xFF;
        }

        Assert.NotEmpty(capabilities);
        Assert.DoesNotContain(0x05u, capabilities);
        Assert.DoesNotContain(0x11u, capabilities);
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

    private sealed class SharedFifo
    {
        public AxiMsiController<QtestBus, SystemClock> Messages;
        public uint OpenLines;

        public int Raised { get; set; }
    }

    private readonly struct FifoPlace(SharedFifo fifo) : IAxiMessages<QtestBus, SystemClock>, IInterruptTrigger
    {
        public ref AxiMsiController<QtestBus, SystemClock> Controller => ref fifo.Messages;

        public ref uint OpenLines => ref fifo.OpenLines;

        public void Raise(uint interrupt) => fifo.Raised++;
    }
}
