using System;
using System.Collections.Generic;
using System.Text;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

public sealed class GuestV2mFrameTests
{
    private readonly SimulatedGuest _guest = new(new ReferenceMachine().Machine);
    private GuestV2mFrame _frame = new(0x0802_0000, 64, 32);

    [Fact]
    public void The_frame_says_which_interrupts_it_has()
    {
        Assert.Equal(AccessResult.Done, _frame.Read(0x8, AccessWidth.Word, out ulong typer));
        Assert.Equal(0x0040_0020ul, typer);
        Assert.Equal(0x0802_0040ul, _frame.Doorbell.Address);
    }

    [Theory]
    [InlineData(64u, true)]
    [InlineData(95u, true)]
    [InlineData(63u, false)]
    [InlineData(96u, false)]
    [InlineData(0u, false)]
    public void A_processor_that_rings_interrupts_itself_and_nobody_else(uint data, bool rings)
    {
        Assert.Equal(AccessResult.Done, _frame.Write(0x40, AccessWidth.Word, new GuestValue(data), _guest.Handle));
        Assert.Equal(rings, _guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(rings ? data : 0, interrupt);

        Assert.Equal(AccessResult.Done, _frame.Write(0x40, AccessWidth.Word, new GuestValue(data), _guest.Handle));
        Assert.Equal(rings ? 1 : 0, _guest.PendingInterrupts);
    }

    [Fact]
    public void What_is_not_described_reads_zero_and_is_counted()
    {
        Assert.Equal(AccessResult.Denied, _frame.Read(0x100, AccessWidth.Word, out ulong value));
        Assert.Equal(0ul, value);
        Assert.Equal(AccessResult.Denied, _frame.Write(0x48, AccessWidth.Word, new GuestValue(64), _guest.Handle));
        Assert.Equal(AccessResult.Rejected, _frame.Read(0xFFE, AccessWidth.Word, out _));
        Assert.Equal(0, _guest.PendingInterrupts);
        Assert.Equal(3u, _frame.Denied);
        Assert.Equal(3u, _frame.Accesses);
    }

    [Fact]
    public void Accesses_are_told_by_register()
    {
        _frame.Read(0x8, AccessWidth.Word, out _);
        _frame.Read(0xA, AccessWidth.HalfWord, out _);
        _frame.Write(0x40, AccessWidth.Word, new GuestValue(64), _guest.Handle);
        _frame.Read(0x100, AccessWidth.Word, out _);

        Assert.Equal((4u, 1u), (_frame.Accesses, _frame.Denied));
        NamedTraps traps = new([]);
        _frame.VisitTraps(ref traps);
        Assert.Equal(["gicv2m.MSI_TYPER 2", "gicv2m.MSI_SETSPI_NS 1"], traps.Rows);
    }

    [Theory]
    [InlineData(64u, true)]
    [InlineData(95u, true)]
    [InlineData(63u, false)]
    [InlineData(96u, false)]
    public void A_message_is_delivered_as_one_of_the_frame_s_interrupts_and_no_other(uint number, bool delivered)
    {
        Assert.Equal(delivered, _frame.TryDeliver(new GuestMessage(new Sluice.Runtime.HostBridges.RequesterId(8), number), _guest.Handle));
        Assert.Equal(delivered ? 1 : 0, _guest.PendingInterrupts);

        Assert.False(_frame.TryDeliver(default, _guest.Handle));
        Assert.Equal(delivered ? 1 : 0, _guest.PendingInterrupts);
    }

    [Theory]
    [InlineData(80u, 64u, true)]
    [InlineData(31u, 64u, false)]
    [InlineData(80u, 0u, false)]
    [InlineData(1000u, 64u, false)]
    public void A_physical_frame_is_taken_only_with_interrupts_that_can_be(uint first, uint count, bool expected)
    {
        ReferenceMachine reference = new();
        reference.Machine.Remove(reference.Msi);
        reference.Machine.Add(ReferenceMachine.Frame, 0x1000, new SimulatedV2mFrame(first, count));

        Assert.Equal(expected, GicV2mController.TryProbe(reference.Machine.Bus, new RegisterAddress(ReferenceMachine.Frame), out GicV2mController controller));
        Assert.Equal(expected ? count : 0, controller.VectorCount);
        PendingBits raised = default;
        Assert.Equal(expected ? MsiCollection.Done : MsiCollection.Foreign, controller.Collect(first, ref raised));
        Assert.Equal(0u, raised.Count);
    }

    private readonly struct NamedTraps(List<string> rows) : ITrapVisitor
    {
        public List<string> Rows { get; } = rows;

        public void Visit(ReadOnlySpan<byte> block, ReadOnlySpan<byte> register, uint count)
            => Rows.Add($"{Encoding.UTF8.GetString(block)}.{Encoding.UTF8.GetString(register)} {count}");
    }
}
