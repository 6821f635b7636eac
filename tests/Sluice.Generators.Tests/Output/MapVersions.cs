using System;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Output;

/// <summary>
/// A snapshot carries the hash of the map that it was made with. It is another one as soon as a stored word could be taken for what it is not, and stays the
/// same as long as every word means what it meant: a snapshot must be neither misread nor refused for a corrected comment.
/// </summary>
public sealed partial class MapVersions
{
    private const string Device =
        """
        <device schemaVersion="1.3" xmlns:trap="urn:sluice:trap">
          <name>BOARD</name>
          <peripherals>
            <peripheral>
              <name>TIMER</name>
              <description>Counts</description>
              <baseAddress>0x1000</baseAddress>
              <addressBlock><offset>0</offset><size>0x40</size><usage>registers</usage></addressBlock>
              <registers>
                <register>
                  <name>CTRL</name>
                  <description>Starts and stops</description>
                  <addressOffset>0x0</addressOffset>
                  <resetValue>0x10</resetValue>
                  <fields>
                    <field><name>LOCK</name><bitRange>[0:0]</bitRange><modifiedWriteValues>oneToSet</modifiedWriteValues></field>
                    <field trap:writeEnable="LOCK=0"><name>MODE</name><bitRange>[7:4]</bitRange><enumeratedValues>
                      <enumeratedValue><name>ONCE</name><value>1</value></enumeratedValue>
                      <enumeratedValue><name>EVER</name><value>2</value></enumeratedValue>
                    </enumeratedValues></field>
                    <field><name>LOW</name><bitRange>[11:8]</bitRange></field>
                    <field><name>HIGH</name><bitRange>[15:12]</bitRange></field>
                    <field><name>STATE</name><bitRange>[16:16]</bitRange><modifiedWriteValues>oneToClear</modifiedWriteValues></field>
                  </fields>
                </register>
                <register trap:presentIf="CTRL.MODE=1"><name>RELOAD</name><addressOffset>0x4</addressOffset></register>
                <register trap:order="low-first"><name>TIME</name><addressOffset>0x8</addressOffset><size>64</size></register>
                <register trap:order="any"><name>BASE</name><addressOffset>0x10</addressOffset><size>64</size></register>
                <register><dim>2</dim><dimIncrement>4</dimIncrement><name>SLOT[%s]</name><addressOffset>0x20</addressOffset></register>
                <register><name>ID</name><addressOffset>0x28</addressOffset><access>read-only</access><resetValue>7</resetValue>
                  <fields><field><name>MODEL</name><bitRange>[31:0]</bitRange></field></fields></register>
              </registers>
              <trap:view name="guest" absent="zeros">
                <trap:emulated register="CTRL" sanitize="mask"><trap:range field="MODE" minimum="1" maximum="2"/></trap:emulated>
                <trap:emulated register="RELOAD" sanitize="mask"/>
                <trap:emulated register="TIME" sanitize="mask"/>
                <trap:emulated register="BASE" sanitize="mask"/>
                <trap:emulated register="SLOT" sanitize="mask"/>
                <trap:constant register="ID"/>
              </trap:view>
            </peripheral>
          </peripherals>
        </device>
        """;

    private static readonly string Before = HashOf(Device);

