using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace Sluice.Package.Tests;

/// <summary>What somebody meets who has nothing of Sluice but its package.</summary>
[Collection(PackageCollection.Name)]
public sealed class SampleTests(SampleBuilds builds) : IClassFixture<SampleBuilds>
{
    private static readonly string[] s_consumerSays = ["sent: hello", "received: a, lost: True", "after that, lost: False", "Done: divider 200, parity Even"];

    [Fact]
    public void A_project_with_a_registers_xml_drives_and_emulates_what_it_describes()
    {
        Assert.Empty(builds.Complaints(SampleBuilds.Consumer));
        Assert.Equal(s_consumerSays, Run(SampleBuilds.Consumer));
    }

    [Fact]
    public void A_trimmed_program_does_the_same_and_the_trimmer_has_nothing_to_warn_of()
    {
        (DotnetRun publication, string published) = builds.PublishTrimmed();
        Assert.True(publication.ExitCode == 0, publication.Output);
        Assert.DoesNotContain("warning", publication.Output, StringComparison.Ordinal);
        DotnetRun run = DotnetRun.OfProgram(Path.Combine(published, SampleBuilds.Consumer), published);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(s_consumerSays, Lines(run));
        string whole = Path.Combine(builds.Folder(SampleBuilds.Consumer), "bin", "Debug", "net10.0", "Sluice.Registers.dll");
        Assert.InRange(new FileInfo(Path.Combine(published, "Sluice.Registers.dll")).Length, 1, (new FileInfo(whole).Length / 2) - 1);
    }

    [Fact]
    public void A_vendor_s_file_compiles_as_it_is_with_an_overlay_and_each_flaw_that_is_left_is_a_warning_where_it_stands()
    {
        Assert.Equal(
            [
                "acme-mc1.svd(84,19): warning SLU1013",
                "acme-mc1.svd(95,19): warning SLU1013",
            ],
            builds.Complaints(SampleBuilds.Vendor).Select(complaint => string.Join(':', complaint.Split(':')[..2])));
        Assert.Equal(
            ["GPIOB at 0x40020400: MODER 00000001, ODR 00000008, BSRR 00010000", "for a guest: ODR 00000001, MODER Input, LCKR 00000000"],
            Run(SampleBuilds.Vendor));
    }

    [Fact]
    public void A_typing_error_in_registers_xml_fails_the_build_where_it_stands()
    {
        Assert.Contains(
            builds.Complaints(SampleBuilds.Mistyped),
            complaint => complaint.StartsWith("registers.xml(9,11): error SLU1011: 'read-wirte' is not a value of 'access'", StringComparison.Ordinal)
                && complaint.Contains("Did you mean 'read-write'?", StringComparison.Ordinal));
        Assert.False(File.Exists(Assembly(SampleBuilds.Mistyped)), builds.Output);
    }

    [Fact]
    public void Nothing_but_the_package_is_restored()
        => Assert.All(
            [SampleBuilds.Consumer, SampleBuilds.Vendor],
            sample => Assert.Equal(["sluice"], Directory.GetDirectories(Path.Combine(builds.Folder(sample), "obj", "packages")).Select(Path.GetFileName)));

    [Fact]
    public void The_build_files_take_the_descriptions_and_make_an_old_compiler_an_error()
    {
        JsonElement project = Evaluate(SampleBuilds.Consumer);

        Assert.Contains("CS9057", project.GetProperty("Properties").GetProperty("WarningsAsErrors").GetString()!.Split(';'));
        Assert.Equal("Uart,Timer", project.GetProperty("Properties").GetProperty("SluiceBlocks").GetString());
        Assert.Equal(["registers.xml", "blocks/uart.xml"], AdditionalFiles(project));
    }

    [Fact]
    public void A_project_can_say_itself_which_files_are_descriptions()
    {
        Assert.Equal(["blocks/uart.xml"], AdditionalFiles(Evaluate(SampleBuilds.Consumer, "-p:EnableDefaultSluiceItems=false")));
        Assert.Equal(["acme-mc1.overlay.xml", "acme-mc1.svd"], AdditionalFiles(Evaluate(SampleBuilds.Vendor)).Order(StringComparer.Ordinal));
        Assert.Empty(AdditionalFiles(Evaluate(SampleBuilds.Vendor, "-p:EnableDefaultSluiceItems=false")));
    }

    private static string[] AdditionalFiles(JsonElement project)
        => [.. project.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];

    private string Assembly(string sample) => Path.Combine(builds.Folder(sample), "bin", "Debug", "net10.0", (sample == SampleBuilds.Mistyped ? SampleBuilds.Consumer : sample) + ".dll");

    private string[] Run(string sample)
    {
        Assert.True(File.Exists(Assembly(sample)), builds.Output);
        DotnetRun run = DotnetRun.Of(builds.Folder(sample), Assembly(sample));
        Assert.Equal(0, run.ExitCode);
        return Lines(run);
    }

    private static string[] Lines(DotnetRun run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private JsonElement Evaluate(string sample, params string[] arguments)
    {
        DotnetRun run = DotnetRun.Of(
            builds.Folder(sample),
            ["msbuild", sample + ".csproj", "-nologo", "-nodeReuse:false", "-getProperty:WarningsAsErrors", "-getProperty:SluiceBlocks", "-getItem:AdditionalFiles", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Output);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
