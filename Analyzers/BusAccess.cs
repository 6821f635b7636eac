using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers;

/// <summary>One access through a bus, with the sum that is its address taken apart.</summary>
internal sealed class BusAccess
{
    private readonly List<IOperation> _terms = new();

    private BusAccess(IInvocationOperation call, bool isWrite)
    {
        IsWrite = isWrite;
        Value = isWrite ? ArgumentOf(call, 1) : null;
        Split(ArgumentOf(call, 0));
    }

    public bool IsWrite { get; }

    /// <summary>What is written.</summary>
    public IOperation? Value { get; }

    /// <summary>What the address is the sum of.</summary>
    public IReadOnlyList<IOperation> Terms => _terms;

    /// <summary>Null for a call that is no access of a bus.</summary>
    public static BusAccess? Of(IInvocationOperation call, RegisterTypes types)
    {
        IMethodSymbol method = call.TargetMethod;
        bool isWrite = method.Name is "Write8" or "Write16" or "Write32" or "Write64" && call.Arguments.Length == 2;
        bool isRead = method.Name is "Read8" or "Read16" or "Read32" or "Read64" && call.Arguments.Length == 1;
        if ((!isWrite && !isRead) || types.Bus is null)
        {
            return null;
        }

        bool isBus = RegisterTypes.Is(method.ContainingType, types.Bus)
            || method.ContainingType.AllInterfaces.Any(contract => RegisterTypes.Is(contract, types.Bus));
        return isBus ? new BusAccess(call, isWrite) : null;
    }

    /// <summary>The name under which the address is given; null when it has none, or when something constant is added to it.</summary>
    public IFieldSymbol? Offset()
    {
        IFieldSymbol? offset = null;
        foreach (IOperation term in _terms)
        {
            if (term is IFieldReferenceOperation { Field: { } field } && RegisterBlocks.OfOffset(field) is not null)
            {
                if (offset is not null)
                {
                    return null;
                }

                offset = field;
            }
            else if (term.ConstantValue is { HasValue: true, Value: { } constant }
                && RegisterBlocks.ValueOf(constant) != 0
                && !(term is IFieldReferenceOperation { Field: { } place } && RegisterBlocks.OfBase(place) is not null))
            {
                return null;
            }
        }

        return offset;
    }

    private static IOperation? ArgumentOf(IInvocationOperation call, int ordinal)
        => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value;

    private void Split(IOperation? address)
    {
        switch (address)
        {
            case null:
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                Split(sum.LeftOperand);
                Split(sum.RightOperand);
                break;
            case IConversionOperation conversion:
                Split(conversion.Operand);
                break;
            case IParenthesizedOperation parenthesized:
                Split(parenthesized.Operand);
                break;
            case IObjectCreationOperation { Arguments.Length: 1 } creation:
                Split(creation.Arguments[0].Value);
                break;
            default:
                _terms.Add(address);
                break;
        }
    }
}
