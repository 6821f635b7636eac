using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sluice.Testing.Generation;

/// <summary>A driver that lives through several edits, as an editor's does.</summary>
public sealed class GeneratorSession
{
    private GeneratorDriver _driver;

    /// <summary>Begins with a first run.</summary>
    public GeneratorSession(GeneratorInput input)
    {
        Input = input;
        _driver = input.CreateDriver();
        Output = Run();
    }

    /// <summary>What the project has now.</summary>
    public GeneratorInput Input { get; private set; }

    /// <summary>What came of the last run.</summary>
    public GeneratorOutput Output { get; private set; }

    /// <summary>Brings the project into another state and runs again. Files that are the same object stay so, as in an editor.</summary>
    public GeneratorOutput Edit(GeneratorInput next)
    {
        if (!ReferenceEquals(next.Files, Input.Files))
        {
            _driver = _driver.ReplaceAdditionalTexts([.. next.Texts()]);
        }

        if (!ReferenceEquals(next.Options, Input.Options) || !ReferenceEquals(next.FileOptions, Input.FileOptions))
        {
            _driver = _driver.WithUpdatedAnalyzerConfigOptions(next.Configuration());
        }

        Input = next;
        Output = Run();
        return Output;
    }

    private GeneratorOutput Run()
    {
        CSharpCompilation compilation = Input.Compile();
        _driver = _driver.RunGeneratorsAndUpdateCompilation(compilation, out Microsoft.CodeAnalysis.Compilation updated, out _);
        return new GeneratorOutput(_driver.GetRunResult().Results[0], updated);
    }
}
