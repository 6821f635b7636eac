using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class StructureRuleTests
{
    [Fact]
    public void A_base_that_does_not_exist_is_reported_with_the_nearest_name()
    {
        string message = Marked.MessageOf(Description.WithRegisters(
            """
            <register><name>CTRL</name><addressOffset>0</addressOffset></register>
            <register derivedFrom="{|SLU1017:CTRLL|}"><name>R</name><addressOffset>4</addressOffset></register>
            """));
        Assert.Equal("There is no register 'CTRLL' to derive from. Did you mean 'CTRL'?", message);
    }

    [Fact]
    public void A_sanitizer_for_an_unknown_field_is_reported()
        => Marked.Check(Description.WithView("<trap:emulated register=\"R\" sanitize=\"mask\"><trap:mask field=\"{|SLU1017:RX|}\"/></trap:emulated>"));

    [Fact]
    public void Registers_that_derive_from_each_other_are_reported_once()
        => Marked.Check(Description.WithRegisters(
            """
            <register derivedFrom="{|SLU1018:B|}"><name>A</name><addressOffset>0</addressOffset></register>
            <register derivedFrom="A"><name>B</name><addressOffset>4</addressOffset></register>
            """));

    [Fact]
    public void A_long_chain_of_derivations_is_a_limit()
    {
        string registers = "<register><name>R0</name><addressOffset>0</addressOffset></register>";
        for (int index = 1; index < 100; index++)
        {
            registers += $"<register derivedFrom=\"R{index - 1}\"><name>R{index}</name><addressOffset>{index * 4}</addressOffset></register>";
        }

        Assert.Equal("SLU1003", Assert.Single(Description.Read(Description.WithRegisters(registers)).Problems).Rule.Id);
    }

    [Fact]
    public void Two_registers_of_one_name_are_reported_at_the_second()
        => Marked.Check(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset></register>
            <register><name>{|SLU1019:A|}</name><addressOffset>4</addressOffset></register>
            """));

    [Fact]
    public void The_second_register_of_a_name_is_left_out()
    {
        DescriptionResult result = Description.Read(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset></register>
            <register><name>A</name><addressOffset>4</addressOffset></register>
            """));
        Assert.Equal([0u], result.Model!.Blocks[0].Registers.Select(register => register.Offset));
        Assert.True(result.HasErrors);
    }

    [Fact]
    public void A_misaligned_register_is_left_out()
    {
        DescriptionResult result = Description.Read(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset></register>
            <register><name>B</name><addressOffset>6</addressOffset></register>
            """));
        Assert.Equal(["A"], result.Model!.Blocks[0].Registers.Select(register => register.Name));
        Assert.True(result.HasErrors);
    }

    [Fact]
    public void Two_fields_of_one_name_are_reported_at_the_second()
        => Marked.Check(Description.WithFields(
            "<field><name>A</name><bitRange>[0:0]</bitRange></field>\n<{|SLU1019:field|}><name>A</name><bitRange>[1:1]</bitRange></field>"));

    [Fact]
    public void Two_views_of_one_name_are_reported_at_the_second()
        => Marked.Check(Description.WithRegisters("", "<trap:view name=\"g\" absent=\"ones\"/><trap:view name=\"{|SLU1019:g|}\" absent=\"ones\"/>"));

    [Fact]
    public void Names_that_become_one_in_code_are_told_apart_and_reported()
    {
        DescriptionResult result = Marked.Check(Description.WithRegisters(
            """
            <register><name>MSI_CTRL</name><addressOffset>0</addressOffset></register>
            <{|SLU1020:register|}><name>MsiCtrl</name><addressOffset>4</addressOffset></register>
            """));
        Assert.True(result.IsComplete);
        Assert.Equal(["MsiCtrl", "MsiCtrl_2"], result.Model!.Blocks[0].Registers.Select(register => register.TypeName));
    }

    [Fact]
    public void A_name_in_code_that_the_description_gives_resolves_a_clash()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <register><name>MSI_CTRL</name><addressOffset>0</addressOffset></register>
            <register trap:typeName="MsiControl"><name>MsiCtrl</name><addressOffset>4</addressOffset></register>
            """));
        Assert.Equal(["MsiCtrl", "MsiControl"], block.Registers.Select(register => register.TypeName));
    }

    [Theory]
    [InlineData("<dim>{|SLU1021:0|}</dim><dimIncrement>4</dimIncrement><name>R%s</name>")]
    [InlineData("<dim>{|SLU1021:2|}</dim><dimIncrement>4</dimIncrement><name>R</name>")]
    [InlineData("<dim>{|SLU1021:2|}</dim><name>R%s</name>")]
    [InlineData("<name>{|SLU1021:R%s|}</name>")]
    [InlineData("<dim>{|SLU1021:3|}</dim><dimIncrement>4</dimIncrement><dimIndex>0-3</dimIndex><name>R%s</name>")]
    [InlineData("<dim>{|SLU1021:3|}</dim><dimIncrement>4</dimIncrement><dimIndex>A,B</dimIndex><name>R%s</name>")]
    public void A_dimension_without_meaning_is_reported(string dimension)
        => Marked.Check(Description.WithRegisters("<register>" + dimension + "<addressOffset>0</addressOffset></register>"));

    [Fact]
    public void An_array_whose_elements_overlap_is_reported()
        => Marked.Check(Description.WithRegisters(
            "<{|SLU1022:register|}><dim>2</dim><dimIncrement>2</dimIncrement><name>R[%s]</name><addressOffset>0</addressOffset></register>"));

    [Theory]
    [InlineData(1, 8)]
    [InlineData(12, 16)]
    [InlineData(24, 32)]
    [InlineData(33, 64)]
    public void An_unusual_width_is_taken_as_the_next_usual_one(int size, int width)
    {
        DescriptionResult result = Marked.Check(Description.WithRegisters(
            $"<register><name>R</name><addressOffset>0</addressOffset><size>{{|SLU1023:{size}|}}</size></register>"));
        Assert.Equal(width, result.Model!.Blocks[0].Registers[0].WidthBits);
    }

    [Fact]
    public void A_misaligned_register_is_reported()
        => Marked.Check(Description.WithRegisters("<{|SLU1024:register|}><name>R</name><addressOffset>2</addressOffset></register>"));

    [Fact]
    public void A_misaligned_stride_is_reported()
        => Marked.Check(Description.WithRegisters(
            "<{|SLU1024:register|}><dim>2</dim><dimIncrement>6</dimIncrement><name>R[%s]</name><addressOffset>0</addressOffset></register>"));

    [Fact]
    public void Registers_that_overlap_are_reported_and_kept()
    {
        DescriptionResult result = Marked.Check(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset></register>
            <{|SLU1025:register|}><name>B</name><addressOffset>2</addressOffset><size>16</size></register>
            """));
        Assert.Equal(2, result.Model!.Blocks[0].Registers.Count);
    }

    [Theory]
    [InlineData("<alternateRegister>A</alternateRegister>", "")]
    [InlineData("<alternateGroup>G</alternateGroup>", "_G")]
    public void Alternates_may_overlap(string alternate, string suffix)
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            "<register><name>A</name><addressOffset>0</addressOffset></register><register><name>B</name>" + alternate + "<addressOffset>0</addressOffset></register>"));
        Assert.Equal(["A", "B" + suffix], block.Registers.Select(register => register.Name));
    }

    [Fact]
    public void A_receive_and_a_transmit_register_may_share_an_address()
        => Description.Block(Description.WithRegisters(
            """
            <register><name>RX</name><addressOffset>0</addressOffset><access>read-only</access></register>
            <register><name>TX</name><addressOffset>0</addressOffset><access>write-only</access></register>
            """));

    [Fact]
    public void Arrays_that_interleave_do_not_overlap()
        => Description.Block(Description.WithRegisters(
            """
            <register><dim>0x100000</dim><dimIncrement>8</dimIncrement><name>A[%s]</name><addressOffset>0</addressOffset></register>
            <register><dim>0x100000</dim><dimIncrement>8</dimIncrement><name>B[%s]</name><addressOffset>4</addressOffset></register>
            """));

    [Theory]
    [InlineData(8, 5000, 0x104)]
    [InlineData(8, 100, 0x104)]
    [InlineData(12, 5000, 0x104)]
    public void Arrays_that_cross_overlap(int stride, int count, int offset)
        => Marked.Check(Description.WithRegisters(
            $"""
            <register><dim>5000</dim><dimIncrement>4</dimIncrement><name>A[%s]</name><addressOffset>0</addressOffset></register>
            <{"{|SLU1025:register|}"}><dim>{count}</dim><dimIncrement>{stride}</dimIncrement><name>B[%s]</name><addressOffset>{offset}</addressOffset></register>
            """));

    [Fact]
    public void A_register_outside_the_address_blocks_is_reported_and_the_block_reaches_it()
    {
        DescriptionResult result = Marked.Check(Description.WithRegisters(
            "<{|SLU1026:register|}><name>R</name><addressOffset>0x10</addressOffset></register>",
            "<addressBlock><offset>0</offset><size>0x10</size><usage>registers</usage></addressBlock>"));
        Assert.Equal(0x14u, result.Model!.Blocks[0].SizeBytes);
    }

    [Fact]
    public void The_address_blocks_give_the_blocks_size()
        => Assert.Equal(
            0x1000u,
            Description.Block(Description.WithRegisters(
                "<register><name>R</name><addressOffset>0</addressOffset></register>",
                "<addressBlock><offset>0</offset><size>0x1000</size><usage>registers</usage></addressBlock>")).SizeBytes);

    [Fact]
    public void Address_units_that_are_no_bytes_are_reported()
        => Assert.NotNull(Marked.Check("<device><name>D</name><addressUnitBits>{|SLU1048:32|}</addressUnitBits><peripherals/></device>").Model);
}
