using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Pipeline;

/// <summary>What each edit makes the generator do again: one reason for each output of each step, in the step's order.</summary>
public sealed class Steps
{
    private const IncrementalStepRunReason Cached = IncrementalStepRunReason.Cached;
    private const IncrementalStepRunReason Unchanged = IncrementalStepRunReason.Unchanged;
    private const IncrementalStepRunReason Modified = IncrementalStepRunReason.Modified;
    private const IncrementalStepRunReason New = IncrementalStepRunReason.New;
    private const IncrementalStepRunReason Removed = IncrementalStepRunReason.Removed;

    [Fact]
    public void The_first_run_makes_everything()
        => Expect(new GeneratorSession(Repository.Sample()).Output, new Reasons([New], [New, New, New], [New], [New, New]));

    [Fact]
    public void No_edit_does_nothing()
        => Expect(Edit(static input => input), new Reasons([Cached], [Cached, Cached, Cached], [Cached], [Cached, Cached]));

    [Fact]
    public void An_edit_of_a_source_does_nothing()
        => Expect(
            Edit(static input => input.WithSource("a.cs", "public class A { }")),
            new Reasons([Cached], [Cached, Cached, Cached], [Cached], [Cached, Cached]));

    [Fact]
    public void A_file_that_is_no_description_does_nothing()
        => Expect(
            Edit(static input => input.WithXml("readme.txt", "text")),
            new Reasons([Cached], [Cached, Cached, Cached], [Cached], [Cached, Cached]));

    [Fact]
    public void A_description_that_no_root_includes_is_read_and_writes_nothing_anew()
        => Expect(
            Edit(static input => input.WithXml("other.xml", "<peripheral/>")),
            new Reasons([Cached], [Cached, Cached, Cached, New], [Unchanged], [Cached, Cached]));

    [Fact]
    public void The_same_text_in_a_new_object_does_nothing()
        => Expect(
            Edit(static input => input.WithXml("port.xml", Repository.SampleText("port.xml"))),
            new Reasons([Cached], [Unchanged, Cached, Cached], [Cached], [Cached, Cached]));

    [Fact]
    public void A_comment_and_moved_lines_are_read_and_write_nothing_anew()
        => Expect(
            Edit(static input => input.WithXml("port.xml", Repository.SampleText("port.xml").Replace("<registers>", "<!-- moved -->\n\n\n<registers>", StringComparison.Ordinal))),
            new Reasons([Cached], [Modified, Cached, Cached], [Unchanged], [Cached, Cached]));

    [Fact]
    public void A_changed_register_writes_its_own_block_anew_and_no_other()
        => Expect(
            Edit(static input => input.WithXml("port.xml", Repository.SampleText("port.xml").Replace("0xCAFE0001", "0xCAFE0002", StringComparison.Ordinal))),
            new Reasons([Cached], [Modified, Cached, Cached], [Modified], [Unchanged, Modified]));

    [Fact]
    public void Another_namespace_writes_every_block_anew()
        => Expect(
            Edit(static input => input.WithOption("SluiceNamespace", "Other")),
            new Reasons([Modified], [Unchanged, Unchanged, Unchanged], [Modified], [Modified, Modified]));

    [Theory]
    [InlineData("Port.ID", "Id")]
    [InlineData("PORT.Id", "Id")]
    [InlineData("Port.*STAT*S,Port.LINK", "Status Link")]
    [InlineData("*.L*K,Timer", "Link")]
    public void A_driver_has_the_registers_that_are_wanted_and_no_others(string registers, string expected)
    {
        GeneratorInput input = Repository.Sample().WithOption("SluiceBlocks", "Timer,Port:driver").WithOption("SluiceRegisters", registers);
        GeneratorOutput output = input.Run().MustCompile();
        Assert.Equal(expected.Split(' '), Accessors(output["Port.g.cs"]));
        Assert.Equal(Repository.Sample().Run()["Timer.g.cs"], output["Timer.g.cs"]);

        static string[] Accessors(string source)
            => [.. System.Text.RegularExpressions.Regex.Matches(source, @"(?:Register|RegisterArray)<TBus, (\w+)> \w+ =>", System.Text.RegularExpressions.RegexOptions.Multiline)
                .Select(static match => match.Groups[1].Value)];
    }

