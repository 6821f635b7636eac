using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>One side of an operator.</summary>
internal readonly struct Operand
{
    public Operand(TrackedValue value, IOperation operation)
    {
        Value = value;
        Type = IntegerType.Of(operation.Type);
        Constant = operation.ConstantValue is { HasValue: true, Value: { } constant } ? constant : null;
    }

    public TrackedValue Value { get; }

    public IntegerType Type { get; }

    public object? Constant { get; }

    public bool IsZero => Constant is { } constant && Type.BitsOf(constant) == 0;

    /// <summary>Whether it may stand on the other side of a comparison that bounds something.</summary>
    public bool CanBound => Value.IsClean || Type.IsBounded(Value.Bounds);
}
