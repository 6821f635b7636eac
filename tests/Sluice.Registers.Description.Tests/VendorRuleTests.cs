using System;
using System.Linq;
using System.Text;
using Xunit;

namespace Sluice.Registers.Description.Tests;

/// <summary>What is wrong with a vendor's file is repaired and reported; the same in a file of one's own keeps its block from being used.</summary>
public class VendorRuleTests
{
    private const string Simple = "<register><name>R</name><addressOffset>0</addressOffset></register>";

    [Theory]
    [InlineData("<{|SLU1064:regster|}><name>R</name></regster>", "'regster' is nothing that SVD has in 'registers', and is passed over. Did you mean 'register'?")]
    [InlineData("<{|SLU1064:x:note|} xmlns:x=\"urn:x\"/>", "'x:note' is nothing that SVD has in 'registers', and is passed over")]
    [InlineData("{|SLU1064:stray|} text", "The text 'stray text' is nothing that SVD has in 'registers', and is passed over")]
    public void What_svd_does_not_have_is_passed_over(string markup, string message)
    {
        DescriptionResult result = Vendors(Description.WithRegisters(Simple + "\n" + markup));
        Assert.Equal(message, Assert.Single(result.Problems).Message);
        Assert.Equal(["R"], result.Model!.Blocks[0].Registers.Select(register => register.Name));
    }

    [Fact]
    public void An_attribute_that_svd_does_not_have_is_passed_over()
        => Vendors(Description.WithRegisters("<register {|SLU1064:derivedfrom|}=\"X\"><name>R</name><addressOffset>0</addressOffset></register>"));

    [Theory]
    [InlineData("<trap:view name=\"guest\" absent=\"ones\"><{|SLU1004:trap:hookd|} register=\"R\"/></trap:view>")]
    [InlineData("<{|SLU1004:trap:vew|} name=\"guest\" absent=\"ones\"/>")]
    [InlineData("<trap:view name=\"guest\" absent=\"ones\"><trap:constant register=\"R\" value=\"{|SLU1010:0xG|}\"/></trap:view>")]
    [InlineData("<trap:view name=\"guest\" absent=\"{|SLU1011:one|}\"/>")]
    public void What_the_trap_namespace_does_not_have_is_an_error_in_any_file(string part)
        => Assert.False(Vendors(Description.WithRegisters(Simple, part)).IsComplete);

    [Fact]
    public void Of_an_element_that_stands_twice_the_first_counts()
    {
        RegisterModel register = VendorsRegister(
            "<register><name>R</name><addressOffset>0</addressOffset><access>read-only</access>\n<{|SLU1065:access|}>read-write</access></register>");
        Assert.Equal(0ul, register.Masks.Writable);
    }

    [Fact]
    public void Of_named_values_of_one_usage_the_first_count()
    {
        RegisterModel register = VendorsRegister(
            """
            <register><name>R</name><addressOffset>0</addressOffset><fields><field><name>F</name><bitRange>[0:0]</bitRange>
            <enumeratedValues><enumeratedValue><name>A</name><value>0</value></enumeratedValue></enumeratedValues>
            <{|SLU1065:enumeratedValues|}><enumeratedValue><name>B</name><value>0</value></enumeratedValue></enumeratedValues></field></fields></register>
            """);
        Assert.Equal(["A"], register.Fields[0].Values.Select(value => value.Name));
    }

