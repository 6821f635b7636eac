using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What a survey reads of each function, and what follows from it.</summary>
public sealed class PciTopologyTests
{
    private const uint AccessControlId = 0x0001_000D;
    private const uint VirtualFunctionsId = 0x0001_0010;
    private readonly DomainFixture _fixture = new();

    [Theory]
    [InlineData(0xFF8u, true)]
    [InlineData(0xFFCu, false)]
    public void Access_control_is_read_where_its_registers_end_within_config_space(uint offset, bool isRead)
    {
        ShapedFunction function = _fixture.Plug(0, 1);
        function.Set(0x140, AccessWidth.Word, 0x0001_000F | (offset << 20));
        function.Set(offset, AccessWidth.Word, AccessControlId);
        if (isRead)
        {
            function.Set(offset + 4, AccessWidth.HalfWord, 0xFFFF);
            function.Set(offset + 6, AccessWidth.HalfWord, 0x7F14);
        }

        TopologyFunction found = Surveyed(new(0, 1, 0));

        Assert.Equal(isRead ? offset : 0, found.AccessOffset);
        Assert.Equal(isRead ? AccessControl.All : AccessControl.None, found.AccessAbilities);
        Assert.Equal(isRead ? AccessControl.RequestRedirect | AccessControl.UpstreamForwarding : AccessControl.None, found.AccessEnabled);
    }

    [Fact]
    public void Of_two_capabilities_of_one_kind_the_first_counts()
    {
        ShapedFunction function = _fixture.Plug(0, 1);
        function.Set(0x140, AccessWidth.Word, AccessControlId | (0x180u << 20));
        function.Set(0x144, AccessWidth.Word, 0x0004_0005);
        function.Set(0x180, AccessWidth.Word, AccessControlId | (0x200u << 20));
        function.Set(0x184, AccessWidth.Word, 0x0008_0018);
        Virtual(function, 0x200, next: 0x280, count: 2, first: 0x10, stride: 3);
        Virtual(function, 0x280, next: 0, count: 5, first: 0x20, stride: 4);

        TopologyFunction found = Surveyed(new(0, 1, 0));

        Assert.Equal((0x140u, (AccessControl)5, AccessControl.RequestRedirect), (found.AccessOffset, found.AccessAbilities, found.AccessEnabled));
        Assert.Equal((2u, 0x10u, 3u), (found.VirtualCount, found.VirtualOffset, found.VirtualStride));
    }

    [Theory]
    [InlineData(0xFC0u, true)]
    [InlineData(0xFC4u, false)]
    public void Virtual_functions_are_read_where_their_capability_ends_within_config_space(uint offset, bool isRead)
    {
        ShapedFunction function = _fixture.Plug(0, 1);
        function.Set(0x140, AccessWidth.Word, 0x0001_000F | (offset << 20));
        Virtual(function, offset, next: 0, count: 2, first: 0x80, stride: 1);

        TopologyFunction found = Surveyed(new(0, 1, 0));

        Assert.Equal(isRead ? (2u, 0x80u, 1u) : (0u, 0u, 0u), (found.VirtualCount, found.VirtualOffset, found.VirtualStride));
    }

    [Fact]
    public void A_function_whose_virtual_functions_are_off_has_none()
    {
        ShapedFunction function = _fixture.Plug(0, 1).WithVirtual(2, 0x80, 1).Set(0x148, AccessWidth.HalfWord, 0x0008);
        _fixture.Plug(1, 1);

        TopologyFunction found = Surveyed(new(0, 1, 0));

        Assert.Equal(0u, found.VirtualCount);
        Assert.False(Of(new(1, 1, 0)).IsVirtual);
    }

