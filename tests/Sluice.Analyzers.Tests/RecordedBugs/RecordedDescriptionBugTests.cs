using System;
using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Analyzers.Tests.RecordedBugs;

/// <summary>Flaws of public records that lie in what somebody wrote down of the hardware: each is refused where the description says it.</summary>
public sealed class RecordedDescriptionBugTests
{
    [Fact]
    public void A_register_that_nobody_mediates_for_lack_of_an_entry_as_in_XSA_131()
        => Refuses("SLU1040", "<field><name>DATA</name><bitRange>[7:0]</bitRange></field>", Guest("<trap:passthrough register=\"R\" visible=\"0xFF\" writable=\"0xFF\"/>"));

    [Fact]
    public void A_passthrough_of_whatever_bits_the_hardware_has()
        => Refuses("SLU1044", "<field><name>DATA</name><bitRange>[7:0]</bitRange></field>", Guest("<trap:passthrough register=\"R\" visible=\"0xFF\" sanitize=\"mask\"/>"));

    [Fact]
    public void An_access_type_that_a_converter_did_not_know_and_took_for_read_only()
        => Refuses("SLU1011", "<field><name>POP</name><bitRange>[0:0]</bitRange><access>write-pulse</access></field>");

    [Fact]
    public void A_status_that_is_cleared_by_ones_and_was_said_to_be_stored()
        => Refuses("SLU1035", "<field><name>LOST</name><bitRange>[1:1]</bitRange><access>read-only</access><modifiedWriteValues>oneToClear</modifiedWriteValues></field>");

    [Fact]
    public void Two_error_bits_at_one_place_as_in_a_header_of_the_bridge()
        => Refuses(
            "SLU1029",
            "<field><name>INGRESS</name><bitRange>[6:6]</bitRange></field><field><name>EGRESS</name><bitRange>[6:6]</bitRange></field>");

    [Fact]
    public void A_mask_whose_ends_are_the_wrong_way_round_as_in_a_value_for_absent_devices()
        => Refuses("SLU1027", "<field><name>VALUE</name><lsb>31</lsb><msb>0</msb></field>");

    [Fact]
    public void A_buffer_whose_first_byte_alone_is_checked()
        => Refuses(
            "SLU1053",
            "<field><name>BASE</name><bitRange>[31:4]</bitRange></field>",
            Guest("<trap:hooked register=\"R\" on=\"write\"><trap:guest-address field=\"BASE\" subject=\"ram\"/></trap:hooked>"));

    [Fact]
    public void An_event_that_one_owner_clears_before_the_other_sees_it()
        => Refuses(
            "SLU1054",
            "<field><name>EVENT</name><bitRange>[0:0]</bitRange><modifiedWriteValues>oneToClear</modifiedWriteValues></field>",
            Guest("<trap:passthrough register=\"R\" visible=\"1\" writable=\"1\" sanitize=\"mask\"/>")
                + Guest("<trap:passthrough register=\"R\" visible=\"1\" writable=\"1\" sanitize=\"mask\"/>", "hardware-domain"));

    [Fact]
    public void A_lost_message_that_is_forgotten_when_a_guest_looks_at_the_level_of_the_queue()
        => Refuses(
            "SLU1055",
            "<field><name>LEVEL</name><bitRange>[7:0]</bitRange><access>read-only</access></field>"
                + "<field><name>OVERFLOW</name><bitRange>[8:8]</bitRange><access>read-only</access><readAction>clear</readAction></field>",
            Guest("<trap:passthrough register=\"R\" visible=\"0xFF\" writable=\"0\"/>"));

    [Fact]
    public void A_size_field_that_is_one_bit_too_narrow_for_the_value_that_switches_it_off()
        => Refuses(
            "SLU1033",
            "<field><name>BAR</name><bitRange>[1:0]</bitRange><enumeratedValues><enumeratedValue><name>NONE</name><value>7</value></enumeratedValue></enumeratedValues></field>");

    private static void Refuses(string rule, string fields, string views = "")
    {
        string text = $"""
            <peripheral xmlns:trap="urn:sluice:trap">
              <name>B</name>
              <baseAddress>0x1000</baseAddress>
              <registers>
                <register><name>R</name><addressOffset>0</addressOffset><fields>{fields}</fields></register>
              </registers>
              {views}
            </peripheral>
            """;
        Problem[] problems = [.. DescriptionReader.Read(new SourceFile("registers.xml", text), []).Problems];
        Problem problem = Assert.Single(problems, problem => problem.Rule.Id == rule);
        Assert.NotEqual(ProblemSeverity.Information, problem.Rule.DefaultSeverity);
        Assert.All(problems, other => Assert.True(other.Rule.Id == rule || other.Rule.DefaultSeverity == ProblemSeverity.Information, other.ToString()));
    }

    private static string Guest(string policies, string name = "guest") => $"<trap:view name=\"{name}\" absent=\"zeros\">{policies}</trap:view>";
}
