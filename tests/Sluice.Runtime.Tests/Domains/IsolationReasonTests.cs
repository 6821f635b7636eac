using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What a refusal says of why two functions are together, and what does not join any.</summary>
public sealed class IsolationReasonTests
{
    private static readonly RequesterId s_first = new(0, 1, 0);
    private static readonly RequesterId s_second = new(0, 2, 0);

    [Theory]
    [InlineData(0x1000_2000u, 0x1000_2800u, 0x1_0002u)]
    [InlineData(0x1000_2000u, 0x1000_3000u, 0u)]
    [InlineData(0x1000_3000u, 0x1000_2000u, 0u)]
    public void Functions_that_keep_their_places_are_together_on_one_page_only_and_the_reason_begins_with_the_one_asked_about(uint one, uint other, uint page)
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Identity, KeepsPlaces = true });
        fixture.Plug(0, 1).Poke(0x18, AccessWidth.Word, one);
        fixture.Plug(0, 2).Poke(0x18, AccessWidth.Word, other);
        Assert.True(fixture.Assignment.Survey());

        foreach ((RequesterId asked, RequesterId about) in new[] { (s_first, s_second), (s_second, s_first) })
        {
            IsolationReason reason = fixture.Assignment.Why(asked, about);
            Assert.Equal(page == 0, reason.IsNone);
            Assert.True(page == 0 || (reason.First.Is(asked) && reason.Second.Is(about) && reason.Via.Is(asked) && reason.Shared == page));
        }
    }

    [Fact]
    public void Where_they_share_the_id_of_a_bridge_it_is_due_to_the_bridge_and_where_one_is_the_other_s_phantom_to_the_one_asked_about()
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 3, 7, 1, 1);
        fixture.Plug(1, 1).Conventional();
        fixture.Plug(1, 2).Conventional();
        ShapedFunction phantom = fixture.Plug(0, 1).WithPhantom(1);
        phantom.Poke(0x0E, AccessWidth.Byte, 0x80);
        fixture.Plug(0, 1, 4);
        Assert.True(fixture.Assignment.Survey());

        IsolationReason alias = fixture.Assignment.Why(new(1, 1, 0), new(1, 2, 0));
        Assert.Equal((IsolationRelation.RequesterAlias, 0x100), (alias.Relation, alias.Via.Value));
        IsolationReason other = fixture.Assignment.Why(new(0, 1, 4), new(0, 1, 0));
        Assert.Equal((IsolationRelation.PhantomFunction, 0x0C), (other.Relation, other.Via.Value));
        IsolationReason own = fixture.Assignment.Why(new(0, 1, 0), new(0, 1, 4));
        Assert.Equal((IsolationRelation.PhantomFunction, 0x08), (own.Relation, own.Via.Value));
    }

    [Fact]
    public void A_function_that_has_the_id_that_its_bridge_puts_in_for_others_shares_it_with_them()
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 3, 7, 1, 1);
        fixture.Plug(1, 0).Conventional();
        fixture.Plug(1, 1).Conventional();
        Assert.True(fixture.Assignment.Survey());

        foreach ((RequesterId asked, RequesterId about) in new[] { (new RequesterId(1, 0, 0), new RequesterId(1, 1, 0)), (new RequesterId(1, 1, 0), new RequesterId(1, 0, 0)) })
        {
            IsolationReason reason = fixture.Assignment.Why(asked, about);
            Assert.Equal((IsolationRelation.RequesterAlias, 0x100, 0x100u), (reason.Relation, reason.Via.Value, reason.Shared));
        }
    }

    [Fact]
    public void A_group_is_named_by_its_first_function_in_whatever_order_its_members_are_found_to_be_together()
    {
        RequesterStreams streams = RequesterStreams.Masked(0xFFFF);
        Assert.True(streams.TryAdd(0x08, 1, 1));
        Assert.True(streams.TryAdd(0x10, 2, 1));
        Assert.True(streams.TryAdd(0x11, 1, 1));
        DomainFixture fixture = new(new IsolationRules { Streams = streams });
        fixture.Plug(0, 1);
        fixture.Plug(0, 2).Poke(0x0E, AccessWidth.Byte, 0x80);
        fixture.Plug(0, 2, 1);
        fixture.Plug(0, 4);
        Assert.True(fixture.Assignment.Survey());

        Assert.Equal([0, 0, 0, 3], Enumerable.Range(0, 4).Select(index => fixture.Assignment.Groups.GroupOf(index)));
    }

    [Fact]
    public void Bridges_are_in_no_group_whatever_they_share()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(7), OffersIntx = true });
        fixture.PlugBridge(0, 3, 4, 1, 1);
        fixture.PlugBridge(0, 4, 4, 2, 2);
        fixture.Plug(1, 0);
        Assert.True(fixture.Assignment.Survey());
        PciTopology topology = fixture.Assignment.Topology;

        for (int first = 0; first < topology.Count; first++)
        {
            Assert.Equal(first, fixture.Assignment.Groups.GroupOf(first));
            for (int second = 0; second < topology.Count; second++)
            {
                Assert.True(fixture.Assignment.Why(topology[first].Id, topology[second].Id).IsNone);
            }
        }
    }

    [Fact]
    public void A_function_to_which_no_bridge_leads_is_not_together_with_one_to_which_one_does()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        fixture.Plug(3, 0);
        fixture.Plug(5, 0);
        Assert.True(fixture.Assignment.Survey());

        Assert.True(fixture.Assignment.Why(s_first, new(3, 0, 0)).IsNone);
        Assert.True(fixture.Assignment.Why(new(3, 0, 0), s_first).IsNone);
        Assert.False(fixture.Assignment.Why(new(3, 0, 0), new(5, 0, 0)).IsNone);
    }

    [Theory]
    [InlineData(0x01u)]
    [InlineData(0x0Cu)]
    [InlineData(0x1Du)]
    public void Of_access_control_only_what_a_port_says_it_has_is_switched_on(uint abilities)
    {
        DomainFixture fixture = new();
        SimulatedBridgeFunction port = fixture.PlugBridge(0, 3, 4, 1, 1).WithAccessControl(abilities, 0);
        fixture.Plug(1, 0);
        Assert.True(fixture.Assignment.Survey());
        port.Trace.Clear();

        Assert.True(fixture.Assignment.Isolate());

        ConfigAccess[] written = [.. port.Trace.Accesses.Where(static access => access.IsWrite && access.Offset >= 0x100)];
        Assert.All(written, access => Assert.Equal(0u, (uint)access.Value & ~abilities));
        Assert.NotEmpty(written);
        port.Trace.Clear();
        Assert.True(fixture.Assignment.Isolate());
        Assert.DoesNotContain(port.Trace.Accesses, static access => access.IsWrite && access.Offset >= 0x100);
    }

    [Fact]
    public void A_refusal_names_the_function_that_was_asked_for_whatever_failed_before()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.True(fixture.Assignment.Survey());

        Assert.False(fixture.Release(s_second, 1));
        Assert.Equal(s_second.Value, fixture.Failure.Function.Value);
        Assert.False(fixture.Remove(s_first, 1));
        Assert.Equal(s_first.Value, fixture.Failure.Function.Value);
        Assert.False(fixture.Assignment.TryReadmit(s_second));
        Assert.Equal(s_second.Value, fixture.Failure.Function.Value);
        Assert.False(fixture.Assignment.TryEject(new RequesterId(0, 9, 0)));
        Assert.Equal(new RequesterId(0, 9, 0).Value, fixture.Failure.Function.Value);
        Assert.Equal(AssignmentStep.Check, fixture.Move(s_first, 1, 2));
        Assert.Equal(s_first.Value, fixture.Failure.Function.Value);
    }

    [Fact]
    public void A_function_that_is_released_has_its_vectors_masked_before_they_are_given_back()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_first, 1));
        fixture.Enable(s_first, 1);
        uint[] masked = [];
        fixture.Msi.Begins = step => masked = step == "free" ? [.. fixture.Msi.Masked.Order()] : masked;

        Assert.True(fixture.Release(s_first, 1));

        Assert.Equal([0u, 1u, 2u, 3u], masked);
        Assert.Equal(0u, fixture.Msi.Table.Taken);
    }
}
