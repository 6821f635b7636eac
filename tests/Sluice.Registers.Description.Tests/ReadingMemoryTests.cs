using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Registers.Description.Tests;

/// <summary>A reading with a memory gives what one without gives, whatever was edited in between.</summary>
public class ReadingMemoryTests(ITestOutputHelper output)
{
    private const string Root = "registers.xml";

    // A device of five files that are a block each, in every relation that blocks can have to each other.
    private static readonly Dictionary<string, string> s_sound = new()
    {
        [Root] = """
            <device schemaVersion="1.3" xmlns:trap="urn:sluice:trap" xmlns:xi="http://www.w3.org/2001/XInclude">
              <name>D</name>
              <size>32</size>
              <peripherals>
                <xi:include href="a.xml"/>
                <xi:include href="b.xml"/>
                <xi:include href="c.xml"/>
                <xi:include href="d.xml"/>
                <xi:include href="e.xml"/>
              </peripherals>
            </device>
            """,
        ["a.xml"] = Block("A", 0x1000, "<interrupt><name>I</name><value>1</value></interrupt>"),
        ["b.xml"] = Block("B", 0x2000, "<interrupt><name>J</name><value>2</value></interrupt>"),
        ["c.xml"] = Block("C", 0x3000, "<trap:view name=\"guest\" absent=\"zeros\"><trap:denied register=\"R\"/><trap:denied register=\"T\"/></trap:view>"),
        ["d.xml"] = Block("D", 0x4000, "<trap:view name=\"guest\" absent=\"zeros\"><trap:denied register=\"R\"/></trap:view><trap:suppress rule=\"SLU1052\" reason=\"as the document has it\"/>"),
        ["e.xml"] = Block("E", 0x5000, "<trap:suppress rule=\"SLU1060\" reason=\"for this test\"/>"),
    };

