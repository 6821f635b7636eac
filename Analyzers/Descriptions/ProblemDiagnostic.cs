using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Sluice.Registers.Description;

/// <summary>A problem of a description as the compiler reports it. Generator and analyzer each report their share, in the same form.</summary>
internal static class ProblemDiagnostic
{
    /// <summary>The rule, for the compiler. One without which there is no meaning cannot be configured.</summary>
    public static DiagnosticDescriptor Descriptor(ProblemRule rule)
    {
        string[] tags = rule.IsFatal ? [WellKnownDiagnosticTags.NotConfigurable] : [];
        return new DiagnosticDescriptor(
            rule.Id, rule.Title, rule.MessageFormat, rule.Category, Severity(rule.DefaultSeverity), isEnabledByDefault: true, helpLinkUri: rule.HelpLink, customTags: tags);
    }

    /// <summary>The problem at its line and column.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="descriptor">Its rule's.</param>
    /// <param name="span">The same place in characters from the file's start.</param>
    public static Diagnostic Of(Problem problem, DiagnosticDescriptor descriptor, TextSpan span)
    {
        TextRange range = problem.Range;
        LinePosition start = new(Math.Max(range.Line - 1, 0), Math.Max(range.Column - 1, 0));
        LinePosition end = new(Math.Max(range.EndLine - 1, 0), Math.Max(range.EndColumn - 1, 0));
        Location location = Location.Create(problem.Path, span, new LinePositionSpan(start, end < start ? start : end));
        object[] arguments = [.. problem.Arguments.Cast<object>()];
        // A project that sets the rule's severity has the last word all the same: the compiler asks by id.
        return problem.Severity == problem.Rule.DefaultSeverity
            ? Diagnostic.Create(descriptor, location, arguments)
            : Diagnostic.Create(descriptor, location, Severity(problem.Severity), additionalLocations: null, properties: null, arguments);
    }

    private static DiagnosticSeverity Severity(ProblemSeverity severity) => severity switch
    {
        ProblemSeverity.Error => DiagnosticSeverity.Error,
        ProblemSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
