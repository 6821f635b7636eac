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
    public void A_step_that_its_register_cannot_do_is_reported(string step) => Marked.Check(WithSteps(step));

    [Theory]
    [InlineData("<trap:write register=\"{|SLU1017:CTLR|}\" value=\"1\"/>")]
    [InlineData("<trap:poll register=\"STATUS\" field=\"{|SLU1017:REDY|}\" value=\"1\" timeout=\"1\"/>")]
    [InlineData("<trap:modify register=\"CTRL\"><trap:set field=\"{|SLU1017:MOD|}\" value=\"1\"/></trap:modify>")]
    [InlineData("<trap:write register=\"CTRL\" value=\"{|SLU1038:0x100000000|}\"/>")]
    [InlineData("<trap:write register=\"CTRL\" argument=\"{|SLU1012:lower|}\"/>")]
    [InlineData("<trap:delay microseconds=\"{|SLU1003:3600000001|}\"/>")]
    [InlineData("<trap:poll register=\"STATUS\" value=\"1\" timeout=\"{|SLU1003:0xFFFFFFFFFFFFFFFF|}\"/>")]
    public void What_other_rules_say_holds_for_steps_too(string step) => Marked.Check(WithSteps(step));

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
