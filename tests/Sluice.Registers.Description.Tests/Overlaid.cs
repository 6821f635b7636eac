using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

/// <summary>A vendor's description, and what overlays make of it.</summary>
internal static class Overlaid
{
    public const string Chip =
        """
        <device schemaVersion="1.3">
          <name>CHIP</name>
          <peripherals>
            <peripheral>
              <name>UART</name>
              <baseAddress>0x1000</baseAddress>
              <registers>
                <register>
                  <name>CTRL</name>
                  <addressOffset>0x0</addressOffset>
                  <fields>
                    <field><name>EN</name><bitRange>[0:0]</bitRange></field>
                    <field><name>MODE</name><bitOffset>1</bitOffset><bitWidth>1</bitWidth></field>
                  </fields>
                </register>
                <register>
                  <name>STATUS</name>
                  <addressOffset>0x4</addressOffset>
                  <fields>
                    <field><name>OVERRUN</name><bitRange>[3:3]</bitRange><access>read-write</access></field>
                  </fields>
                </register>
                <cluster>
                  <dim>2</dim><dimIncrement>8</dimIncrement>
                  <name>FIFO[%s]</name>
                  <addressOffset>0x10</addressOffset>
                  <register><name>DATA</name><addressOffset>0x0</addressOffset></register>
                </cluster>
              </registers>
            </peripheral>
            <peripheral derivedFrom="UART"><name>UART2</name><baseAddress>0x2000</baseAddress></peripheral>
          </peripherals>
        </device>
        """;

    /// <summary>An overlay of the chip, with a source.</summary>
    public static string Overlay(string entries, string attributes = "source=\"the manual\"")
        => "<trap:overlay xmlns:trap=\"urn:sluice:trap\" of=\"chip.svd\" " + attributes + ">\n" + entries + "\n</trap:overlay>";

    /// <summary>Reads the chip with overlays a.xml, b.xml and so on; problems of theirs must be exactly those marked.</summary>
    public static DescriptionResult Check(params string[] overlays) => Marked.CheckAs("chip.svd", Chip, Files(overlays));

    /// <summary>Reads the chip with overlays of which nothing is to be said.</summary>
    public static DescriptionResult Read(params string[] overlays)
    {
        DescriptionResult result = DescriptionReader.Read(
            new SourceFile("chip.svd", Chip),
            Files(overlays).Select(file => new SourceFile(file.Path, file.Marked)).ToArray());
        Assert.Equal([], result.Problems.Where(problem => problem.Rule.DefaultSeverity != ProblemSeverity.Information).Select(problem => problem.ToString()));
        return result;
    }

    public static BlockModel Block(this DescriptionResult result, string name) => result.Model!.Blocks.Single(block => block.Name == name);

    public static RegisterModel Register(this BlockModel block, string name) => block.Registers.Single(register => register.Name == name);

    public static FieldModel Field(this RegisterModel register, string name) => register.Fields.Single(field => field.Name == name);

    private static (string Path, string Marked)[] Files(string[] overlays) => overlays.Select((text, index) => ((char)('a' + index) + ".xml", text)).ToArray();
}
