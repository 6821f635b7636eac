using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class ViewRuleTests
{
    [Theory]
    [InlineData("denied", "RR", ". Did you mean 'R'?")]
    [InlineData("constant", "r", ". Did you mean 'R'?")]
    [InlineData("emulated", "R[%s]", ". Did you mean 'R'?")]
    [InlineData("hooked", "R0", ". Did you mean 'R'?")]
    [InlineData("passthrough", "SOMETHING_ELSE", "")]
    public void A_policy_for_a_register_that_is_not_there_is_reported_with_the_nearest_name(string policy, string name, string hint)
        => Assert.Equal(
            $"View 'guest' has a policy for '{name}', and 'B' has no such register{hint}",
            Marked.MessageOf(Description.WithView($"<trap:{policy} register=\"{{|SLU1075:{name}|}}\"/>")));

    [Theory]
    [InlineData("CH_CTRL")]
    [InlineData("BUF")]
    public void A_register_of_a_cluster_and_an_array_are_known_to_a_view(string name)
        => Description.Block(Description.WithRegisters(
            """
            <cluster><name>CH</name><addressOffset>0</addressOffset><register><name>CTRL</name><addressOffset>0</addressOffset></register></cluster>
            <register><dim>4</dim><dimIncrement>4</dimIncrement><name>BUF[%s]</name><addressOffset>0x10</addressOffset></register>
            """,
            $"<trap:view name=\"guest\" absent=\"ones\"><trap:denied register=\"{name}\"/></trap:view>"));

    [Fact]
    public void A_policy_for_a_register_of_another_block_is_reported_and_costs_its_own_block_only()
    {
        DescriptionResult result = Marked.Check(
            """
            <device schemaVersion="1.3" xmlns:trap="urn:sluice:trap"><name>D</name><peripherals>
            <peripheral><name>A</name><baseAddress>0x1000</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset></register></registers></peripheral>
            <peripheral><name>B</name><baseAddress>0x2000</baseAddress><registers><register><name>S</name><addressOffset>0</addressOffset></register></registers>
            <trap:view name="guest" absent="zeros"><trap:denied register="{|SLU1075:R|}"/></trap:view></peripheral>
            </peripherals></device>
            """);
        Assert.Equal("A", Assert.Single(result.Model!.Blocks).Name);
    }

    [Fact]
    public void A_policy_for_a_register_that_is_not_there_cannot_be_suppressed()
        => Marked.Check(Description.WithView("<trap:denied register=\"{|SLU1075:RR|}\"/>\n<trap:suppress rule=\"{|SLU1046:SLU1075|}\" reason=\"it will be there\"/>"));

    [Fact]
    public void A_second_policy_for_a_register_is_reported()
        => Marked.Check(Description.WithView("<trap:denied register=\"R\"/>\n<trap:constant register=\"{|SLU1037:R|}\"/>"));

    [Fact]
    public void A_view_shows_one_of_two_alternates()
        => Marked.Check(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset></register>
            <register><name>B</name><alternateRegister>A</alternateRegister><addressOffset>0</addressOffset></register>
            """,
            "<trap:view name=\"guest\" absent=\"ones\"><trap:constant register=\"A\"/>\n<{|SLU1037:trap:constant|} register=\"B\"/></trap:view>"));

    [Fact]
    public void A_denied_alternate_does_not_count()
        => Description.Block(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset></register>
            <register><name>B</name><alternateRegister>A</alternateRegister><addressOffset>0</addressOffset></register>
            """,
            "<trap:view name=\"guest\" absent=\"ones\"><trap:constant register=\"A\"/><trap:denied register=\"B\"/></trap:view>"));

    [Theory]
    [InlineData("<trap:constant register=\"R\" value=\"{|SLU1038:0x100000000|}\"/>")]
    [InlineData("<trap:emulated register=\"R\" sanitize=\"mask\" reset=\"{|SLU1038:0x100000000|}\"/>")]
    [InlineData("<trap:passthrough register=\"R\" sanitize=\"mask\" visible=\"{|SLU1038:0x10000000F|}\" writable=\"0\"/>")]
    public void A_value_beyond_the_register_is_reported(string policy) => Marked.Check(Description.WithView(policy));

    [Fact]
    public void A_writable_mask_over_read_only_bits_is_reported()
    {
        string message = Marked.MessageOf(Description.WithView("<trap:hooked register=\"R\" sanitize=\"mask\" writable=\"{|SLU1039:0x0000FF0F|}\"/>"));
        Assert.Contains("0xF ", message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_visible_mask_over_reserved_bits_is_reported_unless_a_hook_supplies_them()
    {
        Marked.Check(Description.WithView("<trap:hooked register=\"R\" sanitize=\"mask\" on=\"write\" visible=\"{|SLU1039:0x80000000|}\"/>"));
        Marked.Check(Description.WithView("<trap:hooked register=\"R\" sanitize=\"mask\" visible=\"0x80000000\"/>"));
    }

    [Theory]
    [InlineData("<{|SLU1040:trap:emulated|} register=\"R\"><trap:mask field=\"RW\"/></trap:emulated>", "W1C")]
    [InlineData("<{|SLU1040:trap:hooked|} register=\"R\"><trap:mask field=\"W1C\"/></trap:hooked>", "RW")]
    [InlineData("<{|SLU1040:trap:passthrough|} register=\"R\" visible=\"0xF\" writable=\"0xF00\"/>", "RW")]
    public void A_writable_field_without_sanitizer_is_reported(string policy, string field)
    {
        DescriptionResult result = Marked.Check(Description.WithView(policy));
        Assert.StartsWith("'" + field + "' of 'R' is writable in view 'guest'", Assert.Single(result.Problems).Message, System.StringComparison.Ordinal);
        Assert.True(result.HasErrors);
        Assert.True(result.IsComplete);
    }

    [Fact]
    public void Every_view_needs_sanitizers_whatever_its_name()
        => Marked.Check(Description.WithFields(
            "<field><name>F</name><bitRange>[0:0]</bitRange></field>",
            "<trap:view name=\"hardware-domain\" absent=\"ones\"><{|SLU1040:trap:emulated|} register=\"R\"/></trap:view>"));

    [Fact]
    public void Bits_that_a_policy_does_not_let_through_need_no_sanitizer()
        => Marked.Check(Description.WithView("<trap:emulated register=\"R\" writable=\"0\"/>"));

    [Fact]
    public void A_writable_register_without_fields_says_that_every_value_is_harmless()
    {
        const string Register = "<register><name>R</name><addressOffset>0</addressOffset></register>";
        Marked.Check(Description.WithRegisters(Register, "<trap:view name=\"g\" absent=\"ones\"><{|SLU1040:trap:emulated|} register=\"R\"/></trap:view>"));
        Marked.Check(Description.WithRegisters(Register, "<trap:view name=\"g\" absent=\"ones\"><trap:emulated register=\"R\" sanitize=\"mask\"/></trap:view>"));
    }

    [Theory]
    [InlineData("<trap:enumerated field=\"{|SLU1041:RW|}\"/>")]
    [InlineData("<trap:range field=\"RW\" minimum=\"{|SLU1041:2|}\" maximum=\"1\"/>")]
    [InlineData("<trap:range field=\"RW\" minimum=\"2\" maximum=\"{|SLU1041:0x100|}\"/>")]
    [InlineData("<trap:guest-address field=\"RW\" subject=\"ram\" size=\"1\" alignment=\"{|SLU1041:3|}\"/>")]
    [InlineData("<trap:guest-address field=\"RW\" subject=\"ram\" size=\"{|SLU1041:0|}\" alignment=\"1\"/>")]
    [InlineData("<trap:mask field=\"{|SLU1041:RO|}\"/>")]
    [InlineData("<trap:owned-index field=\"{|SLU1041:W1C|}\" subject=\"vector\"/>")]
    public void A_sanitizer_that_does_not_fit_its_field_is_reported(string sanitizer)
        => Marked.Check(Description.WithView("<trap:emulated register=\"R\" sanitize=\"mask\">" + sanitizer + "</trap:emulated>"));

    [Theory]
    [InlineData("writable=\"0x7F00\"", "otherwise=\"{|SLU1041:clamp|}\"")]
    [InlineData("writable=\"0x7F00\"", "otherwise=\"ignore\"")]
    [InlineData("writable=\"0xFF00\"", "otherwise=\"clamp\"")]
    public void A_field_that_is_writable_in_part_cannot_be_clamped(string writable, string otherwise)
        => Marked.Check(Description.WithView(
            $"<trap:emulated register=\"R\" {writable} sanitize=\"mask\"><trap:range field=\"RW\" minimum=\"2\" maximum=\"0x80\" {otherwise}/></trap:emulated>"));

    [Fact]
    public void Values_that_are_named_for_reads_only_cannot_be_written()
        => Marked.Check(Description.WithView(
            "<trap:emulated register=\"R\" sanitize=\"mask\"><trap:enumerated field=\"{|SLU1041:E|}\"/></trap:emulated>",
            "<field><name>E</name><bitRange>[17:17]</bitRange><enumeratedValues><usage>read</usage><enumeratedValue><name>A</name><value>1</value></enumeratedValue></enumeratedValues></field>"));

    [Fact]
    public void A_second_sanitizer_for_a_field_is_reported()
        => Marked.Check(Description.WithView(
            "<trap:emulated register=\"R\" sanitize=\"mask\"><trap:mask field=\"RW\"/><trap:method field=\"{|SLU1042:RW|}\" name=\"X\"/></trap:emulated>"));

    [Theory]
    [InlineData("<{|SLU1043:trap:emulated|} register=\"R\" sanitize=\"mask\"/>")]
    [InlineData("<{|SLU1043:trap:hooked|} register=\"R\" on=\"read\" sanitize=\"mask\"/>")]
    [InlineData("<trap:hooked register=\"R\" on=\"write\" sanitize=\"mask\"/>")]
    [InlineData("<trap:emulated register=\"R\" writable=\"0xFF00\" sanitize=\"mask\"/>")]
    [InlineData("<trap:passthrough register=\"R\" visible=\"0\" writable=\"0x20000\" sanitize=\"mask\"/>")]
    public void A_field_that_writes_change_in_its_own_way_needs_a_write_hook(string policy)
        => Marked.Check(Description.WithView(
            policy,
            "<field><name>M</name><bitRange>[17:17]</bitRange><modifiedWriteValues>modify</modifiedWriteValues></field>"));

    [Theory]
    [InlineData("<{|SLU1043:trap:emulated|} register=\"R\" sanitize=\"mask\"/>")]
    [InlineData("<{|SLU1043:trap:hooked|} register=\"R\" on=\"write\" sanitize=\"mask\"/>")]
    [InlineData("<trap:hooked register=\"R\" on=\"read\" sanitize=\"mask\"/>")]
    public void A_field_that_reads_change_in_its_own_way_needs_a_read_hook(string policy)
        => Marked.Check(Description.WithView(
            policy,
            "<field><name>M</name><bitRange>[17:17]</bitRange><readAction>modifyExternal</readAction></field>"));

    [Fact]
    public void A_passthrough_says_which_bits()
        => Marked.Check(Description.WithView(
            "<{|SLU1044:trap:passthrough|} register=\"R\" visible=\"0xF\" sanitize=\"mask\"/>"));

    [Theory]
    [InlineData("")]
    [InlineData("reason=\"  \"")]
    public void A_suppression_without_reason_is_reported_and_does_not_count(string reason)
        => Marked.Check(Description.WithView(
            "<{|SLU1045:trap:suppress|} rule=\"SLU1040\" " + reason + "/><{|SLU1040:trap:emulated|} register=\"R\"><trap:mask field=\"RW\"/></trap:emulated>"));

    [Theory]
    [InlineData("SLU9999")]
    [InlineData("SLU1004")]
    public void A_suppression_of_no_rule_or_of_a_fatal_one_is_reported(string rule)
        => Marked.Check(Description.WithView("<trap:suppress rule=\"{|SLU1046:" + rule + "|}\" reason=\"because\"/>"));

    [Fact]
    public void A_suppression_with_a_reason_holds_for_its_register_alone()
        => Marked.Check(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset></register>
            <register><name>B</name><addressOffset>4</addressOffset></register>
            """,
            """
            <trap:view name="guest" absent="ones">
              <trap:emulated register="A"/>
              <{|SLU1040:trap:emulated|} register="B"/>
              <trap:suppress rule="SLU1040" register="A" reason="nothing reads it"/>
            </trap:view>
            """));

    [Fact]
    public void A_block_can_suppress_what_is_outside_its_views()
        => Marked.Check(Description.WithRegisters(
            "<register><name>R</name><addressOffset>0x10</addressOffset></register>",
            """
            <addressBlock><offset>0</offset><size>0x10</size><usage>registers</usage></addressBlock>
            <trap:suppress rule="SLU1026" register="R" reason="the manual's size is wrong"/>
            """));

    [Fact]
    public void A_suppression_that_suppresses_nothing_is_reported()
        => Marked.Check(Description.WithView("<{|SLU1047:trap:suppress|} rule=\"SLU1040\" reason=\"because\"/>"));

    [Theory]
    [InlineData("4096", "<trap:emulated register=\"R\" sanitize=\"mask\"/>")]
    [InlineData("4097", "<{|SLU1016:trap:emulated|} register=\"R\" sanitize=\"mask\"/>")]
    [InlineData("4097", "<{|SLU1016:trap:hooked|} register=\"R\" on=\"write\" sanitize=\"mask\"/>")]
    [InlineData("0x1000000", "<trap:constant register=\"R\"/>")]
    [InlineData("0x1000000", "<trap:hooked register=\"R\" sanitize=\"mask\"/>")]
    [InlineData("0x1000000", "<trap:hooked register=\"R\" on=\"read\" writable=\"0\"/>")]
    [InlineData("0x1000000", "<trap:passthrough register=\"R\" visible=\"0xFF\" writable=\"0\"/>")]
    public void A_long_array_may_be_in_a_view_that_needs_no_state_for_it(string count, string policy)
        => Marked.Check(Description.WithRegisters(
            $"<register><dim>{count}</dim><dimIncrement>4</dimIncrement><name>R[%s]</name><addressOffset>0</addressOffset></register>",
            $"<trap:view name=\"g\" absent=\"ones\">{policy}</trap:view>"));
}
