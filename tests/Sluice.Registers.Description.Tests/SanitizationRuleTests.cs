using System;
using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

/// <summary>The rules on views that SLU1037 to SLU1047 leave open: what nobody decided, half an address, and side effects that reach too far.</summary>
public class SanitizationRuleTests
{
    private const string Plain = """
        <register><name>A</name><addressOffset>0</addressOffset></register>
        <register><name>B</name><addressOffset>4</addressOffset></register>
        <register><name>C</name><addressOffset>8</addressOffset></register>
        """;

    private const string Status = """
        <register><name>R</name><addressOffset>0</addressOffset>
        <fields>
        <field><name>ONE</name><bitRange>[0:0]</bitRange><modifiedWriteValues>oneToClear</modifiedWriteValues></field>
        <field><name>TWO</name><bitRange>[1:1]</bitRange><modifiedWriteValues>zeroToClear</modifiedWriteValues></field>
        <field><name>RC</name><bitRange>[2:2]</bitRange><access>read-only</access><readAction>clear</readAction></field>
        <field><name>PLAIN</name><bitRange>[8:8]</bitRange></field>
        </fields></register>
        """;

    private const string AnyWrite = """
        <register><name>R</name><addressOffset>0</addressOffset>
        <fields>
        <field><name>GONE</name><bitRange>[0:0]</bitRange><modifiedWriteValues>clear</modifiedWriteValues></field>
        <field><name>PLAIN</name><bitRange>[8:8]</bitRange></field>
        </fields></register>
        """;

    [Fact]
    public void A_view_that_says_nothing_of_registers_is_reported_with_their_names()
    {
        string message = Marked.MessageOf(Description.WithRegisters(Plain, View("{|SLU1052:trap:view|}", "<trap:constant register=\"B\"/>")));
        Assert.Equal("View 'guest' of 'B' says nothing of 2 registers, so that they are denied: A, C", message);
        Assert.Equal(ProblemSeverity.Information, ProblemRules.Find("SLU1052")!.DefaultSeverity);
    }

