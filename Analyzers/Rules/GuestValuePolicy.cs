using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>From what a guest controls to what reaches hardware. The annotations of Sluice.Registers are the table of both.</summary>
internal class GuestValuePolicy : FlowPolicy
{
    private readonly RegisterTypes _types;
    private readonly Annotations _sources;
    private readonly Annotations _sinks;
    private readonly Annotations _sanitizers;
    private readonly UnannotatedCalls? _unannotated;

    /// <summary>Makes a policy.</summary>
    /// <param name="types">The library's types.</param>
    /// <param name="isStrict">Whether what a call without annotations gives back is the guest's.</param>
    public GuestValuePolicy(RegisterTypes types, bool isStrict)
    {
        _unannotated = isStrict ? new UnannotatedCalls(types) : null;
        _types = types;
        _sources = new Annotations(types.GuestControlled);
        _sinks = new Annotations(types.HardwareSink);
        _sanitizers = new Annotations(types.Sanitizes);
    }

    public override bool ComparisonsBound => true;

    public override bool UnknownCallsPass => _unannotated is not null;

    public bool IsSource(ISymbol symbol) => _sources.Has(symbol) || (symbol is IMethodSymbol method && IsUnannotated(method));

    /// <summary>Whether something says of itself that it takes what a guest controls, or that it reaches hardware: then it is no rule's surprise.</summary>
    public bool IsMarked(ISymbol symbol) => _sources.Has(symbol) || _sinks.Has(symbol) || _sanitizers.Has(symbol);

    public bool IsSink(ISymbol symbol) => symbol is IMethodSymbol method ? _sinks.HasOnParameter(method) : _sinks.Has(symbol);

    /// <summary>Whether the type exists to hold what a guest chose.</summary>
    public bool IsGuestType(ITypeSymbol? type) => RegisterTypes.Is(type, _types.GuestValue) || RegisterTypes.Is(type, _types.GuestAddress);

    public override TrackedValue? DefaultOf(ISymbol symbol, ITypeSymbol? type, SyntaxNode syntax)
    {
        bool isSource = symbol is not ILocalSymbol && (_sources.Has(symbol) || (symbol is not IPropertySymbol && IsGuestType(type)));
        return isSource ? Source(symbol, syntax) : null;
    }

    public override TrackedValue? ResultOf(IInvocationOperation call)
    {
        if (_sources.Has(call.TargetMethod))
        {
            return Source(call.TargetMethod, call.Syntax);
        }

        if (Sanitizes(call.TargetMethod))
        {
            return TrackedValue.Clean;
        }

        return IsUnannotated(call.TargetMethod) && UnannotatedCalls.CanHold(call.Type) ? Unannotated(call.TargetMethod, call.Syntax) : null;
    }

    public override TrackedValue? GivenThrough(IParameterSymbol parameter, SyntaxNode syntax)
    {
        if (_sources.Has(parameter))
        {
            return Source(parameter, syntax);
        }

        bool isUnannotated = parameter.ContainingSymbol is IMethodSymbol method && IsUnannotated(method) && !Sanitizes(method) && !Sanitizes(parameter);
        return isUnannotated && UnannotatedCalls.CanHold(parameter.Type) ? Unannotated((IMethodSymbol)parameter.ContainingSymbol, syntax) : null;
    }

    public override bool Sanitizes(IMethodSymbol method) => _sanitizers.Has(method);

    public override bool Sanitizes(IParameterSymbol parameter) => _sanitizers.Has(parameter);

    public override bool Refuses(ISymbol sink, TrackedValue value, ITypeSymbol? type) => !IntegerType.Of(type).IsBounded(value.Bounds) && _sinks.Has(sink);

    private bool IsUnannotated(IMethodSymbol method) => _unannotated is not null && _unannotated.Contains(method);

    private static TrackedValue Unannotated(IMethodSymbol method, SyntaxNode syntax)
        => TrackedValue.Tainted(new Origin(syntax, (method.ContainingType is { } type ? type.Name + "." : "") + method.Name + " (not annotated)"), identity: null);

    private static TrackedValue Source(ISymbol symbol, SyntaxNode syntax)
    {
        bool isPlain = symbol is IParameterSymbol or ILocalSymbol || symbol.ContainingType is null;
        return TrackedValue.Tainted(new Origin(syntax, isPlain ? symbol.Name : symbol.ContainingType!.Name + "." + symbol.Name), identity: null);
    }
}
