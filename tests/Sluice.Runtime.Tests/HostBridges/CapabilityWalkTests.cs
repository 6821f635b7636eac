using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

public sealed class CapabilityWalkTests
{
    private static readonly RequesterId s_id = new(0, 1, 0);

    private readonly ReferenceMachine _reference = new();
    private readonly BareFunction _function = new();

    public CapabilityWalkTests()
    {
        _reference.Functions.Add(s_id, _function);
        _function.Set(0x06, AccessWidth.HalfWord, 0x10);
    }

    [Fact]
    public void Capabilities_come_in_the_order_of_the_list_and_reserved_low_bits_do_not_count()
    {
        Chain(0x52, (0x50, 0x05, 0x73), (0x70, 0x11, 0x41), (0x40, 0x01, 0x00));

        Assert.Equal([(0x50u, 5), (0x70u, 0x11), (0x40u, 1)], Walk(out bool malformed));
        Assert.False(malformed);
    }

    [Fact]
    public void C2_A_list_that_comes_back_ends_where_it_does()
    {
        Chain(0x50, (0x50, 0x05, 0x70), (0x70, 0x11, 0x50));

        Assert.Equal([(0x50u, 5), (0x70u, 0x11)], Walk(out bool malformed));
        Assert.True(malformed);
    }

    [Fact]
    public void C2_The_longest_list_has_48_places()
    {
        for (uint offset = 0x40; offset < 0x100; offset += 4)
        {
            _function.Set(offset, AccessWidth.HalfWord, 0x09 | (((offset + 4 - 0x40) % 0xC0 + 0x40) << 8));
        }

        _function.Set(0x34, AccessWidth.Byte, 0x40);

        Assert.Equal(48, Walk(out bool malformed).Count);
        Assert.True(malformed);
        Assert.InRange(_function.Trace.Accesses.Count, 48, 52);
    }

    [Theory]
    [InlineData(0x04)]
    [InlineData(0x3C)]
    public void A_list_that_leaves_its_area_ends(uint pointer)
    {
        Chain(0x40, (0x40, 0x01, pointer));

        Assert.Single(Walk(out bool malformed));
        Assert.True(malformed);
    }

    [Fact]
    public void C3_Without_the_status_bit_there_is_no_list()
    {
        Chain(0x40, (0x40, 0x01, 0));
        _function.Set(0x06, AccessWidth.HalfWord, 0);

        Assert.Empty(Walk(out bool malformed));
        Assert.False(malformed);
    }

    [Fact]
    public void A_function_that_vanishes_ends_the_walk()
    {
        _function.IsPresent = false;

        Assert.Empty(Walk(out bool malformed));
        Assert.True(malformed);
    }

    private void Chain(uint first, params (uint Offset, uint Id, uint Next)[] capabilities)
    {
        _function.Set(0x34, AccessWidth.Byte, first);
        foreach ((uint offset, uint id, uint next) in capabilities)
        {
            _function.Set(offset, AccessWidth.HalfWord, id | (next << 8));
        }
    }

    private List<(uint Offset, int Id)> Walk(out bool malformed)
    {
        List<(uint, int)> found = [];
        CapabilityWalk<EcamHostBridge<SimulatedBus>> walk = new(_reference.Config(s_id));
        while (walk.MoveNext())
        {
            found.Add((walk.Offset, walk.Id));
        }

        malformed = walk.IsMalformed;
        return found;
    }
}
