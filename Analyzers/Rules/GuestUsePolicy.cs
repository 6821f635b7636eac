using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>From what a guest controls to what the host's own code does with a number.</summary>
internal sealed class GuestUsePolicy : GuestValuePolicy
{
    public GuestUsePolicy(RegisterTypes types, bool isStrict)
        : base(types, isStrict)
    {
        Types = types;
        Unannotated = new UnannotatedCalls(types);
        IsStrict = isStrict;
        Logs = new LogMethods(types.LogSink);
    }

    public RegisterTypes Types { get; }

    public UnannotatedCalls Unannotated { get; }

    public bool IsStrict { get; }

    public LogMethods Logs { get; }

    public override bool AsksForLoops => true;

    public override bool Refuses(ISymbol sink, TrackedValue value, ITypeSymbol? type)
        => GuestEnumRule.Refuses(this, sink, value, type) || GuestTextRule.Refuses(this, sink, type) || GuestBoundaryRule.Refuses(this, sink, value, type);

    public override bool Refuses(ValueUse use, TrackedValue value, ITypeSymbol? type)
    {
        IntegerType integer = IntegerType.Of(type);
        return use switch
        {
            ValueUse.LoopBound => GuestLoopRule.Refuses(value, integer),
            ValueUse.AllocationSize => GuestAllocationRule.Refuses(value, integer),
            ValueUse.ShiftCount => GuestShiftRule.Refuses(value, integer),
            _ => GuestIndexRule.Refuses(use, value, integer),
        };
    }
}
