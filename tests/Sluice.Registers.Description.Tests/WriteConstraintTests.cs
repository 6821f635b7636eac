using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

/// <summary>SVD's <c>writeConstraint</c>: what may be written, on fields and on registers.</summary>
public class WriteConstraintTests
{
    private const string Range = "<writeConstraint><range><minimum>1</minimum><maximum>9</maximum></range></writeConstraint>";
    private const string Named = "<writeConstraint><useEnumeratedValues>true</useEnumeratedValues></writeConstraint>";
    private const string AsRead = "<writeConstraint><writeAsRead>true</writeAsRead></writeConstraint>";
    private const string Values = "<enumeratedValues><enumeratedValue><name>A</name><value>1</value></enumeratedValue></enumeratedValues>";

    [Fact]
    public void A_range_says_what_a_field_takes()
    {
        FieldModel field = Description.Register(Description.WithFields($"<field><name>F</name><bitRange>[7:4]</bitRange>{Range}</field>")).Fields[0];
        Assert.Equal([1ul, 2, 3, 4, 5, 6, 7, 8, 9], Enumerable.Range(0, 16).Select(static value => (ulong)value).Where(field.Takes));
    }

    [Fact]
    public void Named_values_are_what_a_field_takes()
    {
        FieldModel field = Description.Register(Description.WithFields($"<field><name>F</name><bitRange>[5:4]</bitRange>{Named}{Values}</field>")).Fields[0];
        Assert.Equal([1ul], Enumerable.Range(0, 4).Select(static value => (ulong)value).Where(field.Takes));
    }

    [Fact]
    public void What_is_written_as_it_was_read_is_readable_preserved_and_no_partys_to_change()
    {
        RegisterModel register = Description.Register(Description.WithFields(
            $"""
            <field><name>KEPT</name><bitRange>[3:0]</bitRange>{AsRead}</field>
            <field><name>FREE</name><bitRange>[7:4]</bitRange></field>
            """));
        Assert.Equal((0xFFul, 0xF0ul, 0x0Ful), (register.Masks.Readable, register.Masks.Writable, register.Masks.ReservedPreserve));
        Assert.Equal(0xFFul, register.ModifyKeeps & 0xFF);
        Marked.Check(Description.WithFields(
            $"<field><name>KEPT</name><bitRange>[3:0]</bitRange>{AsRead}</field>",
            "<trap:view name=\"guest\" absent=\"zeros\"><trap:emulated register=\"R\"><trap:mask field=\"{|SLU1041:KEPT|}\"/></trap:emulated></trap:view>"));
    }

    [Fact]
    public void A_register_says_for_all_its_fields_that_they_are_written_as_read_or_take_named_values()
    {
        RegisterModel kept = Description.Register(Description.WithRegisters(
            $"<register><name>R</name><addressOffset>0</addressOffset>{AsRead}<fields><field><name>F</name><bitRange>[3:0]</bitRange></field><field><name>G</name><bitRange>[7:4]</bitRange>{Range}</field></fields></register>"));
        Assert.Equal((0x0Ful, 0xF0ul), (kept.Masks.ReservedPreserve, kept.Masks.Store));
        RegisterModel named = Description.Register(Description.WithRegisters(
            $"<register><name>R</name><addressOffset>0</addressOffset>{Named}<fields><field><name>F</name><bitRange>[3:0]</bitRange>{Values}</field><field><name>G</name><bitRange>[7:4]</bitRange></field></fields></register>"));
        Assert.Equal([WriteConstraintKind.EnumeratedValues, WriteConstraintKind.None], named.Fields.Select(static field => field.Constraint.Kind));
    }

    [Fact]
    public void A_range_of_a_register_is_of_its_whole_value()
    {
        RegisterModel register = Description.Register(Description.WithRegisters(
            $"<register><name>R</name><addressOffset>0</addressOffset>{Range}<fields><field><name>F</name><bitRange>[3:0]</bitRange></field></fields></register>"));
        Assert.Equal(new WriteConstraint(WriteConstraintKind.Range, 1, 9), register.Constraint);
        Assert.Equal(WriteConstraintKind.None, register.Fields[0].Constraint.Kind);
    }

