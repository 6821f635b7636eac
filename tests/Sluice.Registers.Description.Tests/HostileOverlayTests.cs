using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class HostileOverlayTests
{
    private static readonly string Valid = Overlaid.Overlay(
        """
        <trap:suppress rule="SLU1060" reason="r"/>
        <trap:peripheral of="UART2" trap:source="m"><description>d</description>
          <registers><register derivedFrom="CTRL"><name>NEW</name><addressOffset>0x8</addressOffset></register></registers>
          <trap:register of="CTRL" trap:unsure="u"><resetValue>1</resetValue><trap:field of="MODE" override="e"><bitRange>[2:1]</bitRange>
            <enumeratedValues><enumeratedValue><name>X</name><value>0b1x</value></enumeratedValue></enumeratedValues></trap:field></trap:register>
          <trap:cluster of="FIFO"><trap:register of="DATA"><readAction>clear</readAction></trap:register></trap:cluster>
          <trap:view name="guest" absent="ones"><trap:emulated register="CTRL" sanitize="mask"/></trap:view></trap:peripheral>
        """);

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out int seed) ? seed : 41;

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("SLUICE_FUZZ_ROUNDS"), out int rounds) ? rounds : 1_500;

    [Fact]
    public void The_overlay_that_is_damaged_below_is_sound()
        => Assert.True(Overlaid.Read(Valid).IsComplete);

    [Fact]
    public void Every_truncation_of_an_overlay_ends_without_an_exception()
    {
        for (int length = 0; length < Valid.Length; length += 3)
        {
            DescriptionResult result = Read(Valid[..length]);
            bool isSeen = length > Valid.IndexOf("chip.svd\"", StringComparison.Ordinal) + 40;
            Assert.True(!isSeen || !result.IsComplete, "cut at " + length);
        }
    }

    [Fact]
    public void Damage_in_an_overlay_never_throws_and_every_problem_has_a_place()
    {
        Random random = new(Seed);
        string[] pieces =
        [
            "<", ">", "&#x2028;", "\u2028", "\0", "\uD800", "\"", "'", "%s", "[%s]", "of=\"UART\"", "of=\"\"", "of=\".\"", "of=\"CTRL.MODE\"", "override=\"x\"",
            "<registers/>", "<fields/>", "<fields><field/></fields>", "<trap:register of=\"FIFO.DATA\"/>", "<trap:register of=\"CTRL\"/>", "<trap:cluster of=\"FIFO\"/>",
            "<enumeratedValues derivedFrom=\"UART.CTRL.MODE.X\"/>", "<register derivedFrom=\"NEW\"><name>NEW</name></register>", "derivedFrom=\"UART2\"", "<dim>9</dim>",
            "<!DOCTYPE a>", "<xi:include href=\"chip.svd\" xmlns:xi=\"http://www.w3.org/2001/XInclude\"/>", "<![CDATA[", "trap:", "chip.svd", "a.xml",
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
                DescriptionResult result = Read(damaged);
                Assert.All(result.Problems, problem => Assert.True(problem.Range.Line >= 1 && problem.Range.Column >= 1, problem.ToString()));
                Assert.NotEmpty(CompletenessReport.Text(result));
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, round {round}: {exception}\n{damaged}");
            }
        }
    }

    [Fact]
    public void Deep_and_wide_overlays_end_fast()
    {
        Stopwatch watch = Stopwatch.StartNew();
        string deep = Overlaid.Overlay(string.Concat(Enumerable.Repeat("<trap:peripheral of=\"UART\">", 5_000)));
        Assert.False(Read(deep).IsComplete);
        string wide = Overlaid.Overlay(string.Concat(Enumerable.Repeat("<trap:peripheral of=\"UART\"><trap:register of=\"CTRL\"><trap:field of=\"EN\"/></trap:register></trap:peripheral>", 20_000)));
        Assert.NotEmpty(Read(wide).Problems);
        string path = Overlaid.Overlay("<trap:peripheral of=\"UART\"><trap:register of=\"" + string.Join('.', Enumerable.Repeat("FIFO", 50_000)) + "\"/></trap:peripheral>");
        Assert.False(Read(path).IsComplete);
        Assert.True(watch.Elapsed.TotalSeconds < 60, watch.Elapsed.ToString());
    }

    [Fact]
    public void Overlays_that_are_of_each_other_or_of_themselves_are_of_no_description()
    {
        string self = Valid.Replace("chip.svd", "a.xml", StringComparison.Ordinal);
        Assert.Empty(Read(self).Block("UART2").Views);
        DescriptionResult result = DescriptionReader.Read(new SourceFile("a.xml", Overlaid.Overlay("").Replace("chip.svd", "a.xml", StringComparison.Ordinal)), []);
        Assert.Equal(["SLU1059"], result.Problems.Select(problem => problem.Rule.Id));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    [InlineData("iso-8859-1")]
    public void Bytes_that_are_taken_for_another_encoding_end_in_a_problem_or_in_the_same_model(string encoding)
    {
        string chip = Overlaid.Chip.Replace("<name>CHIP</name>", "<name>CHIP</name><description>für alle — ∀</description>", StringComparison.Ordinal);
        byte[] bytes = [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(chip)];
        foreach (Encoding taken in new[] { Encoding.UTF8, Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            DescriptionResult result = DescriptionReader.Read(new SourceFile("chip.svd", taken.GetString(bytes)), [new SourceFile("a.xml", taken.GetString(bytes))]);
            Assert.True(!result.IsComplete || result.Model!.Blocks.Count == 2, encoding + " as " + taken.WebName);
            Assert.All(result.Problems, problem => Assert.True(problem.Range.Line >= 1 && problem.Range.Column >= 1));
        }
    }

    private static DescriptionResult Read(string overlay)
        => DescriptionReader.Read(new SourceFile("chip.svd", Overlaid.Chip), [new SourceFile("a.xml", overlay)]);
}
