using Microsoft.CodeAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>All that the generator itself reports; what is wrong in a description, and where, is the analyzer's to say.</summary>
internal static class GenerationRules
{
    private const string Category = "Generation";

    /// <summary>A part of a description has no meaning.</summary>
    public static readonly DiagnosticDescriptor MissingCode = new(
        "SLU3001",
        "Code is missing",
        "Code is missing for '{0}': a part of the description has no meaning, see {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + "SLU3001.md");

    /// <summary>How the tables of a view are laid out.</summary>
    public static readonly DiagnosticDescriptor Shape = new(
        "SLU3002",
        "Shape of a view's tables",
        "The view {0} of {1} has {2} words, {3} hooked shapes and {4} entries of rarer semantics; its index is {5}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + "SLU3002.md");
}
