using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>From what a guest controls to what the host's own code does with a number.</summary>
internal sealed class GuestUsePolicy : GuestValuePolicy
{
    public GuestUsePolicy(RegisterTypes types, bool isStrict)
        : base(types, isStrict)
    {
    }

    public override bool Refuses(ISymbol sink, TrackedValue value, ITypeSymbol? type) => false;

    public override bool Refuses(ValueUse use, TrackedValue value, ITypeSymbol? type)
    {
        IntegerType integer = IntegerType.Of(type);
        return use switch
        {
            // A negative count runs no loop, and what fits a byte runs it 255 times at most.
            ValueUse.LoopBound => integer.Width > 8 && (value.Bounds & Bounds.Upper) == 0,
            ValueUse.AllocationSize => integer.Width > 8 && !integer.IsBounded(value.Bounds),
            _ => !integer.IsBounded(value.Bounds),
        };
    }
}
