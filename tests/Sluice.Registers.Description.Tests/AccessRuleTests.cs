using System;
using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class AccessRuleTests
{
    [Theory]
    [InlineData("CTRL.EN", 0, 0, 1, false)]
    [InlineData("CTRL.KEY=5", 0, 1, 5, false)]
    [InlineData("CTRL.KEY != 0x7", 0, 1, 7, true)]
    [InlineData("OWN=0", 1, 0, 0, false)]
    public void A_condition_is_a_field_and_a_value(string text, int register, int field, ulong value, bool isNegated)
    {
        BlockModel block = Description.Block(With($" trap:writeEnable=\"{text}\" trap:presentIf=\"CTRL.EN\""));
        Assert.Equal(new ConditionModel(register, field, value, isNegated), block.Registers[1].WriteEnable);
        Assert.Equal(new ConditionModel(0, 0, 1, false), block.Registers[1].Present);
    }

    [Fact]
    public void A_condition_in_a_cluster_means_the_register_beside_it()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <cluster><dim>2</dim><dimIncrement>8</dimIncrement><name>CH%s</name><addressOffset>0</addressOffset>
            <register><name>GATE</name><addressOffset>0</addressOffset><fields><field><name>EN</name><bitRange>[0:0]</bitRange></field></fields></register>
            <register trap:writeEnable="GATE.EN"><name>DATA</name><addressOffset>4</addressOffset></register>
            </cluster>
            """));
        Assert.Equal([0, 2], block.Registers.Where(static register => register.WriteEnable is not null).Select(static register => register.WriteEnable!.Register));
    }

    [Theory]
    [InlineData("{|SLU1061:CTRL.KEY=8|}")]
    [InlineData("{|SLU1061:CTRL.KEY=x|}")]
    [InlineData("{|SLU1061:LONG.BOTH|}")]
    [InlineData("{|SLU1061:LIST.BIT|}")]
    [InlineData("{|SLU1011:NONE.EN|}", "register")]
    [InlineData("{|SLU1011:CTRL.NONE|}", "field")]
    public void A_condition_that_cannot_be_asked_is_reported(string text, string what = "")
    {
        string unknown = ProblemRules.UnknownReference.Id;
        Assert.Contains(what, Marked.MessageOf(With($" trap:writeEnable=\"{text.Replace("SLU1011", unknown, StringComparison.Ordinal)}\"")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_on_a_field_that_acts_in_its_own_way_is_reported()
        => Marked.Check(Description.WithFields(
            """
            <field><name>EN</name><bitRange>[0:0]</bitRange></field>
            <field trap:writeEnable="{|SLU1061:EN|}"><name>GO</name><bitRange>[1:1]</bitRange><modifiedWriteValues>modify</modifiedWriteValues></field>
            """));

    [Fact]
    public void A_view_keeps_what_its_conditions_ask()
    {
        Marked.Check(With(" trap:writeEnable=\"CTRL.EN\"", View("<{|SLU1061:trap:emulated|} register=\"R\" sanitize=\"mask\"/>")));
        Marked.Check(With(
            " trap:presentIf=\"CTRL.EN\"",
            View("<trap:passthrough register=\"CTRL\" visible=\"1\" writable=\"0\"/><{|SLU1061:trap:passthrough|} register=\"R\" visible=\"1\" writable=\"0\"/>")));
        Marked.Check(With(" trap:writeEnable=\"CTRL.EN\"", View("<trap:passthrough register=\"R\" visible=\"1\" writable=\"0\"/>")));
        Marked.Check(With(" trap:presentIf=\"CTRL.EN\"", View("<trap:constant register=\"CTRL\"/><trap:constant register=\"R\"/>")));
    }

    [Theory]
    [InlineData(" trap:order=\"{|SLU1062:low-first|}\"")]
    [InlineData(" trap:accessWidths=\"{|SLU1062:24|}\"")]
    [InlineData(" trap:accessWidths=\"{|SLU1062:32 32|}\"")]
    [InlineData(" trap:elementResets=\"{|SLU1062:1 2|}\"")]
    [InlineData(" trap:fifo=\"{|SLU1062:pop|}\" trap:accessWidths=\"8 32\"")]
    [InlineData(" trap:fifo=\"{|SLU1062:pop|}\" trap:otherWidths=\"lanes\"")]
    [InlineData(" trap:index=\"CTRL.KEY\" trap:indexCount=\"{|SLU1062:9|}\"")]
    [InlineData(" trap:index=\"{|SLU1062:OWN|}\"")]
    public void A_way_of_access_that_the_register_cannot_have_is_reported(string attributes) => Marked.Check(With(attributes));

    [Theory]
    [InlineData(" trap:order=\"{|SLU1062:single|}\" trap:accessWidths=\"32\"")]
    [InlineData(" trap:order=\"{|SLU1062:split|}\" trap:accessWidths=\"64\"")]
    [InlineData(" trap:order=\"{|SLU1062:low-first|}\"", "<readAction>clear</readAction>")]
    [InlineData(" trap:fifo=\"{|SLU1062:push|}\"", "<access>read-only</access>")]
    public void A_way_of_access_that_a_wide_register_cannot_have_is_reported(string attributes, string more = "")
        => Marked.Check(Description.WithRegisters($"<register{attributes}><name>R</name><addressOffset>0</addressOffset><size>64</size>{Access(more)}</register>"));

    [Theory]
    [InlineData("<{|SLU1063:trap:hooked|} register=\"R\" on=\"write\" sanitize=\"mask\"/>", "")]
    [InlineData("<{|SLU1063:trap:passthrough|} register=\"R\" visible=\"1\" writable=\"0\"/>", "")]
    [InlineData("<trap:emulated register=\"R\" sanitize=\"mask\"/>", "")]
    [InlineData("<trap:hooked register=\"R\" on=\"write\" sanitize=\"mask\"/>", " trap:order=\"any\"")]
    [InlineData("<trap:hooked register=\"R\" on=\"write\" sanitize=\"mask\"/>", " trap:accessWidths=\"64\"")]
    public void A_wide_register_whose_halves_are_looked_at_needs_a_word_on_them(string policy, string attributes)
        => Marked.Check(Description.WithRegisters(
            $"<register{attributes}><name>R</name><addressOffset>0</addressOffset><size>64</size></register>",
            View(policy)));

    [Theory]
    [InlineData(" trap:fifo=\"pop push\"", "<{|SLU1043:{|SLU1043:trap:emulated|}|} register=\"R\" sanitize=\"mask\"/>")]
    [InlineData(" trap:fifo=\"push\"", "<{|SLU1043:trap:hooked|} register=\"R\" on=\"read\" sanitize=\"mask\"/>")]
    [InlineData(" trap:index=\"CTRL.KEY\"", "<trap:emulated register=\"CTRL\" sanitize=\"mask\"/><{|SLU1043:trap:emulated|} register=\"R\" sanitize=\"mask\"/>")]
    public void A_queue_and_a_window_need_hooks(string attributes, string policies) => Marked.Check(With(attributes, View(policies)));

    [Fact]
    public void What_is_said_of_a_block_holds_for_its_registers()
    {
        BlockModel block = Description.Block(
            "<peripheral xmlns:trap=\"urn:sluice:trap\" trap:accessWidths=\"32\" trap:otherWidths=\"zero\"><name>B</name><baseAddress>0</baseAddress><registers>"
            + "<register><name>A</name><addressOffset>0</addressOffset></register>"
            + "<register trap:accessWidths=\"8 16 32\"><name>C</name><addressOffset>4</addressOffset></register></registers></peripheral>");
        Assert.Equal([new AccessWidths(4, OtherWidths.Zero), new AccessWidths(7, OtherWidths.Zero)], block.Registers.Select(static register => register.Widths));
    }

    [Fact]
    public void Elements_of_an_array_have_reset_values_of_their_own()
    {
        RegisterModel register = Description.Register(Description.WithRegisters(
            "<register trap:elementResets=\"1 0x20 3\"><dim>3</dim><dimIncrement>4</dimIncrement><name>R[%s]</name><addressOffset>0</addressOffset><resetMask>0xF</resetMask></register>"));
        Assert.Equal((ulong[])[1, 0, 3], register.ElementResets.ToArray());
    }

    private static string Access(string more) => more.StartsWith("<access>", StringComparison.Ordinal) ? more : "<access>read-only</access>" + more;

    private static string View(string policies) => "<trap:view name=\"guest\" absent=\"zeros\">" + policies + "</trap:view>";

    private static string With(string attributes, string rest = "")
        => Description.WithRegisters(
            "<register><name>CTRL</name><addressOffset>0</addressOffset><fields><field><name>EN</name><bitRange>[0:0]</bitRange></field>"
            + "<field><name>KEY</name><bitRange>[3:1]</bitRange></field></fields></register>"
            + "<register" + attributes + "><name>R</name><addressOffset>4</addressOffset><fields><field><name>OWN</name><bitRange>[7:0]</bitRange></field></fields></register>"
            + "<register><name>LONG</name><addressOffset>8</addressOffset><size>64</size><fields><field><name>BOTH</name><bitRange>[40:20]</bitRange></field></fields></register>"
            + "<register><dim>2</dim><dimIncrement>4</dimIncrement><name>LIST[%s]</name><addressOffset>0x10</addressOffset><fields><field><name>BIT</name><bitRange>[0:0]</bitRange></field></fields></register>",
            rest);
}
