using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Generators;
using Sluice.Testing.Compilation;
using Sluice.Testing.Generation;

namespace Sluice.CompileBenchmarks;

/// <summary>A driver as an editor holds it, with nothing around it that takes time. It ends with the parsed trees of the generated sources.</summary>
internal sealed class Editor
{
    private static readonly CSharpCompilation s_project = TestCompilation.Of([("Empty.cs", "")]);

    private GeneratorDriver _driver;

    /// <summary>Begins with a first run.</summary>
    public Editor(GeneratorInput input)
    {
        _driver = CSharpGeneratorDriver.Create(
            [new RegisterGenerator().AsSourceGenerator()],
            input.Files,
            TestCompilation.ParseOptions,
            new MemoryOptions(input.Options, input.FileOptions),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)).RunGenerators(s_project);
    }

    /// <summary>What came of the last run.</summary>
    public GeneratorRunResult Result => _driver.GetRunResult().Results[0];

    /// <summary>Replaces a description file and runs again.</summary>
    public Editor Replace(MemoryText former, MemoryText text)
    {
        _driver = _driver.ReplaceAdditionalText(former, text).RunGenerators(s_project);
        return this;
    }

    /// <summary>Runs again with a C# file added.</summary>
    public Editor Add(string source)
    {
        _driver = _driver.RunGenerators(s_project.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, TestCompilation.ParseOptions)));
        return this;
    }
}
