using System;
using System.Linq;
using System.Security;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Output;

/// <summary>Whatever a description has for text, it ends up in comments and strings of the generated code, and that compiles.</summary>
public sealed class HostileText
{
    public static TheoryData<string> Texts =>
    [
        "*/ class Broken { /*",
        "</summary> <summary>",
        "<see cref=\"Nothing\"/> & < > &amp;",
        "\"\"\" \" \\\" \\u0022 {0} {{",
        "one\u2028two\u2029three\u0085four",
        "one&#13;two&#10;#error three",
        "#error no\n#if x\n",
        "\u202E reversed \uFEFF",
        "]]> --> <!-- ?>",
        "\uD83D\uDE00 \u0000".Replace("\u0000", "", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Compiles_wherever_it_stands(string text)
    {
        string escaped = text.Contains("&#", StringComparison.Ordinal) ? text : SecurityElement.Escape(text)!;
        foreach (string path in (string[])["registers.xml", "chip.svd"])
        {
            GeneratorOutput output = GeneratorInput.Empty.WithXml(path, Device(escaped)).Run().MustCompile();
            Assert.NotEmpty(output.Files);
            Assert.All(output.Files, static file => Assert.DoesNotContain(file.Text, static character => character is '\u2028' or '\u2029' or '\u0085' or '\r'));
        }
    }

    [Fact]
    public void Of_any_length_compiles()
        => GeneratorInput.Empty.WithXml("registers.xml", Device(string.Concat(Enumerable.Repeat("many words ", 20_000)))).Run().MustCompile();

    [Theory]
    [InlineData("A B")]
    [InlineData("A.B")]
    [InlineData("A-B+C")]
    [InlineData("9")]
    [InlineData("A\u00E9B")]
    [InlineData("A\"B")]
    [InlineData("A\\B")]
    [InlineData("A{0}B")]
    [InlineData("%sA")]
    public void Of_a_name_compiles(string name)
        => GeneratorInput.Empty.WithXml("chip.svd", Device("x", SecurityElement.Escape(name)!)).Run().MustCompile();

    private static string Device(string text, string name = "N")
        => $"""
            <device xmlns:trap="urn:sluice:trap"><name>D</name><description>{text}</description><peripherals>
            <peripheral trap:source="{text}" trap:unsure="{text}"><name>P{name}</name><description>{text}</description><baseAddress>0x1000</baseAddress><registers>
            <register trap:source="{text}" trap:unsure="{text}"><name>R{name}</name><displayName>{text}</displayName><description>{text}</description><addressOffset>0</addressOffset><fields>
            <field trap:source="{text}"><name>F{name}</name><description>{text}</description><bitRange>[3:0]</bitRange><enumeratedValues>
            <enumeratedValue><name>V{name}</name><description>{text}</description><value>1</value></enumeratedValue>
            <enumeratedValue><name>other {name}</name><isDefault>true</isDefault></enumeratedValue></enumeratedValues></field></fields></register></registers>
            <trap:sequence name="GO" description="{text}" source="{text}" unsure="{text}"><trap:argument name="Value" maximum="3" description="{text}"/>
            <trap:write register="R{name.Replace("%s", "0", StringComparison.Ordinal)}" value="1"/></trap:sequence></peripheral></peripherals></device>
            """;
}
