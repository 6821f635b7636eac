using System;
using System.Linq;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What makes a request for a whole group a wrong one, and when an owner can be forgotten.</summary>
public sealed class GroupRefusalTests
{
    private static readonly RequesterId s_first = new(0, 1, 0);
    private static readonly RequesterId s_second = new(0, 2, 0);
    private static readonly RequesterId s_absent = new(0, 9, 0);

    private readonly DomainFixture _shared = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });

    public GroupRefusalTests()
    {
        _shared.Plug(0, 1);
        _shared.Plug(0, 2);
    }

    [Fact]
    public void A_request_for_no_function_is_incomplete()
    {
        Assert.Equal(AssignmentStep.Check, _shared.AssignGroup(1));

        Assert.Equal(AssignmentCause.GroupIncomplete, _shared.Failure.Cause);
        _shared.AssertBaseline();
    }

    [Fact]
    public void A_request_with_a_function_that_is_not_there_names_it()
    {
        Assert.Equal(AssignmentStep.Check, _shared.AssignGroup(1, s_first, s_second, s_absent));

        Assert.Equal((AssignmentCause.NotFound, s_absent.Value), (_shared.Failure.Cause, _shared.Failure.Other.Value));
        Assert.Equal(s_first.Value, _shared.Failure.Function.Value);
        _shared.AssertBaseline();
    }

    [Fact]
    public void A_request_for_two_owners_is_refused_and_names_the_function_that_is_somebody_else_s()
    {
        AssignmentRequest<MsixEntryArray>[] requests = [_shared.Request(s_first, 1), _shared.Request(s_second, 2)];

        Assert.Equal(AssignmentStep.Check, _shared.Assignment.AssignGroup(requests.AsSpan(), _shared.Guest(1).Handle, ref _shared.BridgeOf(1)));

        Assert.Equal((AssignmentCause.Group, s_second.Value), (_shared.Failure.Cause, _shared.Failure.Other.Value));
        _shared.AssertBaseline();
    }

    [Fact]
    public void A_function_of_another_group_is_refused_and_named()
    {
        DomainFixture apart = new();
        apart.Plug(0, 1);
        apart.Plug(0, 2);

        Assert.Equal(AssignmentStep.Check, apart.AssignGroup(1, s_first, s_second));

        Assert.Equal((AssignmentCause.Group, s_second.Value), (apart.Failure.Cause, apart.Failure.Other.Value));
        apart.AssertBaseline();
    }

    [Fact]
    public void A_function_of_another_group_is_named_wherever_it_stands()
    {
        DomainFixture apart = new();
        apart.Plug(0, 1);
        apart.Plug(0, 2);

        Assert.Equal(AssignmentStep.Check, apart.AssignGroup(1, s_second, s_first));

        Assert.Equal((AssignmentCause.Group, s_first.Value), (apart.Failure.Cause, apart.Failure.Other.Value));
        apart.AssertBaseline();
    }

    [Fact]
    public void A_group_is_complete_without_bridges_and_without_what_is_in_other_groups()
    {
        RequesterStreams streams = RequesterStreams.Masked(0xFFFF);
        Assert.True(streams.TryAdd(0x08, 1, 1));
        Assert.True(streams.TryAdd(0x10, 1, 1));
        Assert.True(streams.TryAdd(0x18, 1, 2));
        Assert.True(streams.TryAdd(0x20, 7, 1));
        DomainFixture fixture = new(new IsolationRules { Streams = streams });
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        fixture.PlugBridge(0, 3, 4, 1, 1);
        fixture.Plug(0, 4);

        Assert.Equal(AssignmentStep.None, fixture.AssignGroup(1, s_first, s_second));

        Assert.Equal(2, fixture.Assignment.Owned.Owned);
        Assert.Equal(AssignmentStep.None, fixture.Assign(new RequesterId(0, 4, 0), 2));
    }

    [Fact]
    public void A_group_is_released_by_any_of_its_functions_and_by_none_that_is_not_there()
    {
        Assert.Equal(AssignmentStep.None, _shared.AssignGroup(1, s_first, s_second));

        Assert.False(_shared.Assignment.TryReleaseGroup(s_absent, _shared.Guest(1).Handle, ref _shared.BridgeOf(1)));
        Assert.Equal((AssignmentStep.Check, AssignmentCause.NotFound), (_shared.Failure.Step, _shared.Failure.Cause));
        Assert.Equal(s_absent.Value, _shared.Failure.Function.Value);
        Assert.Equal(2, _shared.Assignment.Owned.Owned);

        Assert.True(_shared.Assignment.TryReleaseGroup(s_first, _shared.Guest(1).Handle, ref _shared.BridgeOf(1)));
        Assert.True(_shared.Failure.IsNone);
        _shared.AssertBaseline();
    }

    [Fact]
    public void A_group_whose_quarantine_fails_is_not_released_and_the_failure_is_told()
    {
        Assert.Equal(AssignmentStep.None, _shared.AssignGroup(1, s_first, s_second));
        _shared.Isolation.FailsQuarantine = true;

        Assert.False(_shared.Assignment.TryReleaseGroup(s_first, _shared.Guest(1).Handle, ref _shared.BridgeOf(1)));

        Assert.False(_shared.Failure.IsNone);
        Assert.Contains(new[] { s_first, s_second }, function => _shared.Entry(function) is { IsBroken: true });
    }

    [Fact]
    public void There_is_no_reason_between_functions_of_which_one_is_not_known()
    {
        Assert.True(_shared.Assignment.Survey());

        Assert.False(_shared.Assignment.Why(s_first, s_second).IsNone);
        Assert.False(_shared.Assignment.Why(s_second, s_first).IsNone);
        Assert.True(_shared.Assignment.Why(s_first, s_absent).IsNone);
        Assert.True(_shared.Assignment.Why(s_absent, s_first).IsNone);
    }

    [Fact]
    public void An_owner_is_forgotten_when_it_is_dying_and_has_neither_functions_nor_pages()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        OwnerId owner = new(1);
        Assert.Equal(OwnerResult.Unknown, fixture.Assignment.Retire(owner, 0));
        Assert.Equal(OwnerResult.Unknown, fixture.Assignment.Owners.MarkDying(owner));
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));

        Assert.Equal(OwnerResult.HasFunctions, fixture.Assignment.Retire(owner, 0));
        Assert.True(fixture.Release(s_first, 1));
        Assert.Equal(OwnerResult.Alive, fixture.Assignment.Retire(owner, 0));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.MarkDying(owner));
        Assert.Equal(OwnerResult.HasMappedPages, fixture.Assignment.Retire(owner, 1));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Retire(owner, 0));

        Assert.Equal(OwnerResult.Unknown, fixture.Assignment.Retire(owner, 0));
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
    }

    [Fact]
    public void A_removed_function_keeps_its_former_owner_from_being_forgotten()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
        function.IsPresent = false;
        Assert.True(fixture.Remove(s_first, 1));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.MarkDying(new OwnerId(1)));

        Assert.Equal(OwnerResult.HasFunctions, fixture.Assignment.Retire(new OwnerId(1), 0));
        Assert.True(fixture.Assignment.TryReadmit(s_first));

        Assert.Equal(OwnerResult.Done, fixture.Assignment.Retire(new OwnerId(1), 0));
    }
}
