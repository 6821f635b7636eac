using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>From the read of a register to the write of one of its kind, with the bits that the write would act on still as they were read.</summary>
internal sealed class ReadModifyWritePolicy : FlowPolicy
{
    private readonly RegisterTypes _types;
    private readonly RegisterFacts _facts;

    public ReadModifyWritePolicy(RegisterTypes types, RegisterFacts facts)
    {
        _types = types;
        _facts = facts;
    }

    public override bool ComparisonsBound => false;

    /// <summary>The type of register that a call reads, when a write acts on bits of it.</summary>
    public ITypeSymbol? ReadBy(IInvocationOperation call) => OfAccess(call.TargetMethod, "Read");

    /// <summary>The type of register that a method writes as it is given, when a write acts on bits of it.</summary>
    public ITypeSymbol? WrittenBy(IMethodSymbol method) => OfAccess(method, "Write");

    public override TrackedValue? DefaultOf(ISymbol symbol, ITypeSymbol? type, SyntaxNode syntax) => null;

    public override TrackedValue? ResultOf(IInvocationOperation call)
        => (ReadBy(call) ?? Named(call, isWrite: false)) is { } register
        ? TrackedValue.Tainted(new Origin(call.Syntax, register.Name), identity: null, Bounds.None, _facts.WriteEffects(register))
        : null;

    /// <summary>The type of the register that an access through a bus names, when a write acts on bits of it.</summary>
    public ITypeSymbol? Named(IInvocationOperation call, bool isWrite)
        => BusAccess.Of(call, _types) is { } access
        && access.IsWrite == isWrite
        && access.Offset() is { } offset
        && RegisterBlocks.RegisterAt(offset, _facts) is { } register
        && _facts.WriteEffects(register) != 0
        ? register
        : null;

    public override bool Refuses(IInvocationOperation call, IParameterSymbol parameter, TrackedValue value, ITypeSymbol? type)
        => Refuses(parameter, value, type)
        || (parameter.Ordinal == 1
            && Named(call, isWrite: true) is { } written
            && value.Origin!.Name == written.Name
            && (value.Bits & _facts.WriteEffects(written)) != 0);

    public override TrackedValue? GivenThrough(IParameterSymbol parameter, SyntaxNode syntax) => null;

    public override bool Sanitizes(IMethodSymbol method) => false;

    public override bool Sanitizes(IParameterSymbol parameter) => false;

    public override bool Refuses(ISymbol sink, TrackedValue value, ITypeSymbol? type)
        => sink is IParameterSymbol { ContainingSymbol: IMethodSymbol method, Name: "value" }
        && WrittenBy(method) is { } written
        && value.Origin!.Name == written.Name
        && (value.Bits & _facts.WriteEffects(written)) != 0;

    /// <summary>A field that is set is no longer as it was read: whoever sets it means it.</summary>
    public override TrackedValue AfterSetting(TrackedValue whole, IPropertySymbol property, TrackedValue part)
    {
        if (whole.IsClean)
        {
            return whole;
        }

        ulong left = whole.Bits & ~_facts.BitsOf(property);
        return left == 0 ? TrackedValue.Clean : whole.WithBits(left);
    }

    private ITypeSymbol? OfAccess(IMethodSymbol method, string name)
    {
        if (method.Name != name)
        {
            return null;
        }

        ITypeSymbol? register = RegisterTypes.Is(method.ContainingType, _types.Register)
            ? method.ContainingType.TypeArguments[1]
            : RegisterTypes.Is(method.ContainingType, _types.RegisterAccess) ? method.TypeArguments[1] : null;
        return register is not null && _facts.WriteEffects(register) != 0 ? register : null;
    }
}