    [Fact]
    public void What_sequences_rest_on_stays_whatever_registers_are_wanted()
    {
        string timer = Repository.Sample().WithOption("SluiceBlocks", "Timer:driver").WithOption("SluiceRegisters", "Timer.KICK").Run().MustCompile()["Timer.g.cs"];
        Assert.DoesNotContain("struct Count", timer, StringComparison.Ordinal);
        Assert.Contains("struct Ctrl", timer, StringComparison.Ordinal);
        Repository.Board().WithOption("SluiceBlocks", "NwlBridge,GicIts").WithOption("SluiceRegisters", "NwlBridge.E_BREG_CONTROL,GicIts.GITS_CTLR").Run().MustCompile();
    }

    [Fact]
    public void A_register_that_does_not_exist_is_an_error()
        => Assert.Contains(
            Edit(static input => input.WithOption("SluiceRegisters", "Timer.CRTL*")).Diagnostics,
            static diagnostic => diagnostic.StartsWith("error SLU3002: The property SluiceRegisters names 'Timer.CRTL*', and no description has a register of that name", StringComparison.Ordinal));

    [Fact]
    public void An_option_that_is_not_ours_writes_nothing_anew()
        => Expect(
            Edit(static input => input.WithOption("SomebodyElses", "x")),
            new Reasons([Unchanged], [Unchanged, Unchanged, Unchanged], [Cached], [Cached, Cached]));

    [Fact]
    public void A_root_that_is_taken_away_takes_its_blocks_along()
    {
        GeneratorOutput output = Edit(static input => input.WithoutXml("registers.xml"));
        Assert.Empty(output.Files);
        Assert.Contains(Removed, output.Reasons(TrackingNames.Devices));
    }