    [Theory]
    [InlineData(3u, 0xF8u, 1u, new uint[] { 0x100, 0x101, 0x102 })]
    [InlineData(2u, 0xF8u, 2u, new uint[] { 0x100, 0x102 })]
    [InlineData(1u, 0xF8u, 0u, new uint[] { 0x100 })]
    [InlineData(3u, 0xF8u, 0u, new uint[] { 0x100 })]
    [InlineData(3u, 0u, 1u, new uint[0])]
    [InlineData(0u, 0xF8u, 1u, new uint[0])]
    [InlineData(3u, 0xFFF7u, 1u, new uint[] { 0xFFFF })]
    [InlineData(3u, 0xFFF8u, 1u, new uint[0])]
    public void Virtual_functions_are_those_whose_ids_the_capability_gives(uint count, uint first, uint stride, uint[] ids)
    {
        _fixture.Plug(0, 1).WithVirtual(count, first, stride);
        foreach (uint id in ids.Where(static id => id < 0x1000))
        {
            _fixture.Reference.Functions.Add(new RequesterId((ushort)id), new ShapedFunction());
        }

        Assert.True(_fixture.Assignment.Survey());

        PciTopology topology = _fixture.Assignment.Topology;
        List<uint> found = [];
        for (int index = 1; index < topology.Count; index++)
        {
            found.Add(topology[index].Id.Value);
            Assert.Equal(0x08u, topology[index].Physical.Value);
            Assert.Equal(topology[index].Id.Value < 0x1000, topology[index].IsVirtual);
        }

        Assert.Equal(ids, found.Order());
        Assert.True(topology.IsComplete);
    }

    [Fact]
    public void A_virtual_function_goes_the_way_of_its_physical_one_whatever_bus_its_id_names()
    {
        _fixture.PlugBridge(0, 1, 4, 1, 1);
        _fixture.Plug(1, 0).WithVirtual(1, 0x100, 1);
        _fixture.Plug(0, 2).WithVirtual(1, 0x300, 1);
        _fixture.Plug(2, 0);
        _fixture.Plug(3, 2);
        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(_fixture.Assignment.Topology.Find(new(0, 1, 0)), Of(new(2, 0, 0)).Parent);
        Assert.False(Of(new(2, 0, 0)).IsUnrouted);
        Assert.Equal(-1, Of(new(3, 2, 0)).Parent);
        Assert.False(Of(new(3, 2, 0)).IsUnrouted);
    }

    [Fact]
    public void A_function_that_answers_by_itself_and_is_named_as_a_virtual_one_is_virtual_until_it_is_named_no_more()
    {
        ShapedFunction physical = _fixture.Plug(0, 1).WithVirtual(1, 8, 1);
        _fixture.Plug(0, 2);
        Assert.True(Surveyed(new(0, 2, 0)).IsVirtual);

        physical.Set(0x148, AccessWidth.HalfWord, 0x0008);

        Assert.False(Surveyed(new(0, 2, 0)).IsVirtual);
    }

    [Fact]
    public void A_function_that_two_name_as_theirs_is_virtual_and_one_that_somebody_owns_stays_whose_it_was()
    {
        ShapedFunction second = _fixture.Plug(0, 2);
        _fixture.Plug(0, 1).WithVirtual(1, 16, 1);
        _fixture.Plug(0, 3);
        Assert.Equal((8, true), (Surveyed(new(0, 3, 0)).Physical.Value, Of(new(0, 3, 0)).IsVirtual));
        Assert.Equal(AssignmentStep.None, _fixture.Assign(new(0, 3, 0), 1));

        second.WithVirtual(1, 8, 1);

        Assert.Equal((8, true), (Surveyed(new(0, 3, 0)).Physical.Value, Of(new(0, 3, 0)).IsVirtual));
        Assert.True(_fixture.Release(new(0, 3, 0), 1));
        Assert.Equal((0x10, true), (Surveyed(new(0, 3, 0)).Physical.Value, Of(new(0, 3, 0)).IsVirtual));
    }

    [Fact]
    public void Of_two_bridges_that_claim_one_bus_the_first_leads_to_it()
    {
        _fixture.PlugBridge(0, 1, 4, 2, 2);
        _fixture.PlugBridge(0, 3, 4, 2, 2);
        _fixture.Plug(2, 0);
        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(_fixture.Assignment.Topology.Find(new(0, 1, 0)), Of(new(2, 0, 0)).Parent);
    }

    [Fact]
    public void A_bridge_that_is_named_as_a_virtual_function_stays_a_bridge()
    {
        _fixture.Plug(0, 1).WithVirtual(1, 8, 1);
        _fixture.PlugBridge(0, 2, 4, 1, 1);

        TopologyFunction found = Surveyed(new(0, 2, 0));

        Assert.True(found.IsBridge);
        Assert.False(found.IsVirtual);
    }

