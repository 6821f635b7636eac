using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Sluice.Registers.Description;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Pipeline;

/// <summary>A broken description fails the build for what is wrong with it, and not once more for every name in code that would be missing.</summary>
public class BrokenDescriptions
{
    private const string Chip =
        """
        <device xmlns:trap="urn:sluice:trap"><name>D</name><peripherals>
          <peripheral><name>UART</name><baseAddress>0x1000</baseAddress><registers>
            <register><name>CTRL</name><addressOffset>0</addressOffset><access>read-write</access><fields><field><name>EN</name><bitRange>[0:0]</bitRange></field></fields></register>
            <register><name>DATA</name><addressOffset>4</addressOffset></register></registers></peripheral>
          <peripheral><name>TIMER</name><baseAddress>0x2000</baseAddress><registers>
            <register><name>COUNT</name><addressOffset>0</addressOffset></register></registers></peripheral></peripherals></device>
        """;

    private const string User =
        """
        using Registers;
        using Sluice.Registers;

        internal static class User
        {
            public static uint Use<TBus>(TBus bus) where TBus : struct, IRegisterBus
            {
                var uart = new Uart.Registers<TBus>(bus, new RegisterAddress(Uart.BaseAddress));
                uart.Ctrl.Write(default(Uart.Ctrl) with { En = true });
                return uart.Data.Read().Value;
            }
        }
        """;

    public static TheoryData<string> FatalRules => new(ProblemRules.All.Where(rule => rule.IsFatal).Select(rule => rule.Id));

    [Theory]
    [InlineData("<access>read-write</access>", "<access>read-wriet</access>", "SLU1011")]
    [InlineData("<name>CTRL</name>", "<name>CTRL</name><resetValue>0y1</resetValue>", "SLU1010")]
    [InlineData("<name>CTRL</name>", "<name>CTRL</name><colour>red</colour>", "SLU1004")]
    [InlineData("<baseAddress>0x1000</baseAddress>", "<baseAddress>0x1000</baseAddress><trap:sequence name=\"S\"><trap:poll register=\"DATA\" value=\"1\"/></trap:sequence>", "SLU1050")]
    [InlineData("<name>D</name>", "<name>D</name><width>wide</width>", "SLU1010")]
    [InlineData("<name>COUNT</name>", "<name>COUNT</name", "SLU1001")]
    public void Code_that_names_a_broken_block_brings_no_error_of_its_own(string sound, string broken, string rule)
    {
        GeneratorOutput output = GeneratorInput.Empty.WithSource("user.cs", User).WithXml("registers.xml", Chip.Replace(sound, broken, StringComparison.Ordinal)).Run();
        Assert.Equal([rule], output.Result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic => diagnostic.Id));
        Assert.Equal([], Errors(output));
    }

    [Theory]
    [MemberData(nameof(FatalRules))]
    public void What_a_rule_s_page_shows_as_wrong_gives_code_that_compiles(string rule)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root(), "docs/rules", rule + ".md"));
        string example = Regex.Match(page, "```xml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        bool isOverlay = example.StartsWith("<trap:overlay", StringComparison.Ordinal);
        GeneratorInput input = isOverlay
            ? GeneratorInput.Empty.WithXml("chip.svd", Chip.Replace("DATA", "STATUS", StringComparison.Ordinal).Replace("EN", "OVERRUN", StringComparison.Ordinal)).WithXml("chip.overlay.xml", example)
            : GeneratorInput.Empty.WithXml("registers.xml", example);
        GeneratorOutput output = input.Run();
        Assert.Contains(output.Result.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal([], Errors(output));
    }

    [Fact]
    public void Damage_of_any_kind_gives_code_that_compiles()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out int given) ? given : 77;
        Random random = new(seed);
        string sample = Repository.SampleText("port.xml");
        for (int round = 0; round < 25; round++)
        {
            int place = random.Next(sample.Length);
            string damaged = random.Next(3) switch
            {
                0 => sample[..place],
                1 => sample.Remove(place, Math.Min(random.Next(1, 30), sample.Length - place)),
                _ => sample.Insert(place, sample.Substring(random.Next(sample.Length / 2), random.Next(1, 60))),
            };
            string[] errors = Errors(GeneratorInput.Empty.WithXml("registers.xml", damaged).Run());
            Assert.True(errors.Length == 0, $"seed {seed}, round {round}: {string.Join('\n', errors)}\n{damaged}");
        }
    }

    [Fact]
    public void An_edit_in_an_overlay_writes_the_blocks_that_it_is_about_anew_and_a_line_that_moves_none()
    {
        const string Overlay = """
            <trap:overlay xmlns:trap="urn:sluice:trap" of="chip.svd" source="the manual">
            <trap:peripheral of="TIMER"><trap:register of="COUNT"><readAction>clear</readAction></trap:register></trap:peripheral></trap:overlay>
            """;
        GeneratorSession session = new(GeneratorInput.Empty.WithXml("chip.svd", Chip).WithXml("chip.overlay.xml", Overlay));
        IReadOnlyDictionary<string, string> before = Texts(session.Output);
        Assert.Contains("/// <remarks>Source: the manual. Overlay chip.overlay.xml: readAction.</remarks>", before["Timer.g.cs"], StringComparison.Ordinal);

        GeneratorOutput moved = session.Edit(session.Input.WithXml("chip.overlay.xml", "<!-- more -->\n\n" + Overlay));
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, moved.SourceReasons());

        GeneratorOutput edited = session.Edit(session.Input.WithXml("chip.overlay.xml", Overlay.Replace("clear", "set", StringComparison.Ordinal)));
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], edited.Reasons(TrackingNames.Blocks));
        Assert.Equal(before["Uart.g.cs"], Texts(edited)["Uart.g.cs"]);
    }

    private static string[] Errors(GeneratorOutput output)
        => [.. output.Compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic => diagnostic.ToString())];

    private static Dictionary<string, string> Texts(GeneratorOutput output) => output.Files.ToDictionary(static file => file.HintName, static file => file.Text);
}
