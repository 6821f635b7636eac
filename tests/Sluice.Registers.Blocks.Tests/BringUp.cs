using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

public class BringUp
{
    [Fact]
    public void Every_sequence_says_where_its_steps_come_from()
    {
        List<SequenceModel> sequences = [.. Boards.Blocks.SelectMany(block => block.Sequences), .. Boards.Results.SelectMany(result => result.Model!.Sequences)];
        Assert.NotEmpty(sequences);
        Assert.DoesNotContain("", sequences.Select(sequence => sequence.Source));
    }

    [Theory]
    [InlineData("NWL_BRIDGE", "MSI_ENABLE", "MSGF_MSI_STATUS_LO", "MSGF_MSI_MASK_LO")]
    [InlineData("NWL_BRIDGE", "MSI_ENABLE", "MSGF_MSI_STATUS_HI", "MSGF_MSI_MASK_HI")]
    [InlineData("NWL_BRIDGE", "ECAM_INIT", "MSGF_MISC_STATUS", "MSGF_MISC_MASK")]
    public void Old_events_are_dropped_before_their_interrupt_is_let_through(string blockName, string sequence, string status, string mask)
    {
        List<(string Register, StepModel Step)> steps = Steps(blockName, sequence);
        int dropped = steps.FindIndex(step => step.Register == status && step.Step.Kind == StepKind.Write);
        int closed = steps.FindIndex(step => step.Register == mask && step.Step.Value == 0);
        int opened = steps.FindIndex(step => step.Register == mask && step.Step.Value != 0);
        Assert.InRange(closed, 0, dropped - 1);
        Assert.InRange(opened, dropped + 1, steps.Count - 1);
    }

    [Fact]
    public void The_smmu_is_off_before_it_gets_tables_and_acknowledges_each_switch()
    {
        Assert.Equal(["CR0", "CR0", "CR0ACK"], Steps("SMMUV3", "RESET").Take(3).Select(step => step.Register));
        foreach (string sequence in new[] { "RESET", "EVENTS", "TRANSLATION" })
        {
            List<(string Register, StepModel Step)> all = Steps("SMMUV3", sequence);
            Assert.All(
                Enumerable.Range(0, all.Count).Where(index => all[index].Register == "CR0" && all[index].Step.Kind != StepKind.If),
                index => Assert.Equal(("CR0ACK", StepKind.Poll), (all[index + 1].Register, all[index + 1].Step.Kind)));
        }
    }

    [Fact]
    public void An_smmu_that_is_on_aborts_before_it_is_switched_off()
    {
        (string register, StepModel first) = Steps("SMMUV3", "RESET")[0];
        Assert.Equal(("CR0", StepKind.If, 1ul), (register, first.Kind, first.Value));
        Assert.Equal(["GBPA_ABORT"], first.Steps.Select(step => step.Callee));
        Assert.Equal([StepKind.Poll, StepKind.Modify, StepKind.Poll], Steps("SMMUV3", "GBPA_ABORT").Select(step => step.Step.Kind));
    }

    [Fact]
    public void Only_bits_that_mean_interrupts_acknowledge_them()
    {
        foreach (string sequence in new[] { "EVENTS", "INTERRUPTS" })
        {
            List<(string Register, StepModel Step)> polls = [.. Steps("SMMUV3", sequence).Where(step => step.Register == "IRQ_CTRL_ACK")];
            Assert.NotEmpty(polls);
            Assert.All(polls, step => Assert.True(ulong.IsPow2(step.Step.Mask)));
        }
    }

    [Fact]
    public void An_smmu_500_lets_its_actlr_be_written_before_it_writes_it()
    {
        List<(string Register, StepModel Step)> steps = Steps("SMMU500", "RESET");
        int opened = steps.FindIndex(step => step.Register == "SMMU_SACR" && step.Step.Kind == StepKind.Modify);
        Assert.InRange(opened, 0, steps.FindIndex(step => step.Register == "SMMU_CB_ACTLR") - 1);
        Assert.Equal(StepKind.Call, steps[^1].Step.Kind);
    }

    [Fact]
    public void Where_a_stream_goes_is_settled_before_it_matches()
    {
        string[] stream = [.. Steps("SMMU500", "STREAM").Select(step => step.Register)];
        Assert.Equal(["SMMU_SMR", "SMMU_S2CR", "SMMU_SMR"], stream);
    }

    [Theory]
    [InlineData("GT_PCIE", "CRF_APB")]
    [InlineData("GT_SATA", "CRF_APB")]
    [InlineData("GT_DP", "DISPLAY_PORT")]
    [InlineData("GT_USB3", "CRL_APB")]
    [InlineData("GT_SGMII", "CRL_APB")]
    public void A_lane_changes_only_while_its_controller_is_in_reset_and_is_switched_off_when_it_fails(string name, string resets)
    {
        DeviceModel device = Zynqmp;
        SequenceModel sequence = device.Sequences.Single(candidate => candidate.Name == name);
        List<StepModel> steps = [.. sequence.Steps];
        int lane = steps.FindIndex(step => step.Callee.StartsWith("LANE_", System.StringComparison.Ordinal));
        StepModel first = steps[0].Kind == StepKind.If ? steps[0].Steps[0] : steps[0];
        Assert.Equal(resets, device.Blocks[first.Block].Name);
        Assert.All(first.Settings, setting => Assert.NotEqual(0ul, setting.Value));
        Assert.True(lane > 0);
        Assert.Contains(steps.Skip(lane).SelectMany(step => (StepModel[])[step, .. step.Steps]), step => step.Callee == "LANE_LOCKED");
        Assert.Contains(
            sequence.Undo,
            step => step.Callee == "PCIE_OFF" || (step.Callee == "LANE_PROTOCOL" && step.Passes.Single(pass => pass.Name == "Protocol") is { From: "", Value: 0 }));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    public void Display_port_waits_for_the_pll_of_its_controllers_first_lane(ulong lane, int pll)
    {
        Dictionary<string, ulong> arguments = ZynqmpLanes.Arguments("GT_DP");
        arguments["Lane"] = lane;
        string script = SequenceScript.Write(Zynqmp, "GT_DP", arguments, ScriptKind.Xsdb).Text!;
        string[] polls = [.. script.Split('\n').Where(line => line.Contains("Ln_PLL_STATUS", System.StringComparison.Ordinal))];
        Assert.Contains("PS_GTR.Ln_PLL_STATUS_READ_1." + pll + " ", Assert.Single(polls), System.StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_usb_controller_is_not_brought_up_on_the_lane_of_the_second()
    {
        Dictionary<string, ulong> arguments = ZynqmpLanes.Arguments("GT_USB3");
        arguments["Lane"] = 3;
        Assert.NotNull(SequenceScript.Write(Zynqmp, "GT_USB3", arguments, ScriptKind.Xsdb).Problem);
    }

    private static DeviceModel Zynqmp => Boards.Results.Single(result => result.Model!.Name == "ZYNQMP").Model!;

    private static List<(string Register, StepModel Step)> Steps(string blockName, string sequence)
    {
        BlockModel block = Boards.Blocks.First(candidate => candidate.Name == blockName);
        return [.. block.Sequences.Single(candidate => candidate.Name == sequence).Steps.Select(step => (step.Register < 0 ? "" : block.Registers[step.Register].Name, step))];
    }
}
