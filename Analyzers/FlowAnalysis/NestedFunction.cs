using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>A local function or a lambda: run once for all places from which it may be called.</summary>
internal sealed class NestedFunction
{
    private readonly Dictionary<Place, TrackedValue> _writes = new();
    private readonly Dictionary<IParameterSymbol, TrackedValue> _given = new(SymbolEqualityComparer.Default);
    private readonly NestedFunctions _owner;
    private readonly IMethodSymbol _symbol;

    /// <summary>The function's own parameter behind one of what it is called through.</summary>
    public IParameterSymbol ParameterFor(IParameterSymbol declared)
        => declared.Ordinal < _symbol.Parameters.Length ? _symbol.Parameters[declared.Ordinal] : declared;

    public NestedFunction(NestedFunctions owner, IMethodSymbol symbol, ControlFlowGraph graph)
    {
        _owner = owner;
        _symbol = symbol;
        Graph = graph;
    }

    public ControlFlowGraph Graph { get; }

    public IMethodSymbol Symbol => _symbol;

    public IEnumerable<IParameterSymbol> Parameters => _symbol.Parameters;

    /// <summary>What is known wherever it may be called; null as long as no such place has been seen.</summary>
    public FlowState? Entry { get; set; }

    public TrackedValue Returned { get; private set; } = TrackedValue.Clean;

    /// <summary>What it leaves in the variables of the functions around it.</summary>
    public IReadOnlyDictionary<Place, TrackedValue> Writes => new Dictionary<Place, TrackedValue>(_writes);

    /// <summary>What it leaves in a parameter that its caller sees; null as long as it has not been seen to end.</summary>
    public TrackedValue? Given(IParameterSymbol parameter) => _given.TryGetValue(parameter, out TrackedValue? value) ? value : null;

    public void NoteGiven(IParameterSymbol parameter, TrackedValue value)
    {
        TrackedValue? before = Given(parameter);
        TrackedValue joined = (before is null ? value : TrackedValue.Join(before, value)).WithIdentity(null);
        _owner.Changed |= !joined.Equals(before);
        _given[parameter] = joined;
    }

    public void NoteReturn(TrackedValue value)
    {
        TrackedValue joined = TrackedValue.Join(Returned, value).WithIdentity(null);
        _owner.Changed |= !joined.Equals(Returned);
        Returned = joined;
    }

    public void NoteWrite(Place place, TrackedValue value)
    {
        Place root = place;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        bool isOutside = root.Key is ILocalSymbol or IParameterSymbol && !SymbolEqualityComparer.Default.Equals(((ISymbol)root.Key).ContainingSymbol, _symbol);
        if (!isOutside || value.IsClean)
        {
            return;
        }

        TrackedValue before = _writes.TryGetValue(place, out TrackedValue? known) ? known : TrackedValue.Clean;
        TrackedValue joined = TrackedValue.Join(before, value).WithIdentity(null);
        _owner.Changed |= !joined.Equals(before);
        _writes[place] = joined;
    }
}
