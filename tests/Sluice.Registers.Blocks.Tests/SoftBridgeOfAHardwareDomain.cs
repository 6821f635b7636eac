using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>What a hardware domain that brings the soft AXI-PCIe bridge up can do with it.</summary>
public sealed class SoftBridgeOfAHardwareDomain
{
    private const string Party = "hardware-domain";

    [Theory]
    [InlineData("IDR")]
    [InlineData("IMR")]
    [InlineData("RPSC")]
    [InlineData("RPEFR")]
    [InlineData("RPIFR1")]
    public void Interrupts_queues_and_the_switch_of_the_bridge_go_through_hooks(string register)
        => Assert.True(Boards.Policy("AxiPcie", Party, register) is { Kind: PolicyKind.Hooked, HooksWrite: true });

    [Theory]
    [InlineData("RPEFR")]
    [InlineData("RPIFR1")]
    [InlineData("RPIFR2")]
    public void What_waits_in_the_queues_is_given_out_by_a_hook(string register)
        => Assert.True(Boards.Policy("AxiPcie", Party, register).HooksRead);

    [Fact]
    public void Where_messages_go_is_shadowed()
        => Assert.All(["RPMSIB1", "RPMSIB2"], static register => Assert.Equal(PolicyKind.Emulated, Boards.Policy("AxiPcie", Party, register).Kind));

    [Fact]
    public void Nothing_is_written_past_a_hook()
    {
        EquatableArray<PolicyModel> policies = Boards.View("AxiPcie", Party).Policies;
        Assert.Equal(Boards.Block("AxiPcie").Registers.Count, policies.Count);
        Assert.All(policies.Where(static policy => policy.Kind == PolicyKind.Passthrough), static policy => Assert.Equal(0ul, policy.Writable));
    }
}
