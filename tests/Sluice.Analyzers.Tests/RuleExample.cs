using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Testing.Diagnostics;

namespace Sluice.Analyzers.Tests;

/// <summary>A rule on code with the least that breaks it and the like that does not.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Analyzer">Its analyzer.</param>
/// <param name="Flawed">A source with a mark where the rule reports.</param>
/// <param name="Sound">A source in which it must not.</param>
internal sealed record RuleExample(string Id, DiagnosticAnalyzer Analyzer, string Flawed, string Sound)
{
    public AnalyzerTest Test => new() { Analyzer = Analyzer, Id = Id };

    /// <summary>The flawed source without its marks.</summary>
    public string Unmarked => MarkedText.Parse(Flawed, Id).Text;
}
