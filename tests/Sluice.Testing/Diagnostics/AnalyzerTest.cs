using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Sluice.Testing.Compilation;

namespace Sluice.Testing.Diagnostics;

/// <summary>
/// An analyzer on marked texts: what it reports must be what the marks say, no more and no less. Immutable: each method returns a changed copy.
/// </summary>
public sealed record AnalyzerTest
{
    /// <summary>The analyzer.</summary>
    public required DiagnosticAnalyzer Analyzer { get; init; }

    /// <summary>The rule that a mark without an id means.</summary>
    public required string Id { get; init; }

    /// <summary>The C# sources with their marks, by path.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The additional files with their marks, in the order in which the compiler has them.</summary>
    public ImmutableList<(string Path, string Text)> Files { get; init; } = [];

    /// <summary>The files' options.</summary>
    public ImmutableDictionary<(string Path, string Key), string> FileOptions { get; init; } = ImmutableDictionary<(string, string), string>.Empty;

    /// <summary>The options of the project's .globalconfig, and its properties that the compiler may see.</summary>
    public ImmutableDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The severities of the project's .globalconfig.</summary>
    public ImmutableDictionary<string, ReportDiagnostic> Severities { get; init; } = ImmutableDictionary<string, ReportDiagnostic>.Empty;

    /// <summary>What runs before the analyzer and sees the same files.</summary>
    public ImmutableArray<ISourceGenerator> Generators { get; init; } = [];

    /// <summary>A test of an analyzer.</summary>
    /// <param name="id">The rule that a mark without an id means.</param>
    public static AnalyzerTest Of<TAnalyzer>(string id)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => new() { Analyzer = new TAnalyzer(), Id = id };

    /// <summary>Adds a C# source.</summary>
    public AnalyzerTest WithSource(string markup, string path = "Code.cs") => this with { Sources = Sources.Add(path, markup) };

    /// <summary>Adds an additional file.</summary>
    public AnalyzerTest WithFile(string path, string markup) => this with { Files = Files.Add((path, markup)) };

    /// <summary>Sets a metadata of an additional file.</summary>
    public AnalyzerTest WithFileMetadata(string path, string name, string value)
        => this with { FileOptions = FileOptions.SetItem((path, "build_metadata.AdditionalFiles." + name), value) };

    /// <summary>Sets an option of the project.</summary>
    public AnalyzerTest WithOption(string key, string value) => this with { Options = Options.SetItem(key, value) };

    /// <summary>Sets a rule's severity as a .globalconfig does.</summary>
    public AnalyzerTest WithSeverity(string id, ReportDiagnostic severity) => this with { Severities = Severities.SetItem(id, severity) };

    /// <summary>Runs a generator first; its errors and warnings count as the analyzer's own.</summary>
    public AnalyzerTest WithGenerator(ISourceGenerator generator) => this with { Generators = Generators.Add(generator) };

    /// <summary>Runs the analyzer and compares.</summary>
    /// <returns>The diagnostics, by file and place.</returns>
    public IReadOnlyList<Diagnostic> Verify()
    {
        IReadOnlyList<Diagnostic> diagnostics = Run();
        StringBuilder failures = new();
        foreach ((string path, MarkedText text) in Texts())
        {
            List<MarkedSpan> missing = [.. text.Spans];
            foreach (Diagnostic diagnostic in diagnostics.Where(diagnostic => PathOf(diagnostic) == path))
            {
                if (!missing.Remove(new MarkedSpan(diagnostic.Id, diagnostic.Location.SourceSpan)))
                {
                    string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
                    failures.Append("not expected: ").Append(diagnostic.Id).Append(": ").Append(message).Append('\n');
                    failures.Append(CaretExcerpt.Of(path, text.Text, diagnostic.Location.SourceSpan)).Append('\n');
                }
            }

            foreach (MarkedSpan span in missing)
            {
                failures.Append("not reported: ").Append(span.Id).Append('\n').Append(CaretExcerpt.Of(path, text.Text, span.Span)).Append('\n');
            }
        }

        return failures.Length == 0 ? diagnostics : throw new UnexpectedDiagnosticsException("\n" + failures);
    }

    /// <summary>Runs the analyzer.</summary>
    /// <returns>What it reports after suppression, by file and place.</returns>
    public IReadOnlyList<Diagnostic> Run()
    {
        ImmutableArray<AdditionalText> files = [.. Files.Select(file => new MemoryText(file.Path, MarkedText.Parse(file.Text, Id).Text))];
        MemoryOptions options = new(Options, FileOptions);
        Microsoft.CodeAnalysis.Compilation compilation = Compile();
        ImmutableArray<Diagnostic> generated = [];
        if (Generators.Length > 0)
        {
            GeneratorDriver driver = CSharpGeneratorDriver.Create(Generators, files, TestCompilation.ParseOptions, options);
            driver.RunGeneratorsAndUpdateCompilation(compilation, out compilation, out generated);
        }

        string[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(error => error.ToString())];
        if (errors.Length > 0)
        {
            throw new UnexpectedDiagnosticsException("The test's own code does not compile:\n" + string.Join("\n", errors));
        }

        CompilationWithAnalyzersOptions settings = new(
            new AnalyzerOptions(files, options),
            onAnalyzerException: null,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);
        ImmutableArray<Diagnostic> diagnostics = compilation
            .WithAnalyzers([Analyzer], settings)
            .GetAllDiagnosticsAsync(CancellationToken.None)
            .GetAwaiter()
            .GetResult();
        Diagnostic? failure = diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001");
        if (failure is not null)
        {
            throw new UnexpectedDiagnosticsException("The analyzer failed: " + failure.GetMessage(CultureInfo.InvariantCulture));
        }

        HashSet<string> own = [.. Analyzer.SupportedDiagnostics.Select(rule => rule.Id)];
        return
        [
            .. generated
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Concat(diagnostics.Where(diagnostic => own.Contains(diagnostic.Id)))
                .OrderBy(PathOf, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The compilation of the sources, without their marks.</summary>
    public CSharpCompilation Compile()
    {
        CSharpCompilation compilation = TestCompilation.Of(Sources.Select(source => (source.Key, MarkedText.Parse(source.Value, Id).Text)));
        return compilation.WithOptions(compilation.Options.WithAllowUnsafe(true).WithSyntaxTreeOptionsProvider(new ConfiguredSeverities(Severities)));
    }

    private static string PathOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().Path ?? "";

    private IEnumerable<(string Path, MarkedText Text)> Texts()
        => Sources.Select(source => (source.Key, MarkedText.Parse(source.Value, Id)))
            .Concat(Files.Select(file => (file.Path, MarkedText.Parse(file.Text, Id))));
}
