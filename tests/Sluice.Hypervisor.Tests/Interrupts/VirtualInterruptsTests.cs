using System.Linq;
using Xunit;

namespace Sluice.Hypervisor.Tests.Interrupts;

public sealed class VirtualInterruptsTests
{
    private const uint First = 80;
    private const uint Timer = 27;

    [Fact]
    public void What_finds_no_list_register_waits_and_is_delivered_when_there_is_room()
    {
        GicMemory gic = Forwarding();
        for (uint interrupt = First; interrupt < First + 6; interrupt++)
        {
            gic.Interrupts.Raise(interrupt);
            gic.UpdateEmpty();
        }

        Assert.Equal([80u, 81u, 82u, 83u], Enumerable.Range(0, 4).Select(index => gic.List(index).Interrupt));
        Assert.True(gic.WaitsForRoom);
        Assert.Equal(0b110000u << 16, gic.Interrupts.PendingWord(2) & (0b110000u << 16));

        gic.Serve(1, report: false);
        gic.Serve(2, report: false);
        gic.Interrupts.Maintain();
        gic.UpdateEmpty();

        Assert.Equal([80u, 84u, 85u, 83u], Enumerable.Range(0, 4).Select(index => gic.List(index).Interrupt));
        Assert.False(gic.WaitsForRoom);
    }

    [Fact]
    public void The_highest_priority_is_delivered_first()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.Forwarding = false;
        gic.Interrupts.SetPriority(First, 0xA0);
        gic.Interrupts.SetPriority(First + 1, 0x20);
        gic.Interrupts.Raise(First);
        gic.Interrupts.Raise(First + 1);
        Assert.Equal(0u, gic.List(0).Value);

        gic.Interrupts.Forwarding = true;