    [Fact]
    public void A_register_without_fields_is_kept_whole()
    {
        RegisterModel register = Description.Register(Description.WithRegisters($"<register><name>R</name><addressOffset>0</addressOffset>{AsRead}</register>"));
        Assert.Equal((0xFFFF_FFFFul, 0ul, 0xFFFF_FFFFul), (register.Masks.Readable, register.Masks.Writable, register.ModifyKeeps));
    }

    [Fact]
    public void Named_values_must_be_there()
        => Assert.Equal(
            "The write constraint of 'F' does not fit: no value has a name for who writes it (enumeratedValues)",
            Marked.MessageOf(Description.WithFields("<field><name>F</name><bitRange>[3:0]</bitRange><{|SLU1036:writeConstraint|}><useEnumeratedValues>true</useEnumeratedValues></writeConstraint></field>")));

    [Theory]
    [InlineData("minimum=\"{|SLU1041:0|}\" maximum=\"9\"")]
    [InlineData("minimum=\"1\" maximum=\"{|SLU1041:10|}\"")]
    [InlineData("minimum=\"2\" maximum=\"8\"")]
    public void A_sanitizer_must_not_let_in_what_the_hardware_does_not_take(string bounds)
        => Marked.Check(Description.WithFields(
            $"<field><name>F</name><bitRange>[3:0]</bitRange>{Range}</field>",
            $"<trap:view name=\"guest\" absent=\"zeros\"><trap:emulated register=\"R\"><trap:range field=\"F\" {bounds}/></trap:emulated></trap:view>"));

    [Theory]
    [InlineData("<trap:set field=\"F\" value=\"{|SLU1051:0|}\"/>")]
    [InlineData("<trap:set field=\"F\" value=\"{|SLU1051:10|}\"/>")]
    [InlineData("<trap:set field=\"F\" value=\"9\"/>")]
    public void Nor_must_a_sequence(string set)
        => Marked.Check(Description.WithFields(
            $"<field><name>F</name><bitRange>[3:0]</bitRange>{Range}</field>",
            $"<trap:sequence name=\"S\"><trap:modify register=\"R\">{set}</trap:modify></trap:sequence>"));

    [Fact]
    public void A_constrained_field_of_a_wide_register_is_looked_at_when_it_is_written_in_halves()
        => Marked.Check(Description.WithRegisters(
            $"<register><name>R</name><addressOffset>0</addressOffset><size>64</size><fields><field><name>F</name><bitRange>[35:32]</bitRange>{Range}</field></fields></register>",
            "<trap:view name=\"guest\" absent=\"zeros\"><{|SLU1063:trap:emulated|} register=\"R\" sanitize=\"mask\"/></trap:view>"));

    [Theory]
    [InlineData("<range><minimum>1</minimum><maximum>2</maximum></range><{|SLU1068:writeAsRead|}>true</writeAsRead>", WriteConstraintKind.Range)]
    [InlineData("<writeAsRead>true</writeAsRead><{|SLU1068:range|}><minimum>1</minimum><maximum>2</maximum></range>", WriteConstraintKind.WriteAsRead)]
    [InlineData("<writeAsRead>false</writeAsRead><range><minimum>1</minimum><maximum>2</maximum></range>", WriteConstraintKind.Range)]
    public void Of_two_constraints_in_one_the_first_holds(string constraint, WriteConstraintKind kind)
    {
        DescriptionResult result = Marked.Check(Description.WithFields(
            "<field><name>F</name><bitRange>[3:0]</bitRange><writeConstraint>" + constraint + "</writeConstraint></field>"));
        Assert.Equal(kind, result.Model!.Blocks[0].Registers[0].Fields[0].Constraint.Kind);
    }
}
