using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

public sealed class FunctionEnumeratorTests
{
    private readonly ReferenceMachine _reference = new();

    [Fact]
    public void Functions_are_found_in_order_and_the_others_are_asked_only_in_a_multi_function_device()
    {
        _reference.Plug(new RequesterId(0, 1, 0));
        BareFunction many = new();
        many.Set(0x0E, AccessWidth.Byte, 0x80);
        _reference.Functions.Add(new RequesterId(0, 2, 0), many);
        _reference.Functions.Add(new RequesterId(0, 2, 3), new BareFunction());
        BareFunction hidden = new();
        _reference.Functions.Add(new RequesterId(0, 3, 1), hidden);
        _reference.Functions.Add(new RequesterId(2, 0, 0), new BareFunction());

        Assert.Equal<ushort>([0x0008, 0x0010, 0x0013, 0x0200], Found(0, 15));
        Assert.Empty(hidden.Trace.Accesses);
    }

    [Fact]
    public void A_range_without_buses_has_no_functions()
    {
        _reference.Plug(new RequesterId(0, 1, 0));

        Assert.Empty(Found(0, -1));
        Assert.Empty(Found(1, 0));
    }

    [Fact]
    public void A10_Where_no_function_is_all_reads_give_all_ones_and_writes_reach_nothing()
    {
        FunctionConfig<EcamHostBridge<SimulatedBus>> absent = _reference.Config(new RequesterId(0, 9, 0));
        FunctionConfig<EcamHostBridge<SimulatedBus>> beyond = _reference.Config(new RequesterId(200, 0, 0));

        Assert.Equal(uint.MaxValue, absent.Read32(default));
        Assert.Equal(byte.MaxValue, absent.Read8(default));
        Assert.Equal(uint.MaxValue, beyond.Read32(default));
        Assert.Equal(ushort.MaxValue, beyond.Read16(default));
        Assert.Equal(byte.MaxValue, beyond.Read8(default));
        beyond.Write32(default, 0);
        Assert.Equal(0, _reference.Machine.Unclaimed);
    }

    private List<ushort> Found(uint firstBus, int lastBus)
    {
        List<ushort> found = [];
        FunctionEnumerator<EcamHostBridge<SimulatedBus>> functions = new(_reference.Bridge, firstBus, lastBus);
        while (functions.MoveNext())
        {
            found.Add(functions.Current.Value);
        }

        return found;
    }
}
