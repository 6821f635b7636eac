using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Sluice.Registers.Description;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Output;

/// <summary>What the page of the language shows is what a user copies first: each example becomes code that compiles without a warning.</summary>
public sealed class LanguageExamples
{
    private const string Fence = "```xml\n";

    // What the example of an overlay is of; the page does not show it.
    private const string Chip =
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
                    <field><name>MODE</name><bitRange>[1:1]</bitRange></field>
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
          </peripherals>
        </device>
        """;

    // What the example of an inclusion includes.
    private const string Uart =
        "<peripheral><name>UART</name><baseAddress>0x1000</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset></register></registers></peripheral>";

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root(), "docs", "language.md")).ReplaceLineEndings("\n");

    /// <summary>The line at which each example begins.</summary>
    public static TheoryData<int> Lines => [.. Examples().Keys];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Become_code_that_compiles_for_those_who_drive_trap_and_model_it(int line)
    {
        string example = Examples()[line];
        bool isOverlay = example.StartsWith("<trap:overlay", StringComparison.Ordinal);
        (SourceFile root, SourceFile other) = isOverlay
            ? (new SourceFile("chip.svd", Chip), new SourceFile("chip.overlay.xml", example))
            : (new SourceFile("registers.xml", example), new SourceFile("blocks/uart.xml", Uart));
        DeviceModel device = DescriptionReader.Read(root, [other]).Model!;
        Assert.NotEmpty(device.Blocks);

        GeneratorInput input = GeneratorInput.Empty.WithXml(root.Path, root.Text).WithXml(other.Path, other.Text);
        foreach (GeneratorInput side in (GeneratorInput[])[input, input.WithOption("SluiceHardware", string.Join(',', device.Blocks.Select(static block => block.Name)))])
        {
            GeneratorOutput output = side.Run();
            string flaws = string.Join('\n', output.Result.Diagnostics.Where(static diagnostic => diagnostic.Severity > DiagnosticSeverity.Info))
                + (Record.Exception(() => output.MustCompile()) is { } complaints ? complaints.Message : "");
            Assert.True(flaws.Length == 0, $"The example in line {line} of docs/language.md:\n{flaws}");
            Assert.True(output.Files.Count >= device.Blocks.Count, $"The example in line {line} of docs/language.md gives {output.Files.Count} files.");
        }
    }

    [Fact]
    public void Are_all_found()
        => Assert.Equal(Page.Split("\n```xml").Length - 1, Examples().Count);

    private static SortedDictionary<int, string> Examples()
    {
        SortedDictionary<int, string> examples = [];
        for (int start = Page.IndexOf(Fence, StringComparison.Ordinal); start >= 0; start = Page.IndexOf(Fence, start, StringComparison.Ordinal))
        {
            start += Fence.Length;
            int end = Page.IndexOf("\n```\n", start, StringComparison.Ordinal);
            examples.Add(Page[..start].Count(static character => character == '\n') + 1, Page[start..(end + 1)]);
        }

        return examples;
    }
}
