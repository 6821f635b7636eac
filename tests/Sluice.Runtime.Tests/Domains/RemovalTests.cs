using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What is refused when functions are taken out, and what a refusal leaves.</summary>
public sealed class RemovalTests
{
    private static readonly RequesterId s_function = new(0, 1, 0);
    private static readonly RequesterId s_second = new(0, 2, 0);

    [Fact]
    public void A_function_that_nobody_owns_is_neither_removed_nor_admitted_again()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_second, 1));

        Assert.False(fixture.Remove(s_function, 1));
        Assert.Equal((AssignmentStep.Check, AssignmentCause.NotOwned), (fixture.Failure.Step, fixture.Failure.Cause));
        Assert.False(fixture.Assignment.TryReadmit(s_function));
        Assert.Equal((AssignmentStep.Check, AssignmentCause.NotOwned), (fixture.Failure.Step, fixture.Failure.Cause));

        Assert.Equal(s_function.Value, fixture.Failure.Function.Value);
        Assert.Equal(1, fixture.Assignment.Owned.Owned);
        Assert.Equal([8u + 8u], fixture.Isolation.Attached);
    }

    [Fact]
    public void A_function_that_is_still_owned_is_not_admitted_again_and_stays_its_owner_s()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

        Assert.False(fixture.Assignment.TryReadmit(s_function));

        Assert.Equal(AssignmentCause.NotOwned, fixture.Failure.Cause);
        Assert.Equal([8u], fixture.Isolation.Attached);
        Assert.Equal(4u, fixture.Msi.Table.Taken);
        Assert.True(fixture.Release(s_function, 1));
        fixture.AssertBaseline();
    }

    [Fact]
    public void A_removed_function_that_is_still_there_masters_nothing_and_its_vectors_are_masked()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        fixture.Enable(s_function, 1);
        Assert.Equal(6u, function.Peek(4, AccessWidth.HalfWord) & 6);

        Assert.True(fixture.Remove(s_function, 1));

        Assert.Equal(0u, function.Peek(4, AccessWidth.HalfWord) & 7);
        Assert.True(function.Msix.IsMasked(0));
        Assert.Equal(4, fixture.Msi.Masked.Count);
        Assert.Empty(fixture.Guest(1).Mappings);
    }

    [Fact]
    public void A_readmission_whose_quarantine_is_not_confirmed_changes_nothing_and_can_be_asked_for_again()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        function.IsPresent = false;
        Assert.True(fixture.Remove(s_function, 1));
        fixture.Isolation.FailsQuarantine = true;

        Assert.False(fixture.Assignment.TryReadmit(s_function));
        Assert.True(fixture.Entry(s_function) is { IsRemoved: true, Vectors.Count: 4 });
        fixture.Isolation.FailsQuarantine = false;

        Assert.True(fixture.Assignment.TryReadmit(s_function));
        fixture.AssertBaseline(8);
    }

    [Fact]
    public void What_comes_to_a_readmitted_place_is_reset_before_anybody_gets_it()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        function.IsPresent = false;
        Assert.True(fixture.Remove(s_function, 1));
        fixture.Reference.Functions.Remove(s_function);
        ShapedFunction next = fixture.Plug(0, 1);
        Assert.True(fixture.Assignment.TryReadmit(s_function));
        int before = next.Resets;

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

        Assert.True(next.Resets > before);
    }

    [Fact]
    public void A_place_with_nothing_in_it_is_not_ejected_and_nothing_is_written_there()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 2);
        Assert.True(fixture.Assignment.Survey());

        Assert.False(fixture.Assignment.TryEject(s_function));

        Assert.Equal((AssignmentStep.Check, AssignmentCause.NotFound), (fixture.Failure.Step, fixture.Failure.Cause));
        Assert.Equal(s_function.Value, fixture.Failure.Function.Value);
    }

    [Fact]
    public void A_broken_function_is_not_ejected_and_the_refusal_says_that_it_is_broken()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        fixture.Isolation.FailsQuarantine = true;
        Assert.False(fixture.Release(s_function, 1));
        fixture.Isolation.FailsQuarantine = false;
        Assert.True(fixture.Entry(s_function) is { IsBroken: true });

        Assert.False(fixture.Assignment.TryEject(s_function));

        Assert.Equal((AssignmentStep.Check, AssignmentCause.Broken), (fixture.Failure.Step, fixture.Failure.Cause));
        Assert.True(function.IsPresent);
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(2u)]
    public void A_function_that_goes_on_mastering_or_decoding_is_not_ejected_and_the_register_is_told(uint stuck)
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.True(fixture.Assignment.Survey());
        function.Answering = (offset, width, value) => offset == 4 ? value | stuck : value;

        Assert.False(fixture.Assignment.TryEject(s_function));

        Assert.Equal((AssignmentStep.Stop, AssignmentCause.NotSilent, 4u), (fixture.Failure.Step, fixture.Failure.Cause, fixture.Failure.Register));
        Assert.Equal(stuck, fixture.Failure.Value & 6);
    }

    [Fact]
    public void A_function_that_is_ejected_has_its_line_off()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.True(fixture.Assignment.Survey());
        function.Poke(4, AccessWidth.HalfWord, 6);

        Assert.True(fixture.Assignment.TryEject(s_function));

        Assert.Equal(0x400u, function.Peek(4, AccessWidth.HalfWord) & 0x407);
    }

    [Fact]
    public void A_bridge_is_not_ejected_while_a_function_below_it_has_an_owner_and_the_refusal_names_that_one()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 2);
        fixture.PlugBridge(0, 3, 4, 1, 1).WithAccessControl(0x1D, 0x1D);
        fixture.Plug(1, 0);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_second, 2));
        Assert.Equal(AssignmentStep.None, fixture.Assign(new RequesterId(1, 0, 0), 1));

        Assert.False(fixture.Assignment.TryEject(new RequesterId(0, 3, 0)));
        Assert.Equal((AssignmentStep.Check, AssignmentCause.BusInUse), (fixture.Failure.Step, fixture.Failure.Cause));
        Assert.Equal(0x100u, (uint)fixture.Failure.Other.Value);

        Assert.True(fixture.Release(new RequesterId(1, 0, 0), 1));
        Assert.True(fixture.Assignment.TryEject(new RequesterId(0, 3, 0)));
    }

    [Fact]
    public void A_place_that_is_readmitted_is_asked_anew_what_is_there()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).IsPresent = true;
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.True(fixture.Remove(s_function, 1));
        fixture.Reference.Functions.Remove(s_function);

        Assert.True(fixture.Assignment.TryReadmit(s_function));

        Assert.Equal(-1, fixture.Assignment.Topology.Find(s_function));
        fixture.Plug(0, 1);
        Assert.True(fixture.Assignment.Survey());
        Assert.True(fixture.Assignment.Topology.Find(s_function) >= 0);
        Assert.False(fixture.Assignment.Topology[fixture.Assignment.Topology.Find(s_function)].IsFresh);
        Assert.True(fixture.Assignment.Topology[fixture.Assignment.Topology.Find(s_function)].LastOwner.Is(OwnerId.Hypervisor));
    }

    [Fact]
    public void What_was_ejected_is_nobody_s_and_to_be_reset_whoever_had_it_before()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.True(fixture.Release(s_function, 1));
        int index = fixture.Assignment.Topology.Find(s_function);
        Assert.True(fixture.Assignment.Topology[index].LastOwner.Is(new OwnerId(1)));

        Assert.True(fixture.Assignment.TryEject(s_function));

        Assert.True(fixture.Assignment.Topology[index].LastOwner.Is(OwnerId.Hypervisor));
        Assert.False(fixture.Assignment.Topology[index].IsFresh);
    }

    [Fact]
    public void A_function_that_nobody_owns_or_that_has_gone_is_not_moved()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).IsPresent = true;
        Assert.Equal(AssignmentStep.Check, fixture.Move(s_function, 1, 2));
        Assert.Equal(AssignmentCause.NotOwned, fixture.Failure.Cause);

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.True(fixture.Remove(s_function, 1));

        Assert.Equal(AssignmentStep.Check, fixture.Move(s_function, 1, 2));
        Assert.Equal(AssignmentCause.NotOwned, fixture.Failure.Cause);
        Assert.Empty(fixture.Guest(2).Mappings);
    }

    [Theory]
    [InlineData(1, AssignmentCause.AlreadyOwned)]
    [InlineData(0, AssignmentCause.NotAnOwner)]
    [InlineData(-1, AssignmentCause.NotAnOwner)]
    [InlineData(2, AssignmentCause.OwnerDying)]
    public void A_move_to_one_who_cannot_own_takes_nothing_from_the_one_who_does(int owner, AssignmentCause cause)
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_second, 2));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.MarkDying(new OwnerId(2)));
        AssignmentRequest<MsixEntryArray> request = fixture.Request(s_function, 3);
        request = request with { Owner = owner < 0 ? OwnerId.Hypervisor : owner == 0 ? default : new OwnerId((ushort)owner) };

        AssignmentStep step = fixture.Assignment.Move(in request, fixture.Guest(1).Handle, ref fixture.BridgeOf(1), fixture.Guest(3).Handle, ref fixture.BridgeOf(3));

        Assert.Equal((AssignmentStep.Check, cause, s_function.Value), (step, fixture.Failure.Cause, fixture.Failure.Function.Value));
        Assert.True(fixture.Entry(s_function) is { } entry && entry.Owner.Is(new OwnerId(1)));
        Assert.Equal(2, fixture.Isolation.Attached.Count);
        fixture.Enable(s_function, 1);
        Assert.NotEmpty(fixture.Guest(1).Mappings);
    }
}