    [Fact]
    public void Virtual_functions_of_a_bridge_are_not_believed()
    {
        SimulatedBridgeFunction bridge = _fixture.PlugBridge(0, 1, 4, 1, 1);
        bridge.Poke(0x100, AccessWidth.Word, VirtualFunctionsId);
        bridge.Poke(0x108, AccessWidth.HalfWord, 1);
        bridge.Poke(0x110, AccessWidth.HalfWord, 2);
        bridge.Poke(0x114, AccessWidth.Word, 0x0001_0100);

        Assert.Equal(0u, Surveyed(new(0, 1, 0)).VirtualCount);
        Assert.Equal(1, _fixture.Assignment.Topology.Count);
    }

    [Theory]
    [InlineData(4u, FunctionKind.RootPort)]
    [InlineData(5u, FunctionKind.UpstreamPort)]
    [InlineData(6u, FunctionKind.DownstreamPort)]
    [InlineData(7u, FunctionKind.BridgeToConventional)]
    [InlineData(8u, FunctionKind.BridgeFromConventional)]
    [InlineData(0u, FunctionKind.ConventionalBridge)]
    [InlineData(9u, FunctionKind.ConventionalBridge)]
    [InlineData(3u, FunctionKind.ConventionalBridge)]
    public void A_bridge_is_the_port_that_it_says_it_is_and_a_conventional_one_if_it_says_that_it_is_none(uint kind, FunctionKind found)
    {
        _fixture.PlugBridge(0, 1, kind, 2, 5);

        TopologyFunction bridge = Surveyed(new(0, 1, 0));

        Assert.Equal((found, 2u, 5u, 0u), (bridge.Kind, bridge.SecondaryBus, bridge.SubordinateBus, bridge.PhantomStride));
        Assert.True(bridge.IsBridge);
    }

    [Theory]
    [InlineData(0u, FunctionKind.Endpoint)]
    [InlineData(1u, FunctionKind.LegacyEndpoint)]
    [InlineData(9u, FunctionKind.IntegratedEndpoint)]
    [InlineData(10u, FunctionKind.EventCollector)]
    [InlineData(4u, FunctionKind.Conventional)]
    [InlineData(7u, FunctionKind.Conventional)]
    [InlineData(8u, FunctionKind.Conventional)]
    public void An_endpoint_is_what_it_says_it_is_and_a_conventional_function_if_it_says_that_it_is_a_port(uint kind, FunctionKind found)
    {
        _fixture.Plug(0, 1).Set(0x90, AccessWidth.Word, 0x0002_0010 | (kind << 20));

        Assert.Equal(found, Surveyed(new(0, 1, 0)).Kind);
    }

    [Fact]
    public void A_function_without_PCI_Express_is_a_conventional_one_and_has_no_phantom_functions()
    {
        _fixture.Plug(0, 1).Conventional();

        TopologyFunction found = Surveyed(new(0, 1, 0));

        Assert.Equal((FunctionKind.Conventional, 0u, 0u), (found.Kind, found.PhantomStride, found.AccessOffset));
    }

    [Fact]
    public void A_bridge_has_no_phantom_functions()
    {
        SimulatedBridgeFunction bridge = _fixture.PlugBridge(0, 1, 4, 1, 1);
        bridge.Poke(0x44, AccessWidth.Word, 0x18);

        Assert.Equal(0u, Surveyed(new(0, 1, 0)).PhantomStride);
    }

    [Theory]
    [InlineData(3u, 2u, new uint[] { 3 })]
    [InlineData(1u, 2u, new uint[] { 1, 3, 5, 7 })]
    [InlineData(3u, 1u, new uint[] { 3, 7 })]
    [InlineData(4u, 1u, new uint[] { 4 })]
    [InlineData(2u, 2u, new uint[] { 2 })]
    [InlineData(1u, 3u, new uint[] { 1 })]
    [InlineData(7u, 0u, new uint[] { 7 })]
    public void A_function_that_has_itself_a_bit_of_the_phantom_functions_number_has_none(uint number, uint bits, uint[] numbers)
    {
        _fixture.Plug(0, 1, number).WithPhantom(bits);
        if (number != 0)
        {
            _fixture.Plug(0, 1).Poke(0x0E, AccessWidth.Byte, 0x80);
        }

        Assert.True(_fixture.Assignment.Survey());
        _fixture.Assignment.Topology.RequestersOf(_fixture.Assignment.Topology.Find(new(0, 1, number)), out RequesterIds ids);

        Assert.Equal(numbers, Enumerable.Range(0, ids.Count).Select(index => ids[index].Function));
        Assert.Equal(ids.Count, ids.OwnCount);
    }

