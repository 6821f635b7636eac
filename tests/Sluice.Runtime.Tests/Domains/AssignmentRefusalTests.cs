using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Guests;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What keeps a function from being assigned although nobody has it: its bridge, its place, a stream of somebody else.</summary>
public sealed class AssignmentRefusalTests
{
    private static readonly RequesterId s_first = new(0, 1, 0);
    private static readonly RequesterId s_second = new(0, 2, 0);

    [Fact]
    public void While_the_bridge_is_not_ready_nothing_is_surveyed_isolated_or_assigned_and_its_register_is_told()
    {
        ReferenceMachine reference = new();
        StoppableBridge.Link link = new();
        FunctionAssignment<StoppableBridge, LoggedMsi, LoggedIsolation> assignment = new(
            new StoppableBridge(reference.Bridge, link), new LoggedMsi(new MsiLog()), new LoggedIsolation(new IsolationLog()), ReferenceMachine.Window, default);
        VirtualHostBridge<StoppableBridge, GuestHandle, MsixEntryArray> bridge = default;
        SimulatedGuest guest = new(reference.Machine);
        ShapedFunction function = new() { Dma = reference.Machine };
        reference.Functions.Add(s_first, function);
        AssignmentRequest<MsixEntryArray> request = new() { Owner = new OwnerId(1), Function = s_first, Stream = 8, Place = s_first, Entries = new MsixEntryArray([]) };

        Assert.False(assignment.Survey());
        Assert.False(assignment.Isolate());
        Assert.Equal(AssignmentStep.Bridge, assignment.Assign(in request, guest.Handle, ref bridge));

        Assert.Equal((AssignmentCause.BridgeNotReady, 0x238u, 0xABu), (assignment.Failure.Cause, assignment.Failure.Register, assignment.Failure.Value));
        Assert.Equal(0x238u, assignment.LastRefusal.Offset);
        Assert.Empty(function.Trace.Accesses);
        Assert.Equal(0, assignment.Topology.Count);

        link.IsUp = true;
        Assert.True(assignment.Isolate());
        Assert.Equal(AssignmentStep.None, assignment.Assign(in request, guest.Handle, ref bridge));
    }

    [Fact]
    public void I1_Without_a_map_of_streams_one_that_another_owner_was_given_is_refused_and_the_owner_s_own_is_not()
    {
        DomainFixture fixture = new(new IsolationRules());
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.AssignRequest(fixture.Request(s_first, 1) with { Stream = 0x55 }, 1));

        Assert.Equal(AssignmentStep.Check, fixture.AssignRequest(fixture.Request(s_second, 2) with { Stream = 0x55 }, 2));

        AssignmentFailure failure = fixture.Failure;
        Assert.Equal((AssignmentCause.Group, s_first.Value), (failure.Cause, failure.Other.Value));
        Assert.Equal(
            (IsolationRelation.SharedStream, s_second.Value, s_first.Value, 0x55u),
            (failure.Reason.Relation, failure.Reason.First.Value, failure.Reason.Second.Value, failure.Reason.Shared));
        Assert.Equal(AssignmentStep.None, fixture.AssignRequest(fixture.Request(s_second, 1) with { Stream = 0x55 }, 1));
    }

    [Theory]
    [InlineData(0x1050_0000u, true)]
    [InlineData(0x5000_0000u, false)]
    [InlineData(0x10FF_F000u, true)]
    [InlineData(0x1100_0000u, false)]
    public void A_function_that_keeps_its_places_has_them_in_the_bridge_s_window_or_is_refused(uint place, bool assigned)
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Identity, KeepsPlaces = true });
        ShapedFunction function = fixture.Plug(0, 1);
        function.Poke(0x10, AccessWidth.Word, 0x1040_0004);
        function.Poke(0x14, AccessWidth.Word, 0);
        function.Poke(0x18, AccessWidth.Word, place);

        Assert.Equal(assigned ? AssignmentStep.None : AssignmentStep.Place, fixture.Assign(s_first, 1));

        Assert.Equal(assigned ? AssignmentCause.None : AssignmentCause.NoPlace, fixture.Failure.Cause);
        Assert.True(!assigned || (function.Peek(0x10, AccessWidth.Word) == 0x1040_0004 && function.Peek(0x18, AccessWidth.Word) == place));
        Assert.Equal(assigned ? [8u] : [], fixture.Isolation.Attached);
    }
}
