using System;
using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class OverlayRuleTests
{
    [Theory]
    [InlineData("<trap:peripheral of=\"{|SLU1017:URAT|}\"/>", "There is no peripheral 'URAT' in 'chip.svd'. Did you mean 'UART'?")]
    [InlineData("<trap:peripheral of=\"UART\"><trap:register of=\"{|SLU1017:CTLR|}\"/></trap:peripheral>", "There is no register 'CTLR' in 'UART'. Did you mean 'CTRL'?")]
    [InlineData("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\"><trap:field of=\"{|SLU1017:MODA|}\"/></trap:register></trap:peripheral>", "There is no field 'MODA' in 'UART.CTRL'. Did you mean 'MODE'?")]
    [InlineData("<trap:peripheral of=\"UART\"><trap:register of=\"{|SLU1017:FIFO.DATE|}\"/></trap:peripheral>", "There is no register 'DATE' in 'UART.FIFO[%s]'. Did you mean 'DATA'?")]
    [InlineData("<trap:peripheral of=\"UART\"><trap:cluster of=\"{|SLU1017:FIFA|}\"/></trap:peripheral>", "There is no cluster 'FIFA' in 'UART'. Did you mean 'FIFO'?")]
    public void An_entry_for_what_is_not_there_names_the_nearest(string entry, string message)
    {
        Problem problem = Overlaid.Check(Overlaid.Overlay(entry)).Problems.Single(problem => problem.Rule.Id == "SLU1017");
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<trap:field of=\"OVERRUN\"><{|SLU1056:access|}>read-only</access></trap:field>")]
    [InlineData("<trap:field of=\"OVERRUN\"><{|SLU1056:bitOffset|}>4</bitOffset><bitWidth>1</bitWidth></trap:field>")]
    [InlineData("<{|SLU1056:addressOffset|}>8</addressOffset>")]
    [InlineData("<fields><{|SLU1056:field|}><name>OVERRUN</name><bitRange>[7:7]</bitRange></field></fields>")]
    public void A_fact_at_odds_with_the_description_needs_a_reason(string fact)
    {
        DescriptionResult result = Overlaid.Check(Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"STATUS\">" + fact + "</trap:register></trap:peripheral>"));
        Assert.DoesNotContain(result.Model!.Blocks, block => block.Name is "UART" or "UART2");
        Assert.Equal(["UART", "UART2"], result.Partial.Select(block => block.Name));
    }

    [Fact]
    public void An_empty_reason_is_none()
        => Overlaid.Check(Overlaid.Overlay(
            "<trap:peripheral of=\"UART\"><trap:register of=\"STATUS\"><trap:field of=\"OVERRUN\" override=\" \"><{|SLU1056:access|}>read-only</access></trap:field></trap:register></trap:peripheral>"));

    [Fact]
    public void Two_overlays_at_odds_are_reported_in_the_later_one()
    {
        string message = Overlaid.Check(
            Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\" trap:typeName=\"Control\"><access>read-only</access></trap:register></trap:peripheral>"),
            Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\"><{|SLU1056:access|}>write-only</access></trap:register></trap:peripheral>"))
            .Problems.Single().Message;
        Assert.Equal("'access' of 'UART.CTRL' is 'read-only' in 'a.xml' and 'write-only' here; if the overlay is right, say why in the attribute 'override' of its entry", message);
    }

    [Theory]
    [InlineData("<trap:peripheral of=\"UART\"><trap:register of=\"STATUS\"><trap:field of=\"OVERRUN\"><{|SLU1057:access|}>read-write</access></trap:field></trap:register></trap:peripheral>")]
    [InlineData("<trap:peripheral of=\"UART\"><trap:register of=\"STATUS\"><{|SLU1057:addressOffset|}>#100</addressOffset></trap:register></trap:peripheral>")]
    [InlineData("<{|SLU1057:trap:peripheral|} of=\"UART\"/>")]
    [InlineData("<trap:peripheral of=\"UART\" {|SLU1057:override|}=\"why not\"><description>Serial</description></trap:peripheral>")]
    [InlineData("<trap:peripheral of=\"UART\"><description>Serial</description></trap:peripheral><{|SLU1057:trap:peripheral|} of=\"UART\"><version>1</version></trap:peripheral>")]
    public void An_entry_that_adds_nothing_is_reported(string entry)
        => Overlaid.Check(Overlaid.Overlay(entry));

    [Fact]
    public void Facts_without_a_source_are_reported_at_their_entry()
        => Overlaid.Check(Overlaid.Overlay(
            """
            <trap:peripheral of="UART"><{|SLU1058:trap:register|} of="CTRL"><access>read-only</access></trap:register>
              <trap:register of="STATUS" trap:source="the manual"><trap:field of="OVERRUN" trap:sticky="true"/></trap:register></trap:peripheral>
            """,
            ""));

    [Fact]
    public void An_overlay_of_a_file_that_is_not_there_is_reported()
        => Assert.Equal(
            "The overlay is of 'chop.svd', which is not among the files given (the nearest is 'chip.svd')",
            Overlaid.Check("<trap:overlay xmlns:trap=\"urn:sluice:trap\" of=\"{|SLU1059:chop.svd|}\"/>").Problems.Single().Message);

    [Fact]
    public void An_overlay_is_no_description_of_its_own()
    {
        DescriptionResult result = Marked.Check("<trap:overlay xmlns:trap=\"urn:sluice:trap\" of=\"{|SLU1059:chip.svd|}\"/>", ("chip.svd", Overlaid.Chip));
        Assert.Null(result.Model);
    }

    [Fact]
    public void What_is_wrong_with_a_fact_is_reported_in_the_overlay()
    {
        Overlaid.Check(Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\"><resetValue>{|SLU1031:0x100|}</resetValue></trap:register></trap:peripheral>"));
        Overlaid.Check(Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\"><access>{|SLU1011:readonly|}</access></trap:register></trap:peripheral>"));
        Overlaid.Check(Overlaid.Overlay("<trap:peripheral of=\"UART\"><{|SLU1004:regster|} of=\"CTRL\"/></trap:peripheral>"));
        Overlaid.Check(Overlaid.Overlay("<trap:peripheral of=\"UART2\"><trap:view name=\"guest\" absent=\"zeros\"><trap:denied register=\"{|SLU1075:CTLR|}\"/></trap:view></trap:peripheral>"));
        Overlaid.Check(Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\"><trap:field of=\"EN\"><name/></trap:field></trap:register></trap:peripheral>").Replace("<name/>", "<{|SLU1004:name|}/>", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_unsaid_is_a_note_at_the_block()
    {
        DescriptionResult result = Overlaid.Read();
        Problem note = result.Notes[0];
        Assert.Equal("SLU1060", note.Rule.Id);
        Assert.Equal("chip.svd", note.Path);
        Assert.Equal(new TextRange(4, 6, 4, 16), note.Range);
        Assert.Equal(
            "'UART' leaves unsaid: 2 register(s) without access, 3 register(s) without reset value, 3 register(s) without source, 3 writable field(s) without write effect, 1 status flag(s) without write effect",
            note.Message);
        Assert.DoesNotContain(result.Problems, problem => problem.Rule.Id == "SLU1060");
    }

    [Theory]
    [InlineData("<trap:suppress rule=\"SLU1060\" reason=\"its defaults are right\"/>", 0)]
    [InlineData("<trap:peripheral of=\"UART2\"><trap:suppress rule=\"SLU1060\" reason=\"its defaults are right\"/></trap:peripheral>", 1)]
    public void A_block_or_the_device_can_say_that_what_is_unsaid_is_right(string suppression, int left)
        => Assert.Equal(left, Overlaid.Read(Overlaid.Overlay(suppression)).Notes.Count);

    [Theory]
    [InlineData("register=\"R\"", "R")]
    [InlineData("", "R")]
    public void A_block_can_suppress_an_unusual_spelling(string register, string suppressedAt)
    {
        DescriptionResult result = Marked.Check(Description.WithRegisters(
            "<register><name>R</name><addressOffset>0</addressOffset><access>read-writeonce</access></register>",
            "<trap:suppress rule=\"SLU1013\" " + register + " reason=\"the vendor's spelling\"/>"));
        Assert.Equal(("SLU1013", suppressedAt, "B"), (result.Suppressed.Single().Problem.Rule.Id, result.Suppressed.Single().Register, result.Suppressed.Single().Block));
    }

    [Fact]
    public void A_suppressed_spelling_of_one_register_is_reported_at_another()
        => Marked.Check(Description.WithRegisters(
            """
            <register><name>R</name><addressOffset>0</addressOffset><access>read-writeonce</access></register>
            <register><name>S</name><addressOffset>4</addressOffset><access>{|SLU1013:write|}</access></register>
            """,
            "<trap:suppress rule=\"SLU1013\" register=\"R\" reason=\"the vendor's spelling\"/>"));

    [Fact]
    public void A_device_can_suppress_what_is_wrong_with_itself_and_with_all_its_blocks()
    {
        DescriptionResult result = Marked.Check(
            """
            <device schemaVersion="1.3" xmlns:trap="urn:sluice:trap"><name>D</name><addressUnitBits>16</addressUnitBits><peripherals>
              <peripheral><name>B</name><baseAddress>0</baseAddress><registers>
                <register><name>R</name><addressOffset>0</addressOffset><access>write</access></register></registers></peripheral></peripherals>
              <trap:suppress rule="SLU1048" reason="it counts bytes"/>
              <trap:suppress rule="SLU1013" reason="the vendor's spelling"/>
              <{|SLU1047:trap:suppress|} rule="SLU1023" reason="there is none"/></device>
            """);
        Assert.Equal(["SLU1048", "SLU1013"], result.Suppressed.Select(suppressed => suppressed.Problem.Rule.Id));
    }

    [Fact]
    public void An_overlay_can_suppress_what_is_wrong_with_the_vendors_file()
    {
        string chip = Overlaid.Chip.Replace("<name>CHIP</name>", "<name>CHIP</name><addressUnitBits>16</addressUnitBits>", StringComparison.Ordinal)
            .Replace("<access>read-write</access>", "<access>Read-Write</access>", StringComparison.Ordinal);
        Marked.CheckAs(
            "chip.svd",
            chip,
            ("a.xml", Overlaid.Overlay(
                """
                <trap:suppress rule="SLU1048" reason="it counts bytes"/>
                <trap:peripheral of="UART"><trap:suppress rule="SLU1013" reason="the vendor's spelling"/></trap:peripheral>
                """)));
    }
}
