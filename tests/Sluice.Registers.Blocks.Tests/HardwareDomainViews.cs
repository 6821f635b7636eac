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
    public void A_guest_s_own_bridge_never_reaches_hardware_and_has_neither_translations_nor_outgoing_messages()
    {
        BlockModel block = Boards.Block("NwlBridge");
        PolicyModel[] policies = Boards.View("NwlBridge", "guest").Policies.ToArray();

        Assert.All(policies, policy => Assert.InRange(block.Registers[policy.Register].Offset, 0u, 0x480u));
        Assert.All(policies, policy => Assert.NotEqual(PolicyKind.Passthrough, policy.Kind));
        Assert.All(Boards.View("NwlAttributes", "guest").Policies, policy => Assert.Equal(PolicyKind.Emulated, policy.Kind));
    }

    [Fact]
    public void What_belongs_to_one_lane_passes_by_whoever_is_told_where_each_access_goes()
    {
        BlockModel block = Boards.Block("PsGtr");
        PolicyModel[] lanes = [.. Boards.View("PsGtr", Party).Policies.Where(policy => block.Registers[policy.Register].Dimension.IsArray)];
        Assert.Equal(23, lanes.Length);
        Assert.All(lanes, policy => Assert.Equal(PolicyKind.Passthrough, policy.Kind));
        Assert.All(lanes, policy => Assert.Equal(0x4000u, block.Registers[policy.Register].Dimension.StrideBytes));
    }

    [Fact]
    public void Nothing_that_all_lanes_share_passes()
    {
        BlockModel block = Boards.Block("PsGtr");
        string[] passed =
        [
            .. Boards.View("PsGtr", Party).Policies
                .Where(policy => policy is { Kind: PolicyKind.Passthrough, Writable: not 0 } && !block.Registers[policy.Register].Dimension.IsArray)
                .Select(policy => block.Registers[policy.Register].Name),
        ];
        Assert.Equal(
            ["L0_L0_REF_CLK_SEL", "L0_L1_REF_CLK_SEL", "L0_L2_REF_CLK_SEL", "L0_L3_REF_CLK_SEL", "PLL_REF_SEL0", "PLL_REF_SEL1", "PLL_REF_SEL2", "PLL_REF_SEL3"],
            passed.Order(StringComparer.Ordinal));
        Assert.Equal(PolicyKind.Emulated, Boards.Policy("PsGtr", Party, "TM_CMN_RST").Kind);
        string[] seen = [.. Boards.View("PsGtr", Party).Policies.Select(policy => block.Registers[policy.Register].Name)];
        Assert.DoesNotContain(seen, name => name.Contains("BIST", StringComparison.Ordinal) || name.StartsWith("UPHY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CrfApb", "RST_FPD_TOP", 0xF0002)]
    [InlineData("CrlApb", "RST_LPD_TOP", 0xFC0)]
    [InlineData("CrlApb", "RST_LPD_IOU0", 0xF)]
    public void Of_the_resets_only_those_of_controllers_that_can_be_owned_are_there(string block, string register, ulong bits)
    {
        PolicyModel policy = Boards.Policy(block, Party, register);
        Assert.Equal((PolicyKind.Hooked, bits, bits), (policy.Kind, policy.Writable, policy.Visible));
    }

    [Theory]
    [InlineData("CrfApb", 1)]
    [InlineData("CrlApb", 2)]
    [InlineData("Siou", 1)]
    [InlineData("NwlAttributes", 1)]
    public void Clocks_and_what_is_everybodys_are_not_there(string block, int registers)
        => Assert.Equal(registers, Boards.View(block, Party).Policies.Count);

    [Fact]
    public void Sata_is_given_a_lane_of_the_domain_only()
    {
        SanitizerModel lane = Assert.Single(Boards.Policy("Siou", Party, "SATA_MISC_CTRL").Sanitizers);
        Assert.Equal(SanitizerKind.OwnedIndex, lane.Kind);
    }

    [Fact]
    public void The_smmu_offers_no_translation_and_takes_no_write()
        => Assert.All(
            Boards.View("Smmu500", Party).Policies,
            policy => Assert.Equal((PolicyKind.Constant, Boards.Block("Smmu500").Registers[policy.Register].Name == "SMMU_SCR0" ? 1ul : 0ul), (policy.Kind, policy.ResetValue)));
}
