using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Testing.Compilation;

namespace Sluice.Testing.Generation;

/// <summary>What one run of the generator gave.</summary>
public sealed class GeneratorOutput
{
    internal GeneratorOutput(GeneratorRunResult result, Microsoft.CodeAnalysis.Compilation compilation)
    {
        if (result.Exception is { } exception)
        {
            throw new InvalidOperationException("The generator failed: " + exception, exception);
        }

        Result = result;
        Compilation = compilation;
        Files = [.. result.GeneratedSources.OrderBy(static source => source.HintName, StringComparer.Ordinal).Select(static source => new GeneratedFile(source.HintName, source.SourceText.ToString()))];
    }

    /// <summary>Roslyn's own record of the run.</summary>
    public GeneratorRunResult Result { get; }

    /// <summary>The project's sources and the generated ones.</summary>
    public Microsoft.CodeAnalysis.Compilation Compilation { get; }

    /// <summary>The generated files, sorted by name.</summary>
    public IReadOnlyList<GeneratedFile> Files { get; }

    /// <summary>What the generator reported, as a build prints it.</summary>
    public IReadOnlyList<string> Diagnostics => [.. Result.Diagnostics.Select(static diagnostic => CSharpDiagnosticFormatter.Instance.Format(diagnostic, CultureInfo.InvariantCulture))];

    /// <summary>The text of a generated file.</summary>
    public string this[string hintName] => Files.Single(file => file.HintName == hintName).Text;

    /// <summary>Fails with the compiler's words when the compilation has an error or a warning.</summary>
    public GeneratorOutput MustCompile()
    {
        IReadOnlyList<string> complaints = TestCompilation.Complaints(Compilation);
        return complaints.Count == 0 ? this : throw new InvalidOperationException(string.Join("\n", complaints.Take(20)));
    }

    /// <summary>Emits and loads the compilation.</summary>
    public LoadedCode Load() => LoadedCode.Of(Compilation);

    /// <summary>Why each output of a step is there: new, modified, unchanged, cached or removed, in the step's order.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step)
        => Result.TrackedSteps.TryGetValue(step, out System.Collections.Immutable.ImmutableArray<IncrementalGeneratorRunStep> runs)
            ? [.. runs.SelectMany(static run => run.Outputs).Select(static output => output.Reason)]
            : [];

    /// <summary>Every value that a step gave.</summary>
    public IReadOnlyList<object> Values(string step)
        => Result.TrackedSteps.TryGetValue(step, out System.Collections.Immutable.ImmutableArray<IncrementalGeneratorRunStep> runs)
            ? [.. runs.SelectMany(static run => run.Outputs).Select(static output => output.Value)]
            : [];

    /// <summary>The same for the sources.</summary>
    public IReadOnlyList<IncrementalStepRunReason> SourceReasons()
        => [.. Result.TrackedOutputSteps.SelectMany(static pair => pair.Value).SelectMany(static run => run.Outputs).Select(static output => output.Reason)];
}
