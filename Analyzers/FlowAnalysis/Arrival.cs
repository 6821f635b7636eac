using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>A value has arrived where its policy refuses it.</summary>
internal readonly struct Arrival
{
    public Arrival(SyntaxNode syntax, ISymbol sink, TrackedValue value)
    {
        Syntax = syntax;
        Sink = sink;
        Value = value;
        Use = ValueUse.None;
    }

    public Arrival(SyntaxNode syntax, ValueUse use, TrackedValue value)
    {
        Syntax = syntax;
        Sink = null;
        Value = value;
        Use = use;
    }

    /// <summary>The expression whose value arrives.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>The parameter, property or field; null when the value is used by an operator or a statement.</summary>
    public ISymbol? Sink { get; }

    public ValueUse Use { get; }

    public TrackedValue Value { get; }
}
