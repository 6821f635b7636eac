using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>The functions nested in one method, as far as they have been met.</summary>
internal sealed class NestedFunctions
{
    private readonly Dictionary<IMethodSymbol, NestedFunction> _known = new(SymbolEqualityComparer.Default);

    /// <summary>In the order in which they were met.</summary>
    public List<NestedFunction> All { get; } = new();

    /// <summary>Whether something has changed that another function may have used before.</summary>
    public bool Changed { get; set; }

    public NestedFunction Of(IMethodSymbol local, ControlFlowGraph caller)
    {
        if (!_known.TryGetValue(local, out NestedFunction? function))
        {
            ControlFlowGraph? owner = caller;
            while (owner.Parent is not null && !owner.LocalFunctions.Contains(local, SymbolEqualityComparer.Default))
            {
                owner = owner.Parent;
            }

            function = Add(local, owner.GetLocalFunctionControlFlowGraph(local));
        }

        return function;
    }

    public NestedFunction Of(IFlowAnonymousFunctionOperation lambda, ControlFlowGraph owner)
        => _known.TryGetValue(lambda.Symbol, out NestedFunction? function)
        ? function
        : Add(lambda.Symbol, owner.GetAnonymousFunctionControlFlowGraph(lambda));

    public void Join(NestedFunction function, FlowState entry)
    {
        FlowState joined = FlowState.Join(function.Entry, entry);
        Changed |= function.Entry is null || !joined.SameAs(function.Entry);
        function.Entry = joined;
    }

    private NestedFunction Add(IMethodSymbol symbol, ControlFlowGraph graph)
    {
        NestedFunction function = new(this, symbol, graph);
        _known.Add(symbol, function);
        All.Add(function);
        return function;
    }
}
