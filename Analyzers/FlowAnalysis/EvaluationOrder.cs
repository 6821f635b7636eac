using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>A block's operations as they happen: what an operation is made of before the operation, and the condition last.</summary>
internal static class EvaluationOrder
{
    public static IEnumerable<IOperation> Of(BasicBlock block)
    {
        foreach (IOperation operation in block.Operations)
        {
            foreach (IOperation part in Of(operation))
            {
                yield return part;
            }
        }

        if (block.BranchValue is { } value)
        {
            foreach (IOperation part in Of(value))
            {
                yield return part;
            }
        }
    }

    /// <summary>The blocks that can come next. Through a <c>finally</c> it is where the way leads after it.</summary>
    public static IEnumerable<BasicBlock> After(BasicBlock block)
    {
        if (block.ConditionalSuccessor?.Destination is { } taken)
        {
            yield return taken;
        }

        if (block.FallThroughSuccessor?.Destination is { } next)
        {
            yield return next;
        }
    }

    private static IEnumerable<IOperation> Of(IOperation operation)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            foreach (IOperation part in Of(child))
            {
                yield return part;
            }
        }

        yield return operation;
    }
}
