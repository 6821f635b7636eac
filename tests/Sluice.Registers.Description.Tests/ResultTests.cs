using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class ResultTests
{
    [Fact]
    public void The_position_of_each_part_is_found_by_its_path()
    {
        DescriptionResult result = DescriptionReader.Read(
            new SourceFile(
                "registers.xml",
                "<device xmlns:xi=\"http://www.w3.org/2001/XInclude\"><name>D</name><peripherals><xi:include href=\"b.xml\"/></peripherals></device>"),
            [
                new SourceFile(
                    "b.xml",
                    """
                    <peripheral xmlns:trap="urn:sluice:trap"><name>B</name><baseAddress>0</baseAddress><registers>
                      <cluster><name>C</name><addressOffset>0</addressOffset>
                        <register><name>R</name><addressOffset>0</addressOffset><fields>
                          <field><name>F</name><bitRange>[0:0]</bitRange></field></fields></register></cluster></registers>
                      <trap:view name="guest" absent="ones">
                        <trap:denied register="C_R"/></trap:view></peripheral>
                    """),
            ]);
        Assert.Empty(result.Problems);
        Assert.Equal(5, result.Positions.Count);
        Assert.Equal(new TextRange(1, 2, 1, 12), At("B"));
        Assert.Equal(new TextRange(3, 6, 3, 14), At("B/C_R"));
        Assert.Equal(new TextRange(4, 8, 4, 13), At("B/C_R/F"));
        Assert.Equal(new TextRange(5, 4, 5, 13), At("B/@guest"));
        Assert.Equal(new TextRange(6, 6, 6, 17), At("B/@guest/C_R"));
        Assert.False(result.Positions.TryFind("B/X", out _));

        TextRange At(string path)
        {
            Assert.True(result.Positions.TryFind(path, out FilePosition position));
            Assert.Equal("b.xml", position.Path);
            return position.Range;
        }
    }

    [Fact]
    public void Problems_are_sorted_by_place()
    {
        DescriptionResult result = Description.Read(Description.WithRegisters(
            "<register><name>B</name><addressOffset>2</addressOffset></register>\n<x/><register><name>A</name><addressOffset>z</addressOffset></register>"));
        Assert.Equal(
            result.Problems.OrderBy(problem => problem.Range.Line).ThenBy(problem => problem.Range.Column).ToArray(),
            result.Problems.ToArray());
        Assert.Equal(3, result.Problems.Count);
    }

    [Fact]
    public void A_problem_reads_as_compilers_print_it()
        => Assert.Equal(
            "registers.xml(8,40): error SLU1010: 'x' is not a number of at most 64 bits (decimal, 0x hexadecimal or # binary)",
            Description.Read(Description.WithRegisters("<register><name>R</name><addressOffset>x</addressOffset></register>")).Problems.Single().ToString());

    [Theory]
    [InlineData("")]
    [InlineData("<device")]
    [InlineData("<registers/>")]
    [InlineData("<device><name>D</name><size>x</size><peripherals/></device>")]
    public void Without_a_device_there_is_no_model(string text)
    {
        DescriptionResult result = Description.Read(text);
        Assert.Null(result.Model);
        Assert.False(result.IsComplete);
        Assert.True(result.HasErrors);
    }

    [Fact]
    public void A_broken_block_leaves_the_others()
    {
        DescriptionResult result = Description.Read(
            """
            <device><name>D</name><peripherals>
            <peripheral><name>A</name><baseAddress>0</baseAddress><registers><register><name>R</name><addressOffset>x</addressOffset></register></registers></peripheral>
            <peripheral><name>B</name><baseAddress>0</baseAddress><unknown/></peripheral>
            <peripheral><name>C</name><baseAddress>0</baseAddress></peripheral></peripherals></device>
            """);
        Assert.Equal(["C"], result.Model!.Blocks.Select(block => block.Name));
        Assert.False(result.IsComplete);
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        StringBuilder registers = new();
        for (int index = 0; index < 5000; index++)
        {
            registers.Append("<register><name>R").Append(index).Append("</name><addressOffset>").Append(4 * index).Append("</addressOffset></register>");
        }

        SourceFile root = new("registers.xml", Description.WithRegisters(registers.ToString()));
        Assert.Throws<OperationCanceledException>(() => DescriptionReader.Read(root, [], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Interleaved_arrays_without_end_are_compared_within_a_budget()
    {
        StringBuilder registers = new();
        const int Count = 4_000;
        for (int index = 0; index < Count; index++)
        {
            registers.Append("<register><dim>4000</dim><dimIncrement>").Append(4 * Count).Append("</dimIncrement><name>R").Append(index)
                .Append("[%s]</name><addressOffset>").Append(4 * index).Append("</addressOffset></register>");
        }

        Stopwatch watch = Stopwatch.StartNew();
        DescriptionResult result = Description.Read(Description.WithRegisters(registers.ToString()));
        Assert.Contains(result.Problems, problem => problem.Rule.Id == "SLU1003");
        Assert.True(watch.Elapsed.TotalSeconds < 120, watch.Elapsed.ToString());
    }

    [Fact]
    public void Unknown_references_without_number_end_fast()
    {
        StringBuilder registers = new();
        for (int index = 0; index < 3_000; index++)
        {
            registers.Append("<register derivedFrom=\"X_LONG_NAME_THAT_IS_NOT_THERE_").Append(index).Append("\"><name>A_LONG_NAME_THAT_IS_RIGHT_THERE_").Append(index)
                .Append("</name><addressOffset>").Append(4 * index).Append("</addressOffset></register>");
        }

        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(1001, Description.Read(Description.WithRegisters(registers.ToString())).Problems.Count);
        Assert.True(watch.Elapsed.TotalSeconds < 120, watch.Elapsed.ToString());
    }

    [Theory]
    [InlineData("/a/registers.xml", null, true)]
    [InlineData("C:\\a\\Registers.XML", "", true)]
    [InlineData("a/chip.svd", null, true)]
    [InlineData("a/other.xml", null, false)]
    [InlineData("a/other.xml", "true", true)]
    [InlineData("a/registers.xml", "false", false)]
    [InlineData("a/my-registers.xml", null, false)]
    public void A_root_is_known_by_its_name_or_its_metadata(string path, string? metadata, bool isRoot)
        => Assert.Equal(isRoot, DescriptionRoots.IsRoot(path, metadata));
}
