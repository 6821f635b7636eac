using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>
/// Reports each field that a method which covers its type's state does not touch: one that is marked so, and one that is called like a reset, a snapshot
/// or a restore and touches most of the state.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_names =
        ["Reset", "ResetState", "Snapshot", "TakeSnapshot", "SnapshotState", "Save", "SaveState", "Restore", "RestoreState", "RestoreSnapshot", "LoadSnapshot"];

    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.StateForgotten,
        "State forgotten",
        "'{0}' is to cover the state of '{1}' and forgets '{2}': cover it too, or name it in [CoversState(Except = …)]",
        RuleCategories.Drivers,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.StateForgotten + ".md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (LibraryUse.IsIn(start.Compilation) && start.Compilation.GetTypeByMetadataName("Sluice.Registers.CoversStateAttribute") is { } attribute)
            {
                Begin(start, attribute);
            }
        });
    }

    /// <summary>
    /// What the methods of a type mention is gathered body by body and judged at the end. An action at the start of each symbol would say it sooner, and
    /// doubles the compiler's work in a project of many types.
    /// </summary>
    private static void Begin(CompilationStartAnalysisContext context, INamedTypeSymbol attribute)
    {
        ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<IMethodSymbol>> covering = new(SymbolEqualityComparer.Default);
        ConcurrentDictionary<ISymbol, ImmutableArray<ISymbol?>> mentions = new(SymbolEqualityComparer.Default);
        context.RegisterOperationBlockAction(block =>
        {
            if (block.OwningSymbol.ContainingType is { } type
                && !covering.GetOrAdd(type, key => [.. key.GetMembers().OfType<IMethodSymbol>().Where(method => Covers(method, attribute))]).IsEmpty)
            {
                mentions[block.OwningSymbol] = [.. block.OperationBlocks.SelectMany(body => body.DescendantsAndSelf()).SelectMany(Mentioned)];
            }
        });
        context.RegisterCompilationEndAction(end =>
        {
            foreach (IMethodSymbol method in covering.Values.SelectMany(methods => methods))
            {
                AttributeData? mark = RegisterTypes.Find(method, attribute);
                HashSet<ISymbol> reached = Reached(method, mentions);
                if (mark is not null || CoversMost(method.ContainingType, reached))
                {
                    Report(end, method.ContainingType, method, reached, ExceptionsOf(mark));
                }
            }
        });
    }

    /// <summary>
    /// Whether at least half of a type's state is touched: then what is left may have been forgotten. With less, the name means something smaller; and what cannot change is no state
    /// unless somebody says so: a driver that restores its hardware keeps nothing itself.
    /// </summary>
    private static bool CoversMost(INamedTypeSymbol type, HashSet<ISymbol> reached)
    {
        if (type is { IsValueType: true, IsReadOnly: true })
        {
            return false;
        }

        IFieldSymbol[] state = [.. type.GetMembers().OfType<IFieldSymbol>().Where(IsState)];
        return state.Count(field => reached.Contains(NamedBy(field))) * 2 >= state.Length;
    }

    /// <summary>Marked, or called as if it were.</summary>
    private static bool Covers(IMethodSymbol method, INamedTypeSymbol attribute)
        => RegisterTypes.Find(method, attribute) is not null
        || (method is { IsStatic: false, IsAbstract: false, MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation }
            && Array.IndexOf(s_names, method.Name.Substring(method.Name.LastIndexOf('.') + 1)) >= 0);

    /// <summary>A property without a body is known by its own name, not by that of the field behind it.</summary>
    private static ISymbol NamedBy(IFieldSymbol field) => field.AssociatedSymbol ?? field;

    private static void Report(CompilationAnalysisContext context, INamedTypeSymbol type, IMethodSymbol method, HashSet<ISymbol> touched, HashSet<string> exceptions)
    {
        if (touched.Contains(type))
        {
            return;
        }

        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>())
        {
            ISymbol named = NamedBy(field);
            if (IsState(field) && !touched.Contains(named) && !exceptions.Contains(named.Name))
            {
                context.ReportDiagnostic(Diagnostic.Create(s_rule, method.Locations[0], method.Name, type.Name, named.Name));
            }
        }
    }

    /// <summary>What can change, and all of a type that cannot: that one exists to hold what was saved.</summary>
    private static bool IsState(IFieldSymbol field)
        => !field.IsStatic
        && !field.IsConst
        && field.AssociatedSymbol is not IEventSymbol
        && (field.ContainingType is { IsValueType: true, IsReadOnly: true }
            || (!field.IsReadOnly && field.AssociatedSymbol is not IPropertySymbol { SetMethod: null or { IsInitOnly: true } }));

    /// <summary>What a method touches, itself and through the methods and properties of its type.</summary>
    private static HashSet<ISymbol> Reached(IMethodSymbol method, ConcurrentDictionary<ISymbol, ImmutableArray<ISymbol?>> mentions)
    {
        HashSet<ISymbol> reached = new(SymbolEqualityComparer.Default);
        Queue<ISymbol> pending = new([method]);
        while (pending.Count > 0)
        {
            if (mentions.TryGetValue(pending.Dequeue(), out ImmutableArray<ISymbol?> found))
            {
                foreach (ISymbol? symbol in found)
                {
                    if (symbol is not null && reached.Add(symbol))
                    {
                        pending.Enqueue(symbol);
                    }
                }
            }
        }

        return reached;
    }

    /// <summary>The members of its own instance that an operation names; the type itself where all of it is written.</summary>
    private static IEnumerable<ISymbol?> Mentioned(IOperation operation)
    {
        switch (operation)
        {
            case IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field:
                yield return field.Field.OriginalDefinition;
                break;
            case IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } property:
                yield return property.Property.OriginalDefinition;
                yield return property.Property.GetMethod?.OriginalDefinition;
                yield return property.Property.SetMethod?.OriginalDefinition;
                break;
            case IInvocationOperation { Instance: null or IInstanceReferenceOperation } call:
                yield return call.TargetMethod.OriginalDefinition;
                break;
            case ISimpleAssignmentOperation { Target: IInstanceReferenceOperation { Type: { } whole } }:
                yield return whole.OriginalDefinition;
                break;
            default:
                break;
        }
    }

    private static HashSet<string> ExceptionsOf(AttributeData? mark)
    {
        HashSet<string> names = new();
        foreach (KeyValuePair<string, TypedConstant> argument in mark?.NamedArguments ?? ImmutableArray<KeyValuePair<string, TypedConstant>>.Empty)
        {
            if (argument is { Key: "Except", Value: { Kind: TypedConstantKind.Array, IsNull: false } })
            {
                names.UnionWith(argument.Value.Values.Select(value => value.Value).OfType<string>());
            }
        }

        return names;
    }
}
