using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class CompletenessReportTests
{
    private const string Sparse =
        """
        <peripheral xmlns:trap="urn:sluice:trap"><name>B</name><baseAddress>0</baseAddress><registers>
        <register><name>A</name><addressOffset>0</addressOffset><fields>
        <field trap:unsure="read off a driver"><name>RX_FLAG</name><bitRange>[0:0]</bitRange></field>
        <field trap:source="the manual"><name>LEVEL</name><bitRange>[7:4]</bitRange></field>
        <field><name>DONE</name><description>Write 1 to clear</description><bitRange>[8:8]</bitRange></field>
        <field trap:reserved="preserve"><name>REST</name><bitRange>[31:9]</bitRange></field></fields></register>
        <register trap:source="the manual" trap:unsure="its width"><name>C</name><addressOffset>4</addressOffset><access>read-only</access><resetValue>1</resetValue></register>
        <register><name>D</name><addressOffset>8</addressOffset><access>read-write</access></register></registers>
        <trap:view name="guest" absent="zeros"><trap:constant register="C"/></trap:view></peripheral>
        """;

    [Fact]
    public void Each_thing_unsaid_is_listed_at_the_place_where_it_would_be_said()
        => Assert.Equal(
            """
            B: 3 registers, 4 fields; 1 register(s) without access, 2 register(s) without reset value, 2 register(s) without source, 1 writable field(s) without write effect, 2 status flag(s) without write effect, 2 fact(s) in doubt, 2 register(s) in no view
              registers.xml(2,2): B.A: no access, read-write is assumed
              registers.xml(2,2): B.A: no reset value, zero is assumed
              registers.xml(2,2): B.A: no source
              registers.xml(3,2): B.A.RX_FLAG: in doubt: read off a driver
              registers.xml(3,2): B.A.RX_FLAG: looks like a status flag and has no write effect, plain storage is assumed
              registers.xml(5,2): B.A.DONE: looks like a status flag and has no write effect, plain storage is assumed
              registers.xml(2,2): B.A: in no view, so it is denied
              registers.xml(7,2): B.C: in doubt: its width
              registers.xml(8,2): B.D: no reset value, zero is assumed
              registers.xml(8,2): B.D: no source
              registers.xml(8,2): B.D: no write effect, plain storage is assumed
              registers.xml(8,2): B.D: in no view, so it is denied
            In all: 3 registers, 12 things unsaid

            """.ReplaceLineEndings("\n"),
            CompletenessReport.Text(Description.Read(Sparse)));

    [Fact]
    public void A_description_that_says_everything_has_nothing_unsaid()
    {
        DescriptionResult result = Description.Read(
            """
            <peripheral xmlns:trap="urn:sluice:trap" trap:source="the manual"><name>B</name><baseAddress>0</baseAddress><access>read-write</access><resetValue>0</resetValue><registers>
              <register><name>A</name><addressOffset>0</addressOffset></register></registers></peripheral>
            """);
        Assert.Equal("B: 1 registers, 0 fields; nothing unsaid\nIn all: 1 registers, 0 things unsaid\n", CompletenessReport.Text(result));
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void An_overlay_says_what_was_unsaid()
    {
        BlockCompleteness before = CompletenessReport.Of(Overlaid.Read().Model!)[0];
        BlockCompleteness after = CompletenessReport.Of(Overlaid.Read(Overlaid.Overlay(
            """
            <trap:peripheral of="UART" trap:source="the manual"><access>read-write</access><resetValue>0</resetValue>
              <trap:register of="STATUS"><trap:field of="OVERRUN"><modifiedWriteValues>oneToClear</modifiedWriteValues></trap:field></trap:register></trap:peripheral>
            """)).Model!)[0];
        Assert.Equal((2, 3, 3, 3), (before.Count(UnsaidKind.Access), before.Count(UnsaidKind.Reset), before.Count(UnsaidKind.Source), before.Count(UnsaidKind.WriteEffect)));
        Assert.Empty(after.Items);
    }

    [Fact]
    public void The_report_is_the_same_in_every_culture()
    {
        string here = CompletenessReport.Text(Description.Read(Sparse));
        System.Globalization.CultureInfo culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            foreach (string name in new[] { "tr-TR", "sv-SE", "ar-SA" })
            {
                System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(name);
                Assert.Equal(here, CompletenessReport.Text(Description.Read(Sparse)));
            }
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }
}
