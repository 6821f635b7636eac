using System.Globalization;
using System.Text;

namespace Sluice.CompileBenchmarks;

/// <summary>A vendor's description of any size, in blocks of 250 registers.</summary>
internal static class SyntheticMap
{
    private const int RegistersOfBlock = 250;

    private const string OneField = """
                            <field><name>LEVEL</name><description>When it asks for more</description><bitRange>[15:8]</bitRange></field>

            """;

    private const string FourFields = """
                            <field><name>ENABLE</name><description>Switches the channel on</description><bitRange>[0:0]</bitRange></field>
                            <field><name>MODE</name><description>How the channel works</description><bitRange>[3:2]</bitRange>
                              <enumeratedValues>
                                <enumeratedValue><name>IDLE</name><description>Not at all</description><value>0</value></enumeratedValue>
                                <enumeratedValue><name>ONCE</name><description>One transfer</description><value>1</value></enumeratedValue>
                              </enumeratedValues>
                            </field>
                            <field><name>LEVEL</name><description>When it asks for more</description><bitRange>[15:8]</bitRange></field>
                            <field><name>DONE</name><description>The transfer has ended</description><bitRange>[31:31]</bitRange><access>read-only</access></field>

            """;

    /// <summary>So many registers with one field each.</summary>
    public static string OfRegisters(int registers) => Write((count, _) => count < registers, OneField);

    /// <summary>So many registers with four fields each, one of them with named values.</summary>
    public static string OfFullRegisters(int registers) => Write((count, _) => count < registers, FourFields);

    /// <summary>At least so many characters of such registers.</summary>
    public static string OfLength(int characters) => Write((_, length) => length < characters, FourFields);

    private static string Write(System.Func<int, int, bool> goesOn, string fields)
    {
        StringBuilder text = new();
        text.Append("<device schemaVersion=\"1.3\">\n  <name>SYNTHETIC</name>\n  <width>32</width>\n  <size>32</size>\n  <access>read-write</access>\n  <resetValue>0</resetValue>\n  <peripherals>\n");
        int count = 0;
        for (int block = 0; goesOn(count, text.Length); block++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    <peripheral>\n      <name>BLOCK{block}</name>\n      <description>Block number {block} of the map</description>\n      <baseAddress>0x{block * 0x10000L:X}</baseAddress>\n      <registers>\n");
            for (int register = 0; register < RegistersOfBlock && goesOn(count, text.Length); register++, count++)
            {
                text.Append(CultureInfo.InvariantCulture, $"""
                            <register>
                              <name>CONTROL{register}</name>
                              <description>Controls channel {register} of the block</description>
                              <addressOffset>0x{register * 4:X}</addressOffset>
                              <fields>

                    """);
                text.Append(fields).Append("          </fields>\n        </register>\n");
            }

            text.Append("      </registers>\n    </peripheral>\n");
        }

        return text.Append("  </peripherals>\n</device>\n").ToString();
    }
}
