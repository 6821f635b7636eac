using Microsoft.CodeAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>SLU2012: a log on the trap path that does not limit its rate. Found together with what the trap path forbids.</summary>
internal static class LogRateRule
{
    public static DiagnosticDescriptor Descriptor { get; } = new(
        RuleIds.LogWithoutRateLimit,
        "Log without a rate limit on the trap path",
        "'{0}' writes to a log as often as a guest traps, since '{1}' belongs to the trap path{2}: count instead, or limit the rate",
        RuleCategories.TrapPath,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.LogWithoutRateLimit + ".md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