    [Theory]
    [InlineData(4u, new uint[] { 0x108 })]
    [InlineData(5u, new uint[] { 0x108 })]
    [InlineData(7u, new uint[] { 0x108, 0x100 })]
    [InlineData(8u, new uint[] { 0x108, 0x18 })]
    [InlineData(0u, new uint[] { 0x108, 0x100, 0x18 })]
    public void What_is_below_a_bridge_speaks_also_with_the_ids_that_the_bridge_puts_in(uint kind, uint[] expected)
    {
        _fixture.PlugBridge(0, 3, kind, 1, 1);
        _fixture.Plug(1, 1);

        Assert.Equal(expected, RequestersOf(new(1, 1, 0), out int own));
        Assert.Equal(1, own);
    }

    [Fact]
    public void Bridges_one_above_the_other_each_put_their_ids_in()
    {
        _fixture.PlugBridge(0, 3, 7, 1, 3);
        _fixture.PlugBridge(1, 2, 0, 2, 2);
        _fixture.Plug(2, 4);

        Assert.Equal([0x220u, 0x200, 0x110, 0x100], RequestersOf(new(2, 4, 0), out int own));
        Assert.Equal(1, own);
    }

    [Theory]
    [InlineData(0u, 1u, 1u, 1u)]
    [InlineData(0u, 3u, 2u, 0u)]
    [InlineData(0u, 0u, 4u, 3u)]
    [InlineData(0u, 0u, 1u, 0u)]
    [InlineData(1u, 0u, 1u, 3u)]
    [InlineData(1u, 2u, 1u, 1u)]
    [InlineData(2u, 1u, 3u, 3u)]
    public void The_line_of_a_wire_is_swapped_by_each_bridge_above(uint bus, uint device, uint pin, uint line)
    {
        _fixture.PlugBridge(0, 7, 4, 1, 2);
        _fixture.PlugBridge(1, 5, 5, 2, 2);
        _fixture.Plug(bus, device).Set(0x3D, AccessWidth.Byte, pin);
        Assert.True(_fixture.Assignment.Survey());

        Assert.True(_fixture.Assignment.Topology.TryFindLine(_fixture.Assignment.Topology.Find(new(bus, device, 0)), out uint found));

        Assert.Equal(line, found);
    }

    [Theory]
    [InlineData(0u, false)]
    [InlineData(1u, true)]
    [InlineData(4u, true)]
    [InlineData(5u, false)]
    [InlineData(0xFFu, false)]
    public void A_function_has_a_line_when_it_names_one_of_four_wires(uint pin, bool has)
    {
        _fixture.Plug(0, 1).Set(0x3D, AccessWidth.Byte, pin);
        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(has, _fixture.Assignment.Topology.TryFindLine(0, out _));
        Assert.Equal(pin, _fixture.Assignment.Topology[0].InterruptPin);
    }

    [Fact]
    public void A_function_is_below_each_bridge_on_its_way_and_no_other_and_not_below_itself()
    {
        _fixture.PlugBridge(0, 1, 4, 1, 2);
        _fixture.PlugBridge(1, 0, 5, 2, 2);
        _fixture.PlugBridge(0, 2, 4, 3, 3);
        _fixture.Plug(2, 0);
        Assert.True(_fixture.Assignment.Survey());
        PciTopology topology = _fixture.Assignment.Topology;
        int function = topology.Find(new(2, 0, 0));

        bool[] below = [.. Enumerable.Range(0, topology.Count).Select(index => topology.IsBelow(function, index))];

        Assert.True(below[topology.Find(new(0, 1, 0))]);
        Assert.True(below[topology.Find(new(1, 0, 0))]);
        Assert.False(below[topology.Find(new(0, 2, 0))]);
        Assert.False(below[function]);
        Assert.True(topology.IsBelow(topology.Find(new(1, 0, 0)), topology.Find(new(0, 1, 0))));
        Assert.False(topology.IsBelow(topology.Find(new(0, 1, 0)), topology.Find(new(1, 0, 0))));
    }

