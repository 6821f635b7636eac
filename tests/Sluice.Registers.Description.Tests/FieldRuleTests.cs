using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class FieldRuleTests
{
    [Theory]
    [InlineData("<{|SLU1027:field|}><name>F</name></field>")]
    [InlineData("<field><name>F</name><bitOffset>{|SLU1027:64|}</bitOffset></field>")]
    [InlineData("<field><name>F</name><bitWidth>{|SLU1027:1|}</bitWidth></field>")]
    [InlineData("<field><name>F</name><lsb>{|SLU1027:0|}</lsb></field>")]
    [InlineData("<field><name>F</name><lsb>{|SLU1027:2|}</lsb><msb>1</msb></field>")]
    [InlineData("<field><name>F</name><bitOffset>{|SLU1027:2|}</bitOffset><bitWidth>0</bitWidth></field>")]
    [InlineData("<field><name>F</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth><bitRange>{|SLU1027:[0:0]|}</bitRange></field>")]
    public void A_field_without_a_clear_place_is_reported(string field) => Marked.Check(Description.WithFields(field));

    [Fact]
    public void A_field_outside_its_register_is_reported()
    {
        string message = Marked.MessageOf(Description.WithFields("<field><name>F</name><bitRange>{|SLU1028:[32:30]|}</bitRange></field>"));
        Assert.Equal("'F' takes bits 32:30 of 'R', which has bits 31:0; it is left out. Correct its place or the register's size", message);
    }

    [Fact]
    public void Fields_that_overlap_are_reported_at_the_upper_one()
        => Marked.Check(Description.WithFields(
            "<field><name>A</name><bitRange>{|SLU1029:[7:3]|}</bitRange></field>\n<field><name>B</name><bitRange>[3:0]</bitRange></field>"));

    [Fact]
    public void Where_fields_overlap_a_bit_has_one_meaning()
    {
        DescriptionResult result = Marked.Check(Description.WithFields(
            "<field><name>A</name><bitRange>[3:0]</bitRange></field>\n"
                + "<field><name>B</name><bitRange>{|SLU1029:[7:3]|}</bitRange><modifiedWriteValues>oneToClear</modifiedWriteValues></field>"));
        BitMasks masks = result.Model!.Blocks[0].Registers[0].Masks;
        Assert.Equal((0x0Ful, 0xF0ul, 0xFFul), (masks.Store, masks.OneToClear, masks.Readable));
        Assert.Equal(2, result.Model.Blocks[0].Registers[0].Fields.Count);
        Assert.True(result.HasErrors);
        Assert.True(result.IsComplete);
    }

    [Fact]
    public void A_field_without_width_is_taken_for_one_bit()
    {
        DescriptionResult result = Marked.Check(Description.WithFields("<field><name>F</name><bitOffset>{|SLU1049:3|}</bitOffset></field>"));
        Assert.Equal(8u, result.Model!.Blocks[0].Registers[0].Fields[0].Mask);
    }

    [Fact]
    public void A_field_that_is_read_and_one_that_is_written_may_share_bits()
        => Description.Block(Description.WithFields(
            """
            <field><name>A</name><bitRange>[3:0]</bitRange><access>read-only</access></field>
            <field><name>B</name><bitRange>[3:0]</bitRange><access>write-only</access></field>
            """));

    [Fact]
    public void A_reset_value_that_needs_more_bits_than_its_register_is_reported()
        => Marked.Check(Description.WithRegisters(
            "<register><name>R</name><addressOffset>0</addressOffset><size>16</size><resetValue>{|SLU1030:0x10000|}</resetValue></register>"));

    [Fact]
    public void An_inherited_reset_value_is_cut_to_the_register()
    {
        DescriptionResult result = Description.Read(
            "<device><name>D</name><resetValue>0x12345678</resetValue><resetMask>0xFFFFFFFF</resetMask><peripherals><peripheral><name>P</name><baseAddress>0</baseAddress><registers>"
                + "<register><name>R</name><addressOffset>0</addressOffset><size>8</size></register></registers></peripheral></peripherals></device>");
        Assert.Empty(result.Problems);
        Assert.Equal(0x78u, result.Model!.Blocks[0].Registers[0].ResetValue);
        Assert.Equal(0xFFu, result.Model.Blocks[0].Registers[0].ResetMask);
    }

    [Fact]
    public void A_reset_value_outside_all_fields_is_reported()
        => Marked.Check(Description.WithRegisters(
            """
            <register><name>R</name><addressOffset>0</addressOffset><resetValue>{|SLU1031:0x3|}</resetValue>
            <fields><field><name>F</name><bitRange>[0:0]</bitRange></field></fields></register>
            """));

    [Fact]
    public void A_reset_mask_beyond_the_register_is_reported()
        => Marked.Check(Description.WithRegisters(
            "<register><name>R</name><addressOffset>0</addressOffset><size>8</size><resetMask>{|SLU1032:0xFFFF|}</resetMask></register>"));

    [Fact]
    public void The_reset_value_is_zero_outside_the_reset_mask()
        => Assert.Equal(
            0x30u,
            Description.Register(Description.WithRegisters(
                "<register><name>R</name><addressOffset>0</addressOffset><resetValue>0x3C</resetValue><resetMask>0xF0</resetMask></register>")).ResetValue);

    [Fact]
    public void A_named_value_that_does_not_fit_is_reported_and_left_out()
    {
        DescriptionResult result = Marked.Check(Description.WithFields(
            """
            <field><name>F</name><bitRange>[1:0]</bitRange><enumeratedValues>
              <enumeratedValue><name>A</name><value>3</value></enumeratedValue>
              <enumeratedValue><name>B</name><value>{|SLU1033:4|}</value></enumeratedValue>
            </enumeratedValues></field>
            """));
        Assert.Equal(["A"], result.Model!.Blocks[0].Registers[0].Fields[0].Values.Select(value => value.Name));
    }

    [Fact]
    public void Two_names_of_one_value_are_reported()
        => Marked.Check(Description.WithFields(
            """
            <field><name>F</name><bitRange>[1:0]</bitRange><enumeratedValues>
              <enumeratedValue><name>A</name><value>1</value></enumeratedValue>
              <enumeratedValue><name>B</name><value>{|SLU1034:0x1|}</value></enumeratedValue>
            </enumeratedValues></field>
            """));

    [Fact]
    public void A_named_value_without_value_is_reported()
        => Marked.Check(Description.WithFields(
            "<field><name>F</name><bitRange>[1:0]</bitRange><enumeratedValues><{|SLU1007:enumeratedValue|}><name>A</name></enumeratedValue></enumeratedValues></field>"));

    [Fact]
    public void A_write_action_on_a_read_only_field_is_reported()
        => Marked.Check(Description.WithFields(
            "<field><name>F</name><bitRange>[0:0]</bitRange><access>read-only</access><modifiedWriteValues>{|SLU1035:oneToClear|}</modifiedWriteValues></field>"));

    [Fact]
    public void A_read_action_on_a_write_only_field_is_reported()
        => Marked.Check(Description.WithFields(
            "<field><name>F</name><bitRange>[0:0]</bitRange><access>write-only</access><readAction>{|SLU1035:clear|}</readAction></field>"));

    [Theory]
    [InlineData("<{|SLU1036:range|}><minimum>2</minimum><maximum>1</maximum></range>")]
    [InlineData("<range><minimum>0</minimum><maximum>{|SLU1036:4|}</maximum></range>")]
    public void A_write_constraint_that_does_not_fit_is_reported(string range)
        => Marked.Check(Description.WithFields("<field><name>F</name><bitRange>[1:0]</bitRange><writeConstraint>" + range + "</writeConstraint></field>"));

    [Fact]
    public void Write_constraints_are_read()
    {
        RegisterModel register = Description.Register(Description.WithFields(
            """
            <field><name>A</name><bitRange>[1:0]</bitRange><writeConstraint><range><minimum>1</minimum><maximum>2</maximum></range></writeConstraint></field>
            <field><name>B</name><bitRange>[2:2]</bitRange><writeConstraint><writeAsRead>true</writeAsRead></writeConstraint></field>
            <field><name>C</name><bitRange>[3:3]</bitRange><writeConstraint><useEnumeratedValues>1</useEnumeratedValues></writeConstraint><enumeratedValues><enumeratedValue><name>ON</name><value>1</value></enumeratedValue></enumeratedValues></field>
            <field><name>D</name><bitRange>[4:4]</bitRange></field>
            """));
        Assert.Equal(
            [
                new WriteConstraint(WriteConstraintKind.Range, 1, 2),
                new WriteConstraint(WriteConstraintKind.WriteAsRead, 0, 0),
                new WriteConstraint(WriteConstraintKind.EnumeratedValues, 0, 0),
                default,
            ],
            register.Fields.Select(field => field.Constraint));
    }
}
