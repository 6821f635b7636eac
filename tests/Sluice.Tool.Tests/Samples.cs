namespace Sluice.Tool.Tests;

/// <summary>Small descriptions.</summary>
internal static class Samples
{
    /// <summary>A block that sanitizes in every way there is, and says nothing of one register.</summary>
    public const string Queue = """
        <peripheral xmlns:trap="urn:sluice:trap">
          <name>QUEUE</name>
          <baseAddress>0x1000</baseAddress>
          <registers>
            <register trap:order="any">
              <name>BASE</name>
              <addressOffset>0x0</addressOffset>
              <size>64</size>
              <fields>
                <field><name>ADDR</name><bitRange>[47:12]</bitRange></field>
                <field>
                  <name>MODE</name>
                  <bitRange>[1:0]</bitRange>
                  <enumeratedValues>
                    <enumeratedValue><name>OFF</name><value>0</value></enumeratedValue>
                    <enumeratedValue><name>RING</name><value>2</value></enumeratedValue>
                  </enumeratedValues>
                </field>
              </fields>
            </register>
            <register>
              <name>ROUTE</name>
              <addressOffset>0x8</addressOffset>
              <fields>
                <field><name>VECTOR</name><bitRange>[7:0]</bitRange></field>
                <field><name>WEIGHT</name><bitRange>[15:8]</bitRange></field>
                <field><name>POLICY</name><bitRange>[23:16]</bitRange></field>
              </fields>
            </register>
            <register>
              <name>STATUS</name>
              <addressOffset>0xC</addressOffset>
              <fields>
                <field><name>DONE</name><bitRange>[0:0]</bitRange><modifiedWriteValues>oneToClear</modifiedWriteValues></field>
              </fields>
            </register>
            <register><name>SCRATCH</name><addressOffset>0x10</addressOffset></register>
            <register><name>ID</name><addressOffset>0x14</addressOffset><access>read-only</access><resetValue>0x10EE</resetValue></register>
            <register><name>SECRET</name><addressOffset>0x18</addressOffset></register>
            <register><name>FORGOTTEN</name><addressOffset>0x1C</addressOffset></register>
          </registers>
          <trap:view name="guest" absent="zeros">
            <trap:hooked register="BASE" on="write">
              <trap:guest-address field="ADDR" subject="ram" size="0x1000" alignment="4k"/>
              <trap:enumerated field="MODE"/>
            </trap:hooked>
            <trap:hooked register="ROUTE">
              <trap:owned-index field="VECTOR" subject="vector"/>
              <trap:range field="WEIGHT" minimum="1" maximum="100" otherwise="clamp"/>
              <trap:method field="POLICY" name="SanitizePolicy"/>
            </trap:hooked>
            <trap:passthrough register="STATUS" visible="0x1" writable="0x1" sanitize="mask"/>
            <trap:emulated register="SCRATCH" sanitize="mask"/>
            <trap:constant register="ID"/>
            <trap:denied register="SECRET"/>
          </trap:view>
        </peripheral>
        """;

    /// <summary>A block with a writable field that nothing sanitizes.</summary>
    public const string Open = """
        <peripheral xmlns:trap="urn:sluice:trap">
          <name>PORT</name>
          <baseAddress>0x2000</baseAddress>
          <registers>
            <register>
              <name>DATA</name>
              <addressOffset>0x0</addressOffset>
              <fields><field><name>BYTE</name><bitRange>[7:0]</bitRange></field></fields>
            </register>
          </registers>
          <trap:view name="guest" absent="zeros">
            <trap:passthrough register="DATA" visible="0xFF" writable="0xFF"/>
          </trap:view>
        </peripheral>
        """;

    /// <summary>The same block, which says why that is no flaw.</summary>
    public static string Excused { get; } = Open.Replace(
        "</trap:view>",
        "  <trap:suppress rule=\"SLU1040\" register=\"DATA\" reason=\"the port takes any byte\"/>\n  </trap:view>",
        System.StringComparison.Ordinal);

    /// <summary>An overlay of a board with the excused block, which takes the field's write access away.</summary>
    public const string Overlay = """
        <trap:overlay xmlns:trap="urn:sluice:trap" of="registers.xml" source="the manual, 1.2">
          <trap:peripheral of="PORT">
            <trap:register of="DATA">
              <trap:field of="BYTE"><description>What was received last</description></trap:field>
            </trap:register>
          </trap:peripheral>
        </trap:overlay>
        """;

    /// <summary>A board of one included block.</summary>
    public static string Board(string href) => $"""
        <device schemaVersion="1.3" xmlns:xi="http://www.w3.org/2001/XInclude">
          <name>BOARD</name>
          <size>32</size>
          <peripherals><xi:include href="{href}"/></peripherals>
        </device>
        """;
}