        Assert.Equal(First + 1, gic.List(0).Interrupt);
        Assert.Equal(First, gic.List(1).Interrupt);
    }

    [Fact]
    public void An_edge_that_comes_while_its_first_one_is_served_comes_again()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.Raise(First);
        gic.UpdateEmpty();
        gic.Acknowledge(0);
        gic.Interrupts.Raise(First);

        Assert.True(gic.List(0).IsActive);
        Assert.True(gic.List(0).IsPending);
        Assert.Equal(0u, gic.List(1).Value);
        Assert.Equal(2ul, gic.Interrupts.Delivered);
    }

    [Fact]
    public void A_level_interrupt_is_deactivated_only_when_the_guest_has_ended_it()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.Raise(Timer);
        gic.UpdateEmpty();
        Assert.Equal(0u, gic.Deactivated);

        gic.Serve(0, report: true);
        gic.Interrupts.Maintain();

        Assert.Equal(Timer, gic.Deactivated);
        Assert.Equal(0u, gic.List(0).Value);
    }

    [Fact]
    public void A_disabled_interrupt_is_taken_back_and_kept()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.Raise(First);
        gic.UpdateEmpty();
        gic.Interrupts.Disable(2, 1u << 16);
        gic.UpdateEmpty();

        Assert.Equal(0u, gic.List(0).Value);
        Assert.Equal(1u << 16, gic.Interrupts.PendingWord(2));

        gic.Interrupts.Enable(2, 1u << 16);

        Assert.Equal(First, gic.List(0).Interrupt);
    }

    [Fact]
    public void A_level_that_the_guest_disables_is_released_to_come_again()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.Raise(Timer);
        gic.UpdateEmpty();
        gic.Interrupts.Disable(0, 1u << (int)Timer);

        Assert.Equal(Timer, gic.Deactivated);
        Assert.Equal(0u, gic.List(0).Value);
        Assert.Equal(0u, gic.Interrupts.PendingWord(0));
    }

    [Fact]
    public void A_guest_cannot_enable_or_raise_what_it_does_not_own()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.Enable(1, uint.MaxValue);
        gic.Interrupts.SetPending(1, uint.MaxValue);
        gic.Interrupts.SetPriority(40, 0x10);

        Assert.Equal(0u, gic.Interrupts.EnabledWord(1));
        Assert.Equal(0u, gic.Interrupts.PendingWord(1));
        Assert.Equal(0, gic.Interrupts.Priority(40));
        Assert.Equal(0u, gic.PhysicallyEnabled(1));
    }

    [Fact]
    public void Only_a_direct_interrupt_is_enabled_in_the_machine()
    {
        GicMemory gic = Forwarding();

        Assert.Equal(1u << (int)Timer, gic.PhysicallyEnabled(0));
        Assert.Equal(0u, gic.PhysicallyEnabled(2));
    }

    [Fact]
    public void F1_A_level_comes_again_when_the_guest_has_ended_it_as_long_as_its_line_is_asserted()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.SetLevel(First, true);
        gic.UpdateEmpty();
        Assert.Equal(First, gic.List(0).Interrupt);
        Assert.True(gic.List(0).IsPending);
        gic.Acknowledge(0);
        Assert.False(gic.Interrupts.TakeEnded(First));

        gic.Serve(0, report: true);
        gic.Interrupts.Maintain();
        gic.UpdateEmpty();

        Assert.True(gic.Interrupts.TakeEnded(First));
        Assert.False(gic.Interrupts.TakeEnded(First));
        Assert.Equal(First, gic.List(0).Interrupt);
        Assert.True(gic.List(0).IsPending);

        gic.Acknowledge(0);
        gic.Interrupts.SetLevel(First, false);
        gic.Serve(0, report: true);
        gic.Interrupts.Maintain();
        Assert.Equal(0u, gic.List(0).Value);
        Assert.Equal(0u, gic.Interrupts.PendingWord(2));
    }

    [Fact]
    public void F2_A_level_that_falls_before_the_guest_has_taken_it_does_not_come()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.SetLevel(First, true);
        gic.UpdateEmpty();
        gic.Interrupts.SetLevel(First, false);
        gic.UpdateEmpty();

        Assert.Equal(0u, gic.List(0).Value);
        Assert.Equal(0u, gic.Interrupts.PendingWord(2));
    }

    [Fact]
    public void A_level_is_not_pended_beside_its_own_service_and_a_guest_cannot_clear_it_while_it_is_asserted()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.SetLevel(First, true);
        gic.UpdateEmpty();
        gic.Interrupts.ClearPending(2, 1u << 16);
        Assert.True(gic.List(0).IsPending);
        gic.Acknowledge(0);

        gic.Interrupts.SetLevel(First, true);

        Assert.True(gic.List(0).IsActive);
        Assert.False(gic.List(0).IsPending);
        Assert.Equal(0u, gic.List(1).Value);
    }

    [Fact]
    public void A_level_that_is_disabled_and_enabled_again_comes_only_if_its_line_is_still_asserted()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.SetLevel(First, true);
        gic.UpdateEmpty();
        gic.Interrupts.Disable(2, 1u << 16);
        gic.UpdateEmpty();
        gic.Interrupts.SetLevel(First, false);
        gic.Interrupts.Enable(2, 1u << 16);
        gic.UpdateEmpty();
        Assert.Equal(0u, gic.List(0).Value);

        gic.Interrupts.Disable(2, 1u << 16);
        gic.Interrupts.SetLevel(First, true);
        gic.UpdateEmpty();
        Assert.Equal(0u, gic.List(0).Value);
        gic.Interrupts.Enable(2, 1u << 16);
        Assert.Equal(First, gic.List(0).Interrupt);
    }

    [Fact]
    public void A_level_of_an_interrupt_that_the_guest_does_not_own_or_that_is_the_machine_s_does_nothing()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.SetLevel(40, true);
        gic.Interrupts.SetLevel(Timer, true);

        Assert.Equal(0u, gic.List(0).Value);
        Assert.Equal(0u, gic.Interrupts.PendingWord(1));
    }

    [Fact]
    public void What_is_withdrawn_does_not_come_and_what_has_begun_goes_on()
    {
        GicMemory gic = Forwarding();
        gic.Interrupts.Raise(First);
        gic.UpdateEmpty();
        gic.Interrupts.Withdraw(First);
        gic.UpdateEmpty();
        Assert.Equal(0u, gic.List(0).Value);

        gic.Interrupts.Raise(First);
        gic.UpdateEmpty();
        gic.Acknowledge(0);
        gic.Interrupts.Withdraw(First);
        Assert.True(gic.List(0).IsActive);
    }

    private static GicMemory Forwarding()
    {
        var gic = new GicMemory();
        gic.Interrupts.Own(Timer, direct: true);
        for (uint interrupt = First; interrupt < First + 8; interrupt++)
        {
            gic.Interrupts.Own(interrupt, direct: false);
        }

        gic.Interrupts.Enable(0, 1u << (int)Timer);
        gic.Interrupts.Enable(2, 0xFFu << 16);
        gic.Interrupts.Forwarding = true;
        return gic;
    }
}
