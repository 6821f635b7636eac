using Microsoft.CodeAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>
/// What the generator itself reports, beside the problems that keep it from making code. Those it must report, since the compiler asks no analyzer
/// once it has seen that a type is missing; all other problems of a description are the analyzer's to report.
/// </summary>
internal static class GenerationRules
{
    private const string Category = "Generation";

    /// <summary>How the tables of a view are laid out.</summary>
    public static readonly DiagnosticDescriptor Shape = new(
        "SLU3001",
        "Shape of a view's tables",
        "The view {0} of {1} has {2} words, {3} hooked shapes and {4} entries of rarer semantics; its index is {5}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Link("SLU3001"));

    /// <summary>A block or a register is wanted that no description has.</summary>
    public static readonly DiagnosticDescriptor UnknownBlock = new(
        "SLU3002",
        "No such block or register",
        "The property {0} names '{1}', and no description has a {2} of that name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Link("SLU3002"));

    /// <summary>A view is too much for its tables.</summary>
    public static readonly DiagnosticDescriptor TooMuch = new(
        "SLU3003",
        "A view is too much for its tables",
        "The view {0} of {1} has {2} hooked shapes and {3} entries of rarer semantics, and its tables take {4} of each; no code was generated for {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Link("SLU3003"));
}
