using System.Linq;
using System.Text;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class XmlRuleTests
{
    private const string Simple = "<register><name>R</name><addressOffset>0</addressOffset></register>";

    [Fact]
    public void Xml_that_ends_early_is_reported_where_it_ends()
        => Marked.Check("<device>\n<name>D</name>\n<{|SLU1001:|}");

    [Fact]
    public void A_tag_that_is_closed_by_another_is_reported_there()
    {
        string message = Marked.MessageOf("<device>\n  <name>D</{|SLU1001:n|}ame2></device>");
        Assert.DoesNotContain("Line", message);
    }

    [Fact]
    public void A_document_type_declaration_is_refused()
        => Marked.Check("{|SLU1002:<!DOCTYPE|} device [<!ENTITY a \"b\">]>\n<device/>");

    [Fact]
    public void An_undeclared_entity_is_malformed()
        => Assert.Equal("SLU1001", Assert.Single(Description.Read("<device><name>&lol;</name></device>").Problems).Rule.Id);

    [Fact]
    public void Nesting_beyond_the_limit_ends_the_reading()
    {
        StringBuilder clusters = new();
        for (int depth = 0; depth < 100; depth++)
        {
            clusters.Append("<cluster>");
        }

        DescriptionResult result = Description.Read(Description.WithRegisters(clusters.ToString()));
        Assert.Contains(result.Problems, problem => problem.Rule.Id == "SLU1003");
        Assert.False(result.IsComplete);
    }

    [Fact]
    public void Problems_beyond_the_limit_are_not_collected()
    {
        StringBuilder registers = new();
        for (int index = 0; index < 5000; index++)
        {
            registers.Append("<registr/>\n");
        }

        DescriptionResult result = Description.Read(Description.WithRegisters(registers.ToString()));
        Assert.Equal(1001, result.Problems.Count);
        Assert.Single(result.Problems, problem => problem.Rule.Id == "SLU1003");
    }

    [Fact]
    public void An_unknown_element_is_reported_with_the_nearest_name()
    {
        string message = Marked.MessageOf(Description.WithRegisters("<{|SLU1004:regster|}><name>R</name></regster>"));
        Assert.Equal("'regster' is not an element that 'registers' can hold. Did you mean 'register'?", message);
    }

    [Fact]
    public void An_element_in_the_wrong_place_is_reported_with_its_right_one()
    {
        string message = Marked.MessageOf(Description.WithRegisters("<{|SLU1004:field|}><name>R</name></field>"));
        Assert.Contains("it belongs into 'fields'", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_inside_an_unknown_element_is_reported()
        => Marked.Check(Description.WithRegisters("<{|SLU1004:bank|}><register><nam>1</nam></register></bank>" + Simple));

    [Fact]
    public void An_element_of_an_unknown_namespace_is_unknown()
        => Marked.Check(Description.WithRegisters("<{|SLU1004:x:register|} xmlns:x=\"urn:x\"/>" + Simple));

    [Fact]
    public void What_vendors_add_in_their_place_is_not_looked_at()
        => Assert.Empty(Description.Read(
            "<device><name>D</name><peripherals/><vendorExtensions><a b=\"c\">x<d/></a></vendorExtensions></device>").Problems);

    [Fact]
    public void An_unknown_attribute_is_reported_with_the_nearest_name()
    {
        string message = Marked.MessageOf(Description.WithRegisters("<register {|SLU1005:derivedfrom|}=\"X\"><name>R</name><addressOffset>0</addressOffset></register>"));
        Assert.Contains("Did you mean 'derivedFrom'?", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void An_attribute_of_the_trap_namespace_needs_its_prefix()
        => Marked.Check(Description.WithRegisters("<register {|SLU1005:source|}=\"X\"><name>R</name><addressOffset>0</addressOffset></register>"));

    [Fact]
    public void A_second_address_offset_is_reported()
        => Marked.Check(Description.WithRegisters(
            "<register><name>R</name><addressOffset>0</addressOffset>\n<{|SLU1006:addressOffset|}>4</addressOffset></register>"));

    [Fact]
    public void A_register_without_offset_is_reported()
        => Marked.Check(Description.WithRegisters("<{|SLU1007:register|}><name>R</name></register>"));

    [Fact]
    public void A_block_without_base_address_is_reported()
    {
        string message = Marked.MessageOf("<device><name>D</name><peripherals><{|SLU1007:peripheral|}><name>P</name></peripheral></peripherals></device>");
        Assert.Contains("trap:capability", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_capability_needs_no_base_address()
    {
        DescriptionResult result = Description.Read(
            "<peripheral xmlns:trap=\"urn:sluice:trap\" trap:capability=\"0x11\"><name>MSIX</name><registers/></peripheral>");
        Assert.Empty(result.Problems);
        Assert.Equal(0x11u, Assert.Single(result.Model!.Blocks).CapabilityId);
    }

    [Fact]
    public void A_policy_without_register_is_reported()
        => Marked.Check(Description.WithView("<{|SLU1008:trap:denied|}/>"));

    [Fact]
    public void Text_between_elements_is_reported()
        => Marked.Check(Description.WithRegisters("{|SLU1009:stray|}" + Simple));

    [Theory]
    [InlineData("0xZZ")]
    [InlineData("12a")]
    [InlineData("-4")]
    [InlineData("0x")]
    [InlineData("0x10000000000000000")]
    [InlineData("18446744073709551616")]
    [InlineData("#2")]
    [InlineData("1 000")]
    [InlineData("٣")]
    public void What_is_no_number_is_reported_at_its_text(string text)
        => Marked.Check(Description.WithRegisters("<register><name>R</name><addressOffset>\n  {|SLU1010:" + text + "|} </addressOffset></register>"));

    [Theory]
    [InlineData("0x10", 16)]
    [InlineData("0X1c", 28)]
    [InlineData("+12", 12)]
    [InlineData("#1000", 8)]
    [InlineData("0b100", 4)]
    [InlineData("4k", 4096)]
    [InlineData("010", 10)]
    public void All_forms_of_numbers_are_read(string text, uint value)
    {
        string registers = "<register><name>R</name><size>8</size><addressOffset>" + text + "</addressOffset></register>";
        Assert.Equal(value, Description.Register(Description.WithRegisters(registers)).Offset);
    }

    [Fact]
    public void An_empty_number_is_reported_at_its_element()
        => Marked.Check(Description.WithRegisters("<register><name>R</name><{|SLU1010:addressOffset|}></addressOffset></register>"));

    [Fact]
    public void A_bad_number_in_an_attribute_is_reported_at_its_value()
        => Marked.Check(Description.WithView("<trap:hooked register='R'\n   writable = '{|SLU1010:0xG|}' sanitize=\"mask\"/>"));

    [Fact]
    public void A_bit_range_has_its_high_bit_first()
        => Marked.Check(Description.WithFields("<field><name>F</name><bitRange>{|SLU1010:[0:3]|}</bitRange></field>"));

    [Fact]
    public void An_unknown_access_is_reported_with_what_it_can_be()
    {
        string message = Marked.MessageOf(Description.WithRegisters(
            "<register><name>R</name><addressOffset>0</addressOffset><access>{|SLU1011:read-onyl|}</access></register>"));
        Assert.Contains("'read-write', 'read-only', 'write-only', 'writeOnce', 'read-writeOnce'. Did you mean 'read-only'?", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_of_an_attribute_is_checked()
        => Marked.Check(Description.WithFields("<field trap:reserved=\"{|SLU1011:keep|}\"><name>F</name><bitRange>[0:0]</bitRange></field>"));

    [Fact]
    public void A_name_needs_a_letter_or_digit()
        => Marked.Check(Description.WithRegisters("<register><name>{|SLU1012:§|}</name><addressOffset>0</addressOffset></register>"));

    [Fact]
    public void A_name_is_on_one_line()
        => Marked.Check(Description.WithRegisters("<register><name>{|SLU1012:A\u2028B|}</name><addressOffset>0</addressOffset></register>"));

    [Fact]
    public void A_message_is_one_line_of_bearable_length()
    {
        string message = Description.Read(Description.WithRegisters(
            "<register><name>R</name><addressOffset>" + new string('x', 100_000) + "\n\u2028y</addressOffset></register>")).Problems.Single().Message;
        Assert.InRange(message.Length, 100, 1000);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_view_is_not_called_hardware()
        => Marked.Check(Description.WithRegisters(Simple, "<trap:view name=\"{|SLU1012:hardware|}\" absent=\"ones\"/>"));

    [Fact]
    public void A_name_in_code_is_an_identifier()
        => Marked.Check(Description.WithRegisters(
            "<register trap:typeName=\"{|SLU1012:int|}\"><name>R</name><addressOffset>0</addressOffset></register>"));

    [Theory]
    [InlineData("read-writeonce", FieldAccess.ReadWriteOnce)]
    [InlineData("write", FieldAccess.WriteOnly)]
    [InlineData("read", FieldAccess.ReadOnly)]
    public void An_access_that_files_in_the_field_misspell_is_taken_for_what_it_means(string spelling, FieldAccess meant)
    {
        DescriptionResult result = Marked.Check(Description.WithFields(
            "<field><name>F</name><bitRange>[0:0]</bitRange><access>{|SLU1013:" + spelling + "|}</access></field>"));
        Assert.True(result.IsComplete);
        Assert.Equal(meant, result.Model!.Blocks[0].Registers[0].Fields[0].Access);
    }

    [Fact]
    public void An_include_of_a_file_that_is_not_given_is_reported_at_its_reference()
    {
        string message = Marked.MessageOf(
            "<device xmlns:xi=\"http://www.w3.org/2001/XInclude\"><name>D</name><peripherals>\n  <xi:include href=\"{|SLU1014:blocks/gcv2m.xml|}\"/></peripherals></device>",
            ("blocks/gicv2m.xml", "<peripheral/>"));
        Assert.Contains("the nearest is 'gicv2m.xml'", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_includes_itself_is_reported()
    {
        const string Include = "xmlns:xi=\"http://www.w3.org/2001/XInclude\"";
        Marked.Check(
            $"<device {Include}><name>D</name><peripherals><xi:include href=\"./a/../p.xml\"/></peripherals></device>",
            ("p.xml", $"<peripheral {Include}><name>P</name><baseAddress>0</baseAddress><registers><xi:include href=\"{{|SLU1015:p.xml|}}\"/></registers></peripheral>"));
    }

    [Theory]
    [InlineData("<xi:include href=\"p.xml\" {|SLU1016:parse|}=\"text\"/>")]
    [InlineData("<xi:include {|SLU1016:xpointer|}=\"x\" href=\"p.xml\"/>")]
    [InlineData("<xi:include href=\"{|SLU1016:p.xml#a|}\"/>")]
    [InlineData("<{|SLU1016:xi:include|} href=\"p.xml\"><xi:fallback/></xi:include>")]
    [InlineData("<{|SLU1016:xi:fallback|}/>")]
    [InlineData("<{|SLU1008:xi:include|}/>")]
    public void What_is_not_read_of_inclusion_is_an_error(string include)
        => Marked.Check(
            "<device xmlns:xi=\"http://www.w3.org/2001/XInclude\"><name>D</name><peripherals>" + include + "</peripherals></device>",
            ("p.xml", "<peripheral><name>P</name><baseAddress>0</baseAddress></peripheral>"));

    [Fact]
    public void An_included_block_is_read_as_if_it_stood_there()
    {
        DescriptionResult result = Marked.Check(
            "<device xmlns:xi=\"http://www.w3.org/2001/XInclude\"><name>D</name><size>16</size><peripherals><xi:include href=\"..\\b/p.xml\"/></peripherals></device>",
            ("../b/p.xml", "<peripheral><name>P</name><baseAddress>0</baseAddress><registers>" + Simple + "</registers></peripheral>"));
        Assert.Equal(16, result.Model!.Blocks.Single().Registers.Single().WidthBits);
    }

    [Fact]
    public void An_included_file_that_is_malformed_leaves_the_other_blocks()
    {
        DescriptionResult result = Marked.Check(
            "<device xmlns:xi=\"http://www.w3.org/2001/XInclude\"><name>D</name><peripherals><xi:include href=\"a.xml\"/><xi:include href=\"b.xml\"/></peripherals></device>",
            ("a.xml", "<peripheral><name>A</name><baseAddress>0</baseAddress><{|SLU1001:|}"),
            ("b.xml", "<peripheral><name>B</name><baseAddress>0</baseAddress></peripheral>"));
        Assert.Equal(["B"], result.Model!.Blocks.Select(block => block.Name));
        Assert.False(result.IsComplete);
    }

    [Fact]
    public void A_register_of_128_bits_is_not_supported_yet()
        => Marked.Check(Description.WithRegisters("<register><name>R</name><addressOffset>0</addressOffset><size>{|SLU1016:128|}</size></register>"));

    [Fact]
    public void Only_cr_and_lf_end_a_line()
        => Marked.Check("<device>\u2028\u0085\r\n<name>D</name>\r<peripherals>\u2029<{|SLU1004:x|}/>\n</peripherals></device>");
}
