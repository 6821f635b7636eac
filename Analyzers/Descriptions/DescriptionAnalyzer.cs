using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Descriptions;

/// <summary>Reports what is wrong with the descriptions among the additional files, each problem at its place in the XML.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DescriptionAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_rules = ProblemRules.All.ToImmutableDictionary(rule => rule.Id, Describe);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. ProblemRules.All.Select(rule => s_rules[rule.Id])];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            DescriptionSet descriptions = new(start.Options);
            start.RegisterAdditionalFileAction(file => Report(file, descriptions));
        });
    }

    /// <summary>
    /// A diagnostic belongs to the file in which it is, so each file's action reports its own, whichever root has found them.
    /// </summary>
    private static void Report(AdditionalFileAnalysisContext context, DescriptionSet descriptions)
    {
        string path = context.AdditionalFile.Path;
        if (!DescriptionRoots.IsPart(path) && !descriptions.IsRoot(context.AdditionalFile))
        {
            return;
        }

        HashSet<Problem> seen = new();
        TextLines? lines = null;
        foreach (DescriptionResult result in descriptions.Results(context.CancellationToken))
        {
            foreach (Problem problem in result.Problems)
            {
                if (problem.Path == path && seen.Add(problem))
                {
                    lines ??= new TextLines(context.AdditionalFile.GetText(context.CancellationToken)?.ToString() ?? "");
                    object[] arguments = [.. problem.Arguments];
                    context.ReportDiagnostic(Diagnostic.Create(s_rules[problem.Rule.Id], lines.Locate(path, problem.Range), arguments));
                }
            }
        }
    }

    private static DiagnosticDescriptor Describe(ProblemRule rule)
    {
        DiagnosticSeverity severity = rule.DefaultSeverity switch
        {
            ProblemSeverity.Error => DiagnosticSeverity.Error,
            ProblemSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        };
        string[] tags = rule.IsFatal ? [WellKnownDiagnosticTags.NotConfigurable] : [];
        return new DiagnosticDescriptor(
            rule.Id, rule.Title, rule.MessageFormat, rule.Category, severity, isEnabledByDefault: true, helpLinkUri: rule.HelpLink, customTags: tags);
    }
}