    /// <summary>What, and its text before and after.</summary>
    public static TheoryData<string, string, string> ChangesOfMeaning => new()
    {
        { "reset value", "<resetValue>0x10<", "<resetValue>0x20<" },
        { "reset value in the view", "register=\"RELOAD\" sanitize", "register=\"RELOAD\" reset=\"1\" sanitize" },
        { "reset value of a constant", "<resetValue>7<", "<resetValue>8<" },
        { "reset values of an array's elements", "<register><dim>2<", "<register trap:elementResets=\"0 1\"><dim>2<" },
        { "width of a register", "<addressOffset>0x4</addressOffset>", "<addressOffset>0x4</addressOffset><size>16</size>" },
        { "place of a register", "<addressOffset>0x28<", "<addressOffset>0x2C<" },
        { "places of two registers that are alike", "<name>TIME</name><addressOffset>0x8<", "<name>TIME</name><addressOffset>0x18<" },
        { "width of a field", "<bitRange>[11:8]<", "<bitRange>[10:8]<" },
        { "place of a field", "<bitRange>[16:16]<", "<bitRange>[17:17]<" },
        { "border of two fields", "<name>LOW</name><bitRange>[11:8]</bitRange></field>\n            <field><name>HIGH</name><bitRange>[15:12]<", "<name>LOW</name><bitRange>[12:8]</bitRange></field>\n            <field><name>HIGH</name><bitRange>[15:13]<" },
        { "places of two fields that are alike", "<name>LOW</name><bitRange>[11:8]</bitRange></field>\n            <field><name>HIGH</name><bitRange>[15:12]<", "<name>LOW</name><bitRange>[15:12]</bitRange></field>\n            <field><name>HIGH</name><bitRange>[11:8]<" },
        { "access of a register", "<addressOffset>0x4</addressOffset>", "<addressOffset>0x4</addressOffset><access>read-only</access>" },
        { "access of a field", "<bitRange>[11:8]</bitRange>", "<bitRange>[11:8]</bitRange><access>read-only</access>" },
        { "written once", "<bitRange>[11:8]</bitRange>", "<bitRange>[11:8]</bitRange><access>read-writeOnce</access>" },
        { "write action", "<bitRange>[16:16]</bitRange><modifiedWriteValues>oneToClear<", "<bitRange>[16:16]</bitRange><modifiedWriteValues>oneToToggle<" },
        { "write action taken away", "<modifiedWriteValues>oneToClear</modifiedWriteValues>", "" },
        { "read action", "<modifiedWriteValues>oneToClear</modifiedWriteValues>", "<modifiedWriteValues>oneToClear</modifiedWriteValues><readAction>clear</readAction>" },
        { "sticky", "<field><name>STATE", "<field trap:sticky=\"true\"><name>STATE" },
        { "value of a lock", "trap:writeEnable=\"LOCK=0\"", "trap:writeEnable=\"LOCK=1\"" },
        { "lock taken away", " trap:writeEnable=\"LOCK=0\"", "" },
        { "lock of a register", "<register><dim>2<", "<register trap:writeEnable=\"CTRL.LOCK=0\"><dim>2<" },
        { "presence", "trap:presentIf=\"CTRL.MODE=1\"", "trap:presentIf=\"CTRL.MODE=2\"" },
        { "order of halves", "trap:order=\"low-first\"", "trap:order=\"high-first\"" },
        { "halves that wait", "trap:order=\"any\"", "trap:order=\"low-first\"" },
        { "halves that wait no longer", "trap:order=\"low-first\"", "trap:order=\"any\"" },
        { "widths of access", "trap:order=\"any\"", "trap:order=\"single\"" },
        { "count of an array", "<dim>2<", "<dim>1<" },
        { "stride of an array", "<dim>2</dim><dimIncrement>4<", "<dim>2</dim><dimIncrement>0xC<" },
        { "added register", "<registers>", "<registers><register><name>MORE</name><addressOffset>0x30</addressOffset></register>" },
        { "register that is named otherwise", "RELOAD", "LIMIT" },
        { "field that is named otherwise", "<name>STATE</name>", "<name>EVENT</name>" },
        { "register that the view no longer has", "<trap:emulated register=\"SLOT\" sanitize=\"mask\"/>", "<trap:denied register=\"SLOT\"/>" },
        { "register that the view gets a hook for", "<trap:emulated register=\"SLOT\"", "<trap:hooked register=\"SLOT\"" },
        { "what the view shows", "register=\"SLOT\" sanitize", "register=\"SLOT\" visible=\"0xFF\" sanitize" },
        { "what the view lets write", "register=\"SLOT\" sanitize", "register=\"SLOT\" writable=\"0xFF\" sanitize" },
        { "what is absent", "absent=\"zeros\"", "absent=\"ones\"" },
        { "size of the block", "<size>0x40<", "<size>0x80<" },
    };

