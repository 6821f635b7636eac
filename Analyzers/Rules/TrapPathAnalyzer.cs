using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>
/// Reports what a method must not do while a guest waits: in the methods that are marked as trap path, and in all of the same compilation that they
/// call.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrapPathAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.ForbiddenOnTrapPath,
        "Forbidden on the trap path",
        "{0} is forbidden on the trap path, to which '{1}' belongs{2}",
        RuleCategories.TrapPath,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.ForbiddenOnTrapPath + ".md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule, LogRateRule.Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();

        // The generated views stand between the trap and the hooks: the interface of the hooks carries the mark, so that they need not be looked at.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (!LibraryUse.IsIn(start.Compilation) || start.Compilation.GetTypeByMetadataName("Sluice.Registers.TrapPathAttribute") is not { } attribute)
            {
                return;
            }

            TrapPathRoots roots = new(attribute);
            LogMethods logs = new(start.Compilation.GetTypeByMetadataName("Sluice.Registers.LogSinkAttribute"));
            ConcurrentDictionary<ISymbol, TrapPathFacts> methods = new(SymbolEqualityComparer.Default);
            start.RegisterOperationBlockAction(block =>
            {
                if (block.OwningSymbol is IMethodSymbol method)
                {
                    TrapPathFacts facts = TrapPathFacts.Of(block.OperationBlocks, logs);
                    if (!facts.IsEmpty || roots.Has(method))
                    {
                        methods[method.OriginalDefinition] = facts;
                    }
                }
            });
            start.RegisterCompilationEndAction(end => Report(end, methods, roots));
        });
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentDictionary<ISymbol, TrapPathFacts> methods, TrapPathRoots marks)
    {
        // Each method once, and the roots in a fixed order, so that a method that two of them call is always said to belong to the same.
        ISymbol[] roots = [.. methods.Keys.Where(marks.Has).OrderBy(method => method.ToDisplayString(), StringComparer.Ordinal)];
        HashSet<ISymbol> seen = new(roots, SymbolEqualityComparer.Default);
        Queue<(ISymbol Method, ISymbol? Root)> pending = new(roots.Select(root => (root, (ISymbol?)null)));
        while (pending.Count > 0)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            (ISymbol method, ISymbol? root) = pending.Dequeue();
            if (!methods.TryGetValue(method, out TrapPathFacts? facts))
            {
                continue;
            }

            string name = NameOf(method);
            string origin = root is null ? "" : " because '" + NameOf(root) + "' calls it";
            foreach ((SyntaxNode syntax, string what) in facts.Offences)
            {
                context.ReportDiagnostic(Diagnostic.Create(s_rule, syntax.GetLocation(), what, name, origin));
            }

            foreach ((SyntaxNode syntax, IMethodSymbol log) in facts.Logs)
            {
                context.ReportDiagnostic(Diagnostic.Create(LogRateRule.Descriptor, syntax.GetLocation(), NameOf(log), name, origin));
            }

            foreach (IMethodSymbol callee in facts.Callees)
            {
                if (seen.Add(callee))
                {
                    pending.Enqueue((callee, root ?? method));
                }
            }
        }
    }

    private static string NameOf(ISymbol method)
    {
        ISymbol member = method is IMethodSymbol { AssociatedSymbol: { } associated } ? associated : method;
        return member.ContainingType is { } type ? type.Name + "." + member.Name : member.Name;
    }
}
