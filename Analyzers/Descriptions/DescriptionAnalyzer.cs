using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Descriptions;

/// <summary>
/// Reports what is wrong with the descriptions among the additional files, each problem at its place in the XML. What leaves no code at all is
/// reported by the generator: when a type is missing, the compiler does not come to the analyzers.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DescriptionAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_rules = ProblemRules.All
        .Where(rule => !rule.IsFatal)
        .ToImmutableDictionary(rule => rule.Id, ProblemDiagnostic.Descriptor);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. s_rules.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

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
            foreach (Problem problem in result.Problems.Concat(result.Notes))
            {
                if (problem.Path == path && s_rules.TryGetValue(problem.Rule.Id, out DiagnosticDescriptor? descriptor) && seen.Add(problem))
                {
                    lines ??= new TextLines(context.AdditionalFile.GetText(context.CancellationToken)?.ToString() ?? "");
                    context.ReportDiagnostic(ProblemDiagnostic.Of(problem, descriptor, lines.Locate(problem.Range)));
                }
            }
        }
    }
}
