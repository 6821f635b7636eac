using System.Collections.Generic;
using System.Text;
using Sluice.Registers.Blocks.Tests.Zynqmp;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>The MMU-500 that is described has what its sequences rest on.</summary>
public sealed class SmmuIdentification
{
    private const uint CoherentWalks = 1u << 14;
    private const uint Stage2 = 1u << 29;
    private const uint StreamMatching = 1u << 27;
    private const uint PrivateMachineIds = 1u << 11;

    private static readonly ulong _reset = Boards.Register("Smmu500", "SMMU_SIDR0").ResetValue;

    [Fact]
    public void The_described_instance_passes_though_its_table_walks_are_not_coherent()
    {
        Assert.Equal(0ul, _reset & CoherentWalks);
        Assert.True(Identify(_reset, out _));
    }

    [Theory]
    [InlineData(Stage2)]
    [InlineData(StreamMatching)]
    public void An_instance_without_stage_2_or_stream_matching_does_not_pass(uint missing)
    {
        Assert.False(Identify(_reset & ~missing, out SequenceFailure failure));
        Assert.Equal(missing, failure.Mask);
        Assert.EndsWith("SMMU_SIDR0", Encoding.ASCII.GetString(failure.Name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(PrivateMachineIds)]
    public void Switching_it_on_leaves_the_bit_that_only_one_side_has(uint before)
    {
        RegisterModelBus bus = new(new Dictionary<ulong, ulong> { [Smmu500.BaseAddress] = 0x200001 | before });
        Assert.True(Smmu500.TryEnable(Registers(bus), default(HurriedClock), out _));
        Assert.Equal(before, bus.Values[Smmu500.BaseAddress] & (PrivateMachineIds | 1));
    }

    private static bool Identify(ulong identification, out SequenceFailure failure)
    {
        RegisterModelBus bus = new(new Dictionary<ulong, ulong> { [Smmu500.BaseAddress + Smmu500.Offsets.Sidr0] = identification });
        return Smmu500.TryIdentify(Registers(bus), default(HurriedClock), out failure);
    }

    private static Smmu500.Registers<RegisterModelBus> Registers(RegisterModelBus bus) => new(bus, new RegisterAddress(Smmu500.BaseAddress));
}
