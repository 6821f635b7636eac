using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class DeterminismTests
{
    private const string Include = "xmlns:xi=\"http://www.w3.org/2001/XInclude\"";

    private static readonly SourceFile Root = new(
        "registers.xml",
        $"<device {Include}><name>D</name><peripherals><xi:include href=\"blocks/b.xml\"/><xi:include href=\"blocks/a.xml\"/></peripherals></device>");

    private static readonly SourceFile[] Parts = [new("blocks/a.xml", Part("AI")), new("blocks/b.xml", Part("bi")), new("c.xml", "<x>")];

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")]
    [InlineData("ar-SA")]
    public void The_result_is_the_same_under_every_culture(string culture)
    {
        DescriptionResult expected = DescriptionReader.Read(Root, Parts);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = Hostile(culture);
            Thread.CurrentThread.CurrentUICulture = CultureInfo.CurrentCulture;
            Same(expected, DescriptionReader.Read(Root, Parts));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
            Thread.CurrentThread.CurrentUICulture = before;
        }
    }

    [Fact]
    public void The_order_of_the_files_does_not_matter()
        => Same(DescriptionReader.Read(Root, Parts), DescriptionReader.Read(Root, Parts.Reverse().ToArray()));

    [Fact]
    public void A_line_more_moves_positions_and_leaves_the_model_equal()
    {
        DescriptionResult first = DescriptionReader.Read(Root, Parts);
        DescriptionResult second = DescriptionReader.Read(
            new SourceFile(Root.Path, "\n<!-- a comment -->\n" + Root.Text),
            Parts.Select(part => new SourceFile(part.Path, "\n" + part.Text)).ToArray());
        Assert.Equal(first.Model, second.Model);
        Assert.Equal(first.Model!.GetHashCode(), second.Model!.GetHashCode());
        Assert.NotEqual(first.Problems, second.Problems);
    }

    [Fact]
    public void A_changed_bit_makes_another_model()
    {
        DescriptionResult first = DescriptionReader.Read(Root, Parts);
        DescriptionResult second = DescriptionReader.Read(Root, [Parts[0], new SourceFile(Parts[1].Path, Parts[1].Text.Replace("[3:0]", "[2:0]"))]);
        Assert.NotEqual(first.Model, second.Model);
        Assert.Equal(first.Model!.Blocks[1], second.Model!.Blocks[1]);
        Assert.NotEqual(first.Model.Blocks[0], second.Model.Blocks[0]);
    }

    private static string Part(string name)
        => $"<peripheral><name>{name}</name><baseAddress>0</baseAddress><registers>"
            + "<register><name>i_INDEX</name><addressOffset>0x10</addressOffset><size>12</size><fields>"
            + "<field><name>Ii</name><bitRange>[3:0]</bitRange><access>Write-Only</access></field></fields></register>"
            + "<register><name>ärende</name><addressOffset>4</addressOffset></register></registers></peripheral>";

    // Under invariant globalisation every culture is the invariant one: its number format is made hostile by hand.
    private static CultureInfo Hostile(string name)
    {
        CultureInfo culture = (CultureInfo)new CultureInfo(name).Clone();
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.PositiveSign = "p";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        return culture;
    }

    private static void Same(DescriptionResult expected, DescriptionResult actual)
    {
        Assert.NotEmpty(expected.Problems);
        Assert.NotEmpty(expected.Model!.Blocks);
        Assert.Equal(expected.Model, actual.Model);
        Assert.Equal(expected.Problems, actual.Problems);
        IEnumerable<string> Messages(DescriptionResult result) => result.Problems.Select(problem => problem.ToString());
        Assert.Equal(Messages(expected), Messages(actual));
    }
}
