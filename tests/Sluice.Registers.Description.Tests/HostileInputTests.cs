using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class HostileInputTests
{
    private static readonly string Valid = Description.WithRegisters(
        """
        <!-- all there is -->
        <cluster><dim>2</dim><dimIncrement>0x40</dimIncrement><dimIndex>A,B</dimIndex><name>CH%s</name><addressOffset>0x100</addressOffset>
          <register derivedFrom="R"><dim>4</dim><dimIncrement>4</dimIncrement><name>X[%s]</name><addressOffset>0</addressOffset></register></cluster>
        <register trap:source="§4"><name>R</name><description><![CDATA[a & b]]></description><addressOffset>0</addressOffset><size>32</size><resetValue>0x1</resetValue><fields>
          <field trap:sticky='true'><name>F</name><bitRange>[3:0]</bitRange><enumeratedValues><name>E</name>
            <enumeratedValue><name>ON</name><value>#1</value></enumeratedValue><enumeratedValue><name>O</name><value>0b01x</value></enumeratedValue></enumeratedValues></field>
          <field derivedFrom="F"><name>G</name><bitOffset>4</bitOffset><bitWidth>4</bitWidth><writeConstraint><range><minimum>0</minimum><maximum>3</maximum></range></writeConstraint></field>
          <field><dim>2</dim><dimIncrement>1</dimIncrement><name>H%s</name><lsb>8</lsb><msb>8</msb><modifiedWriteValues>oneToClear</modifiedWriteValues></field></fields></register>
        """,
        """
        <trap:view name="guest" absent="ones"><trap:hooked register="R" on="write" writable="0xFF">
          <trap:enumerated field="F"/><trap:range field="G" minimum="0" maximum="3"/></trap:hooked>
          <trap:constant register="CHA_X"/><trap:suppress rule="SLU1040" register="CHB_X" reason="r"/>
          <trap:emulated register="CHB_X"/></trap:view>
        """);

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out int seed) ? seed : 20_25;

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("SLUICE_FUZZ_ROUNDS"), out int rounds) ? rounds : 3_000;

    [Fact]
    public void The_text_that_is_damaged_below_is_sound()
        => Assert.Empty(Description.Read(Valid).Problems);

    [Fact]
    public void Every_truncation_ends_in_a_problem()
    {
        for (int length = 0; length < Valid.Length; length++)
        {
            DescriptionResult result = Description.Read(Valid[..length]);
            Assert.False(result.IsComplete, "cut at " + length);
            Assert.All(result.Problems, HasPlace);
        }
    }

    [Fact]
    public void Damage_never_throws_and_every_problem_has_a_place()
    {
        Random random = new(Seed);
        string[] pieces =
        [
            "<", ">", "</", "&", "&#x2028;", "\u2028", "\u0085", "\0", "\uFFFF", "\uD800", "\r", "\"", "'", "%s", "[%s]", "0xFFFFFFFFFFFFFFFF", "-1", "<register>",
            "</registers>", "<field/>", "<dim>4294967295</dim>", "<dimIncrement>0</dimIncrement>", "derivedFrom=\"R\"", "<size>64</size>", "<size>0</size>",
            "<addressOffset>0xFFFFFFFF</addressOffset>", "<!DOCTYPE a>", "<xi:include href=\"registers.xml\" xmlns:xi=\"http://www.w3.org/2001/XInclude\"/>",
            "<![CDATA[", "<?x?>", "<bitRange>[63:0]</bitRange>", "xmlns=\"urn:x\"", "trap:", "\uFEFF", "é", "٣", "ı",
        ];
        for (int round = 0; round < Rounds; round++)
        {
            StringBuilder text = new(Valid);
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int place = random.Next(text.Length);
                switch (random.Next(4))
                {
                    case 0:
                        text[place] = (char)(text[place] ^ (1 << random.Next(8)));
                        break;
                    case 1:
                        text.Insert(place, pieces[random.Next(pieces.Length)]);
                        break;
                    case 2:
                        text.Remove(place, Math.Min(random.Next(1, 40), text.Length - place));
                        break;
                    default:
                        int start = random.Next(Valid.Length);
                        text.Insert(place, Valid.AsSpan(start, Math.Min(random.Next(1, 200), Valid.Length - start)));
                        break;
                }
            }

            string damaged = text.ToString();
            try
            {
                string path = round % 2 == 0 ? "registers.xml" : "chip.svd";
                DescriptionResult result = DescriptionReader.Read(new SourceFile(path, damaged), []);
                Assert.All(result.Problems, HasPlace);
                Assert.All(result.Problems, problem => Assert.DoesNotContain("{", problem.Message.Replace(damaged, "", StringComparison.Ordinal).Split('\'')[0], StringComparison.Ordinal));
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, round {round}: {exception}\n{damaged}");
            }
        }
    }

    [Theory]
    [InlineData("<dim>0xFFFFFFFE</dim><dimIncrement>4</dimIncrement><name>R[%s]</name>")]
    [InlineData("<dim>0xFFFFFFFE</dim><dimIncrement>4</dimIncrement><name>R%s</name>")]
    [InlineData("<dim>0xFFFFFFFFFFFFFFFF</dim><dimIncrement>0xFFFFFFFFFFFFFFFF</dimIncrement><name>R%s</name>")]
    [InlineData("<dim>2</dim><dimIncrement>0xFFFFFFFC</dimIncrement><name>R[%s]</name>")]
    [InlineData("<dim>100000</dim><dimIncrement>4</dimIncrement><dimIndex>0-99999</dimIndex><name>R%s</name>")]
    public void Huge_dimensions_end_fast(string dimension)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Description.Read(Description.WithRegisters("<register>" + dimension + "<addressOffset>0</addressOffset></register>"));
        Assert.True(watch.Elapsed.TotalSeconds < 30, watch.Elapsed.ToString());
    }

    [Fact]
    public void Lists_in_lists_stop_at_the_limit_of_registers()
    {
        Stopwatch watch = Stopwatch.StartNew();
        const string Dimension = "<dim>60000</dim><dimIncrement>4</dimIncrement>";
        DescriptionResult result = Description.Read(Description.WithRegisters(
            "<cluster>" + Dimension + "<name>A%s</name><addressOffset>0</addressOffset><cluster>" + Dimension
                + "<name>B%s</name><addressOffset>0</addressOffset><register><name>R</name><alternateGroup>G</alternateGroup><addressOffset>0</addressOffset></register></cluster></cluster>"));
        Assert.Contains(result.Problems, problem => problem.Rule.Id == "SLU1003");
        Assert.True(watch.Elapsed.TotalSeconds < 120, watch.Elapsed.ToString());
    }

    [Fact]
    public void Inclusions_that_fan_out_stop_at_a_limit()
    {
        const string Namespace = "xmlns:xi=\"http://www.w3.org/2001/XInclude\"";
        SourceFile[] files = Enumerable.Range(0, 12).Select(level => new SourceFile(
            $"f{level}.xml",
            $"<cluster {Namespace}><name>C</name><addressOffset>0</addressOffset>"
                + string.Concat(Enumerable.Repeat($"<xi:include href=\"f{level + 1}.xml\"/>", 10)) + "</cluster>")).ToArray();
        Stopwatch watch = Stopwatch.StartNew();
        DescriptionResult result = Description.Read(
            Description.WithRegisters($"<xi:include {Namespace} href=\"f0.xml\"/>"),
            files);
        Assert.Contains(result.Problems, problem => problem.Rule.Id == "SLU1003");
        Assert.True(watch.Elapsed.TotalSeconds < 120, watch.Elapsed.ToString());
    }

    public static TheoryData<string, string> Monsters
    {
        get
        {
            string digits = new('9', 1_000_000);
            string letters = new('A', 1_000_000);
            const string Register = "<register><name>R</name><addressOffset>0</addressOffset>";
            (string Name, string Text)[] monsters =
            [
                ("a number of a million digits", Description.WithRegisters("<register><name>R</name><addressOffset>" + digits + "</addressOffset></register>")),
                ("a hexadecimal number of a million digits", Description.WithRegisters(Register + "<resetValue>0x" + digits + "</resetValue></register>")),
                ("a million don't-care bits", Description.WithFields("<field><name>F</name><bitRange>[0:0]</bitRange><enumeratedValues><enumeratedValue><name>V</name><value>#" + new string('x', 1_000_000) + "</value></enumeratedValue></enumeratedValues></field>")),
                ("a name of a million blanks", Description.WithRegisters("<register><name>" + new string(' ', 1_000_000) + "</name><addressOffset>0</addressOffset></register>")),
                ("a reference of a million letters", Description.WithRegisters("<register derivedFrom=\"" + letters + "\"><name>R</name><addressOffset>0</addressOffset></register>")),
                ("a reference of half a million dots", Description.WithRegisters("<register derivedFrom=\"" + string.Join('.', new string('A', 500_000).ToCharArray()) + "\"><name>R</name><addressOffset>0</addressOffset></register>")),
                ("an unknown attribute of a million letters", Description.WithRegisters("<register " + letters + "=\"1\"><name>R</name><addressOffset>0</addressOffset></register>")),
                ("an unknown element of a million letters", Description.WithRegisters("<" + letters + "/>")),
                ("an index of a million names", Description.WithRegisters("<register><dim>2</dim><dimIncrement>4</dimIncrement><dimIndex>" + string.Join(',', Enumerable.Range(0, 200_000)) + "</dimIndex><name>R%s</name><addressOffset>0</addressOffset></register>")),
                ("entities that grow", "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><device><name>&c;</name></device>"),
                ("an entity of another file", "<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><device><name>&a;</name></device>"),
                ("elements a thousand deep", Description.WithRegisters(string.Concat(Enumerable.Repeat("<cluster><name>C</name><addressOffset>0</addressOffset>", 1_000)) + string.Concat(Enumerable.Repeat("</cluster>", 1_000)))),
                ("unknown elements a hundred thousand deep", Description.WithRegisters(string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000)))),
                ("bad numbers, a hundred thousand", Description.WithRegisters(string.Concat(Enumerable.Repeat("<register><name>R</name><addressOffset>x</addressOffset></register>\n", 100_000)))),
                ("names that are none, a hundred thousand", Description.WithRegisters(string.Concat(Enumerable.Repeat("<register><name>-</name><addressOffset>0</addressOffset></register>\n", 100_000)))),
                ("alternates of nothing, ten thousand", Description.WithRegisters(string.Concat(Enumerable.Range(0, 10_000).Select(index => $"<register><name>R{index}</name><alternateRegister>NOTHING_{index}</alternateRegister><addressOffset>0</addressOffset></register>\n")))),
                ("no text at all", ""),
                ("zeros", new string('\0', 100_000)),
                ("half of a pair of surrogates", Description.WithRegisters("<register><name>\uD800</name><addressOffset>0</addressOffset></register>")),
            ];
            TheoryData<string, string> data = [];
            foreach ((string name, string _) in monsters)
            {
                data.Add(name, "registers.xml");
                data.Add(name, "chip.svd");
            }

            s_monsters = monsters.ToDictionary(monster => monster.Name, monster => monster.Text);
            return data;
        }
    }

    private static Dictionary<string, string> s_monsters = [];

    /// <summary>It ends in problems, of which there are no more than are remembered and whose messages are bearable.</summary>
    [Theory]
    [MemberData(nameof(Monsters))]
    public void Monsters_end_in_a_problem(string monster, string path)
    {
        DescriptionResult result = DescriptionReader.Read(new SourceFile(path, s_monsters[monster]), []);
        Assert.NotEmpty(result.Problems);
        Assert.InRange(result.Problems.Count, 1, 1_001);
        Assert.All(result.Problems, problem => Assert.InRange(problem.Message.Length, 1, 3_000));
    }

    [Fact]
    public void Inclusions_in_a_circle_end_in_a_problem()
    {
        const string Namespace = "xmlns:xi=\"http://www.w3.org/2001/XInclude\"";
        SourceFile[] files = [.. Enumerable.Range(0, 5).Select(index => new SourceFile($"f{index}.xml", $"<cluster {Namespace}><name>C{index}</name><addressOffset>0</addressOffset><xi:include href=\"f{(index + 1) % 5}.xml\"/></cluster>"))];
        Assert.All(
            (string[])["registers.xml", "chip.svd"],
            path => Assert.Contains(
                DescriptionReader.Read(new SourceFile(path, Description.WithRegisters($"<xi:include {Namespace} href=\"f0.xml\"/>")), files).Problems,
                problem => problem.Rule.Id == "SLU1015"));
    }

    [Fact]
    public void A_mark_of_byte_order_is_no_text()
        => Assert.Empty(Description.Read("\uFEFF" + Valid).Problems);

    [Fact]
    public void A_declared_encoding_does_not_matter_to_text()
        => Assert.Empty(Description.Read("<?xml version=\"1.0\" encoding=\"utf-16\"?>" + Valid).Problems);

    private static void HasPlace(Problem problem)
    {
        Assert.True(problem.Range.Line >= 1 && problem.Range.Column >= 1, problem.ToString());
        Assert.True(
            problem.Range.EndLine > problem.Range.Line || (problem.Range.EndLine == problem.Range.Line && problem.Range.EndColumn >= problem.Range.Column),
            problem.ToString());
    }
}
