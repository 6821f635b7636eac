using System;
using System.IO;
using Xunit;

namespace Sluice.Tool.Tests;

public class ScriptTests
{
    private static readonly string Lanes = Path.Combine(Repository.Root, "tests", "Sluice.Generators.Tests", "Drivers", "lanes.svd");

    [Fact]
    public void A_sequence_is_written_for_who_is_named()
    {
        ToolRun boot = ToolRun.Of("script", Lanes, "PCIE", "--set", "Lane=2");
        Assert.Equal((0, ""), (boot.ExitCode, boot.Error));
        Assert.Contains("\nmw.l 0x1020 0x1\n", boot.Output, StringComparison.Ordinal);
        ToolRun debugger = ToolRun.Of("script", Lanes, "PCIE", "--set", "Lane=0x3", "--for", "xsdb");
        Assert.Contains("sluice_write 0x1030 w 0x1\n", debugger.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_name_the_sequences_are_listed_with_their_arguments()
        => Assert.Equal(
            "PCIE Lane=0x0..0x3\nTWICE\nPHY.LANE Lane=0x0..0x3 Protocol=0x1..0x2 Reference=0x0..0xFFFF\nPHY.PAIR Protocol=0x1..0x2 Clock=0x0..0xFFFF\n",
            ToolRun.Of("script", Lanes).Output);

    [Theory]
    [InlineData("the argument 'Lane' is not given", "PCIE")]
    [InlineData("the argument 'Lane' lies between 0x0 and 0x3", "PCIE", "--set", "Lane=4")]
    [InlineData("--set takes Name=number", "PCIE", "--set", "Lane")]
    [InlineData("--set takes Name=number", "PCIE", "--set", "Lane=1", "--set", "Lane=1")]
    [InlineData("--set takes Name=number", "PCIE", "--set", "Lane=-1")]
    [InlineData("there is no sequence 'PCI'", "PCI")]
    public void What_makes_no_sense_gives_exit_code_2_and_one_line(string reason, params string[] arguments)
    {
        ToolRun run = ToolRun.Of(["script", Lanes, .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("sluice: " + reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_with_errors_has_no_scripts()
    {
        using Folder folder = new();
        ToolRun run = ToolRun.Of("script", folder.Add("registers.xml", Samples.Open), "X");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has errors: see sluice check", run.Error, StringComparison.Ordinal);
    }
}