    [Fact]
    public void A_broken_block_is_reported_where_it_is_broken_and_has_code_as_far_as_it_goes()
    {
        GeneratorOutput output = Edit(static input => input.WithXml("timer.xml", Repository.SampleText("timer.xml").Replace("<access>write-only</access>", "<access>write-mostly</access>", StringComparison.Ordinal)));
        Assert.Equal(["Port.g.cs", "Timer.g.cs"], output.Files.Select(static file => file.HintName));
        Assert.Equal([New], output.Reasons(TrackingNames.Failures));
        output.MustCompile();
        Diagnostic diagnostic = Assert.Single(output.Result.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.StartsWith("timer.xml(92,15): error SLU1011", diagnostic.ToString(), StringComparison.Ordinal);
        Assert.Contains("write-mostly", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_blocks_that_the_project_names_are_made()
        => Assert.Equal(["Timer.g.cs"], Edit(static input => input.WithOption("SluiceBlocks", " TIMER ,")).Files.Select(static file => file.HintName));

    [Theory]
    [InlineData("Port:driver", true, false)]
    [InlineData("Port:guest", false, true)]
    [InlineData("PORT : guest + driver", true, true)]
    [InlineData("*:driver", true, false)]
    [InlineData("Port:driver,Port:guest", true, true)]
    [InlineData("Port", true, true)]
    public void Only_the_sides_of_a_block_that_the_project_names_are_made_and_they_compile(string blocks, bool driver, bool guest)
    {
        string text = GeneratorInput.Empty.WithXml("registers.xml", Repository.SampleText("registers.xml"))
            .WithXml("port.xml", Repository.SampleText("port.xml"))
            .WithXml("timer.xml", Repository.SampleText("timer.xml"))
            .WithOption("SluiceBlocks", blocks).Run().MustCompile()["Port.g.cs"];
        Assert.Equal(driver, text.Contains("struct Registers<TBus>", StringComparison.Ordinal));
        Assert.Equal(guest, text.Contains("partial struct Guest", StringComparison.Ordinal));
    }

    [Fact]
    public void A_register_that_only_the_driver_sees_is_not_made_for_the_view_alone()
    {
        GeneratorInput board = Repository.Board();
        int all = board.WithOption("SluiceBlocks", "NwlBridge").Run()["NwlBridge.g.cs"].Length;
        int guest = board.WithOption("SluiceBlocks", "NwlBridge:guest").Run().MustCompile()["NwlBridge.g.cs"].Length;
        Assert.True(guest < all, $"{guest} is not less than {all}");
    }

    [Fact]
    public void A_view_that_the_project_names_and_the_block_does_not_have_is_an_error()
        => Assert.Contains(
            Edit(static input => input.WithOption("SluiceBlocks", "Port:gest+driver")).Diagnostics,
            static diagnostic => diagnostic.StartsWith("error SLU3002: The property SluiceBlocks names 'Port:gest', ", StringComparison.Ordinal));

    [Fact]
    public void A_block_that_the_project_names_and_nobody_describes_is_an_error()
    {
        GeneratorOutput output = Edit(static input => input.WithOption("SluiceBlocks", "Timer,Tmier"));
        Assert.StartsWith(
            "error SLU3002: The property SluiceBlocks names 'Tmier', and no description has a block of that name",
            Assert.Single(output.Diagnostics, static diagnostic => !diagnostic.StartsWith("info", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_whose_hardware_the_project_models_has_the_hardware_s_view_and_no_other()
    {
        GeneratorOutput output = Edit(static input => input.WithOption("SluiceHardware", "Port")).MustCompile();
        string port = Assert.Single(output.Files, static file => file.HintName == "Port.g.cs").Text;
        Assert.Contains("public partial struct Hardware", port, StringComparison.Ordinal);
        Assert.DoesNotContain("partial struct Guest", port, StringComparison.Ordinal);
        Assert.DoesNotContain("HardwareHooks", port, StringComparison.Ordinal);
        Assert.Contains("partial struct Guest", Edit(static input => input).Files.Single(static file => file.HintName == "Port.g.cs").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_to_model_that_nobody_describes_is_an_error()
        => Assert.Contains(
            Edit(static input => input.WithOption("SluiceHardware", "Prot")).Diagnostics,
            static diagnostic => diagnostic.StartsWith("error SLU3002: The property SluiceHardware names 'Prot'", StringComparison.Ordinal));

    [Fact]
    public void A_view_that_its_tables_cannot_hold_is_an_error_and_no_wrong_code()
    {
        string registers = string.Concat(Enumerable.Range(0, 1024).Select(static index => $"<register><name>R{index}</name><addressOffset>{index * 4}</addressOffset></register>"));
        string policies = string.Concat(Enumerable.Range(0, 1024).Select(static index => $"<trap:hooked register=\"R{index}\" sanitize=\"mask\"/>"));
        string block = "<peripheral><name>BIG</name><description>Big</description><baseAddress>0</baseAddress>"
            + "<addressBlock><offset>0</offset><size>0x1000</size><usage>registers</usage></addressBlock>"
            + $"<registers>{registers}</registers><trap:view name=\"guest\" absent=\"ones\">{policies}</trap:view></peripheral>";
        GeneratorOutput output = GeneratorInput.Empty.WithXml("registers.xml", Output.Names.Device(block)).Run();
        Assert.Empty(output.Files);
        Assert.StartsWith("error SLU3003: The view guest of BIG has 1024 hooked shapes", Assert.Single(output.Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void No_step_holds_on_to_a_compilation_a_symbol_a_tree_a_text_or_a_place()
    {
        GeneratorOutput broken = Edit(static input => input.WithXml("other/registers.xml", "<device/>"));
        GeneratorOutput misnamed = Edit(static input => input.WithOption("SluiceBlocks", "Timer,Tmier"));
        GeneratorOutput sequenced = Edit(static input => input.WithXml("lanes.svd", Repository.LanesText()));
        string[] steps = [.. typeof(TrackingNames).GetFields().Select(static field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(8, steps.Length);
        foreach (string step in steps)
        {
            object[] values = [.. broken.Values(step), .. misnamed.Values(step), .. sequenced.Values(step)];
            Assert.NotEmpty(values);
            Assert.All(values, value => ObjectGraph.Walk(value, found => Assert.False(
                found is ISymbol or Compilation or SyntaxNode or SyntaxTree or AdditionalText or Location,
                $"step {step} holds a {found.GetType().Name}")));
        }
    }

    private static GeneratorOutput Edit(Func<GeneratorInput, GeneratorInput> edit)
    {
        GeneratorSession session = new(Repository.Sample());
        return session.Edit(edit(session.Input));
    }

    private static void Expect(GeneratorOutput output, Reasons expected)
    {
        Assert.Equal(expected.Options, output.Reasons(TrackingNames.Options));
        // The driver gives the files in an order of its own.
        Assert.Equal(expected.Files.Order(), output.Reasons(TrackingNames.Files).Order());
        Assert.Equal(expected.Devices, output.Reasons(TrackingNames.Devices));
        Assert.Equal(expected.Blocks, output.Reasons(TrackingNames.Blocks));
        Assert.Single(output.Reasons(TrackingNames.AllFiles));
        Assert.Equal(
            expected.Blocks.Select(static reason => reason == Unchanged ? Cached : reason),
            output.SourceReasons());
    }

    private sealed record Reasons(
        IncrementalStepRunReason[] Options, IncrementalStepRunReason[] Files, IncrementalStepRunReason[] Devices, IncrementalStepRunReason[] Blocks);
}
