using Sluice.Passthrough.Tests.Machines;
using Sluice.Runtime.Domains;
using Xunit;

namespace Sluice.Passthrough.Tests.Invariants;

/// <summary>A friendly function's life on every machine: nothing that must hold is broken at any step, and everything is given back.</summary>
public sealed class LifeTests
{
    public static TheoryData<MachineKind> Kinds => Testbeds.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_invariant_holds_at_every_step_from_assignment_to_release(MachineKind kind)
    {
        Testbed machine = Testbeds.Build(kind);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        Assert.True(machine.Release(0, 0));
        MachineCounts before = machine.Counts;

        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        Assert.True(machine.Signal(0, 0));
        Assert.Equal(1, machine.TakeInterrupts());
        Assert.True(machine.Parts.Guest[0].TryTakeInterrupt(out uint interrupt));
        Assert.Equal(Testbed.FirstInterrupt, interrupt);
        Assert.True(machine.Release(0, 0));

        Assert.Equal(before, machine.Counts);
        Assert.True(machine.Checker.Checks > 100);
        machine.AssertInvariants();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Functions_go_to_several_guests_only_where_their_DMA_and_their_messages_can_be_told_apart(MachineKind kind)
    {
        Testbed machine = Testbeds.Build(kind);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));

        AssignmentStep other = machine.Assign(1, 1);

        // Behind the ports of the other two that isolate messages, the functions are one device without access control: they could reach each other.
        Assert.Equal(kind == MachineKind.EcamIts ? AssignmentStep.None : AssignmentStep.Check, other);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 2));
        machine.Use(0, 0);
        machine.Use(0, 2);
        machine.Signal(2, 0);
        Assert.Equal(1, machine.TakeInterrupts());
        machine.AssertInvariants();
    }
}
