using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using Sluice.Testing.Compilation;
using Sluice.Testing.Generation;
using Sluice.Testing.Snapshots;
using Xunit;

namespace Sluice.Generators.Tests.Output;

public sealed class GeneratedCode
{
    [Fact]
    public void Is_what_was_agreed()
    {
        foreach (GeneratedFile file in Repository.Sample().Run().MustCompile().Files)
        {
            string version = typeof(RegisterGenerator).Assembly.GetName().Version!.ToString(3);
            Snapshot.Match(file.Text.Replace("\"" + version + "\"", "\"VERSION\"", StringComparison.Ordinal), "cs", file.HintName[..^".g.cs".Length]);
        }
    }

    [Fact]
    public void Of_the_board_compiles_without_a_warning()
    {
        GeneratorInput board = Repository.Board();
        GeneratorOutput output = board.Run().MustCompile();
        string root = board.Files.First(static file => file.Path == "registers.xml").GetText().ToString();
        Assert.Equal(root.Split("<xi:include ").Length - 1, output.Files.Count);
        Assert.All(output.Result.Diagnostics, static diagnostic => Assert.Equal("SLU3001", diagnostic.Id));
    }

    [Fact]
    public void Of_the_board_has_no_warning_where_nulls_are_followed_through_it_either()
    {
        const string off = "#nullable disable warnings\n";
        GeneratorOutput output = Repository.Board().Run();
        Assert.All(output.Files, static file => Assert.Contains(off, file.Text, StringComparison.Ordinal));
        Assert.Empty(TestCompilation.Complaints(TestCompilation.Of(output.Files.Select(static file => (file.HintName, file.Text.Replace(off, "#nullable enable warnings\n", StringComparison.Ordinal))))));
    }

    [Fact]
    public void Has_the_same_bytes_whatever_the_culture_and_the_order_of_files()
    {
        string expected = All(Repository.Sample());
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NegativeSign = "\u2212";
        hostile.NumberFormat.PositiveSign = "plus";
        hostile.NumberFormat.NumberGroupSeparator = ".";
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            Thread.CurrentThread.CurrentCulture = hostile;
            GeneratorInput input = Repository.Sample();
            Assert.Equal(expected, All(input with { Files = input.Files.Reverse() }));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void Has_one_kind_of_line_end_and_no_path()
    {
        string text = All(Repository.Sample());
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain("port.xml", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_to_the_namespace_that_the_project_or_the_file_names()
    {
        Assert.Contains("namespace Registers;", Repository.Sample().Run()["Timer.g.cs"], StringComparison.Ordinal);
        Assert.Contains("namespace A.B;", Repository.Sample().WithOption("SluiceNamespace", "A.B").Run()["Timer.g.cs"], StringComparison.Ordinal);
        GeneratorInput own = Repository.Sample().WithOption("SluiceNamespace", "A.B").WithFileMetadata("registers.xml", "SluiceNamespace", "C");
        Assert.Contains("namespace C;", own.Run()["Timer.g.cs"], StringComparison.Ordinal);
    }

    private static string All(GeneratorInput input) => string.Concat(input.Run().Files.Select(static file => "=== " + file.HintName + "\n" + file.Text));
}
