using System;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What a release leaves for the next owner, and what of others it takes along when the function does not let go.</summary>
public sealed class ReleaseFaultTests
{
    private static readonly RequesterId s_first = new(0, 1, 0);
    private static readonly RequesterId s_second = new(0, 2, 0);

    [Fact]
    public void Only_the_vectors_of_the_function_are_masked()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_second, 1));
        uint[] masked = [];
        fixture.Msi.Begins = step => masked = step == "free" ? [.. fixture.Msi.Masked.Order()] : masked;

        Assert.True(fixture.Release(s_second, 1));

        Assert.Equal([4u, 5u, 6u, 7u], masked);
    }

    [Fact]
    public void A_controller_without_masks_is_not_asked_for_one()
    {
        DomainFixture fixture = new(abilities: MsiAbilities.ReportsRequester | MsiAbilities.IsolatesRequesters);
        fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
        int masked = 0;
        fixture.Msi.Begins = step => masked += step == "free" ? fixture.Msi.Masked.Count : 0;

        Assert.True(fixture.Release(s_first, 1));

        Assert.Equal(0, masked);
    }

    [Fact]
    public void A_function_that_vanishes_while_it_is_waited_for_is_told_as_vanished()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
        fixture.LetHardwareDiffer();
        function.Answering = static (offset, width, value) => offset == 0x9A ? value | 0x20 : offset == 0 ? (uint)(ulong.MaxValue >> (64 - ((int)width * 8))) : value;

        Assert.False(fixture.Release(s_first, 1));

        Assert.Equal((AssignmentStep.Drain, AssignmentCause.Vanished, 0x9Au), (fixture.Failure.Step, fixture.Failure.Cause, fixture.Failure.Register));
        Assert.True(fixture.Entry(s_first) is { IsBroken: true, Slot: -1 });
        Assert.Equal(4u, fixture.Msi.Table.Taken);
    }

    [Fact]
    public void What_is_released_is_asked_anew_by_the_next_survey()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
        Assert.True(fixture.Release(s_first, 1));
        Assert.False(fixture.Assignment.Topology[0].IsPinned);
        function.Set(0x3D, AccessWidth.Byte, 3);

        Assert.True(fixture.Assignment.Survey());

        Assert.Equal(3u, fixture.Assignment.Topology[0].InterruptPin);
    }

    [Fact]
    public void I6_A_function_that_does_not_reset_takes_the_stream_that_it_shares_with_it()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
        ShapedFunction function = fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.AssignGroup(1, s_first, s_second));
        function.VanishesAtReset = true;
        fixture.Isolation.Steps.Clear();

        Assert.False(fixture.Release(s_first, 1));

        Assert.Equal(["quarantine 4d0"], fixture.Isolation.Steps);
        Assert.Empty(fixture.Isolation.Attached);
        Assert.Equal(1, fixture.Entry(s_second)!.Value.Owner.Value);
    }

    [Fact]
    public void I2_Removing_one_of_two_that_share_a_stream_leaves_the_other_one_its_memory_and_so_does_admitting_it_again()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
        ShapedFunction function = fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.AssignGroup(1, s_first, s_second));
        fixture.Isolation.Steps.Clear();
        function.IsPresent = false;

        Assert.True(fixture.Remove(s_first, 1));
        Assert.True(fixture.Assignment.TryReadmit(s_first));

        Assert.Empty(fixture.Isolation.Steps);
        Assert.Equal([0x4D0u], fixture.Isolation.Attached);
    }

    [Fact]
    public void A_removed_function_is_told_to_be_silent_before_anything_else()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
        fixture.Enable(s_first, 1);
        function.Trace.Clear();

        Assert.True(fixture.Remove(s_first, 1));

        ConfigAccess written = function.Trace.Accesses.First(static access => access.IsWrite);
        Assert.Equal((4u, 2ul), (written.Offset, (ulong)written.Value & 6));
    }

    [Fact]
    public void A_removed_function_whose_memory_cannot_be_unmapped_is_broken()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
        fixture.Enable(s_first, 1);
        fixture.LetHardwareDiffer();
        fixture.Guest(1).LosesUnmap = true;

        Assert.False(fixture.Remove(s_first, 1));

        Assert.Equal((AssignmentStep.Unmap, AssignmentCause.UnmapIncomplete, true), (fixture.Failure.Step, fixture.Failure.Cause, fixture.Failure.IsBroken));
        Assert.True(fixture.Entry(s_first) is { IsBroken: true, IsRemoved: false, Slot: -1 });
    }

    [Fact]
    public void The_owner_whose_stream_is_closed_is_told_to_the_isolation_also_when_it_has_lost_the_function_before()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 2));
        function.IsPresent = false;
        fixture.Isolation.Closed.Clear();

        Assert.True(fixture.Remove(s_first, 2));
        Assert.True(fixture.Assignment.TryReadmit(s_first));

        Assert.Equal([(8u, 2), (8u, 2)], fixture.Isolation.Closed.Select(static closed => (closed.Stream, (int)closed.Owner.Value)));
    }

    [Fact]
    public void A_function_with_access_control_that_somebody_owns_is_not_written_when_it_is_switched_on_for_the_others()
    {
        DomainFixture fixture = new();
        ShapedFunction owned = fixture.Plug(0, 1).WithAccessControl(0x0C, 0);
        ShapedFunction free = fixture.Plug(0, 2).WithAccessControl(0x0C, 0);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));

        Assert.True(fixture.Assignment.Isolate());

        Assert.Equal((0u, 0x0Cu), (owned.Peek(0x186, AccessWidth.HalfWord), free.Peek(0x186, AccessWidth.HalfWord)));
    }

    [Fact]
    public void I4_When_the_journal_has_no_room_the_step_that_needed_it_is_told()
    {
        AssignmentStep[] steps =
        [
            AssignmentStep.Quarantine, AssignmentStep.Silence, AssignmentStep.Probe, AssignmentStep.Reset, AssignmentStep.Place, AssignmentStep.Vectors, AssignmentStep.Publish,
            AssignmentStep.Attach, AssignmentStep.None,
        ];
        for (int most = 0; most < steps.Length; most++)
        {
            DomainFixture fixture = new();
            fixture.Plug(0, 1);
            Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.Add(new OwnerId(1), OwnerQuota.Unlimited with { JournalEntries = (uint)most }));

            Assert.Equal(steps[most], fixture.Assign(s_first, 1));

            Assert.Equal((most, steps[most]), (fixture.Assignment.Journal.Count, fixture.Failure.Step));
            Assert.Equal(steps[most] == AssignmentStep.None ? QuotaKind.None : QuotaKind.JournalEntries, fixture.Failure.Quota);
        }
    }
}
