using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class SequenceRuleTests
{
    [Fact]
    public void A_sequence_is_read_step_by_step()
    {
        BlockModel block = Description.Block(WithSteps(
            """
            <trap:write register="CTRL" argument="Control"/>
            <trap:write register="CTRL"><trap:set field="MODE" value="2"/><trap:set field="EVENT" value="1"/></trap:write>
            <trap:modify register="CTRL"><trap:set field="MODE" value="1"/></trap:modify>
            <trap:poll register="STATUS" field="READY" value="1" timeout="1000" interval="10"/>
            <trap:poll register="STATUS" value="0x8" timeout="0"/>
            <trap:delay microseconds="50"/>
            <trap:write register="BUF" element="3" value="0xFF"/>
            """));
        SequenceModel sequence = Assert.Single(block.Sequences);
        Assert.Equal(("BRING_UP", "BringUp", "first"), (sequence.Name, sequence.TypeName, sequence.Description));
        Assert.Equal(
            [
                new StepModel(StepKind.Write, 0, null, 0, 0, "Control", default, 0, 0),
                new StepModel(StepKind.Write, 0, null, 0, 0, "", new([new(0, 2), new(1, 1)]), 0, 0),
                new StepModel(StepKind.Modify, 0, null, 0, 0, "", new([new(0, 1)]), 0, 0),
                new StepModel(StepKind.Poll, 1, null, 0x10, 0x10, "", default, 1000, 10),
                new StepModel(StepKind.Poll, 1, null, 0xFFFF_FFFF, 8, "", default, 0, 0),
                new StepModel(StepKind.Delay, -1, null, 0, 0, "", default, 50, 0),
                new StepModel(StepKind.Write, 3, 3, 0, 0xFF, "", default, 0, 0),
            ],
            sequence.Steps);
    }

    [Fact]
    public void A_poll_without_a_bound_is_reported()
        => Marked.Check(WithSteps("<{|SLU1050:trap:poll|} register=\"STATUS\" field=\"READY\" value=\"1\"/>"));

    [Theory]
    [InlineData("<{|SLU1051:trap:write|} register=\"STATUS\" value=\"1\"/>")]
    [InlineData("<{|SLU1051:trap:poll|} register=\"KICK\" value=\"1\" timeout=\"1\"/>")]
    [InlineData("<{|SLU1051:trap:modify|} register=\"CTRL\"/>")]
    [InlineData("<{|SLU1051:trap:write|} register=\"CTRL\"/>")]
    [InlineData("<{|SLU1051:trap:write|} register=\"CTRL\" value=\"1\" argument=\"A\"/>")]
    [InlineData("<{|SLU1051:trap:write|} register=\"CTRL\" value=\"1\"><trap:set field=\"MODE\" value=\"1\"/></trap:write>")]
    [InlineData("<trap:write register=\"CTRL\"><trap:set field=\"MODE\" value=\"{|SLU1051:4|}\"/></trap:write>")]
    [InlineData("<trap:write register=\"CTRL\"><trap:set field=\"MODE\" value=\"1\"/><trap:set field=\"{|SLU1051:MODE|}\" value=\"1\"/></trap:write>")]
    [InlineData("<trap:write register=\"CTRL\"><trap:set field=\"{|SLU1051:FIXED|}\" value=\"1\"/></trap:write>")]
    [InlineData("<trap:modify register=\"CTRL\"><trap:set field=\"{|SLU1051:EVENT|}\" value=\"1\"/></trap:modify>")]
    [InlineData("<trap:poll register=\"STATUS\" field=\"READY\" value=\"{|SLU1051:2|}\" timeout=\"1\"/>")]
    [InlineData("<trap:write register=\"CTRL\" element=\"{|SLU1051:0|}\" value=\"1\"/>")]
    [InlineData("<trap:write register=\"BUF\" element=\"{|SLU1051:4|}\" value=\"1\"/>")]
    [InlineData("<trap:write register=\"CTRL\" argument=\"A\"/><trap:write register=\"BUF\" argument=\"{|SLU1051:A|}\"/>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"4\"/><trap:write register=\"BUF\" index=\"{|SLU1051:A|}\" value=\"1\"/>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"3\"/><trap:write register=\"BUF\" element=\"0\" index=\"{|SLU1051:A|}\" value=\"1\"/>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"3\"/><trap:write register=\"CTRL\" index=\"{|SLU1051:A|}\" value=\"1\"/>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"3\"/><trap:argument name=\"{|SLU1051:A|}\" maximum=\"3\"/>")]
    [InlineData("<trap:argument name=\"{|SLU1051:A|}\" minimum=\"4\" maximum=\"3\"/>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"4\"/><trap:write register=\"CTRL\"><trap:set field=\"MODE\" argument=\"{|SLU1051:A|}\"/></trap:write>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"9\"/><trap:write register=\"CTRL\"><trap:set field=\"MODE\" argument=\"A\" bits=\"{|SLU1051:[3:1]|}\"/></trap:write>")]
    [InlineData("<trap:write register=\"CTRL\"><{|SLU1051:trap:set|} field=\"MODE\"/></trap:write>")]
    [InlineData("<trap:write register=\"CTRL\"><{|SLU1051:trap:set|} field=\"MODE\" value=\"1\" bits=\"[1:0]\"/></trap:write>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"0x100000000\"/><trap:write register=\"CTRL\" argument=\"{|SLU1051:A|}\"/>")]
    [InlineData("<{|SLU1051:trap:if|} register=\"BUF\" value=\"1\"/>")]
    [InlineData("<{|SLU1051:trap:read|} register=\"BUF\" into=\"A\"/>")]
    [InlineData("<{|SLU1051:trap:read|} register=\"KICK\" into=\"A\"/>")]
    [InlineData("<{|SLU1051:trap:if|} value=\"1\"/>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"3\"/><trap:if argument=\"{|SLU1051:A|}\" value=\"4\"/>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"3\"/><trap:if argument=\"A\" field=\"{|SLU1051:MODE|}\" value=\"1\"/>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"3\"/><trap:if register=\"CTRL\" argument=\"{|SLU1051:A|}\" value=\"1\"/>")]
    [InlineData("<trap:read register=\"CTRL\" into=\"A\"/><trap:read register=\"CTRL\" into=\"{|SLU1051:A|}\"/>")]
    [InlineData("<trap:call sequence=\"{|SLU1051:BRING_UP|}\"/>")]
    [InlineData("<trap:write register=\"CTRL\" block=\"{|SLU1051:B|}\" value=\"1\"/>")]
    public void A_step_that_its_register_cannot_do_is_reported(string step) => Marked.Check(WithSteps(step));

    [Theory]
    [InlineData("<trap:write register=\"{|SLU1017:CTLR|}\" value=\"1\"/>")]
    [InlineData("<trap:poll register=\"STATUS\" field=\"{|SLU1017:REDY|}\" value=\"1\" timeout=\"1\"/>")]
    [InlineData("<trap:modify register=\"CTRL\"><trap:set field=\"{|SLU1017:MOD|}\" value=\"1\"/></trap:modify>")]
    [InlineData("<trap:write register=\"BUF\" index=\"{|SLU1017:Lane|}\" value=\"1\"/>")]
    [InlineData("<trap:write register=\"CTRL\"><trap:set field=\"MODE\" argument=\"{|SLU1017:Lane|}\"/></trap:write>")]
    [InlineData("<trap:if argument=\"{|SLU1017:Lane|}\" value=\"1\"/>")]
    [InlineData("<trap:if register=\"CTRL\" value=\"1\"><trap:read register=\"CTRL\" field=\"MODE\" into=\"A\"/></trap:if><trap:modify register=\"CTRL\"><trap:set field=\"MODE\" argument=\"{|SLU1017:A|}\"/></trap:modify>")]
    [InlineData("<trap:read register=\"CTRL\" field=\"MODE\" into=\"A\"/><trap:undo><trap:modify register=\"CTRL\"><trap:set field=\"MODE\" argument=\"{|SLU1017:A|}\"/></trap:modify></trap:undo>")]
    [InlineData("<trap:call sequence=\"{|SLU1017:BRING_DOWN|}\"/>")]
    [InlineData("<trap:if register=\"{|SLU1017:CTLR|}\" value=\"1\"/>")]
    [InlineData("<trap:undo><{|SLU1004:trap:poll|} register=\"STATUS\" value=\"1\" timeout=\"1\"/></trap:undo>")]
    [InlineData("<trap:write register=\"CTRL\" value=\"{|SLU1038:0x100000000|}\"/>")]
    [InlineData("<trap:write register=\"CTRL\" argument=\"{|SLU1012:lower|}\"/>")]
    [InlineData("<trap:delay microseconds=\"{|SLU1003:3600000001|}\"/>")]
    [InlineData("<trap:poll register=\"STATUS\" value=\"1\" timeout=\"{|SLU1003:0xFFFFFFFFFFFFFFFF|}\"/>")]
    public void What_other_rules_say_holds_for_steps_too(string step) => Marked.Check(WithSteps(step));

    [Theory]
    [InlineData("<{|SLU1051:trap:call|} sequence=\"OTHER\"/>")]
    [InlineData("<trap:call sequence=\"OTHER\"><trap:pass argument=\"Lane\" value=\"{|SLU1051:4|}\"/></trap:call>")]
    [InlineData("<trap:call sequence=\"OTHER\"><{|SLU1051:trap:pass|} argument=\"Lane\"/></trap:call>")]
    [InlineData("<{|SLU1051:trap:call|} sequence=\"OTHER\"><trap:pass argument=\"{|SLU1017:Lame|}\" value=\"1\"/></trap:call>")]
    [InlineData("<trap:call sequence=\"OTHER\"><trap:pass argument=\"Lane\" value=\"1\"/><trap:pass argument=\"{|SLU1051:Lane|}\" value=\"1\"/></trap:call>")]
    [InlineData("<trap:argument name=\"A\" maximum=\"4\"/><trap:call sequence=\"OTHER\"><trap:pass argument=\"Lane\" from=\"{|SLU1051:A|}\"/></trap:call>")]
    [InlineData("<trap:write register=\"CTRL\" argument=\"A\"/><trap:call sequence=\"OTHER\"><trap:pass argument=\"Lane\" from=\"{|SLU1051:A|}\"/></trap:call>")]
    public void A_call_gives_every_argument_once_and_within_its_bounds(string call)
        => Marked.Check(WithSteps(call, "<trap:sequence name=\"OTHER\"><trap:argument name=\"Lane\" maximum=\"3\"/></trap:sequence>"));

    [Fact]
    public void A_sequence_that_calls_itself_by_way_of_another_is_reported()
        => Marked.Check(WithSteps("<trap:call sequence=\"OTHER\"/>", "<trap:sequence name=\"OTHER\"><trap:call sequence=\"{|SLU1051:BRING_UP|}\"/></trap:sequence>"));

    [Fact]
    public void Calls_do_not_nest_without_end()
    {
        string chain = string.Concat(Enumerable.Range(1, 2000).Select(
            number => System.FormattableString.Invariant($"<trap:sequence name=\"S{number}\"><trap:call sequence=\"S{number + 1}\"/></trap:sequence>")));
        DescriptionResult result = Description.Read(WithSteps("<trap:call sequence=\"S1\"/>", chain + "<trap:sequence name=\"S2001\"/>"));
        Assert.NotEmpty(result.Problems);
        Assert.All(result.Problems, problem => Assert.Equal("SLU1051", problem.Rule.Id));
    }

    [Fact]
    public void A_name_that_nothing_declares_is_an_argument_that_is_handed_on()
    {
        BlockModel block = Description.Block(WithSteps(
            "<trap:call sequence=\"OTHER\"><trap:pass argument=\"Lane\" from=\"Which\"/><trap:pass argument=\"Value\" from=\"Bits\"/></trap:call>",
            "<trap:sequence name=\"OTHER\"><trap:argument name=\"Lane\" maximum=\"3\"/><trap:write register=\"CTRL\" argument=\"Value\"/></trap:sequence>"));
        Assert.Equal(
            [new ArgumentModel("Which", "", 0, 3, -1, -1), new ArgumentModel("Bits", "", 0, 0xFFFF_FFFF, 0, -1)],
            block.Sequences[0].Arguments);
    }

    [Theory]
    [InlineData("<trap:write block=\"B\" register=\"CTRL\" value=\"1\"/>")]
    [InlineData("<trap:call block=\"B\" sequence=\"BRING_UP\"/>")]
    [InlineData("<trap:write block=\"{|SLU1017:A|}\" register=\"CTRL\" value=\"1\"/>")]
    [InlineData("<trap:write block=\"B\" register=\"{|SLU1017:CTLR|}\" value=\"1\"/>")]
    [InlineData("<{|SLU1051:trap:write|} register=\"CTRL\" value=\"1\"/>")]
    [InlineData("<trap:call block=\"B\" sequence=\"{|SLU1017:BRING|}\"/>")]
    [InlineData("<trap:call sequence=\"{|SLU1017:BRING_UP|}\"/>")]
    public void A_device_s_sequence_names_the_block_of_each_step(string step)
        => Marked.Check(WithSteps("").Replace("</peripherals>", "</peripherals><trap:sequence name=\"ALL\">" + step + "</trap:sequence>", System.StringComparison.Ordinal));

    [Fact]
    public void A_device_s_sequences_are_left_out_when_one_of_its_blocks_is()
    {
        DescriptionResult result = Description.Read(WithSteps("<trap:write register=\"CTLR\" value=\"1\"/>").Replace(
            "</peripherals>", "</peripherals><trap:sequence name=\"ALL\"><trap:write block=\"B\" register=\"CTRL\" value=\"1\"/></trap:sequence>", System.StringComparison.Ordinal));
        Assert.Equal("SLU1017", Assert.Single(result.Problems).Rule.Id);
        Assert.Empty(result.Model!.Sequences);
    }

    [Fact]
    public void A_second_sequence_of_the_same_name_is_reported()
        => Marked.Check(WithSteps("", "<trap:sequence name=\"{|SLU1019:BRING_UP|}\"/>"));

    [Fact]
    public void A_name_must_be_usable_in_code() => Marked.Check(WithSteps("", "<trap:sequence name=\"{|SLU1012:+|}\"/>"));

    [Fact]
    public void A_block_has_the_sequences_of_the_one_it_derives_from_and_may_replace_them()
    {
        string derived = WithSteps("<trap:delay microseconds=\"1\"/>", "<trap:sequence name=\"OTHER\"/>").Replace(
            "</peripherals>",
            "<peripheral derivedFrom=\"B\"><name>C</name><baseAddress>0x2000</baseAddress><trap:sequence name=\"OTHER\"><trap:delay microseconds=\"2\"/></trap:sequence></peripheral></peripherals>",
            System.StringComparison.Ordinal);
        DescriptionResult result = Description.Read(derived);
        Assert.Empty(result.Problems);
        Assert.Equal(1u, result.Model!.Blocks[1].Sequences[0].Steps[0].Microseconds);
        Assert.Equal(2u, result.Model!.Blocks[1].Sequences[1].Steps[0].Microseconds);
        Assert.Empty(result.Model!.Blocks[0].Sequences[1].Steps);
    }

    private static string WithSteps(string steps, string rest = "")
        => Description.WithRegisters(
            """
            <register><name>CTRL</name><addressOffset>0</addressOffset><fields>
            <field><name>MODE</name><bitRange>[1:0]</bitRange></field>
            <field><name>EVENT</name><bitRange>[2:2]</bitRange><modifiedWriteValues>oneToClear</modifiedWriteValues></field>
            <field><name>FIXED</name><bitRange>[3:3]</bitRange><access>read-only</access></field>
            </fields></register>
            <register><name>STATUS</name><addressOffset>4</addressOffset><access>read-only</access><fields>
            <field><name>READY</name><bitRange>[4:4]</bitRange></field>
            </fields></register>
            <register><name>KICK</name><addressOffset>8</addressOffset><access>write-only</access></register>
            <register><dim>4</dim><dimIncrement>4</dimIncrement><name>BUF[%s]</name><addressOffset>0x10</addressOffset></register>
            """,
            "<trap:sequence name=\"BRING_UP\" description=\"first\">" + steps + "</trap:sequence>" + rest);
}