    [Fact]
    public void A_bridge_whose_bus_below_is_not_after_its_own_leads_nowhere()
    {
        _fixture.PlugBridge(0, 1, 4, 2, 3);
        _fixture.PlugBridge(2, 0, 4, 2, 2);
        _fixture.PlugBridge(3, 0, 4, 2, 2);
        _fixture.Plug(2, 1);
        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(_fixture.Assignment.Topology.Find(new(0, 1, 0)), Of(new(2, 1, 0)).Parent);
        Assert.Equal(_fixture.Assignment.Topology.Find(new(0, 1, 0)), Of(new(2, 0, 0)).Parent);
        Assert.Equal(-1, Of(new(3, 0, 0)).Parent);
        Assert.True(Of(new(3, 0, 0)).IsUnrouted);
        Assert.False(Of(new(0, 1, 0)).IsUnrouted);
    }

    [Theory]
    [InlineData(FunctionKind.DownstreamPort, 0u, AccessControl.All)]
    [InlineData(FunctionKind.DownstreamPort, 0x05u, AccessControl.All)]
    [InlineData(FunctionKind.RootPort, 0u, AccessControl.SourceValidation)]
    [InlineData(FunctionKind.RootPort, 0x0Cu, AccessControl.SourceValidation | AccessControl.RequestRedirect | AccessControl.CompletionRedirect)]
    [InlineData(FunctionKind.RootPort, 0x01u, AccessControl.SourceValidation)]
    [InlineData(FunctionKind.UpstreamPort, 0x0Cu, AccessControl.None)]
    [InlineData(FunctionKind.BridgeToConventional, 0x1Du, AccessControl.All)]
    public void What_a_bridge_lacks_depends_on_its_kind_and_on_what_it_says_it_can_do(FunctionKind kind, uint abilities, AccessControl missing)
    {
        SimulatedBridgeFunction bridge = _fixture.PlugBridge(0, 1, (uint)kind, 1, 1);
        bridge = abilities == 0 ? bridge : bridge.WithAccessControl(abilities, 0);

        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(missing, _fixture.Assignment.Topology.MissingAt(0));
    }

    [Theory]
    [InlineData(0u, true, AccessControl.RequestRedirect)]
    [InlineData(1u, true, AccessControl.RequestRedirect)]
    [InlineData(9u, true, AccessControl.RequestRedirect)]
    [InlineData(10u, true, AccessControl.SourceValidation | AccessControl.RequestRedirect | AccessControl.UpstreamForwarding)]
    [InlineData(0u, false, AccessControl.All)]
    [InlineData(1u, false, AccessControl.All)]
    [InlineData(9u, false, AccessControl.All)]
    public void What_an_endpoint_lacks_is_what_it_can_do_and_does_not_or_everything_when_it_says_nothing(uint kind, bool says, AccessControl missing)
    {
        ShapedFunction function = _fixture.Plug(0, 1).Set(0x90, AccessWidth.Word, 0x0002_0010 | (kind << 20));
        function = says ? function.WithAccessControl(0x0C, 0x18) : function;

        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(missing, _fixture.Assignment.Topology.MissingAt(0));
    }

    [Fact]
    public void The_upper_port_of_a_switch_with_several_functions_is_to_keep_them_apart()
    {
        _fixture.PlugBridge(0, 1, 5, 1, 1).Poke(0x0E, AccessWidth.Byte, 0x81);
        _fixture.PlugBridge(0, 1, 5, 2, 2, 1).WithAccessControl(0x0C, 0x04);
        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(AccessControl.All, _fixture.Assignment.Topology.MissingAt(_fixture.Assignment.Topology.Find(new(0, 1, 0))));
        Assert.Equal(AccessControl.CompletionRedirect, _fixture.Assignment.Topology.MissingAt(_fixture.Assignment.Topology.Find(new(0, 1, 1))));
        Assert.True(Of(new(0, 1, 0)).IsMultifunction);
        Assert.True(Of(new(0, 1, 1)).IsMultifunction);
    }

    [Fact]
    public void A_virtual_function_without_access_control_lacks_nothing()
    {
        _fixture.Plug(0, 1).WithVirtual(1, 8, 1);
        _fixture.Plug(0, 2);
        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(AccessControl.None, _fixture.Assignment.Topology.MissingAt(_fixture.Assignment.Topology.Find(new(0, 2, 0))));
    }

    [Fact]
    public void The_pages_of_memory_are_read_and_those_of_ports_are_not()
    {
        ShapedFunction function = _fixture.Plug(0, 1);
        function.Poke(0x10, AccessWidth.Word, 0x1234_0004);
        function.Poke(0x14, AccessWidth.Word, 0x0000_00AB);
        function.Poke(0x18, AccessWidth.Word, 0x5678_9000);
        function.Poke(0x20, AccessWidth.Word, 0x0000_F001);
        function.Set(0x24, AccessWidth.Word, 0x2222_3804);

        TopologyFunction found = Surveyed(new(0, 1, 0));

        Assert.Equal([0xAB_1234_0ul, 0, 0x5_6789, 0, 0, 0x2_2223], Enumerable.Range(0, 6).Select(bar => found.Pages[bar]));
    }