    [Fact]
    public void Of_very_many_registers_the_first_are_named()
    {
        string many = string.Concat(Enumerable.Range(0, 20).Select(index => $"<register><name>R{index:D2}</name><addressOffset>{index * 4}</addressOffset></register>\n"));
        string message = Marked.MessageOf(Description.WithRegisters(many, View("{|SLU1052:trap:view|}", "")));
        Assert.EndsWith("of 20 registers, so that they are denied: R00, R01, R02, R03, R04, R05, R06, R07 and others", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_register_that_is_denied_by_name_was_thought_of()
        => Marked.Check(Description.WithRegisters(Plain, View("trap:view", "<trap:constant register=\"B\"/><trap:denied register=\"A\"/><trap:denied register=\"C\"/>")));

    [Fact]
    public void A_view_can_say_why_it_omits_registers()
    {
        DescriptionResult result = Marked.Check(Description.WithRegisters(
            Plain, View("trap:view", "<trap:constant register=\"B\"/><trap:suppress rule=\"SLU1052\" reason=\"the guest needs B alone\"/>")));
        SuppressedProblem suppressed = Assert.Single(result.Suppressed);
        Assert.Equal(("SLU1052", "B", "guest", "", "the guest needs B alone"), (suppressed.Problem.Rule.Id, suppressed.Block, suppressed.View, suppressed.Register, suppressed.Reason));
    }

    [Theory]
    [InlineData("size=\"64\"", "an alignment")]
    [InlineData("alignment=\"64\"", "a size")]
    [InlineData("", "a size and an alignment")]
    public void A_guest_address_needs_size_and_alignment(string attributes, string missing)
    {
        string message = Marked.MessageOf(Address("{|SLU1053:trap:guest-address|}", attributes));
        Assert.StartsWith("The guest-address of 'RW' has not " + missing + ":", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_address_with_both_is_complete() => Marked.Check(Address("trap:guest-address", "size=\"64\" alignment=\"64\""));

    [Fact]
    public void An_incomplete_guest_address_can_be_suppressed()
        => Assert.Single(Marked.Check(Address("trap:guest-address", "size=\"64\"", "<trap:suppress rule=\"SLU1053\" register=\"R\" reason=\"a hint, never dereferenced\"/>")).Suppressed);

    [Theory]
    [InlineData("0x1", "0x1", "0x1", "0x1", "0x1", "writes")]
    [InlineData("0x3", "0x3", "0x2", "0x2", "0x2", "writes")]
    [InlineData("0x101", "0x101", "0x101", "0x100", "0x1", "writes")]
    [InlineData("0x100", "0x100", "0x1", "0x0", null, "")]
    public void Bits_on_which_a_write_acts_have_one_owner(string visible, string writable, string otherVisible, string otherWritable, string? bits, string verb)
        => CheckShared(Status.Replace("<readAction>clear</readAction>", "", StringComparison.Ordinal), visible, writable, otherVisible, otherWritable, bits, verb);

    [Theory]
    [InlineData("0x4", "0x0", "0x4", "0x0", "0x4", "reads")]
    [InlineData("0x4", "0x0", "0x0", "0x0", null, "")]
    public void Bits_that_a_read_clears_have_one_owner(string visible, string writable, string otherVisible, string otherWritable, string? bits, string verb)
        => CheckShared(Status, visible, writable, otherVisible, otherWritable, bits, verb);

    [Fact]
    public void What_is_emulated_for_one_of_the_two_is_not_shared()
        => Marked.Check(Description.WithRegisters(
            Status,
            View("trap:view", "<trap:passthrough register=\"R\" visible=\"0x7\" writable=\"0x3\" sanitize=\"mask\"/>")
                + View("trap:view", "<trap:emulated register=\"R\" visible=\"0x3\" writable=\"0x3\" sanitize=\"mask\"/>", "other")));

    [Fact]
    public void A_shared_side_effect_can_be_suppressed_with_a_reason()
        => Assert.Single(Marked.Check(Description.WithRegisters(
            Status,
            View("trap:view", "<trap:passthrough register=\"R\" visible=\"0x7\" writable=\"0x3\" sanitize=\"mask\"/>")
                + View(
                    "trap:view",
                    "<trap:passthrough register=\"R\" visible=\"0x7\" writable=\"0x3\" sanitize=\"mask\"/>"
                        + "<trap:suppress rule=\"SLU1054\" register=\"R\" reason=\"never both at a time\"/>",
                    "other"))).Suppressed);

    [Fact]
    public void A_read_that_clears_bits_which_the_view_does_not_see_is_reported()
    {
        string message = Marked.MessageOf(Description.WithRegisters(
            Status, View("trap:view", "<{|SLU1055:trap:passthrough|} register=\"R\" visible=\"0x1\" writable=\"0\"/>")));
        Assert.StartsWith("Each read of 'R' that is passed through also acts on bits 0x4, which are not visible in the view", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_clears_bits_which_the_view_does_not_move_is_reported()
    {
        string message = Marked.MessageOf(Description.WithRegisters(
            AnyWrite, View("trap:view", "<{|SLU1055:trap:passthrough|} register=\"R\" visible=\"0x100\" writable=\"0x100\" sanitize=\"mask\"/>")));
        Assert.StartsWith("Each write of 'R' that is passed through also acts on bits 0x1, which are not writable in the view", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("visible=\"0x5\" writable=\"0\"")]
    [InlineData("visible=\"0\" writable=\"0x100\" sanitize=\"mask\"")]
    [InlineData("visible=\"0x107\" writable=\"0x1\" sanitize=\"mask\"")]
    public void Bits_that_a_neutral_value_leaves_alone_are_no_reach_beyond_the_view(string masks)
        => Marked.Check(Description.WithRegisters(Status, View("trap:view", "<trap:passthrough register=\"R\" " + masks + "/>")));

    [Fact]
    public void A_reach_beyond_the_view_can_be_suppressed()
        => Assert.Single(Marked.Check(Description.WithRegisters(
            Status,
            View(
                "trap:view",
                "<trap:passthrough register=\"R\" visible=\"0x1\" writable=\"0\"/><trap:suppress rule=\"SLU1055\" register=\"R\" reason=\"nobody reads RC\"/>"))).Suppressed);

    private static void CheckShared(string register, string visible, string writable, string otherVisible, string otherWritable, string? bits, string verb)
    {
        string policy = bits is null ? "trap:passthrough" : "{|SLU1054:trap:passthrough|}";
        string text = Description.WithRegisters(
            register,
            View("trap:view", $"<trap:passthrough register=\"R\" visible=\"{visible}\" writable=\"{writable}\" sanitize=\"mask\"/>")
                + View("trap:view", $"<{policy} register=\"R\" visible=\"{otherVisible}\" writable=\"{otherWritable}\" sanitize=\"mask\"/>", "other"));
        DescriptionResult result = Marked.Check(text);
        if (bits is not null)
        {
            string message = Assert.Single(result.Problems).Message;
            Assert.StartsWith($"Bits {bits} of 'R' are passed through to view 'guest' and to view 'other': what one {verb}, ", message, StringComparison.Ordinal);
        }
    }

    private static string View(string element, string policies, string name = "guest")
        => "<" + element + " name=\"" + name + "\" absent=\"ones\">\n" + policies + "\n</trap:view>\n";

    private static string Address(string element, string attributes, string rest = "")
        => Description.WithView(
            "<trap:emulated register=\"R\"><trap:mask field=\"W1C\"/><" + element + " field=\"RW\" subject=\"ram\" " + attributes + "/></trap:emulated>" + rest);
}