    private static readonly (string File, string Of, string With)[] s_edits =
    [
        ("a.xml", "<fields>", "<!-- moved -->\n<fields>"),
        ("a.xml", "[3:0]", "[4:0]"),
        ("b.xml", "[3:0]", "[40:0]"),
        ("b.xml", "<value>2</value>", "<value>1</value>"),
        ("b.xml", "<name>J</name>", "<name>I</name>"),
        ("b.xml", "0x2000", "0x1000"),
        ("b.xml", "<name>B</name>", "<name>A</name>"),
        ("b.xml", "<name>B</name>", "<name>a</name>"),
        ("b.xml", "<peripheral ", "<peripheral derivedFrom=\"A\" "),
        ("b.xml", "</registers>", "<register derivedFrom=\"A.R\"><name>Q</name><addressOffset>0x20</addressOffset></register></registers>"),
        ("b.xml", "<peripheral ", "<peripheral trap:typeName=\"A\" "),
        ("b.xml", "</peripheral>", "</peripherals>"),
        ("b.xml", "<baseAddress>", "<alternatePeripheral>A</alternatePeripheral><baseAddress>"),
        ("b.xml", "<baseAddress>", "<alternatePeripheral>X</alternatePeripheral><baseAddress>"),
        ("b.xml", "<baseAddress>", "<dim>2</dim><dimIncrement>0x100</dimIncrement><baseAddress>"),
        ("b.xml", "<registers>", "<registers><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"f.xml\"/>"),
        ("c.xml", "register=\"R\"", "register=\"X\""),
        ("c.xml", "0x3000", "0x2000"),
        ("d.xml", "SLU1052", "SLU1074"),
        ("d.xml", "<trap:suppress rule=\"SLU1052\" reason=\"as the document has it\"/>", ""),
        ("d.xml", "0x4000", "0x1000"),
        ("e.xml", "0x5000", "0x1000"),
        (Root, "<size>32</size>", "<size>16</size>"),
        (Root, "<size>32</size>", "<size>32</size><access>read-only</access>"),
        (Root, "<peripherals>", "<trap:suppress rule=\"SLU1060\" reason=\"all of them\"/><peripherals>"),
        (Root, "<peripherals>", "<trap:suppress rule=\"SLU1052\" reason=\"all of them\"/><peripherals>"),
        (Root, "<xi:include href=\"b.xml\"/>", ""),
        (Root, "<xi:include href=\"b.xml\"/>", "<xi:include href=\"b.xml\"/><xi:include href=\"b.xml\"/>"),
        (Root, "<peripherals>", "<addressUnitBits>16</addressUnitBits><peripherals>"),
    ];

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out int seed) ? seed : 17;

    [Fact]
    public void Every_edit_alone_gives_what_a_first_reading_gives()
    {
        foreach ((string File, string Of, string With) edit in s_edits)
        {
            ReadingMemory memory = new();
            Same(s_sound, memory, "before");
            Dictionary<string, string> edited = Apply(s_sound, edit);
            Assert.NotEqual(s_sound[edit.File], edited[edit.File]);
            Same(edited, memory, edit.ToString());
            Same(edited, memory, edit + " again");
            Same(s_sound, memory, edit + " taken back");
        }
    }

    [Fact]
    public void Edits_in_any_order_give_what_a_first_reading_gives()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        ReadingMemory memory = new();
        for (int round = 0; round < 400; round++)
        {
            Dictionary<string, string> files = s_sound;
            for (int left = random.Next(4); left > 0; left--)
            {
                files = Apply(files, s_edits[random.Next(s_edits.Length)]);
            }

            if (random.Next(8) == 0)
            {
                files = new(files) { ["over.xml"] = "<trap:overlay xmlns:trap=\"urn:sluice:trap\" of=\"registers.xml\"/>" };
            }

            Same(files, memory, $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void An_edit_of_one_file_leaves_the_blocks_of_the_others_as_they_are()
    {
        ReadingMemory memory = new();
        DescriptionResult before = Read(s_sound, memory);
        Assert.Empty(before.Problems);
        DescriptionResult after = Read(Apply(s_sound, ("a.xml", "[3:0]", "[4:0]")), memory);
        Assert.Equal(5, after.Model!.Blocks.Count);
        Assert.NotEqual(before.Model!.Blocks[0], after.Model.Blocks[0]);
        Assert.All(Enumerable.Range(1, 4), index => Assert.Same(before.Model.Blocks[index], after.Model.Blocks[index]));
    }

    [Fact]
    public void What_derives_from_a_block_of_another_file_follows_its_changes()
    {
        ReadingMemory memory = new();
        Dictionary<string, string> derived = Apply(s_sound, ("b.xml", "</registers>", "<register derivedFrom=\"A.R\"><name>Q</name><addressOffset>0x20</addressOffset></register></registers>"));
        Assert.Equal(4, Read(derived, memory).Model!.Blocks[1].Registers.Single(static register => register.Name == "Q").Fields[1].WidthBits);
        DescriptionResult after = Read(Apply(derived, ("a.xml", "[9:6]", "[11:6]")), memory);
        Assert.Equal(6, after.Model!.Blocks[1].Registers.Single(static register => register.Name == "Q").Fields[1].WidthBits);
    }

    [Fact]
    public void The_boards_read_the_same_after_an_edit_of_each_file()
    {
        Dictionary<string, string> files = Directory.GetFiles(Path.Combine(Repository.Root, "Registers", "Blocks"), "*.xml")
            .ToDictionary(static path => "Registers/Blocks/" + Path.GetFileName(path), static path => Repository.Read("Registers", "Blocks", Path.GetFileName(path)));
        files[Root] = Repository.Read(Root);
        ReadingMemory memory = new();
        Same(files, memory, "before");
        foreach (string file in files.Keys.Order(StringComparer.Ordinal))
        {
            Same(Apply(files, (file, "<description>", "<description>Edited. ")), memory, file);
        }
    }

    [Fact]
    public void A_cancelled_reading_leaves_the_memory_as_it_was()
    {
        ReadingMemory memory = new();
        DescriptionResult before = Read(s_sound, memory);
        using CancellationTokenSource source = new();
        source.Cancel();
        Dictionary<string, string> edited = Apply(s_sound, ("a.xml", "[3:0]", "[4:0]"));
        Assert.Throws<OperationCanceledException>(() => DescriptionReader.Read(RootOf(edited), OthersOf(edited), memory, source.Token));
        Assert.Same(before.Model!.Blocks[0], Read(s_sound, memory).Model!.Blocks[0]);
    }

    private static string Block(string name, uint address, string rest)
        => $"""
            <peripheral xmlns:trap="urn:sluice:trap"><name>{name}</name><baseAddress>0x{address:X}</baseAddress>
              <addressBlock><offset>0</offset><size>0x100</size><usage>registers</usage></addressBlock>
              {(rest.StartsWith("<interrupt>", StringComparison.Ordinal) ? rest : "")}
              <registers>
                <register><name>R</name><addressOffset>0</addressOffset><size>32</size><fields><field><name>F</name><bitRange>[3:0]</bitRange>
                  <enumeratedValues><name>V</name><enumeratedValue><name>ON</name><value>1</value></enumeratedValue></enumeratedValues></field>
                  <field><name>G</name><bitRange>[9:6]</bitRange><enumeratedValues derivedFrom="V"/></field></fields></register>
                <register derivedFrom="R"><name>T</name><addressOffset>0x10</addressOffset></register>
              </registers>
              {(rest.StartsWith("<interrupt>", StringComparison.Ordinal) ? "" : rest)}
            </peripheral>
            """;

    private static Dictionary<string, string> Apply(Dictionary<string, string> files, (string File, string Of, string With) edit)
        => new(files) { [edit.File] = files[edit.File].Replace(edit.Of, edit.With, StringComparison.Ordinal) };

    private static SourceFile RootOf(Dictionary<string, string> files) => new(Root, files[Root]);

    private static SourceFile[] OthersOf(Dictionary<string, string> files)
        => [.. files.Where(static file => file.Key != Root).Select(static file => new SourceFile(file.Key, file.Value))];

    private static DescriptionResult Read(Dictionary<string, string> files, ReadingMemory memory)
        => DescriptionReader.Read(RootOf(files), OthersOf(files), memory, CancellationToken.None);

    private static void Same(Dictionary<string, string> files, ReadingMemory memory, string when)
    {
        DescriptionResult expected = DescriptionReader.Read(RootOf(files), OthersOf(files));
        DescriptionResult found = Read(files, memory);
        try
        {
            Assert.Equal(expected.Problems.AsEnumerable(), found.Problems);
            Assert.Equal(expected.Suppressed.AsEnumerable(), found.Suppressed);
            Assert.Equal(expected.Notes.AsEnumerable(), found.Notes);
            Assert.Equal(expected.IsComplete, found.IsComplete);
            Assert.Equal(expected.Model, found.Model);
            Assert.Equal(expected.Partial.AsEnumerable(), found.Partial);
            Assert.Equal(expected.Positions.Count, found.Positions.Count);
            foreach (BlockModel block in expected.Model?.Blocks ?? default)
            {
                Assert.Equal(expected.Positions.TryFind(block.Name, out FilePosition at), found.Positions.TryFind(block.Name, out FilePosition foundAt));
                Assert.Equal(at, foundAt);
            }
        }
        catch (Exception exception)
        {
            Assert.Fail($"{when}: {exception.Message}");
        }
    }
}
