using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What is said of each step of an assignment that fails, and what an assignment leaves behind that went well.</summary>
public sealed class AssignmentFaultTests
{
    private static readonly RequesterId s_function = new(0, 1, 0);
    private static readonly RequesterId s_below = new(1, 0, 0);

    [Fact]
    public void I4_A_step_that_fails_is_told_with_its_cause_and_register_and_all_before_it_is_undone()
    {
        foreach ((string name, Action<DomainFixture, ShapedFunction> breaks, AssignmentStep step, AssignmentCause cause, uint register) in Faults())
        {
            DomainFixture fixture = new();
            ShapedFunction function = fixture.Plug(0, 1);
            Assert.True(fixture.Assignment.Survey());
            breaks(fixture, function);

            AssignmentStep failed = fixture.Assign(s_function, 1);

            AssignmentFailure failure = fixture.Failure;
            Assert.True((step, step, cause, register) == (failed, failure.Step, failure.Cause, failure.Register), $"{name}: {failure.Step} {failure.Cause} {failure.Register:x}");
            Assert.False(failure.IsBroken, name);
            Assert.Equal((s_function.Value, s_function.Value), (failure.Function.Value, failure.Other.Value));
            Assert.Null(fixture.Entry(s_function));
            fixture.AssertBaseline(8);
        }
    }

