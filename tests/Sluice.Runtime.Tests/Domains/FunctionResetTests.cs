using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>Each way to reset a function: how long it waits, when it gives up, and what it says then.</summary>
public sealed class FunctionResetTests
{
    private static readonly RequesterId s_id = new(1, 0, 0);

    private readonly DomainFixture _fixture = new();
    private readonly ShapedFunction _function;
    private readonly SimulatedBridgeFunction _port;
    private readonly List<(uint Offset, ulong At)> _accesses = [];

    public FunctionResetTests()
    {
        _port = _fixture.PlugBridge(0, 1, 4, 1, 1);
        _function = _fixture.Plug(1, 0);
        _fixture.Reference.Machine.Accessed = (address, _, _) =>
        {
            if (address >= HostBridges.ReferenceMachine.Ecam + 0x10_0000 && address < HostBridges.ReferenceMachine.Ecam + 0x10_1000)
            {
                _accesses.Add(((uint)(address & 0xFFF), _fixture.Reference.Machine.PassMicroseconds(0)));
            }
        };
    }

    private FunctionConfig<EcamHostBridge<SimulatedBus>> Config => _fixture.Reference.Config(s_id);

    private FunctionReset<EcamHostBridge<SimulatedBus>, SimulatedClock> Reset
        => new(Config, ResetAbilities.Find(Config), new SimulatedClock(_fixture.Reference.Machine));

    [Theory]
    [InlineData(ResetMethod.FunctionLevel)]
    [InlineData(ResetMethod.AdvancedFeatures)]
    [InlineData(ResetMethod.PowerState)]
    [InlineData(ResetMethod.SecondaryBus)]
    public void J3_After_a_reset_of_any_kind_the_function_is_not_asked_for_100_milliseconds(ResetMethod method)
    {
        _function.WithAf();
        FunctionReset<EcamHostBridge<SimulatedBus>, SimulatedClock> reset = Reset;
        _accesses.Clear();

        ResetResult result = method == ResetMethod.SecondaryBus ? reset.ResetBus(_fixture.Reference.Config(new(0, 1, 0))) : reset.Reset(method);

        Assert.Equal(ResetResult.Done, result);
        Assert.True(_accesses.Count >= 2);
        Assert.Equal(0u, _accesses[^1].Offset);
        Assert.True(_accesses[^1].At - _accesses[^2].At >= 100_000);
        Assert.Equal(method == ResetMethod.FunctionLevel ? 1 : 0, _function.Resets);
        Assert.Equal(method == ResetMethod.AdvancedFeatures ? 1 : 0, _function.OtherResets.Count(name => name == "af"));
        Assert.Equal(method == ResetMethod.PowerState ? 1 : 0, _function.OtherResets.Count(name => name == "power"));
        Assert.Equal(method == ResetMethod.SecondaryBus ? 1 : 0, _port.BusResets);
        Assert.Equal(_port.BusResets, _function.ResetsByBus);
        Assert.Equal(0u, _port.Peek(0x3E, AccessWidth.HalfWord) & 0x40);
    }

    [Fact]
    public void J3_The_bus_is_held_in_reset_for_a_millisecond_at_least()
    {
        List<ulong> written = [];
        _fixture.Reference.Machine.Accessed = (address, isWrite, _) =>
        {
            if (address == HostBridges.ReferenceMachine.Ecam + 0x803E && isWrite)
            {
                written.Add(_fixture.Reference.Machine.PassMicroseconds(0));
            }
        };

        Assert.Equal(ResetResult.Done, Reset.ResetBus(_fixture.Reference.Config(new(0, 1, 0))));

        Assert.Equal(2, written.Count);
        Assert.True(written[1] - written[0] >= 1_000);
    }

