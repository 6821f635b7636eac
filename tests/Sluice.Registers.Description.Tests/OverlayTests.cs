using System;
using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class OverlayTests
{
    [Fact]
    public void Semantics_are_added_to_a_field_without_touching_the_vendors_file()
    {
        FieldModel field = Overlaid.Read(Overlaid.Overlay(
            """
            <trap:peripheral of="UART"><trap:register of="STATUS"><trap:field of="OVERRUN" trap:sticky="true">
              <modifiedWriteValues>oneToClear</modifiedWriteValues><readAction>set</readAction>
              <description>Bytes were lost</description></trap:field></trap:register></trap:peripheral>
            """)).Block("UART").Register("STATUS").Field("OVERRUN");
        Assert.Equal((WriteAction.OneToClear, ReadAction.Set, true, "Bytes were lost"), (field.Write, field.Read, field.IsSticky, field.Description));
        Assert.Equal(new Provenance("the manual", "", "a.xml: trap:sticky, modifiedWriteValues, readAction, description"), field.Provenance);
    }

    [Fact]
    public void An_override_with_a_reason_replaces_what_the_vendor_says_and_the_reason_is_kept()
    {
        FieldModel field = Overlaid.Read(Overlaid.Overlay(
            """
            <trap:peripheral of="UART"><trap:register of="STATUS"><trap:field of="OVERRUN" override="erratum 7">
              <access>read-only</access><bitOffset>8</bitOffset><bitWidth>2</bitWidth></trap:field></trap:register></trap:peripheral>
            """)).Block("UART").Register("STATUS").Field("OVERRUN");
        Assert.Equal((FieldAccess.ReadOnly, 8, 2), (field.Access, field.LowBit, field.WidthBits));
        Assert.Equal("a.xml: access, bitOffset, bitWidth, since erratum 7", field.Provenance.Origin);
    }

    [Fact]
    public void What_is_said_of_a_block_holds_for_those_that_derive_from_it()
    {
        DescriptionResult result = Overlaid.Read(Overlaid.Overlay(
            "<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\"><access>read-only</access></trap:register></trap:peripheral>"));
        Assert.Equal(0u, result.Block("UART").Register("CTRL").Masks.Writable);
        Assert.Equal(0u, result.Block("UART2").Register("CTRL").Masks.Writable);
    }

    [Fact]
    public void What_is_said_of_something_inherited_does_not_reach_where_it_comes_from()
    {
        DescriptionResult result = Overlaid.Read(Overlaid.Overlay(
            """
            <trap:peripheral of="UART2"><trap:register of="CTRL"><trap:field of="EN"><access>read-only</access></trap:field></trap:register>
              <trap:register of="FIFO.DATA"><readAction>clear</readAction></trap:register></trap:peripheral>
            """));
        Assert.Equal(3u, result.Block("UART").Register("CTRL").Masks.Writable);
        Assert.Equal(2u, result.Block("UART2").Register("CTRL").Masks.Writable);
        Assert.Equal(0u, result.Block("UART").Register("FIFO_DATA").Masks.ReadEffects);
        Assert.Equal(uint.MaxValue, result.Block("UART2").Register("FIFO_DATA").Masks.ReadClears);
        Assert.Equal(2u, result.Block("UART2").Register("FIFO_DATA").Dimension.Count);
        Assert.Equal(result.Block("UART").Registers.Select(register => register.Name), result.Block("UART2").Registers.Select(register => register.Name));
    }

    [Fact]
    public void Names_of_values_are_added_and_can_be_replaced()
    {
        const string Values = "<enumeratedValues><enumeratedValue><name>{0}</name><value>1</value></enumeratedValue></enumeratedValues>";
        string entry = "<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\"><trap:field of=\"MODE\"{1}>" + Values + "</trap:field></trap:register></trap:peripheral>";
        string added = Overlaid.Overlay(entry.Replace("{0}", "ODD", StringComparison.Ordinal).Replace("{1}", "", StringComparison.Ordinal));
        string replaced = Overlaid.Overlay(entry.Replace("{0}", "EVEN", StringComparison.Ordinal).Replace("{1}", " override=\"the manual's second edition\"", StringComparison.Ordinal));
        Assert.Equal("ODD", Overlaid.Read(added).Block("UART").Register("CTRL").Field("MODE").Values.Single().Name);
        Assert.Equal("EVEN", Overlaid.Read(added, replaced).Block("UART").Register("CTRL").Field("MODE").Values.Single().Name);
    }

    [Fact]
    public void New_registers_fields_views_and_sequences_are_added()
    {
        BlockModel block = Overlaid.Read(Overlaid.Overlay(
            """
            <trap:peripheral of="UART">
              <registers><register derivedFrom="CTRL"><name>SHADOW</name><addressOffset>0x8</addressOffset></register></registers>
              <trap:register of="STATUS"><fields><field><name>READY</name><bitRange>[0:0]</bitRange></field></fields></trap:register>
              <trap:view name="guest" absent="ones"><trap:constant register="STATUS"/></trap:view>
              <trap:sequence name="START"><trap:poll register="STATUS" field="READY" value="1" timeout="10"/></trap:sequence>
            </trap:peripheral>
            """)).Block("UART");
        Assert.Equal(["CTRL", "STATUS", "SHADOW", "FIFO_DATA"], block.Registers.Select(register => register.Name));
        Assert.Equal(2, block.Register("SHADOW").Fields.Count);
        Assert.Equal("READY", block.Register("STATUS").Fields[0].Name);
        Assert.Equal("guest", Assert.Single(block.Views).Name);
        Assert.Equal("START", Assert.Single(block.Sequences).Name);
        Assert.Equal(("a.xml: register SHADOW, trap:view guest, trap:sequence START (the manual)", ""), (block.Origin, block.Source));
    }

    [Fact]
    public void An_entry_for_a_dimension_holds_for_all_its_elements()
    {
        const string Svd = "<device><name>D</name><peripherals><peripheral><dim>2</dim><dimIncrement>0x100</dimIncrement><name>CH%s</name><baseAddress>0</baseAddress><registers>"
            + "<register><dim>2</dim><dimIncrement>4</dimIncrement><name>R%s</name><addressOffset>0</addressOffset></register></registers></peripheral></peripherals></device>";
        DescriptionResult result = DescriptionReader.Read(
            new SourceFile("chip.svd", Svd),
            [new SourceFile("a.xml", Overlaid.Overlay("<trap:peripheral of=\"CH\"><trap:register of=\"R\"><access>read-only</access></trap:register></trap:peripheral>"))]);
        Assert.Empty(result.Problems);
        Assert.All(result.Model!.Blocks.SelectMany(block => block.Registers), register => Assert.Equal(0u, register.Masks.Writable));
        Assert.Equal(4, result.Model.Blocks.Sum(block => block.Registers.Count));
    }

    [Fact]
    public void Sources_and_doubts_of_several_overlays_are_joined()
    {
        RegisterModel register = Overlaid.Read(
            Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\" trap:source=\"manual A\" trap:unsure=\"old\"><access>read-only</access></trap:register></trap:peripheral>"),
            Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\" trap:source=\"manual B\"><resetValue>1</resetValue></trap:register></trap:peripheral>"))
            .Block("UART").Register("CTRL");
        Assert.Equal(("manual A; manual B", "old", "a.xml: access; b.xml: resetValue"), (register.Source, register.Unsure, register.Origin));
    }

    [Fact]
    public void An_overlay_can_be_of_a_file_that_is_included_and_of_no_other()
    {
        SourceFile root = new("all/registers.xml", "<device xmlns:xi=\"http://www.w3.org/2001/XInclude\"><name>D</name><peripherals><xi:include href=\"../blocks/b.xml\"/></peripherals></device>");
        SourceFile block = new("blocks/b.xml", "<peripheral><name>B</name><baseAddress>0</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset></register></registers></peripheral>");
        SourceFile other = new("blocks/c.xml", block.Text);
        SourceFile overlay = new("blocks/b.overlay.xml", Overlaid.Overlay("<trap:peripheral of=\"B\"><description>it</description></trap:peripheral>").Replace("chip.svd", "b.xml", StringComparison.Ordinal));
        SourceFile elsewhere = overlay with { Path = "blocks/c.overlay.xml", Text = overlay.Text.Replace("b.xml", "c.xml", StringComparison.Ordinal).Replace(">it<", ">other<", StringComparison.Ordinal) };
        DescriptionResult result = DescriptionReader.Read(root, [elsewhere, block, other, overlay]);
        Assert.Empty(result.Problems);
        Assert.Equal("it", result.Block("B").Description);
    }

    [Fact]
    public void The_order_in_which_overlays_are_given_does_not_matter()
    {
        SourceFile[] overlays =
        [
            new("a.xml", Overlaid.Overlay("<trap:peripheral of=\"UART\"><description>A</description></trap:peripheral>")),
            new("b.xml", Overlaid.Overlay("<trap:peripheral of=\"UART\" override=\"it is\"><description>B</description></trap:peripheral>")),
        ];
        SourceFile chip = new("chip.svd", Overlaid.Chip);
        DescriptionResult one = DescriptionReader.Read(chip, overlays);
        DescriptionResult other = DescriptionReader.Read(chip, [.. overlays.Reverse()]);
        Assert.Empty(one.Problems);
        Assert.Equal(one.Model, other.Model);
        Assert.Equal("B", one.Block("UART").Description);
    }

    [Fact]
    public void A_line_that_moves_in_an_overlay_leaves_the_model_equal()
    {
        string overlay = Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\"><access>read-only</access></trap:register></trap:peripheral>");
        DescriptionResult before = Overlaid.Read(overlay);
        DescriptionResult after = Overlaid.Read("<!-- more\n\n to read -->\n" + overlay);
        Assert.Equal(before.Model, after.Model);
        Assert.True(before.Positions.TryFind("UART2", out _));
    }

    [Fact]
    public void An_edit_of_an_overlay_changes_the_blocks_that_it_is_about_and_no_other()
    {
        const string Entry = "<trap:peripheral of=\"UART2\"><trap:register of=\"CTRL\"><description>{0}</description></trap:register></trap:peripheral>";
        DescriptionResult before = Overlaid.Read(Overlaid.Overlay(Entry.Replace("{0}", "one", StringComparison.Ordinal)));
        DescriptionResult after = Overlaid.Read(Overlaid.Overlay(Entry.Replace("{0}", "two", StringComparison.Ordinal)));
        Assert.Equal(before.Block("UART"), after.Block("UART"));
        Assert.NotEqual(before.Block("UART2"), after.Block("UART2"));
    }
}
