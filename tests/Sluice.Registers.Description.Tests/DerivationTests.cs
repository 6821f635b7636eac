using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class DerivationTests
{
    [Fact]
    public void What_takes_the_place_of_an_inherited_register_can_derive_from_it()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <cluster><name>A</name><addressOffset>0</addressOffset><register><name>X</name><addressOffset>0</addressOffset><size>16</size></register></cluster>
            <cluster derivedFrom="A"><name>C</name><addressOffset>0x40</addressOffset><register derivedFrom="X"><name>X</name><addressOffset>2</addressOffset></register></cluster>
            """));
        Assert.Equal(["A_X 0 16", "C_X 66 16"], block.Registers.Select(static register => $"{register.Name} {register.Offset} {register.WidthBits}"));
    }

    [Fact]
    public void A_derived_block_has_the_registers_of_its_base_and_its_own()
    {
        DescriptionResult result = Description.Read(
            """
            <device><name>D</name><peripherals>
            <peripheral derivedFrom="UART0"><name>UART1</name><baseAddress>0x2000</baseAddress>
              <registers><register><name>B</name><addressOffset>4</addressOffset><size>16</size></register>
              <register><name>C</name><addressOffset>8</addressOffset></register></registers></peripheral>
            <peripheral><name>UART0</name><description>Serial</description><baseAddress>0x1000</baseAddress><size>8</size>
              <addressBlock><offset>0</offset><size>0x20</size><usage>registers</usage></addressBlock>
              <registers><register><name>A</name><addressOffset>0</addressOffset></register>
              <register><name>B</name><addressOffset>4</addressOffset></register></registers></peripheral>
            </peripherals></device>
            """);
        Assert.Empty(result.Problems);
        BlockModel derived = result.Model!.Blocks[0];
        Assert.Equal("Serial", derived.Description);
        Assert.Equal(0x2000u, derived.BaseAddress);
        Assert.Equal(0x20u, derived.SizeBytes);
        Assert.Equal(["A:8", "B:16", "C:8"], derived.Registers.Select(register => $"{register.Name}:{register.WidthBits}"));
        Assert.Equal(["A:8", "B:8"], result.Model.Blocks[1].Registers.Select(register => $"{register.Name}:{register.WidthBits}"));
    }

    [Fact]
    public void A_derived_register_has_the_fields_of_its_base_and_replaces_those_of_its_own_names()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset><resetValue>1</resetValue><fields>
              <field><name>X</name><bitRange>[0:0]</bitRange></field><field><name>Y</name><bitRange>[1:1]</bitRange></field></fields></register>
            <register derivedFrom="B.A"><name>R</name><addressOffset>4</addressOffset><fields>
              <field><name>Y</name><bitRange>[7:4]</bitRange></field></fields></register>
            """));
        Assert.Equal(1u, block.Registers[1].ResetValue);
        Assert.Equal(["X 0+1", "Y 4+4"], block.Registers[1].Fields.Select(field => $"{field.Name} {field.LowBit}+{field.WidthBits}"));
    }

    [Fact]
    public void A_field_derives_through_what_its_neighbour_inherits()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <register><name>C</name><addressOffset>8</addressOffset><fields>
              <field derivedFrom="A2.X"><name>Z</name><bitOffset>3</bitOffset><bitWidth>1</bitWidth></field></fields></register>
            <register derivedFrom="A1"><name>A2</name><addressOffset>4</addressOffset></register>
            <register><name>A1</name><addressOffset>0</addressOffset><fields>
              <field><name>X</name><description>Flag</description><bitRange>[0:0]</bitRange><modifiedWriteValues>oneToClear</modifiedWriteValues></field></fields></register>
            """));
        FieldModel field = Assert.Single(block.Registers[2].Fields);
        Assert.Equal(("Z", "Flag", 3, WriteAction.OneToClear), (field.Name, field.Description, field.LowBit, field.Write));
    }

    [Fact]
    public void Named_values_derive_by_their_name_alone()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset><fields><field><name>X</name><bitRange>[1:0]</bitRange>
              <enumeratedValues><name>Mode</name><enumeratedValue><name>OFF</name><value>0</value></enumeratedValue></enumeratedValues></field></fields></register>
            <register><name>Q</name><addressOffset>4</addressOffset><fields><field><name>Y</name><bitRange>[1:0]</bitRange>
              <enumeratedValues derivedFrom="Mode"><enumeratedValue><name>ON</name><value>1</value></enumeratedValue></enumeratedValues></field></fields></register>
            """));
        FieldModel field = block.Registers[1].Fields[0];
        Assert.Equal(["Off", "On"], field.Values.Select(value => value.TypeName));
        Assert.Equal("QY", field.EnumName);
    }

    [Fact]
    public void What_derives_from_a_broken_block_is_left_out_with_it()
    {
        DescriptionResult result = Marked.Check(
            """
            <device><name>D</name><peripherals>
            <peripheral><name>A</name><baseAddress>0</baseAddress><registers><register><name>R</name><addressOffset>{|SLU1010:x|}</addressOffset></register></registers></peripheral>
            <peripheral derivedFrom="A"><name>B</name><baseAddress>0x1000</baseAddress></peripheral>
            <peripheral><name>C</name><baseAddress>0x2000</baseAddress></peripheral>
            </peripherals></device>
            """);
        Assert.Equal(["C"], result.Model!.Blocks.Select(block => block.Name));
    }

    [Fact]
    public void What_is_wrong_in_a_base_is_reported_once()
        => Marked.Check(
            """
            <device><name>D</name><peripherals>
            <peripheral><name>A</name><baseAddress>0</baseAddress><registers><{|SLU1024:register|}><name>R</name><addressOffset>1</addressOffset></register></registers></peripheral>
            <peripheral derivedFrom="A"><name>B</name><baseAddress>0x1000</baseAddress></peripheral>
            </peripherals></device>
            """);

    [Fact]
    public void Properties_come_from_the_innermost_level_that_has_them()
    {
        DescriptionResult result = Description.Read(
            """
            <device><name>D</name><size>8</size><access>read-only</access><resetValue>3</resetValue><peripherals>
            <peripheral><name>P</name><baseAddress>0</baseAddress><size>16</size><registers>
              <cluster><name>C</name><addressOffset>0</addressOffset><access>write-only</access>
                <register><name>A</name><addressOffset>0</addressOffset></register>
                <register><name>B</name><addressOffset>4</addressOffset><size>32</size><fields>
                  <field><name>F</name><bitRange>[0:0]</bitRange><access>read-write</access></field>
                  <field><name>G</name><bitRange>[1:1]</bitRange></field></fields></register>
              </cluster></registers></peripheral></peripherals></device>
            """);
        Assert.Empty(result.Problems);
        RegisterModel[] registers = result.Model!.Blocks[0].Registers.ToArray();
        Assert.Equal((16, 3u, 0u), (registers[0].WidthBits, registers[0].ResetValue, registers[0].Masks.Readable));
        Assert.Equal(32, registers[1].WidthBits);
        Assert.Equal([FieldAccess.ReadWrite, FieldAccess.WriteOnly], registers[1].Fields.Select(field => field.Access));
    }
}