    [Fact]
    public void The_pages_of_a_bridge_are_not_asked_for()
    {
        SimulatedBridgeFunction bridge = _fixture.PlugBridge(0, 1, 4, 1, 1);

        TopologyFunction found = Surveyed(new(0, 1, 0));

        Assert.All(Enumerable.Range(0, 6), bar => Assert.Equal(0ul, found.Pages[bar]));
        Assert.DoesNotContain(bridge.Trace.Accesses, static access => !access.IsWrite && access.Offset is 0x10 or 0x14 or 0x24);
    }

    [Fact]
    public void What_has_gone_is_forgotten_unless_somebody_owns_it_and_what_stays_keeps_what_is_known_of_it()
    {
        _fixture.Plug(0, 1);
        _fixture.Plug(0, 2);
        _fixture.Plug(0, 3);
        Assert.Equal(AssignmentStep.None, _fixture.Assign(new(0, 2, 0), 1));
        Assert.Equal(AssignmentStep.None, _fixture.Assign(new(0, 3, 0), 2));
        Assert.True(_fixture.Release(new(0, 3, 0), 2));
        _fixture.Reference.Functions.Remove(new(0, 1, 0));
        _fixture.Reference.Functions.Remove(new(0, 2, 0));

        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(2, _fixture.Assignment.Topology.Count);
        Assert.Equal(-1, _fixture.Assignment.Topology.Find(new(0, 1, 0)));
        Assert.False(Of(new(0, 2, 0)).IsFound);
        Assert.True(Of(new(0, 2, 0)).IsPinned);
        Assert.Equal(2, Of(new(0, 3, 0)).LastOwner.Value);
        Assert.True(Of(new(0, 3, 0)).IsFresh);
        Assert.True(Of(new(0, 3, 0)).IsFound);
    }

    [Fact]
    public void Whoever_comes_where_another_function_was_has_had_no_owner()
    {
        _fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, _fixture.Assign(new(0, 1, 0), 1));
        Assert.True(_fixture.Release(new(0, 1, 0), 1));
        _fixture.Reference.Functions.Remove(new(0, 1, 0));
        Assert.True(_fixture.Assignment.Survey());
        Assert.Equal(0, _fixture.Assignment.Topology.Count);
        _fixture.Plug(0, 4);

        TopologyFunction found = Surveyed(new(0, 4, 0));

        Assert.True(found.LastOwner.IsNone);
        Assert.False(found.IsFresh);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_survey_is_complete_when_there_is_room_for_all(int functions, bool isComplete)
    {
        for (int index = 0; index < functions; index++)
        {
            _fixture.Plug((uint)(index / 32), (uint)(index % 32));
        }

        Assert.True(_fixture.Assignment.Survey());

        Assert.Equal(isComplete, _fixture.Assignment.Topology.IsComplete);
        Assert.Equal(64, _fixture.Assignment.Topology.Count);
    }

    private static void Virtual(ShapedFunction function, uint at, uint next, uint count, uint first, uint stride)
    {
        function.Set(at, AccessWidth.Word, VirtualFunctionsId | (next << 20));
        function.Set(at + 0x08, AccessWidth.HalfWord, 1);
        function.Set(at + 0x10, AccessWidth.HalfWord, count);
        function.Set(at + 0x14, AccessWidth.Word, first | (stride << 16));
    }

    private TopologyFunction Surveyed(RequesterId id)
    {
        Assert.True(_fixture.Assignment.Survey());
        return Of(id);
    }

    private TopologyFunction Of(RequesterId id) => _fixture.Assignment.Topology[_fixture.Assignment.Topology.Find(id)];

    private uint[] RequestersOf(RequesterId id, out int own)
    {
        Assert.True(_fixture.Assignment.Survey());
        _fixture.Assignment.Topology.RequestersOf(_fixture.Assignment.Topology.Find(id), out RequesterIds ids);
        RequesterIds found = ids;
        own = found.OwnCount;
        return [.. Enumerable.Range(0, found.Count).Select(index => (uint)found[index].Value)];
    }
}
