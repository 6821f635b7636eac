using Microsoft.CodeAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>What the descriptors of the rules on a guest's values in the host's own code have in common.</summary>
internal static class GuestUseDescriptor
{
    public static DiagnosticDescriptor Of(string id, string title, string message, DiagnosticSeverity severity)
        => new(id, title, message, RuleCategories.Sanitization, severity, isEnabledByDefault: true, helpLinkUri: RuleHelp.Prefix + id + ".md");
}
