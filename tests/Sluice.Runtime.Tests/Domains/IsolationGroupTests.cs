using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>Which functions can only go to one owner together, and why.</summary>
public sealed class IsolationGroupTests
{
    private const uint AllAccess = 0x1D;
    private static readonly RequesterId s_first = new(1, 0, 0);
    private static readonly RequesterId s_second = new(1, 1, 0);

    private static IsolationRules Apart => new() { Streams = RequesterStreams.Identity };

    [Fact]
    public void Functions_that_nothing_joins_go_to_different_owners()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);

        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 1, 0), 1));
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 2, 0), 2));
        Assert.True(fixture.Assignment.Why(new(0, 1, 0), new(0, 2, 0)).IsNone);
    }

    [Fact]
    public void I1_Requesters_0100_and_0200_with_stream_4D0_do_not_go_to_two_owners_and_the_refusal_names_both_and_the_stream()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
        fixture.PlugBridge(0, 1, 4, 1, 1).WithAccessControl(AllAccess, AllAccess);
        fixture.PlugBridge(0, 2, 4, 2, 2).WithAccessControl(AllAccess, AllAccess);
        fixture.Plug(1, 0);
        ShapedFunction second = fixture.Plug(2, 0);
        RequesterId other = new(2, 0, 0);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
        fixture.Isolation.Steps.Clear();
        second.Trace.Clear();

        Assert.Equal(AssignmentStep.Check, fixture.Assign(other, 2));

        Assert.Equal(AssignmentCause.Group, fixture.Failure.Cause);
        AssertReason(fixture.Failure.Reason, IsolationRelation.SharedStream, other, s_first, 0x4D0);
        Assert.Empty(fixture.Isolation.Steps);
        Assert.Empty(second.Trace.Accesses);
        Assert.Equal([0x4D0u], fixture.Isolation.Attached);
    }

    [Fact]
    public void I2_A_whole_group_goes_to_one_owner_and_nothing_of_it_to_another_while_one_of_it_has_an_owner()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);

        Assert.Equal(AssignmentStep.Check, fixture.AssignGroup(1, new RequesterId(0, 1, 0)));
        Assert.Equal(AssignmentCause.GroupIncomplete, fixture.Failure.Cause);
        AssertReason(fixture.Failure.Reason, IsolationRelation.SharedStream, new(0, 1, 0), new(0, 2, 0), 0x4D0);
        Assert.Equal(AssignmentStep.None, fixture.AssignGroup(1, new RequesterId(0, 1, 0), new RequesterId(0, 2, 0)));
        Assert.Equal(["quarantine 4d0", "attach 4d0"], fixture.Isolation.Steps);

        Assert.True(fixture.Release(new(0, 1, 0), 1));
        Assert.Equal(AssignmentStep.Check, fixture.Assign(new(0, 1, 0), 2));
        Assert.Equal([0x4D0u], fixture.Isolation.Attached);
        Assert.True(fixture.Assignment.TryReleaseGroup(new(0, 2, 0), fixture.Guest(1).Handle, ref fixture.BridgeOf(1)));
        fixture.AssertBaseline();
        Assert.Equal(AssignmentStep.None, fixture.AssignGroup(2, new RequesterId(0, 1, 0), new RequesterId(0, 2, 0)));
    }

    [Fact]
    public void I2_When_one_of_a_group_cannot_be_assigned_none_of_it_is()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
        fixture.Plug(0, 1);
        fixture.Plug(0, 2).VanishesAtReset = true;

        Assert.Equal(AssignmentStep.Reset, fixture.AssignGroup(1, new RequesterId(0, 1, 0), new RequesterId(0, 2, 0)));

        Assert.Equal(new RequesterId(0, 2, 0).Value, fixture.Failure.Function.Value);
        fixture.AssertBaseline();
    }

    [Fact]
    public void I2_What_nobody_owns_in_a_group_is_silenced_before_one_of_it_gets_an_owner()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(0x4D0) });
        fixture.Plug(0, 1);
        ShapedFunction other = fixture.Plug(0, 2);
        other.Poke(0x04, AccessWidth.HalfWord, 0x0006);

        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 1, 0), 1));
        Assert.Equal(0u, other.Peek(0x04, AccessWidth.HalfWord) & 7);

        Assert.True(fixture.Release(new(0, 1, 0), 1));
        other.Answering = (offset, width, value) => offset == 4 ? 0x0006 : value;
        Assert.Equal(AssignmentStep.Silence, fixture.Assign(new(0, 1, 0), 1));
        Assert.Equal(new RequesterId(0, 2, 0).Value, fixture.Failure.Other.Value);
        Assert.Equal(4u, fixture.Failure.Register);
        fixture.AssertBaseline();
    }

    [Fact]
    public void I3_Without_requesters_at_the_MSI_controller_all_functions_are_one_group()
    {
        DomainFixture fixture = new(Apart, MsiAbilities.MasksVectors);
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 1, 0), 1));

        Assert.Equal(AssignmentStep.Check, fixture.Assign(new(0, 2, 0), 2));

        AssertReason(fixture.Failure.Reason, IsolationRelation.SharedMsiController, new(0, 2, 0), new(0, 1, 0), 0);
    }

    [Fact]
    public void I8_A_function_with_phantom_functions_four_apart_moves_with_all_of_its_ids()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).WithPhantom(1);

        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 1, 0), 1));
        Assert.Equal(["quarantine 8", "quarantine c", "attach 8", "attach c"], fixture.Isolation.Steps);
        fixture.Isolation.Steps.Clear();

        Assert.True(fixture.Release(new(0, 1, 0), 1));
        Assert.Equal(["quarantine 8", "quarantine c"], fixture.Isolation.Steps);
    }

    [Fact]
    public void I8_When_a_phantom_functions_stream_cannot_be_attached_the_functions_own_is_quarantined_again()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).WithPhantom(1);
        fixture.Isolation.Fails = step => step == "attach c";

        Assert.Equal(AssignmentStep.Attach, fixture.Assign(new(0, 1, 0), 1));

        Assert.Equal(["quarantine 8", "quarantine c", "attach 8", "attach c", "quarantine c", "quarantine 8"], fixture.Isolation.Steps);
        fixture.AssertBaseline();
    }

    [Theory]
    [InlineData(1, new uint[] { 0, 4 })]
    [InlineData(2, new uint[] { 0, 2, 4, 6 })]
    [InlineData(3, new uint[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    public void I8_Phantom_functions_have_the_upper_bits_of_the_function_number(uint claimed, uint[] numbers)
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).WithPhantom(claimed);
        Assert.True(fixture.Assignment.Survey());

        fixture.Assignment.Topology.RequestersOf(0, out RequesterIds ids);

        List<uint> found = [];
        for (int index = 0; index < ids.Count; index++)
        {
            Assert.Equal(1u, ids[index].Device);
            found.Add(ids[index].Function);
        }

        Assert.Equal(numbers, found);
    }

    [Fact]
    public void I8_A_function_whose_id_another_one_uses_as_its_phantom_is_in_its_group()
    {
        DomainFixture fixture = new();
        ShapedFunction first = fixture.Plug(0, 1).WithPhantom(1);
        first.Poke(0x0E, AccessWidth.Byte, 0x80);
        fixture.Plug(0, 1, 4);
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 1, 0), 1));

        Assert.Equal(AssignmentStep.Check, fixture.Assign(new(0, 1, 4), 2));

        AssertReason(fixture.Failure.Reason, IsolationRelation.PhantomFunction, new(0, 1, 4), new(0, 1, 0), 0x0C);
    }

    [Fact]
    public void I8_Functions_behind_a_bridge_to_conventional_PCI_share_its_id_and_move_with_it()
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 3, 7, 1, 1);
        fixture.Plug(1, 1).Conventional();
        fixture.Plug(1, 2).Conventional();

        Assert.Equal(AssignmentStep.None, fixture.Assign(new(1, 1, 0), 1));

        Assert.Equal(["quarantine 108", "quarantine 100", "attach 108", "attach 100"], fixture.Isolation.Steps);
        Assert.Equal(0x100, fixture.Msi.Requests[0].Alias.Value);
        Assert.Equal(AssignmentStep.Check, fixture.Assign(new(1, 2, 0), 2));
        IsolationReason reason = fixture.Failure.Reason;
        AssertReason(reason, IsolationRelation.RequesterAlias, new(1, 2, 0), new(1, 1, 0), 0x100);

        fixture.Isolation.Steps.Clear();
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(1, 2, 0), 1));
        Assert.Equal(["quarantine 110", "attach 110"], fixture.Isolation.Steps);
        fixture.Isolation.Steps.Clear();
        Assert.True(fixture.Release(new(1, 1, 0), 1));
        Assert.Equal(["quarantine 108"], fixture.Isolation.Steps);
        Assert.True(fixture.Release(new(1, 2, 0), 1));
        Assert.Equal(["quarantine 108", "quarantine 110", "quarantine 100"], fixture.Isolation.Steps);
    }

    [Theory]
    [InlineData(0x1C, IsolationRelation.MissingSourceValidation)]
    [InlineData(0x19, IsolationRelation.MissingRedirect)]
    [InlineData(0x15, IsolationRelation.MissingRedirect)]
    [InlineData(0x0D, IsolationRelation.MissingUpstreamForwarding)]
    [InlineData(0x1D, IsolationRelation.None)]
    public void What_a_port_above_two_functions_lacks_joins_them(uint enabled, IsolationRelation relation)
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 1, 4, 1, 1).WithAccessControl(AllAccess, enabled);
        fixture.Plug(1, 0);
        fixture.Plug(1, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));

        AssignmentStep step = fixture.Assign(s_second, 2);

        Assert.Equal(relation == IsolationRelation.None ? AssignmentStep.None : AssignmentStep.Check, step);
        Assert.Equal(relation, fixture.Failure.Reason.Relation);
        if (relation != IsolationRelation.None)
        {
            Assert.Equal(new RequesterId(0, 1, 0).Value, fixture.Failure.Reason.Via.Value);
            Assert.Equal(AllAccess & ~enabled, fixture.Failure.Reason.Shared);
        }
    }

    [Fact]
    public void A_port_without_access_control_joins_all_below_it_however_deep()
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 1, 4, 1, 4);
        fixture.PlugBridge(1, 0, 5, 2, 4);
        fixture.PlugBridge(2, 0, 6, 3, 3).WithAccessControl(AllAccess, AllAccess);
        fixture.PlugBridge(2, 1, 6, 4, 4).WithAccessControl(AllAccess, AllAccess);
        fixture.Plug(3, 0);
        fixture.Plug(4, 0);
        Assert.True(fixture.Assignment.Survey());

        IsolationReason reason = fixture.Assignment.Why(new(3, 0, 0), new(4, 0, 0));

        Assert.Equal(IsolationRelation.MissingSourceValidation, reason.Relation);
        Assert.Equal(new RequesterId(0, 1, 0).Value, reason.Via.Value);
    }

    [Fact]
    public void Access_control_that_can_be_switched_on_is_and_then_functions_go_to_different_owners()
    {
        DomainFixture fixture = new();
        SimulatedBridgeFunction port = fixture.PlugBridge(0, 1, 4, 1, 1).WithAccessControl(AllAccess, 0);
        fixture.Plug(1, 0);
        fixture.Plug(1, 1);
        Assert.True(fixture.Assignment.Survey());
        Assert.False(fixture.Assignment.Why(s_first, s_second).IsNone);

        Assert.True(fixture.Assignment.Isolate());

        Assert.True(fixture.Assignment.Why(s_first, s_second).IsNone);
        Assert.Equal(AllAccess, port.Peek(0x106, AccessWidth.HalfWord));
    }

    [Fact]
    public void Access_control_that_a_port_says_it_has_and_does_not_keep_is_not_believed()
    {
        DomainFixture fixture = new();
        SimulatedBridgeFunction port = fixture.PlugBridge(0, 1, 4, 1, 1).WithAccessControl(0, 0);
        port.Poke(0x104, AccessWidth.HalfWord, AllAccess);
        fixture.Plug(1, 0);
        fixture.Plug(1, 1);

        Assert.True(fixture.Assignment.Isolate());

        Assert.Equal(IsolationRelation.MissingSourceValidation, fixture.Assignment.Why(s_first, s_second).Relation);
    }

    [Fact]
    public void Functions_of_one_device_are_apart_only_with_access_control_which_a_reset_does_not_take_from_them()
    {
        DomainFixture fixture = new();
        ShapedFunction first = fixture.Plug(0, 1);
        ShapedFunction second = fixture.Plug(0, 1, 1);
        first.Poke(0x0E, AccessWidth.Byte, 0x80);
        Assert.True(fixture.Assignment.Survey());
        Assert.Equal(IsolationRelation.MultifunctionWithoutAcs, fixture.Assignment.Why(new(0, 1, 0), new(0, 1, 1)).Relation);

        first.WithAccessControl(0x0C, 0);
        second.WithAccessControl(0x0C, 0);
        Assert.True(fixture.Assignment.Isolate());

        Assert.True(fixture.Assignment.Why(new(0, 1, 0), new(0, 1, 1)).IsNone);
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 1, 0), 1));
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 1, 1), 2));
        Assert.Equal(0x0Cu, first.Peek(0x186, AccessWidth.HalfWord));

        // The guest's own reset as well.
        ulong config = (ulong)fixture.Request(new(0, 1, 0), 1).Place.Value << 12;
        fixture.BridgeOf(1).WriteConfig(config + 0x98, AccessWidth.HalfWord, new GuestValue(0x8000));
        Assert.Equal(2, first.Resets);
        Assert.Equal(0x0Cu, first.Peek(0x186, AccessWidth.HalfWord));
    }

    [Fact]
    public void Functions_on_one_INTx_line_are_together_when_owners_are_given_INTx()
    {
        IsolationRules rules = new() { Streams = RequesterStreams.Identity, OffersIntx = true };
        DomainFixture fixture = new(rules);
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        fixture.Plug(0, 5);
        fixture.Plug(0, 9).Set(0x3D, AccessWidth.Byte, 0);
        Assert.True(fixture.Assignment.Survey());

        AssertReason(fixture.Assignment.Why(new(0, 1, 0), new(0, 5, 0)), IsolationRelation.SharedIntx, new(0, 1, 0), new(0, 5, 0), 1);
        Assert.True(fixture.Assignment.Why(new(0, 1, 0), new(0, 2, 0)).IsNone);
        Assert.True(fixture.Assignment.Why(new(0, 1, 0), new(0, 9, 0)).IsNone);
    }

    [Fact]
    public void Functions_with_memory_on_one_page_are_together_when_they_keep_their_places()
    {
        IsolationRules rules = new() { Streams = RequesterStreams.Identity, KeepsPlaces = true };
        DomainFixture fixture = new(rules);
        ShapedFunction first = fixture.Plug(0, 1);
        ShapedFunction second = fixture.Plug(0, 2);
        first.Poke(0x18, AccessWidth.Word, 0x1000_2000);
        second.Poke(0x18, AccessWidth.Word, 0x1000_2800);
        Assert.True(fixture.Assignment.Survey());

        AssertReason(fixture.Assignment.Why(new(0, 1, 0), new(0, 2, 0)), IsolationRelation.SharedPage, new(0, 1, 0), new(0, 2, 0), 0x1_0002);
    }

    [Fact]
    public void Functions_to_which_no_bridge_leads_are_together()
    {
        DomainFixture fixture = new();
        fixture.Plug(3, 0);
        fixture.Plug(5, 0);
        Assert.True(fixture.Assignment.Survey());

        Assert.Equal(IsolationRelation.UnknownPath, fixture.Assignment.Why(new(3, 0, 0), new(5, 0, 0)).Relation);
    }

    [Fact]
    public void A_reason_goes_step_by_step_where_functions_are_together_only_through_others()
    {
        RequesterStreams streams = RequesterStreams.Masked(0xFFFF);
        Assert.True(streams.TryAdd(0x08, 1, 1));
        Assert.True(streams.TryAdd(0x10, 1, 1));
        Assert.True(streams.TryAdd(0x11, 2, 1));
        DomainFixture fixture = new(new IsolationRules { Streams = streams });
        fixture.Plug(0, 1);
        fixture.Plug(0, 2).Poke(0x0E, AccessWidth.Byte, 0x80);
        fixture.Plug(0, 2, 1);
        Assert.True(fixture.Assignment.Survey());

        AssertReason(fixture.Assignment.Why(new(0, 1, 0), new(0, 2, 1)), IsolationRelation.SharedStream, new(0, 1, 0), new(0, 2, 0), 1);
        Assert.Equal(IsolationRelation.MultifunctionWithoutAcs, fixture.Assignment.Why(new(0, 2, 0), new(0, 2, 1)).Relation);
    }

    [Fact]
    public void A_function_that_somebody_owns_is_not_asked_again_whatever_it_would_say()
    {
        DomainFixture fixture = new();
        ShapedFunction first = fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 1, 0), 1));
        first.WithPhantom(3);
        first.Poke(0x0E, AccessWidth.Byte, 0x81);
        first.Trace.Clear();

        Assert.True(fixture.Assignment.Survey());

        Assert.DoesNotContain(first.Trace.Accesses, access => access.Offset is not (0 or 0x0E));
        fixture.Assignment.Topology.RequestersOf(fixture.Assignment.Topology.Find(new(0, 1, 0)), out RequesterIds ids);
        Assert.Equal(1, ids.Count);
        Assert.False(fixture.Assignment.Topology[fixture.Assignment.Topology.Find(new(0, 1, 0))].IsBridge);
    }

    [Fact]
    public void Whatever_functions_answer_a_survey_ends_and_groups_are_the_closure_of_the_relation()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < 60; round++)
        {
            DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Identity, OffersIntx = random.Next(2) == 0, KeepsPlaces = random.Next(2) == 0 });
            for (int count = random.Next(12); count >= 0; count--)
            {
                ShapedFunction function = fixture.Plug((uint)random.Next(4), (uint)random.Next(32), (uint)random.Next(8));
                int noise = random.Next(3);
                function.Answering = (_, _, value) => noise == 0 ? value : noise == 1 ? (uint)random.Next(int.MinValue, int.MaxValue) : value ^ (1u << random.Next(32));
            }

            Assert.True(fixture.Assignment.Survey());
            PciTopology topology = fixture.Assignment.Topology;
            IsolationRules rules = fixture.Assignment.Rules;
            Assert.InRange(topology.Count, 0, PciTopology.Capacity);
            AssertClosure(topology, rules, fixture.Assignment.Groups, seed);
        }
    }

    private static void AssertClosure(PciTopology topology, IsolationRules rules, IsolationGroups groups, int seed)
    {
        for (int first = 0; first < topology.Count; first++)
        {
            HashSet<int> reached = [first];
            Queue<int> next = new(reached);
            while (next.TryDequeue(out int at))
            {
                for (int other = 0; other < topology.Count; other++)
                {
                    bool related = !IsolationGroups.Relate(in topology, in rules, at, other).IsNone;
                    Assert.True(related == !IsolationGroups.Relate(in topology, in rules, other, at).IsNone, $"seed {seed}");
                    if (related && reached.Add(other))
                    {
                        next.Enqueue(other);
                    }
                }
            }

            Assert.True(groups.GroupOf(first) == reached.Min(), $"seed {seed}");
            for (int other = 0; other < topology.Count; other++)
            {
                Assert.True(groups.AreTogether(first, other) == reached.Contains(other), $"seed {seed}");
                Assert.True(groups.Why(in topology, in rules, first, other).IsNone == (first == other || !reached.Contains(other)), $"seed {seed}");
            }
        }
    }

    private static void AssertReason(IsolationReason reason, IsolationRelation relation, RequesterId first, RequesterId second, uint shared)
    {
        Assert.Equal(relation, reason.Relation);
        Assert.Equal(first.Value, reason.First.Value);
        Assert.Equal(second.Value, reason.Second.Value);
        Assert.Equal(shared, reason.Shared);
    }
}
