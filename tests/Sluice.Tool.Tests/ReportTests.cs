using System;
using Xunit;

namespace Sluice.Tool.Tests;

public class ReportTests
{
    private const string Chip =
        "<device><name>D</name><peripherals><peripheral><name>UART</name><baseAddress>0</baseAddress><resetValue>0</resetValue><registers>\n"
        + "<register><name>CTRL</name><addressOffset>0</addressOffset></register></registers></peripheral></peripherals></device>";

    private const string Overlay =
        "<trap:overlay xmlns:trap=\"urn:sluice:trap\" of=\"chip.svd\" source=\"the manual\"><trap:peripheral of=\"UART\">"
        + "<trap:register of=\"CTRL\"><access>read-only</access></trap:register></trap:peripheral></trap:overlay>";

    [Fact]
    public void It_lists_what_is_unsaid_with_places()
    {
        using Folder folder = new();
        ToolRun run = ToolRun.Of("report", folder.Add("chip.svd", Chip));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            "UART: 1 registers, 0 fields; 1 register(s) without access, 1 register(s) without source, 1 writable field(s) without write effect\n"
                + "  chip.svd(2,2): UART.CTRL: no access, read-write is assumed\n"
                + "  chip.svd(2,2): UART.CTRL: no source\n"
                + "  chip.svd(2,2): UART.CTRL: no write effect, plain storage is assumed\n"
                + "In all: 1 registers, 3 things unsaid\n",
            run.OutputIn(folder));
    }

    [Fact]
    public void What_a_broken_description_keeps_out_of_the_report_is_said()
    {
        using Folder folder = new();
        ToolRun run = ToolRun.Of("report", folder.Add("registers.xml", Chip.Replace("<resetValue>0</resetValue>", "<resetValeu>0</resetValeu>", StringComparison.Ordinal)));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("registers.xml' has errors, and what they are about is not in the report: see sluice check", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chip.overlay.xml", false)]
    [InlineData("more.xml", true)]
    public void An_overlay_beside_the_description_or_named_is_applied(string name, bool isNamed)
    {
        using Folder folder = new();
        string chip = folder.Add("chip.svd", Chip);
        string overlay = folder.Add(name, Overlay);
        ToolRun run = isNamed ? ToolRun.Of("report", chip, overlay) : ToolRun.Of("report", chip);
        Assert.Equal("UART: 1 registers, 0 fields; nothing unsaid\nIn all: 1 registers, 0 things unsaid\n", run.Output);
    }

    [Fact]
    public void An_overlay_of_another_description_is_no_business_of_this_one_and_one_of_none_is_reported()
    {
        using Folder folder = new();
        string chip = folder.Add("chip.svd", Chip);
        folder.Add("other.svd", Chip);
        folder.Add("other.overlay.xml", Overlay.Replace("chip.svd", "other.svd", StringComparison.Ordinal));
        Assert.Equal(0, ToolRun.Of("check", chip).ExitCode);
        Assert.Contains("3 things unsaid", ToolRun.Of("report", chip).Output, StringComparison.Ordinal);

        folder.Add("third.overlay.xml", Overlay.Replace("chip.svd", "third.svd", StringComparison.Ordinal));
        ToolRun run = ToolRun.Of("check", chip);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("SLU1059", run.Output, StringComparison.Ordinal);
    }
}
