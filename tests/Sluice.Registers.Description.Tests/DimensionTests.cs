using System.Diagnostics;
using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class DimensionTests
{
    [Fact]
    public void An_array_of_any_size_stays_one_register()
    {
        RegisterModel register = Description.Register(Description.WithRegisters(
            "<register><dim>0x1000000</dim><dimIncrement>4</dimIncrement><name>MEM[%s]</name><addressOffset>0x100</addressOffset></register>"));
        Assert.Equal("MEM", register.Name);
        Assert.Equal(new RegisterDimension(0x1000000, 4), register.Dimension);
    }

    [Theory]
    [InlineData("", "R0_X R1_X R2_X")]
    [InlineData("<dimIndex>4-6</dimIndex>", "R4_X R5_X R6_X")]
    [InlineData("<dimIndex>A-C</dimIndex>", "RA_X RB_X RC_X")]
    [InlineData("<dimIndex>RX, TX,_9</dimIndex>", "RRX_X RTX_X R_9_X")]
    public void A_list_becomes_registers_with_names_of_their_own(string index, string names)
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            "<register><dim>3</dim><dimIncrement>8</dimIncrement>" + index + "<name>R%s_X</name><addressOffset>0x10</addressOffset></register>"));
        Assert.Equal(names, string.Join(' ', block.Registers.Select(register => register.Name)));
        Assert.Equal([0x10u, 0x18u, 0x20u], block.Registers.Select(register => register.Offset));
    }

    [Fact]
    public void A_cluster_of_single_registers_that_is_an_array_makes_arrays()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <cluster><dim>4</dim><dimIncrement>0x10</dimIncrement><name>CH[%s]</name><addressOffset>0x100</addressOffset>
              <register><name>CTRL</name><addressOffset>0</addressOffset></register>
              <cluster><name>DMA</name><addressOffset>8</addressOffset><register><name>LEN</name><addressOffset>4</addressOffset></register></cluster>
            </cluster>
            """));
        Assert.Equal(["CH_CTRL@100", "CH_DMA_LEN@10C"], block.Registers.Select(register => $"{register.Name}@{register.Offset:X}"));
        Assert.All(block.Registers, register => Assert.Equal(new RegisterDimension(4, 0x10), register.Dimension));
    }

    [Fact]
    public void Of_nested_arrays_the_outer_one_is_expanded()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <cluster><dim>2</dim><dimIncrement>0x100</dimIncrement><name>CH[%s]</name><addressOffset>0</addressOffset>
              <register><dim>8</dim><dimIncrement>4</dimIncrement><name>BUF[%s]</name><addressOffset>0</addressOffset></register>
              <register><name>LEN</name><addressOffset>0x80</addressOffset></register>
            </cluster>
            """));
        Assert.Equal(["CH0_BUF", "CH0_LEN", "CH1_BUF", "CH1_LEN"], block.Registers.Select(register => register.Name));
        Assert.Equal([true, false, true, false], block.Registers.Select(register => register.Dimension.IsArray));
    }

    [Fact]
    public void A_block_can_stand_several_times()
    {
        DescriptionResult result = Description.Read(
            """
            <device><name>D</name><peripherals><peripheral><dim>2</dim><dimIncrement>0x1000</dimIncrement><name>UART[%s]</name><baseAddress>0x4000</baseAddress>
            <registers><register><name>R</name><addressOffset>0</addressOffset></register></registers></peripheral></peripherals></device>
            """);
        Assert.Empty(result.Problems);
        Assert.Equal(["UART0@4000", "UART1@5000"], result.Model!.Blocks.Select(block => $"{block.Name}@{block.BaseAddress:X}"));
    }

    [Fact]
    public void A_list_of_fields_is_placed_by_bits()
    {
        RegisterModel register = Description.Register(Description.WithFields(
            "<field><dim>4</dim><dimIncrement>8</dimIncrement><name>P%s</name><bitRange>[3:0]</bitRange></field>"));
        Assert.Equal(["P0@0", "P1@8", "P2@16", "P3@24"], register.Fields.Select(field => $"{field.Name}@{field.LowBit}"));
    }

    [Fact]
    public void A_list_of_fields_beyond_the_register_is_reported()
        => Marked.Check(Description.WithFields(
            "<field><dim>5</dim><dimIncrement>8</dimIncrement><name>P%s</name><bitRange>{|SLU1028:[3:0]|}</bitRange></field>"));

    [Fact]
    public void Clusters_that_hold_what_they_derive_from_end_in_a_problem()
    {
        Stopwatch watch = Stopwatch.StartNew();
        DescriptionResult result = Description.Read(Description.WithRegisters(
            """
            <cluster><name>A</name><addressOffset>0</addressOffset>
              <cluster derivedFrom="A"><name>B</name><addressOffset>4</addressOffset></cluster>
              <cluster derivedFrom="A"><name>C</name><addressOffset>8</addressOffset></cluster>
            </cluster>
            """));
        Assert.Contains(result.Problems, problem => problem.Rule.Id == "SLU1003");
        Assert.True(watch.Elapsed.TotalSeconds < 30, watch.Elapsed.ToString());
    }

    [Fact]
    public void A_list_beyond_the_limit_is_not_expanded()
        => Marked.Check(Description.WithRegisters(
            "<{|SLU1016:register|}><dim>0x1000000</dim><dimIncrement>4</dimIncrement><name>R%s</name><addressOffset>0</addressOffset></register>"));
}