    /// <summary>The same for what leaves each stored word its meaning.</summary>
    public static TheoryData<string, string, string> OtherChanges => new()
    {
        { "description of the block", "<description>Counts<", "<description>Counts down<" },
        { "description of a register", "<description>Starts and stops<", "<description>Starts, stops<" },
        { "description of a field", "<name>HIGH</name>", "<name>HIGH</name><description>The upper part</description>" },
        { "source", "<field><name>LOW", "<field trap:source=\"manual, 3.4\"><name>LOW" },
        { "doubt", "<field><name>LOW", "<field trap:unsure=\"whether it has four bits\"><name>LOW" },
        { "enumerated name", "<name>ONCE</name>", "<name>SINGLE</name>" },
        { "comment", "<registers>", "<!-- from the manual --><registers>" },
        { "name in code", "<field><name>LOW", "<field trap:typeName=\"Least\"><name>LOW" },
        { "base address", "<baseAddress>0x1000<", "<baseAddress>0x2000<" },
        { "order of fields in the file", "<field><name>LOW</name><bitRange>[11:8]</bitRange></field>\n            <field><name>HIGH</name><bitRange>[15:12]</bitRange></field>", "<field><name>HIGH</name><bitRange>[15:12]</bitRange></field>\n            <field><name>LOW</name><bitRange>[11:8]</bitRange></field>" },
        { "order of policies in the file", "<trap:emulated register=\"RELOAD\" sanitize=\"mask\"/>\n        <trap:emulated register=\"TIME\" sanitize=\"mask\"/>", "<trap:emulated register=\"TIME\" sanitize=\"mask\"/>\n        <trap:emulated register=\"RELOAD\" sanitize=\"mask\"/>" },
        { "field of a constant that is named otherwise", "<name>MODEL</name>", "<name>KIND</name>" },
        { "order that is one to a view", "trap:order=\"any\"", "trap:order=\"split\"" },
        // Restore asks the sanitizers of today, whatever those were that let the value in.
        { "bound of a sanitizer", "minimum=\"1\" maximum=\"2\"", "minimum=\"1\" maximum=\"3\"" },
        { "sequence", "</peripheral>", "<trap:sequence name=\"START\"><trap:write register=\"CTRL\" value=\"1\"/></trap:sequence></peripheral>" },
    };

    [Theory]
    [MemberData(nameof(ChangesOfMeaning))]
    public void What_changes_the_meaning_of_a_stored_word_changes_the_hash(string what, string before, string after)
    {
        string changed = Changed(what, before, after);
        if (what == "added register")
        {
            changed = Replace(changed, "absent=\"zeros\">", "absent=\"zeros\"><trap:emulated register=\"MORE\" sanitize=\"mask\"/>");
        }
        else if (what.StartsWith("places of two registers", StringComparison.Ordinal))
        {
            changed = Replace(changed, "<name>BASE</name><addressOffset>0x10<", "<name>BASE</name><addressOffset>0x8<");
        }

        Assert.True(Before != HashOf(changed), what);
    }

    [Theory]
    [MemberData(nameof(OtherChanges))]
    public void What_leaves_each_stored_word_its_meaning_leaves_the_hash(string what, string before, string after)
        => Assert.True(Before == HashOf(Changed(what, before, after)), what);

    [Fact]
    public void A_register_that_the_view_does_not_show_leaves_the_hash()
        => Assert.Equal(Before, HashOf(Replace(Device, "<registers>", "<registers><register><name>MORE</name><addressOffset>0x30</addressOffset></register>")));

    [Fact]
    public void Two_views_of_one_block_that_are_alike_have_a_hash_each()
        => Assert.NotEqual(Before, HashOf(Replace(Device, "name=\"guest\"", "name=\"other\"")));

    private static string Changed(string what, string before, string after)
    {
        string changed = Replace(Device, before, after);
        Assert.True(changed != Device, what);
        return changed;
    }

    private static string Replace(string text, string before, string after)
    {
        Assert.Contains(before, text, StringComparison.Ordinal);
        return text.Replace(before, after, StringComparison.Ordinal);
    }

    private static string HashOf(string device)
    {
        GeneratorOutput output = GeneratorInput.Empty.WithXml("registers.xml", device).Run();
        Assert.DoesNotContain(output.Result.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return Hash().Match(output["Timer.g.cs"]).Groups[1].Value is { Length: > 0 } hash ? hash : throw new InvalidOperationException("The view has no hash.");
    }

    [GeneratedRegex(@"ulong MapHash => (0x[0-9A-F]+)ul;")]
    private static partial Regex Hash();
}
