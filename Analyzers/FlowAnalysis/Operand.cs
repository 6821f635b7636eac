using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>One side of an operator.</summary>
internal readonly struct Operand
{
    public Operand(TrackedValue value, IOperation operation)
    {
        Value = value;
        Type = IntegerType.Of(operation.Type);
        IsExtent = IsNumberOfElements(operation);
        Constant = operation.ConstantValue is { HasValue: true, Value: { } constant } ? constant : null;
    }

    public TrackedValue Value { get; }

    public IntegerType Type { get; }

    /// <summary>Whether it says how many elements something has.</summary>
    public bool IsExtent { get; }

    public object? Constant { get; }

    public bool IsZero => Constant is { } constant && Type.BitsOf(constant) == 0;

    /// <summary>Whether it may stand on the other side of a comparison that bounds something.</summary>
    public bool CanBound => Value.IsClean || Type.IsBounded(Value.Bounds);

    private static bool IsNumberOfElements(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation is IPropertyReferenceOperation { Property.Name: "Length" or "Count" or "LongLength" };
    }
}