    [Fact]
    public void What_resets_most_is_taken_first()
    {
        _function.WithAf();
        Assert.Equal(ResetMethod.FunctionLevel, ResetAbilities.Find(Config).Preferred);
        _function.WithoutFlr().WithAf();
        Assert.Equal(ResetMethod.AdvancedFeatures, ResetAbilities.Find(Config).Preferred);
        _function.Set(ShapedFunction.Af + 3, AccessWidth.Byte, 0x01);
        Assert.Equal(ResetMethod.PowerState, ResetAbilities.Find(Config).Preferred);
        _function.Set(0x44, AccessWidth.Byte, 0x08);
        Assert.Equal(ResetMethod.None, ResetAbilities.Find(Config).Preferred);
    }

    [Fact]
    public void A_function_that_asks_to_be_asked_again_is()
    {
        FunctionReset<EcamHostBridge<SimulatedBus>, SimulatedClock> reset = Reset;
        _function.Retries = 20;

        Assert.Equal(ResetResult.Done, reset.Reset(ResetMethod.FunctionLevel));
        Assert.Equal(0, _function.Retries);

        _function.Retries = int.MaxValue;
        ulong before = _fixture.Reference.Machine.PassMicroseconds(0);
        Assert.Equal(ResetResult.NotReady, reset.Reset(ResetMethod.FunctionLevel));
        Assert.Equal(0u, reset.FailedRegister);
        Assert.Equal(1u, reset.FailedValue);
        Assert.InRange(_fixture.Reference.Machine.PassMicroseconds(0) - before, 1_000_000UL, 2_000_000UL);
    }

    [Fact]
    public void A_function_whose_requests_are_never_answered_is_not_reset_and_the_register_says_so()
    {
        FunctionReset<EcamHostBridge<SimulatedBus>, SimulatedClock> reset = Reset;
        _function.IsBusy = true;

        Assert.Equal(ResetResult.NotAtRest, reset.Reset(ResetMethod.FunctionLevel));

        Assert.Equal(0, _function.Resets);
        Assert.Equal(0x9Au, reset.FailedRegister);
        Assert.Equal(0x20u, reset.FailedValue & 0x20);
    }

    [Fact]
    public void A_function_that_has_gone_is_not_waited_for()
    {
        FunctionReset<EcamHostBridge<SimulatedBus>, SimulatedClock> reset = Reset;
        _function.IsPresent = false;
        ulong before = _fixture.Reference.Machine.PassMicroseconds(0);

        Assert.Equal(ResetResult.NotReady, reset.WaitForRest());

        Assert.InRange(_fixture.Reference.Machine.PassMicroseconds(0) - before, 0UL, 1_000UL);
    }

    [Fact]
    public void A_power_state_that_is_not_taken_is_no_reset()
    {
        FunctionReset<EcamHostBridge<SimulatedBus>, SimulatedClock> reset = Reset;
        _function.Set(0x44, AccessWidth.HalfWord, 0);

        Assert.Equal(ResetResult.NotTaken, reset.Reset(ResetMethod.PowerState));
        Assert.Equal(0x44u, reset.FailedRegister);
    }

    [Fact]
    public void A_port_that_does_not_take_a_bus_reset_is_no_reset()
    {
        FunctionReset<EcamHostBridge<SimulatedBus>, SimulatedClock> reset = Reset;
        _fixture.Reference.Functions.Add(new(0, 1, 0), new HostBridges.BareFunction());

        Assert.Equal(ResetResult.NotTaken, reset.ResetBus(_fixture.Reference.Config(new(0, 1, 0))));
        Assert.Equal(0x3Eu, reset.FailedRegister);
    }

    [Fact]
    public void What_a_function_cannot_do_is_not_tried()
    {
        _function.WithoutFlr();
        FunctionReset<EcamHostBridge<SimulatedBus>, SimulatedClock> reset = Reset;
        _function.Trace.Clear();

        Assert.Equal(ResetResult.Impossible, reset.Reset(ResetMethod.FunctionLevel));
        Assert.Equal(ResetResult.Impossible, reset.Reset(ResetMethod.AdvancedFeatures));
        Assert.Equal(ResetResult.Impossible, reset.Reset(ResetMethod.None));

        Assert.Empty(_function.Trace.Accesses);
    }
}
