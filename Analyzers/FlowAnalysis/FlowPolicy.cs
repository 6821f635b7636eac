using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What a rule follows: where values come from, where they must not arrive, and what makes them fit. The analysis itself knows no rule.</summary>
internal abstract class FlowPolicy
{
    /// <summary>Whether comparisons with trusted values, and masks, make a value fit.</summary>
    public abstract bool ComparisonsBound { get; }

    /// <summary>Whether a method of .NET that is not known passes on what it is given; without, it gives back something clean.</summary>
    public virtual bool UnknownCallsPass => false;

    /// <summary>Whether it matters who says how often a loop runs.</summary>
    public virtual bool AsksForLoops => false;

    /// <summary>What a parameter, field or property holds before the method writes it; null when its annotations say nothing.</summary>
    public abstract TrackedValue? DefaultOf(ISymbol symbol, ITypeSymbol? type, SyntaxNode syntax);

    /// <summary>What a call gives back; null when its annotations say nothing.</summary>
    public abstract TrackedValue? ResultOf(IInvocationOperation call);

    /// <summary>What a call leaves in an <c>out</c> or <c>ref</c> argument; null when its annotations say nothing.</summary>
    public abstract TrackedValue? GivenThrough(IParameterSymbol parameter, SyntaxNode syntax);

    /// <summary>Whether what the method gives back is fit whatever goes in.</summary>
    public abstract bool Sanitizes(IMethodSymbol method);

    /// <summary>Whether what comes out of this parameter is fit whatever the method returns.</summary>
    public abstract bool Sanitizes(IParameterSymbol parameter);

    /// <summary>Whether a value must not arrive at this parameter, property or field.</summary>
    public abstract bool Refuses(ISymbol sink, TrackedValue value, ITypeSymbol? type);

    /// <summary>Whether a value must not be given to a call; for a rule that has to know more of the call than its parameter.</summary>
    public virtual bool Refuses(IInvocationOperation call, IParameterSymbol parameter, TrackedValue value, ITypeSymbol? type) => Refuses(parameter, value, type);

    /// <summary>Whether a value must not be used like this.</summary>
    public virtual bool Refuses(ValueUse use, TrackedValue value, ITypeSymbol? type) => false;

    /// <summary>What a struct holds after one of its properties has been set.</summary>
    public virtual TrackedValue AfterSetting(TrackedValue whole, IPropertySymbol property, TrackedValue part) => TrackedValue.Join(whole, part);
}