    [Fact]
    public void I4_The_steps_are_written_down_in_order_and_each_that_was_done_says_so()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).WithPhantom(1);

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

        AssignmentJournal journal = fixture.Assignment.Journal;
        JournalEntry[] entries = [.. Enumerable.Range(0, journal.Count).Select(index => journal[index])];
        Assert.Equal(
            [
                (AssignmentStep.Quarantine, 8u, 1u), (AssignmentStep.Quarantine, 12u, 1u), (AssignmentStep.Silence, 0u, 0u), (AssignmentStep.Probe, 0u, 0u),
                (AssignmentStep.Reset, (uint)ResetMethod.FunctionLevel, 0u), (AssignmentStep.Place, 0u, 0u), (AssignmentStep.Vectors, 0u, 4u), (AssignmentStep.Publish, 0u, 1u),
                (AssignmentStep.Attach, 8u, 1u), (AssignmentStep.Attach, 12u, 1u),
            ],
            entries.Select(static entry => (entry.Step, entry.Value, entry.Count)));
        Assert.All(entries, static entry => Assert.True(entry.IsDone));
    }

    [Fact]
    public void J4_A_reset_by_the_bus_counts_for_all_below_the_bridge_and_for_nobody_else()
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 1, 4, 1, 1).WithAccessControl(0x1D, 0x1D);
        fixture.Plug(0, 2);
        fixture.Plug(1, 0).WithoutFlr().Set(0x44, AccessWidth.Byte, 8);
        fixture.Plug(1, 1);
        Assert.True(fixture.Assignment.Survey());

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_below, 1));

        Assert.True(IsFresh(fixture, new(1, 1, 0)));
        Assert.False(IsFresh(fixture, new(0, 2, 0)));
        Assert.False(IsFresh(fixture, s_below));
        Assert.True(fixture.Release(s_below, 1));
        Assert.True(IsFresh(fixture, s_below));
        Assert.Equal(1, LastOwner(fixture, s_below).Value);
        Assert.True(LastOwner(fixture, new(1, 1, 0)).IsNone);
    }

    [Fact]
    public void J4_A_reset_of_a_function_alone_counts_for_nobody_else()
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 1, 4, 1, 1).WithAccessControl(0x1D, 0x1D);
        fixture.Plug(1, 0);
        fixture.Plug(1, 1);

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_below, 1));
        Assert.True(fixture.Release(s_below, 1));

        Assert.True(IsFresh(fixture, s_below));
        Assert.False(IsFresh(fixture, new(1, 1, 0)));
    }

    [Fact]
    public void A_function_that_was_reset_since_its_last_owner_needs_no_further_reset_when_its_bus_is_in_use()
    {
        DomainFixture fixture = new();
        SimulatedBridgeFunction port = fixture.PlugBridge(0, 1, 4, 1, 1).WithAccessControl(0x1D, 0x1D);
        fixture.Plug(1, 0).WithoutFlr().Set(0x44, AccessWidth.Byte, 8);
        fixture.Plug(1, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_below, 1));
        Assert.True(fixture.Release(s_below, 1));
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(1, 1, 0), 2));
        int resets = port.BusResets;

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_below, 3));

        Assert.Equal(resets, port.BusResets);
    }

    [Fact]
    public void What_nobody_owns_in_the_group_is_silenced_with_its_line_off_and_what_is_silent_is_not_written()
    {
        foreach ((uint before, bool written) in new[] { (1u, true), (2u, true), (4u, true), (0u, false), (0x400u, false), (0x140u, false) })
        {
            DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
            fixture.Plug(0, 1);
            ShapedFunction other = fixture.Plug(0, 2);
            Assert.True(fixture.Assignment.Survey());
            other.Poke(4, AccessWidth.HalfWord, before);
            other.Trace.Clear();

            Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

            Assert.Equal(written ? 0x400u : before, other.Peek(4, AccessWidth.HalfWord));
            Assert.Equal(written, other.Trace.Accesses.Any(static access => access.IsWrite));
        }
    }

    [Fact]
    public void What_has_gone_from_the_group_is_not_written_and_what_goes_on_decoding_without_mastering_is_no_hindrance()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
        fixture.Plug(0, 1);
        ShapedFunction gone = fixture.Plug(0, 2);
        ShapedFunction decoding = fixture.Plug(0, 3);
        Assert.True(fixture.Assignment.Survey());
        gone.IsPresent = false;
        gone.Trace.Clear();
        decoding.Answering = static (offset, _, value) => offset == 4 ? value | 2 : value;

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

        Assert.DoesNotContain(gone.Trace.Accesses, static access => access.IsWrite);
    }

    [Fact]
    public void What_vanishes_while_it_is_silenced_is_no_hindrance()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
        fixture.Plug(0, 1);
        ShapedFunction other = fixture.Plug(0, 2);
        Assert.True(fixture.Assignment.Survey());
        other.Poke(4, AccessWidth.HalfWord, 6);
        other.Writing = (_, _, _) => other.IsPresent = false;

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

        Assert.False(other.IsPresent);
    }

    [Fact]
    public void Nothing_of_another_group_is_silenced_and_no_bridge()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        ShapedFunction other = fixture.Plug(0, 2);
        SimulatedBridgeFunction bridge = fixture.PlugBridge(0, 3, 4, 1, 1);
        Assert.True(fixture.Assignment.Survey());
        other.Poke(4, AccessWidth.HalfWord, 6);
        bridge.Poke(4, AccessWidth.HalfWord, 6);

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

        Assert.Equal((6u, 6u), (other.Peek(4, AccessWidth.HalfWord), bridge.Peek(4, AccessWidth.HalfWord)));
    }

    [Fact]
    public void A_group_member_that_somebody_owns_is_not_silenced()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
        fixture.Plug(0, 1);
        ShapedFunction other = fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 2, 0), 1));
        fixture.Enable(new(0, 2, 0), 1);

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

        Assert.Equal(6u, other.Peek(4, AccessWidth.HalfWord) & 6);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(1u, 1u)]
    [InlineData(2u, 2u)]
    [InlineData(3u, 3u)]
    public void I8_The_MSI_controller_is_told_how_many_bits_of_the_function_number_do_not_count(uint bits, uint told)
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).WithPhantom(bits);

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

        MsiRequest request = Assert.Single(fixture.Msi.Requests);
        Assert.Equal((told, s_function.Value, 1, 0), (request.PhantomBits, request.Requester.Value, request.Owner.Value, request.Alias.Value));
    }

    [Fact]
    public void I8_The_id_of_a_bridge_is_the_alias_unless_the_request_gives_another()
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 3, 7, 1, 1);
        fixture.Plug(1, 1).Conventional();
        fixture.Plug(0, 1);

        Assert.Equal(AssignmentStep.None, fixture.AssignRequest(fixture.Request(new(1, 1, 0), 1) with { Alias = new RequesterId(0x1F8) }, 1));
        Assert.Equal(AssignmentStep.None, fixture.AssignRequest(fixture.Request(s_function, 1) with { Alias = new RequesterId(0x1F0) }, 1));

        Assert.Equal([0x1F8, 0x1F0], fixture.Msi.Requests.Select(static request => (int)request.Alias.Value));
    }

    [Theory]
    [InlineData(16, 17u, false)]
    [InlineData(17, 17u, true)]
    [InlineData(3, 4u, false)]
    [InlineData(4, 4u, true)]
    public void Entries_that_have_no_room_for_the_table_get_no_vectors(int room, uint vectors, bool assigned)
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        AssignmentRequest<MsixEntryArray> request = fixture.Request(s_function, 1) with { Entries = new MsixEntryArray(new GuestMsixEntry[room]), MostVectors = vectors };

        AssignmentStep step = fixture.AssignRequest(request, 1);

        Assert.Equal(assigned ? AssignmentStep.None : AssignmentStep.Vectors, step);
        Assert.Equal(assigned ? AssignmentCause.None : AssignmentCause.NoVectors, fixture.Failure.Cause);
        Assert.Equal(assigned ? vectors : 0, fixture.Msi.Table.Taken);
    }

    [Theory]
    [InlineData(3u, false)]
    [InlineData(4u, true)]
    [InlineData(7u, true)]
    public void Vectors_are_given_up_to_the_quota_and_what_others_of_the_owner_have_counts(uint quota, bool first)
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.Add(new OwnerId(1), OwnerQuota.Unlimited with { Vectors = quota }));

        Assert.Equal(first ? AssignmentStep.None : AssignmentStep.Vectors, fixture.Assign(s_function, 1));
        Assert.Equal(AssignmentStep.Vectors, fixture.Assign(new(0, 2, 0), 1));
        Assert.Equal(QuotaKind.Vectors, fixture.Failure.Quota);

        fixture.Assignment.Owners[0].Quota = OwnerQuota.Unlimited with { Vectors = 2 };
        Assert.Equal(AssignmentStep.Vectors, fixture.Assign(new(0, 2, 0), 1));
        fixture.Assignment.Owners[0].Quota = OwnerQuota.Unlimited with { Vectors = first ? 8u : 4u };
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 2, 0), 1));
        Assert.Equal(first ? 8u : 4u, fixture.Assignment.Owners[0].Vectors);
        Assert.Equal(first ? 2u : 1u, fixture.Assignment.Owners[0].Functions);
    }

    [Fact]
    public void A_function_that_sends_no_messages_needs_no_vectors()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).Set(0x34, AccessWidth.Byte, 0x90);
        fixture.Msi.FailsAllocation = true;

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));

        Assert.Empty(fixture.Msi.Requests);
        Assert.Equal(0u, fixture.Entry(s_function)!.Value.Vectors.Count);
        Assert.True(fixture.Release(s_function, 1));
        fixture.AssertBaseline();
    }

    [Fact]
    public void There_are_32_owned_functions_at_most_and_what_is_broken_counts()
    {
        const uint broken = 10;
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 0, 4, 1, 1);
        fixture.Plug(1, 0);
        fixture.Plug(1, 1);
        for (uint device = 1; device < 32; device++)
        {
            fixture.Plug(0, device).Set(0x34, AccessWidth.Byte, 0x90);
            int owner = OwnerOf(device);
            Assert.Equal(AssignmentStep.None, fixture.AssignRequest(fixture.Request(new(0, device, 0), owner) with { Place = new(0, device, 0) }, owner));
            fixture.Isolation.FailsQuarantine = device <= broken;
            Assert.False(device <= broken && fixture.Release(new(0, device, 0), owner));
            fixture.Isolation.FailsQuarantine = false;
        }

        Assert.Equal(31, fixture.Assignment.Owned.FindFree());
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_below, 1));
        Assert.Equal(AssignmentStep.Check, fixture.Assign(new(1, 1, 0), 1));

        Assert.Equal(AssignmentCause.NoRoom, fixture.Failure.Cause);
        Assert.Equal(32 - (int)broken, fixture.Assignment.Owned.Owned);
        Assert.Equal(-1, fixture.Assignment.Owned.FindFree());
        Assert.True(fixture.Release(new(0, 30, 0), OwnerOf(30)));
        Assert.Equal(29, fixture.Assignment.Owned.FindFree());

        // Places are kept for good, so a bridge has 32 functions with memory.
        Assert.Equal(AssignmentStep.Place, fixture.Assign(new(1, 1, 0), 1));
        Assert.Equal(AssignmentCause.NoPlace, fixture.Failure.Cause);
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 30, 0), 1));
    }

    [Fact]
    public void There_are_32_owners_at_most_and_one_more_is_told_as_a_quota()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        ref Owners owners = ref fixture.Assignment.Owners;
        for (ushort owner = 101; owner <= 132; owner++)
        {
            Assert.Equal(OwnerResult.Done, owners.Add(new OwnerId(owner), OwnerQuota.Unlimited));
        }

        Assert.Equal(OwnerResult.Full, owners.Add(new OwnerId(133), OwnerQuota.Unlimited));
        Assert.Equal(31, owners.Find(new OwnerId(132)));
        Assert.Equal(-1, owners.Find(new OwnerId(133)));
        Assert.Equal(AssignmentStep.Check, fixture.Assign(s_function, 1));
        Assert.Equal((AssignmentCause.Quota, QuotaKind.Owners), (fixture.Failure.Cause, fixture.Failure.Quota));

        Assert.Equal(OwnerResult.Done, owners.MarkDying(new OwnerId(117)));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Retire(new OwnerId(117), 0));
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.Equal(16, owners.Find(new OwnerId(1)));
    }

    [Fact]
    public void An_owner_that_still_has_vectors_or_functions_by_its_counts_is_not_forgotten()
    {
        DomainFixture fixture = new();
        OwnerId owner = new(1);
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.Add(owner, OwnerQuota.Unlimited));
        Assert.Equal(OwnerResult.NotAnOwner, fixture.Assignment.Owners.Add(default, OwnerQuota.Unlimited));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.MarkDying(owner));
        fixture.Assignment.Owners[0].Functions = 1;
        fixture.Assignment.Owners[0].Vectors = 1;

        Assert.Equal(OwnerResult.HasFunctions, fixture.Assignment.Retire(owner, 1));
        fixture.Assignment.Owners[0].Functions = 0;
        Assert.Equal(OwnerResult.HasVectors, fixture.Assignment.Retire(owner, 1));
        fixture.Assignment.Owners[0].Vectors = 0;
        Assert.Equal(OwnerResult.HasMappedPages, fixture.Assignment.Retire(owner, 1));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Retire(owner, 0));
    }

    [Fact]
    public void Nobody_s_number_is_kept_by_no_function_of_nobody()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 2, 0), 2));
        Assert.True(fixture.Release(s_function, 1));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.MarkDying(new OwnerId(1)));

        Assert.Equal(OwnerResult.Done, fixture.Assignment.Retire(new OwnerId(1), 0));

        Assert.True(LastOwner(fixture, s_function).Is(OwnerId.Hypervisor));
        Assert.True(IsFresh(fixture, s_function));
        Assert.Equal(2, LastOwner(fixture, new(0, 2, 0)).Value);
        Assert.Equal(OwnerResult.Unknown, fixture.Assignment.Retire(default, 0));
    }

    [Fact]
    public void A_function_that_is_given_up_keeps_its_entry_its_vectors_and_what_is_known_of_it()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).WithPhantom(1);
        int second = 0;
        fixture.Isolation.Fails = step => step == "attach c" || (step == "quarantine 8" && second++ > 0);

        Assert.Equal(AssignmentStep.Attach, fixture.Assign(s_function, 1));

        Assert.True(fixture.Entry(s_function) is { IsBroken: true, Owner.IsNone: true, Former.Value: 1, Slot: -1, Stream: 8, Vectors.Count: 4 });
        Assert.True(fixture.Assignment.Topology[fixture.Assignment.Topology.Find(s_function)].IsPinned);
        Assert.True(fixture.Failure.IsBroken);
    }

    private static int OwnerOf(uint device) => 1 + (int)(device % DomainFixture.Owners);

    private static bool IsFresh(DomainFixture fixture, RequesterId id) => fixture.Assignment.Topology[fixture.Assignment.Topology.Find(id)].IsFresh;

    private static OwnerId LastOwner(DomainFixture fixture, RequesterId id) => fixture.Assignment.Topology[fixture.Assignment.Topology.Find(id)].LastOwner;

    private static IEnumerable<(string Name, Action<DomainFixture, ShapedFunction> Breaks, AssignmentStep Step, AssignmentCause Cause, uint Register)> Faults()
    {
        yield return ("gone", static (_, function) => function.IsPresent = false, AssignmentStep.Probe, AssignmentCause.NotFound, 0);
        yield return ("a bridge now", static (_, function) => function.Poke(0x0E, AccessWidth.Byte, 1), AssignmentStep.Probe, AssignmentCause.NotFound, 0);
        yield return ("says another thing the second time", static (_, function) =>
        {
            int reads = 0;
            function.Answering = (offset, _, value) => offset == 0x74 && reads++ == 0 ? value | 1 : value;
        }, AssignmentStep.Probe, AssignmentCause.Contradicts, 0);
        yield return ("asleep", static (_, function) => function.Answering = static (offset, width, value) => offset == 0x44 ? value | 3 : value, AssignmentStep.Probe, AssignmentCause.NotFound, 0x44);
        yield return ("busy", static (_, function) => function.IsBusy = true, AssignmentStep.Reset, AssignmentCause.NotAtRest, 0x9A);
        yield return ("vanishes", static (_, function) => function.VanishesAtReset = true, AssignmentStep.Reset, AssignmentCause.ResetIncomplete, 0);
        yield return ("moves", static (_, function) => function.Writing = (offset, _, value) =>
        {
            if (offset == 0x18 && value is not (0xFFFF_FFFF or 0))
            {
                function.Poke(0x18, AccessWidth.Word, 0x5000_0000);
            }
        }, AssignmentStep.Place, AssignmentCause.NotRestored, 0x18);
        yield return ("too big", static (_, function) => function.Bar2Bytes(0x1000_0000), AssignmentStep.Place, AssignmentCause.NoPlace, 0);
        yield return ("no vectors", static (fixture, _) => fixture.Msi.FailsAllocation = true, AssignmentStep.Vectors, AssignmentCause.NoVectors, 0);
        yield return ("not attached", static (fixture, _) => fixture.Isolation.FailsAttach = true, AssignmentStep.Attach, AssignmentCause.NotAttached, 0);
    }
}
