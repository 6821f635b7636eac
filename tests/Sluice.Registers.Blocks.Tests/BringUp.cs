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
        List<SequenceModel> sequences = [.. Boards.Blocks.SelectMany(block => block.Sequences)];
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
        List<(string Register, StepModel Step)> steps = Steps("SMMUV3", "RESET");
        Assert.Equal(["CR0", "CR0ACK"], steps.Take(2).Select(step => step.Register));
        foreach (string sequence in new[] { "RESET", "EVENTS", "TRANSLATION" })
        {
            List<(string Register, StepModel Step)> all = Steps("SMMUV3", sequence);
            Assert.All(
                Enumerable.Range(0, all.Count).Where(index => all[index].Register == "CR0"),
                index => Assert.Equal(("CR0ACK", StepKind.Poll), (all[index + 1].Register, all[index + 1].Step.Kind)));
        }
    }

    private static List<(string Register, StepModel Step)> Steps(string blockName, string sequence)
    {
        BlockModel block = Boards.Blocks.First(candidate => candidate.Name == blockName);
        return [.. block.Sequences.Single(candidate => candidate.Name == sequence).Steps.Select(step => (step.Register < 0 ? "" : block.Registers[step.Register].Name, step))];
    }
}
