using System.Linq;

namespace Sluice.Registers.Description.Tests;

/// <summary>Short ways to write descriptions and to read what came of them.</summary>
internal static class Description
{
    /// <summary>A device with one block "B" at 0x1000 that has the given registers.</summary>
    public static string WithRegisters(string registers, string rest = "")
        => "<device schemaVersion=\"1.3\" xmlns:trap=\"urn:sluice:trap\">\n<name>D</name>\n<peripherals>\n<peripheral>\n<name>B</name>\n"
            + "<baseAddress>0x1000</baseAddress>\n<registers>\n" + registers + "\n</registers>\n" + rest + "\n</peripheral>\n</peripherals>\n</device>";

    /// <summary>A device with one register "R" at offset 0 that has the given fields.</summary>
    public static string WithFields(string fields, string rest = "")
        => WithRegisters("<register><name>R</name><addressOffset>0</addressOffset>\n<fields>\n" + fields + "\n</fields></register>", rest);

    /// <summary>A device with one guest view of register "R": field RO 3:0, field RW 15:8 and field W1C 16.</summary>
    public static string WithView(string policies, string register = "")
        => WithFields(
            """
            <field><name>RO</name><bitRange>[3:0]</bitRange><access>read-only</access></field>
            <field><name>RW</name><bitRange>[15:8]</bitRange></field>
            <field><name>W1C</name><bitRange>[16:16]</bitRange><modifiedWriteValues>oneToClear</modifiedWriteValues></field>
            """ + register,
            "<trap:view name=\"guest\" absent=\"zeros\">\n" + policies + "\n</trap:view>");

    public static DescriptionResult Read(string text, params SourceFile[] others) => DescriptionReader.Read(new SourceFile("registers.xml", text), others);

    /// <summary>The one block of a description that has no flaw.</summary>
    public static BlockModel Block(string text)
    {
        DescriptionResult result = Read(text);
        Xunit.Assert.Equal([], result.Problems.Where(problem => problem.Rule.DefaultSeverity != ProblemSeverity.Information).Select(problem => problem.ToString()));
        return Xunit.Assert.Single(result.Model!.Blocks);
    }

    public static RegisterModel Register(string text) => Xunit.Assert.Single(Block(text).Registers);
}
