using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sluice.Testing.Compilation;

/// <summary>C# 14 compilations, nullable and with documentation, as a careful user's project has them.</summary>
public static class TestCompilation
{
    /// <summary>How sources are parsed. The version is explicit: this Roslyn's latest is newer than the SDK's.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>Makes a compilation of sources.</summary>
    public static CSharpCompilation Of(IEnumerable<(string Path, string Text)> sources)
        => CSharpCompilation.Create(
            "Test",
            sources.Select(static source => CSharpSyntaxTree.ParseText(source.Text, ParseOptions, source.Path)),
            References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    /// <summary>Errors and warnings, as the compiler prints them.</summary>
    public static IReadOnlyList<string> Complaints(Microsoft.CodeAnalysis.Compilation compilation)
        => [.. compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(static diagnostic => diagnostic.ToString())];
}
