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
    }

    /// <summary>The expression whose value arrives.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>The parameter, property or field.</summary>
    public ISymbol Sink { get; }

    public TrackedValue Value { get; }
}
