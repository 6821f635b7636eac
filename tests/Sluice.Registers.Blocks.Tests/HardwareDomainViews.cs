using System;
using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>What a hardware domain that brings the NWL bridge up can do with it.</summary>
public sealed class HardwareDomainViews
{
    private const string Party = "hardware-domain";

    [Theory]
    [InlineData("E_BREG_BASE_LO")]
    [InlineData("E_ECAM_BASE_LO")]
    [InlineData("I_MSII_BASE_LO")]
    [InlineData("I_MSII_BASE_HI")]
    [InlineData("TRAN_INGRESS_DST_BASE_LO")]
    [InlineData("TRAN_EGRESS_SRC_BASE_HI")]
    public void Where_windows_lie_is_shadowed(string register)
        => Assert.Equal(PolicyKind.Emulated, Boards.Policy("NwlBridge", Party, register).Kind);

    [Theory]
    [InlineData("E_BREG_CONTROL")]
    [InlineData("E_ECAM_CONTROL")]
    [InlineData("I_MSII_CONTROL")]
    [InlineData("TRAN_INGRESS_CONTROL")]
    [InlineData("TRAN_EGRESS_CONTROL")]
    public void Opening_a_window_goes_through_a_hook(string register)
    {
        PolicyModel policy = Boards.Policy("NwlBridge", Party, register);

        Assert.Equal(PolicyKind.Hooked, policy.Kind);
        Assert.True(policy.HooksWrite);
    }

    [Fact]
    public void The_bridge_is_never_opened_to_the_link()
    {
        PolicyModel policy = Boards.Policy("NwlBridge", Party, "BRIDGE_CORE_CFG_PCIE_RX0");
        SanitizerModel bar = policy.Sanitizers.Single();

        Assert.Equal(0x7UL, policy.Writable);
        Assert.Equal((SanitizerKind.Range, 7UL, 7UL, true), (bar.Kind, bar.Minimum, bar.Maximum, bar.Clamps));
    }

    [Fact]
    public void The_receive_fifo_and_outgoing_messages_are_the_hypervisors()
    {
        BlockModel block = Boards.Block("NwlBridge");
        string[] seen = Boards.View("NwlBridge", Party).Policies
            .Select(policy => block.Registers[policy.Register].Name)
            .Where(name => name.StartsWith("MSGF_RX_FIFO", StringComparison.Ordinal)
                || name.StartsWith("TX_PCIE_MSG", StringComparison.Ordinal)
                || name.StartsWith("E_DREG", StringComparison.Ordinal))
            .ToArray();

        Assert.Empty(seen);
        Assert.Equal(0UL, Boards.Policy("NwlBridge", Party, "MSGF_MISC_STATUS").Writable & 0x3);
    }

    [Fact]
    public void A_guest_of_the_bridge_sees_its_msi_controller_and_nothing_else()
    {
        BlockModel block = Boards.Block("NwlBridge");
        PolicyModel[] policies = Boards.View("NwlBridge", "guest").Policies.ToArray();

        Assert.Equal(12, policies.Length);
        Assert.All(policies, policy => Assert.InRange(block.Registers[policy.Register].Offset, 0x300u, 0x44Cu));
        Assert.All(policies, policy => Assert.NotEqual(PolicyKind.Passthrough, policy.Kind));
    }
}
