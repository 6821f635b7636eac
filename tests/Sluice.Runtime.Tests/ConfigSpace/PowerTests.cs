using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class PowerTests
{
    private const uint NoSoftReset = 0x0008;

    [Fact]
    public void J7_Before_the_hardware_sleeps_memory_is_unmapped_and_before_memory_is_mapped_the_hardware_is_awake()
    {
        AssignedFunction assigned = Keeping();
        List<(bool Maps, uint State, bool Decodes)> order = [];
        assigned.Guest.Remapping = (maps, _, _) => order.Add((maps, State(assigned), assigned.Device.DecodesMemory));

        assigned.Write(0x44, 2, 3);
        Assert.All(order, static step => Assert.Equal((false, 0u, true), step));
        Assert.Equal(3, order.Count);
        Assert.Equal(3u, State(assigned));
        Assert.Equal(0u, assigned.HostCommand & 0x0006);

        order.Clear();
        ulong started = assigned.Reference.Machine.PassMicroseconds(0);
        assigned.Write(0x44, 2, 0);
        Assert.All(order, static step => Assert.Equal((true, 0u, false), step));
        Assert.Equal(3, order.Count);
        Assert.Equal(0x0006u, assigned.HostCommand & 0x0006);
        Assert.True(assigned.Reference.Machine.PassMicroseconds(0) - started >= 10_000);
    }

    [Fact]
    public void J7_Nothing_of_a_function_that_sleeps_is_reached_whatever_COMMAND_says()
    {
        AssignedFunction assigned = Keeping();
        assigned.Write(0x44, 2, 3);

        assigned.Write(0x04, 2, 0x0000);
        assigned.Write(0x04, 2, 0x0006);

        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(0u, assigned.HostCommand & 0x0006);
        Assert.Equal(AccessResult.Denied, assigned.Bridge.ReadMemory(new GuestAddress(assigned.Entry(0)), AccessWidth.Word, out _));
        assigned.Write(0x44, 2, 0);
        Assert.Equal(3, assigned.Guest.Mappings.Count);
    }

    [Fact]
    public void A_function_that_loses_its_state_asleep_wakes_as_after_a_reset_and_has_its_places_again()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        ulong host = assigned.Device.BarAddress(assigned.Device.Bars[0]);
        Assert.Equal(0u, assigned.Read(0x44, 2) & NoSoftReset);

        assigned.Write(0x44, 2, 3);
        assigned.Write(0x44, 2, 0);

        Assert.Equal(1, assigned.Device.SoftResets);
        Assert.Equal(0u, assigned.Read(0x44, 2) & 3);
        Assert.Equal(0u, assigned.Read(0x04, 2));
        Assert.Equal(0x0000_0004u, assigned.Read(0x10, 4));
        Assert.Equal(0x0010u, assigned.Read(0x72, 2));
        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(host, assigned.Device.BarAddress(assigned.Device.Bars[0]));
        assigned.Enable();
        Assert.Equal(3, assigned.Guest.Mappings.Count);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    public void States_that_are_not_shown_leave_the_function_where_it_is(uint state)
    {
        AssignedFunction assigned = Keeping();
        assigned.Device.Trace.Clear();

        assigned.Write(0x44, 2, state);

        Assert.Equal(0u, assigned.Read(0x44, 2) & 3);
        Assert.Equal(0u, assigned.Read(0x42, 2) & 0x0600);
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Fact]
    public void Sleeping_twice_and_waking_twice_change_nothing()
    {
        AssignedFunction assigned = Keeping();
        assigned.Write(0x44, 2, 3);
        assigned.Device.Trace.Clear();
        assigned.Write(0x44, 2, 3);
        Assert.Empty(assigned.Device.Trace.Accesses);

        assigned.Write(0x44, 2, 0);
        assigned.Device.Trace.Clear();
        assigned.Write(0x44, 2, 0);
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Fact]
    public void A_function_that_does_not_wake_never_decodes_again()
    {
        AssignedFunction assigned = Keeping();
        assigned.Write(0x44, 2, 3);
        assigned.Device.IsPresent = false;

        assigned.Write(0x44, 2, 0);
        assigned.Device.IsPresent = true;
        assigned.Write(0x04, 2, 0x0006);

        Assert.True(assigned.Function.IsBroken);
        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(0x0004u, assigned.Read(0x04, 2));
    }

    [Fact]
    public void A_function_that_was_left_asleep_is_awake_for_its_next_owner()
    {
        AssignedFunction assigned = Keeping();
        assigned.Write(0x44, 2, 3);

        Assert.True(assigned.Release());
        Assert.Equal(0u, State(assigned));

        assigned.Device.Poke(0x44, AccessWidth.HalfWord, 3 | NoSoftReset);
        Assert.Equal(AssignmentStep.None, assigned.Assign());
        Assert.Equal(0u, State(assigned));
    }

    [Fact]
    public void Enabled_messages_work_again_after_waking()
    {
        AssignedFunction assigned = Keeping();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(0, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt);
        assigned.Write(0x44, 2, 3);
        Assert.False(assigned.Device.Signal(0));

        assigned.Write(0x44, 2, 0);

        Assert.Equal(1, assigned.TakePhysicalInterrupts());
        Assert.Equal(1, assigned.Guest.PendingInterrupts);
    }

    private static AssignedFunction Keeping()
        => new AssignedFunction(static device => device.Poke(0x44, AccessWidth.HalfWord, NoSoftReset)).Enable();

    private static uint State(AssignedFunction assigned) => assigned.Device.Peek(0x44, AccessWidth.HalfWord) & 3;
}