    [Fact]
    public void A_number_that_is_none_is_taken_as_not_given()
    {
        DescriptionResult result = Vendors(
            "<device><name>D</name><resetValue>0x5</resetValue><peripherals><peripheral><name>P</name><baseAddress>0x1000</baseAddress><registers>"
                + "<register><name>R</name><addressOffset>0</addressOffset><resetValue>{|SLU1066:-1|}</resetValue></register></registers></peripheral></peripherals></device>");
        Assert.Equal(5ul, result.Model!.Blocks[0].Registers[0].ResetValue);
        Assert.Contains("'resetValue' is taken as not given", result.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<protection>{|SLU1066:secure|}</protection>")]
    [InlineData("<dataType>{|SLU1066:uint23_t|}</dataType>")]
    [InlineData("<alternateGroup>{|SLU1066:--|}</alternateGroup>")]
    public void A_word_that_bears_on_nothing_is_taken_as_not_given(string element)
        => VendorsRegister("<register><name>R</name><addressOffset>0</addressOffset>" + element + "</register>");

    [Fact]
    public void An_address_block_that_ends_beyond_32_bits_is_left_out()
    {
        DescriptionResult result = Vendors(
            "<device><name>D</name><peripherals><peripheral><name>B</name><baseAddress>0</baseAddress><addressBlock><offset>0</offset><size>{|SLU1068:0x100000000|}</size><usage>registers</usage></addressBlock>"
                + "<registers>" + Simple + "</registers></peripheral></peripherals></device>");
        Assert.Equal("'addressBlock' is left out: it ends beyond 32 bits of its block", Assert.Single(result.Problems).Message);
        Assert.Equal(4u, Assert.Single(result.Model!.Blocks).SizeBytes);
    }

    [Fact]
    public void Of_thousands_of_flaws_none_keeps_the_rest_from_being_read()
    {
        StringBuilder registers = new();
        for (int index = 0; index < 5000; index++)
        {
            registers.Append("<register><name>R").Append(index).Append("</name><addressOffset>").Append(4 * index).Append("</addressOffset><resetValue>-1</resetValue></register>\n");
        }

        DescriptionResult result = DescriptionReader.Read(new SourceFile("chip.svd", Description.WithRegisters(registers.ToString())), []);
        Assert.True(result.IsComplete);
        Assert.Equal(5000, Assert.Single(result.Model!.Blocks).Registers.Count);
        Assert.Equal(1000, result.Problems.Count(static problem => problem.Rule.Id == "SLU1066"));
        Problem rest = Assert.Single(result.Problems, static problem => problem.Rule.Id == "SLU1076");
        Assert.StartsWith("At least 4000 further warnings and notes are not listed", rest.Message, StringComparison.Ordinal);
        Assert.Equal(ProblemSeverity.Warning, rest.Severity);
        Assert.Equal(1001, result.Problems.Count);
    }

    [Theory]
    [InlineData("<access>{|SLU1067:rw1c|}</access>", "'access' is taken as not given", 0ul, 0ul)]
    [InlineData("<modifiedWriteValues>{|SLU1067:oneToClaer|}</modifiedWriteValues>", "'modifiedWriteValues' is taken as 'modify'. Did you mean 'oneToClear'?", 0xFFFF_FFFFul, 0ul)]
    [InlineData("<readAction>{|SLU1067:clears|}</readAction>", "'readAction' is taken as 'modify'. Did you mean 'clear'?", 0ul, 0xFFFF_FFFFul)]
    public void What_an_access_does_is_never_guessed_so_that_it_may_do_anything(string element, string message, ulong writeEffects, ulong readEffects)
    {
        DescriptionResult result = Vendors(Description.WithRegisters("<register><name>R</name><addressOffset>0</addressOffset>" + element + "</register>"));
        Assert.False(result.HasErrors);
        Assert.EndsWith(message, Assert.Single(result.Problems).Message, StringComparison.Ordinal);
        BitMasks masks = Assert.Single(Assert.Single(result.Model!.Blocks).Registers).Masks;
        Assert.Equal((writeEffects, readEffects), (masks.WriteEffects, masks.ReadEffects));
    }

    [Theory]
    [InlineData("<{|SLU1068:register|}><name>X</name></register>", "'X' is left out: it has no usable 'addressOffset'")]
    [InlineData("<{|SLU1068:register|}><addressOffset>4</addressOffset></register>", "'register' is left out: it has no usable 'name'")]
    [InlineData("<{|SLU1068:register|} derivedFrom=\"R\"><addressOffset>4</addressOffset></register>", "'register' is left out: it has no usable 'name'")]
    [InlineData("<register><name>X</name><addressOffset>4</addressOffset><size>{|SLU1068:128|}</size></register>", "'X' is left out: a register of 128 bits is not supported")]
    [InlineData("<cluster><dim>{|SLU1068:2|}</dim><name>X[%s]</name><addressOffset>4</addressOffset></cluster>", "'X[%s]' is left out: its dimension has no meaning, dim needs dimIncrement")]
    [InlineData("<register><name>X</name><addressOffset>{|SLU1068:0x100000000|}</addressOffset></register>", "'X' is left out: its offset needs more than 32 bits")]
    [InlineData("<{|SLU1068:register|}><name>X</name><addressOffset>0xFFFFFFFC</addressOffset></register>", "'X' is left out: it ends beyond 32 bits of its block")]
    [InlineData("<{|SLU1068:register|}><dim>100000</dim><dimIncrement>4</dimIncrement><name>X%s</name><addressOffset>4</addressOffset></register>", "'X%s' is left out: not supported are a list of more than 65536 registers ('X%s'); an array ([%s]) has no such bound")]
    public void A_register_without_what_it_needs_is_left_out(string register, string message)
    {
        DescriptionResult result = Vendors(Description.WithRegisters(Simple + "\n" + register));
        Assert.Equal(message, Assert.Single(result.Problems).Message);
        Assert.Equal(["R"], result.Model!.Blocks[0].Registers.Select(known => known.Name));
    }

    [Theory]
    [InlineData("<{|SLU1068:field|}><name>F</name></field>")]
    [InlineData("<{|SLU1068:field|}><bitRange>[0:0]</bitRange></field>")]
    [InlineData("<field><name>F</name><lsb>{|SLU1068:2|}</lsb><msb>1</msb></field>")]
    [InlineData("<{|SLU1068:field|}><dim>65</dim><dimIncrement>1</dimIncrement><name>F%s</name><bitRange>[0:0]</bitRange></field>")]
    public void A_field_without_what_it_needs_is_left_out(string field)
        => Assert.Empty(Vendors(Description.WithFields(field)).Model!.Blocks[0].Registers[0].Fields);

    [Theory]
    [InlineData("<bitRange>[7:4]</bitRange><{|SLU1068:bitOffset|}>0</bitOffset><{|SLU1068:bitWidth|}>1</bitWidth>")]
    [InlineData("<bitOffset>4</bitOffset><bitWidth>4</bitWidth><{|SLU1068:lsb|}>0</lsb><{|SLU1068:msb|}>1</msb>")]
    [InlineData("<{|SLU1068:bitOffset|}>1</bitOffset><lsb>4</lsb><msb>7</msb>")]
    public void Of_a_place_that_is_said_in_several_ways_one_counts(string place)
        => Assert.Equal(0xF0ul, Vendors(Description.WithFields("<field><name>F</name>" + place + "</field>")).Model!.Blocks[0].Registers[0].Fields[0].Mask);

    [Theory]
    [InlineData("X[%s]", "X 4*2")]
    [InlineData("X%s", "X0 0*1, X1 0*1")]
    public void Elements_without_a_distance_stand_side_by_side(string name, string registers)
    {
        DescriptionResult result = Vendors(Description.WithRegisters("<register><dim>{|SLU1070:2|}</dim><name>" + name + "</name><addressOffset>4</addressOffset></register>"));
        RegisterModel[] read = [.. result.Model!.Blocks[0].Registers];
        Assert.Equal(registers, string.Join(", ", read.Select(static register => register.Name + " " + register.Dimension.StrideBytes + "*" + register.Dimension.Count)));
        Assert.Equal(8ul, read[^1].Offset + (read[^1].Dimension.IsArray ? read[^1].Dimension.StrideBytes : 0ul));
        Assert.Equal([2, 5], Vendors(Description.WithFields("<field><dim>{|SLU1070:2|}</dim><name>F%s</name><bitRange>[4:2]</bitRange></field>"))
            .Model!.Blocks[0].Registers[0].Fields.Select(static field => field.LowBit));
    }

    [Theory]
    [InlineData("rw", FieldAccess.ReadWrite)]
    [InlineData("R/W", FieldAccess.ReadWrite)]
    [InlineData("read_only", FieldAccess.ReadOnly)]
    [InlineData("RO", FieldAccess.ReadOnly)]
    [InlineData("WO", FieldAccess.WriteOnly)]
    [InlineData("writeonly", FieldAccess.WriteOnly)]
    [InlineData("write-once", FieldAccess.WriteOnce)]
    [InlineData("read-write-once", FieldAccess.ReadWriteOnce)]
    public void An_access_of_an_unusual_spelling_is_what_it_means(string spelling, FieldAccess access)
        => Assert.Equal(access, Vendors(Description.WithFields("<field><name>F</name><bitRange>[0:0]</bitRange><access>{|SLU1013:" + spelling + "|}</access></field>"))
            .Model!.Blocks[0].Registers[0].Fields[0].Access);

    [Theory]
    [InlineData("<readAction>{|SLU1066:none|}</readAction>")]
    [InlineData("<modifiedWriteValues>{|SLU1066:None|}</modifiedWriteValues>")]
    public void An_effect_that_is_none_is_none(string effect)
        => Vendors(Description.WithFields("<field><name>F</name><bitRange>[0:0]</bitRange>" + effect + "</field>"));

    [Fact]
    public void An_element_of_a_dimension_can_be_derived_from()
        => Assert.Equal([8, 16, 16, 32], Vendors(Description.WithRegisters(
            """
            <register><dim>2</dim><dimIncrement>1</dimIncrement><name>CH%s_X</name><addressOffset>0</addressOffset><size>8</size></register>
            <register><dim>2</dim><dimIncrement>2</dimIncrement><dimIndex>A,B</dimIndex><name>Q[%s]</name><addressOffset>4</addressOffset><size>16</size></register>
            <register derivedFrom="QB"><name>FROM_Q</name><addressOffset>8</addressOffset></register>
            <register derivedFrom="{|SLU1069:CH2_X|}"><name>FROM_CH</name><addressOffset>12</addressOffset></register>
            """)).Model!.Blocks[0].Registers.Select(static register => register.WidthBits).Skip(1));

    [Fact]
    public void A_value_without_a_number_is_left_out()
        => Vendors(Description.WithFields(
            """
            <field><name>F</name><bitRange>[1:0]</bitRange><enumeratedValues><{|SLU1068:enumeratedValue|}><name>A</name></enumeratedValue>
            <enumeratedValue><name>B</name><value>1</value></enumeratedValue></enumeratedValues></field>
            """));

    [Theory]
    [InlineData("<{|SLU1068:range|}><minimum>3</minimum><maximum>1</maximum></range>")]
    [InlineData("<range><minimum>3</minimum><maximum>{|SLU1068:9|}</maximum></range>")]
    public void A_write_constraint_that_does_not_fit_is_left_out(string range)
        => Assert.Equal(
            WriteConstraintKind.None,
            Vendors(Description.WithFields("<field><name>F</name><bitRange>[1:0]</bitRange><writeConstraint>" + range + "</writeConstraint></field>"))
                .Model!.Blocks[0].Registers[0].Fields[0].Constraint.Kind);

    [Fact]
    public void A_block_without_a_place_is_left_out()
    {
        DescriptionResult result = Vendors(
            "<device><name>D</name><peripherals><{|SLU1068:peripheral|}><name>P</name></peripheral>\n<peripheral><name>Q</name><baseAddress>0x1000</baseAddress></peripheral></peripherals></device>");
        Assert.Equal(["Q"], result.Model!.Blocks.Select(block => block.Name));
    }

    [Fact]
    public void What_derives_from_nothing_is_read_as_it_stands()
    {
        DescriptionResult result = Vendors(Description.WithRegisters(Simple + "\n<register derivedFrom=\"{|SLU1069:RR|}\"><name>Q</name><addressOffset>4</addressOffset></register>"));
        Assert.Equal(["R", "Q"], result.Model!.Blocks[0].Registers.Select(register => register.Name));
        Assert.Equal("'Q' is read as if it derived from nothing: there is no register 'RR'. Did you mean 'R'?", result.Problems[0].Message);
    }

    [Fact]
    public void What_derives_from_itself_is_read_as_it_stands()
        => Assert.Equal(2, Vendors(Description.WithRegisters(
            "<register derivedFrom=\"{|SLU1069:B|}\"><name>A</name><addressOffset>0</addressOffset></register>\n<register derivedFrom=\"A\"><name>B</name><addressOffset>4</addressOffset></register>"))
            .Model!.Blocks[0].Registers.Count);

    [Theory]
    [InlineData("<dim>{|SLU1070:2|}</dim><dimIncrement>4</dimIncrement><dimIndex>A,B,C</dimIndex><name>X%s</name>", "X0 X1")]
    [InlineData("<dim>{|SLU1070:2|}</dim><dimIncrement>4</dimIncrement><name>X</name>", "X0 X1")]
    [InlineData("<name>{|SLU1070:X%sY|}</name>", "X0Y")]
    public void A_dimension_without_meaning_gets_one(string dimension, string names)
        => Assert.Equal(
            names,
            string.Join(' ', Vendors(Description.WithRegisters("<register>" + dimension + "<addressOffset>0</addressOffset></register>")).Model!.Blocks[0].Registers.Select(register => register.Name)));

    [Fact]
    public void Elements_that_are_too_near_stand_side_by_side()
        => Assert.Equal(new RegisterDimension(4, 4), VendorsRegister("<{|SLU1070:register|}><dim>4</dim><dimIncrement>1</dimIncrement><name>X[%s]</name><addressOffset>0</addressOffset></register>").Dimension);

    [Theory]
    [InlineData("A/B", "A_B")]
    [InlineData("A @ B", "A _ B")]
    [InlineData("A\u2028B", "A_B")]
    public void A_name_with_separators_in_it_gets_underscores(string name, string taken)
        => Assert.Equal(taken, VendorsRegister("<register><name>{|SLU1071:" + name + "|}</name><addressOffset>0</addressOffset></register>").Name);

    [Theory]
    [InlineData("[3]", 0x8)]
    [InlineData("7:4", 0xF0)]
    [InlineData("[4:7]", 0xF0)]
    public void A_range_of_bits_in_the_vendors_notation_is_understood(string range, ulong mask)
        => Assert.Equal(mask, Vendors(Description.WithFields("<field><name>F</name><bitRange>{|SLU1013:" + range + "|}</bitRange></field>")).Model!.Blocks[0].Registers[0].Fields[0].Mask);

    [Theory]
    [InlineData("<register><name>R</name><alternateRegister>{|SLU1072:RR|}</alternateRegister><addressOffset>0</addressOffset></register>", "register 'RR'")]
    [InlineData("<cluster><name>C</name><alternateCluster>{|SLU1072:CC|}</alternateCluster><addressOffset>0</addressOffset><register><name>R</name><addressOffset>0</addressOffset></register></cluster>", "cluster 'CC'")]
    public void An_alternate_of_nothing_is_reported_in_any_file(string register, string what)
        => Assert.Contains(what, Marked.MessageOf(Description.WithRegisters(register)), StringComparison.Ordinal);

    [Theory]
    [InlineData("<alternateRegister>X[%s]</alternateRegister>")]
    [InlineData("<alternateRegister>X</alternateRegister>")]
    [InlineData("<alternateRegister>B.X</alternateRegister>")]
    public void An_alternate_may_name_an_array_or_a_path(string alternate)
        => Marked.Check(Description.WithRegisters(
            "<register><dim>2</dim><dimIncrement>4</dimIncrement><name>X[%s]</name><addressOffset>0</addressOffset></register>\n"
                + "<register><name>Y</name>" + alternate + "<addressOffset>0</addressOffset></register>"));

    [Theory]
    [InlineData("<name>A</name><value>6</value>", "<name>A</name><value>{|SLU1073:7|}</value>", "Interrupt 'A' stands for 7 here and for 6 in 'P'; both are let be, since no code is made of interrupts")]
    [InlineData("<name>A</name><value>6</value>", "<name>{|SLU1073:B|}</name><value>0x6</value>", "Interrupt value 6 stands for 'B' here and for 'A' in 'P'; both are let be, since no code is made of interrupts")]
    public void Interrupts_that_contradict_each_other_are_reported(string first, string second, string message)
        => Assert.Equal(message, Marked.MessageOf(Interrupts(first, second)));

    [Fact]
    public void Blocks_may_share_an_interrupt()
        => Marked.Check(Interrupts("<name>A</name><value>6</value>", "<name>A</name><value>0x6</value>"));

    [Theory]
    [InlineData("0x1000", "", true)]
    [InlineData("0x0FFC", "", true)]
    [InlineData("0x1008", "", false)]
    [InlineData("0x1000", "<alternatePeripheral>P</alternatePeripheral>", false)]
    public void Blocks_that_overlap_are_reported(string address, string alternate, bool isReported)
        => Marked.Check(
            "<device><name>D</name><peripherals><peripheral><name>P</name><baseAddress>0x1000</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset><size>64</size></register></registers></peripheral>\n<"
                + (isReported ? "{|SLU1074:peripheral|}" : "peripheral") + "><name>Q</name>" + alternate + "<baseAddress>" + address
                + "</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset><size>64</size></register></registers></peripheral></peripherals></device>");

    [Theory]
    [InlineData("<register><name>R</name><addressOffset>2</addressOffset></register>", "SLU1024")]
    [InlineData("<register><name>R</name><addressOffset>0</addressOffset><size>8</size><resetValue>0x100</resetValue></register>", "SLU1030")]
    [InlineData("<register><name>R</name><addressOffset>0</addressOffset></register><register><name>R</name><addressOffset>4</addressOffset></register>", "SLU1019")]
    [InlineData("<register><name>R</name><addressOffset>0</addressOffset><fields><field><name>F</name><bitRange>[32:31]</bitRange></field></fields></register>", "SLU1028")]
    [InlineData("<register><name>R</name><addressOffset>0</addressOffset><fields><field><name>F</name><bitRange>[3:0]</bitRange></field><field><name>G</name><bitRange>[4:3]</bitRange></field></fields></register>", "SLU1029")]
    public void What_is_an_error_in_a_file_of_ones_own_and_is_repaired_is_a_warning_in_a_vendors(string registers, string rule)
    {
        Problem own = Assert.Single(Description.Read(Description.WithRegisters(registers)).Problems);
        Problem vendors = Assert.Single(DescriptionReader.Read(new SourceFile("chip.svd", Description.WithRegisters(registers)), []).Problems);
        Assert.Equal((rule, ProblemSeverity.Error), (own.Rule.Id, own.Severity));
        Assert.Equal((rule, ProblemSeverity.Warning), (vendors.Rule.Id, vendors.Severity));
        Assert.Contains(": warning " + rule + ":", vendors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_overlay_adds_to_a_vendors_file_is_a_file_of_ones_own()
    {
        DescriptionResult result = DescriptionReader.Read(
            new SourceFile("chip.svd", Description.WithRegisters(Simple)),
            [new SourceFile("chip.overlay.xml", "<trap:overlay xmlns:trap=\"urn:sluice:trap\" of=\"chip.svd\" source=\"s\"><trap:peripheral of=\"B\"><registers><register><name>X</name></register></registers></trap:peripheral></trap:overlay>")]);
        Assert.Contains(result.Problems, problem => problem.Rule.Id == "SLU1007");
    }

    [Fact]
    public void An_overlay_suppresses_what_is_repaired()
    {
        DescriptionResult result = DescriptionReader.Read(
            new SourceFile("chip.svd", Description.WithRegisters(Simple + "<register><name>Q</name><addressOffset>4</addressOffset><resetValue>-1</resetValue></register>")),
            [new SourceFile("chip.overlay.xml", "<trap:overlay xmlns:trap=\"urn:sluice:trap\" of=\"chip.svd\" source=\"s\"><trap:peripheral of=\"B\"><trap:suppress rule=\"SLU1066\" register=\"Q\" reason=\"its reset value does not matter\"/></trap:peripheral></trap:overlay>")]);
        Assert.Equal([], result.Problems.Select(problem => problem.ToString()));
        Assert.Equal("SLU1066", Assert.Single(result.Suppressed).Problem.Rule.Id);
    }

    private static string Interrupts(string first, string second)
        => "<device><name>D</name><peripherals><peripheral><name>P</name><baseAddress>0x1000</baseAddress><interrupt>" + first + "</interrupt></peripheral>\n"
            + "<peripheral><name>Q</name><baseAddress>0x2000</baseAddress><interrupt>" + second + "</interrupt></peripheral></peripherals></device>";

    private static DescriptionResult Vendors(string marked) => Marked.CheckAs("chip.svd", marked);

    private static RegisterModel VendorsRegister(string marked) => Assert.Single(Vendors(Description.WithRegisters(marked)).Model!.Blocks[0].Registers);
}
