using System.Collections.Generic;
using System.Linq;
using Sluice.Testing.Snapshots;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class SequenceScriptTests
{
    private static readonly DeviceModel Lanes = Read(Repository.Read("tests", "Sluice.Generators.Tests", "Drivers", "lanes.svd"));

    [Theory]
    [InlineData(ScriptKind.UBoot)]
    [InlineData(ScriptKind.Xsdb)]
    public void Is_what_was_agreed(ScriptKind kind)
        => Snapshot.Match(Written("PCIE", kind, ("Lane", 2)), "txt", kind.ToString());

    [Theory]
    [InlineData(ScriptKind.UBoot)]
    [InlineData(ScriptKind.Xsdb)]
    public void A_failure_in_what_undoes_is_ignored(ScriptKind kind)
        => Snapshot.Match(Written("TWICE", kind), "txt", kind.ToString());

    [Fact]
    public void What_an_argument_decides_is_decided_when_the_script_is_written()
    {
        string script = Written("PHY.LANE", ScriptKind.Xsdb, ("Lane", 0), ("Protocol", 2), ("Reference", 0x7D));
        Assert.Contains("\nsluice_write 0x1080 h 0x7D\n", Unindented(script), System.StringComparison.Ordinal);
        Assert.DoesNotContain("0x64", script, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PCI", "there is no sequence 'PCI'. Did you mean 'PCIE'?")]
    [InlineData("PCIE", "the argument 'Lane' is not given")]
    [InlineData("PCIE", "the argument 'Lane' lies between 0x0 and 0x3", "Lane=4")]
    [InlineData("PCIE", "there is no argument 'Lame'. Did you mean 'Lane'?", "Lane=0", "Lame=1")]
    public void What_cannot_be_written_is_told(string name, string problem, params string[] arguments)
    {
        Dictionary<string, ulong> numbers = arguments.Select(argument => argument.Split('=')).ToDictionary(pair => pair[0], pair => ulong.Parse(pair[1], null));
        ScriptResult result = SequenceScript.Write(Lanes, name, numbers, ScriptKind.UBoot);
        Assert.Null(result.Text);
        Assert.Equal(problem, result.Problem);
    }

    [Fact]
    public void A_block_that_is_placed_at_run_time_has_no_script()
    {
        DeviceModel device = Read(
            """
            <peripheral xmlns:trap="urn:sluice:trap" trap:capability="1"><name>PM</name><registers>
            <register><name>R</name><addressOffset>0</addressOffset></register>
            </registers><trap:sequence name="S"><trap:write register="R" value="1"/></trap:sequence></peripheral>
            """);
        Assert.Equal(
            "the block 'PM' is placed at run time, so that a script cannot know its address",
            SequenceScript.Write(device, "PM.S", new Dictionary<string, ulong>(), ScriptKind.UBoot).Problem);
    }

    [Fact]
    public void A_script_does_not_grow_without_end()
    {
        string levels = string.Concat(Enumerable.Range(0, 15).Select(
            level => System.FormattableString.Invariant($"<trap:sequence name=\"S{level}\">{string.Concat(Enumerable.Repeat($"<trap:call sequence=\"S{level + 1}\"/>", 8))}</trap:sequence>")));
        DeviceModel device = Read(Description.WithRegisters(
            "<register><name>R</name><addressOffset>0</addressOffset></register>",
            levels + "<trap:sequence name=\"S15\"><trap:write register=\"R\" value=\"1\"/></trap:sequence>"));
        Assert.Equal("the script would have more than 100000 steps", SequenceScript.Write(device, "B.S0", new Dictionary<string, ulong>(), ScriptKind.Xsdb).Problem);
    }

    [Fact]
    public void What_a_description_says_cannot_leave_its_comment()
    {
        DeviceModel device = Read(Description.WithRegisters(
            "<register><name>R+;x</name><addressOffset>0</addressOffset></register>",
            "<trap:sequence name=\"S\" description=\"a&#x2028;b&#10;reset $x [exit] `y`\" source=\"&quot;\\\"><trap:poll register=\"R+;x\" value=\"1\" timeout=\"0\"/></trap:sequence>"));
        foreach (ScriptKind kind in new[] { ScriptKind.UBoot, ScriptKind.Xsdb })
        {
            string[] lines = SequenceScript.Write(device, "B.S", new Dictionary<string, ulong>(), kind).Text!.Split('\n');
            Assert.StartsWith("# a", lines[1], System.StringComparison.Ordinal);
            Assert.Equal("# source: ??", lines[2]);
            Assert.DoesNotContain(lines[3..], line => line.Contains("B.R+", System.StringComparison.Ordinal));
            Assert.Contains("(exit) ?y?", lines[1], System.StringComparison.Ordinal);
        }
    }

    private static string Written(string name, ScriptKind kind, params (string Name, ulong Value)[] arguments)
    {
        ScriptResult result = SequenceScript.Write(Lanes, name, arguments.ToDictionary(argument => argument.Name, argument => argument.Value), kind);
        Assert.Null(result.Problem);
        return result.Text!;
    }

    private static string Unindented(string script) => string.Join('\n', script.Split('\n').Select(line => line.Trim()));

    private static DeviceModel Read(string text)
    {
        DescriptionResult result = Description.Read(text);
        Assert.Equal([], result.Problems.Select(problem => problem.ToString()));
        return result.Model!;
    }
}
