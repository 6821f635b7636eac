using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>The blocks that run again and again between a jump back and where it leads: of a statement that loops, or of a <c>goto</c>.</summary>
internal sealed class Loop
{
    private readonly List<BasicBlock> _blocks;

    private Loop(List<BasicBlock> blocks, List<LoopExit> exits)
    {
        _blocks = blocks;
        Exits = exits;
    }

    /// <summary>The conditions that can end it.</summary>
    public IReadOnlyList<LoopExit> Exits { get; }

    /// <summary>What each round does.</summary>
    public IEnumerable<IOperation> Operations => _blocks.SelectMany(EvaluationOrder.Of);

    /// <summary>The loops of a graph. Blocks stand in the order of the source, so that a jump back is one to a block that does not come later.</summary>
    public static IEnumerable<Loop> In(ControlFlowGraph graph)
    {
        foreach (BasicBlock header in graph.Blocks)
        {
            List<BasicBlock> ends = [.. header.Predecessors.Select(branch => branch.Source).Where(block => block.Ordinal >= header.Ordinal)];
            if (ends.Count > 0)
            {
                HashSet<int> inside = Between(header, ends);
                List<BasicBlock> blocks = [.. inside.OrderBy(ordinal => ordinal).Select(ordinal => graph.Blocks[ordinal])];
                yield return new Loop(blocks, [.. blocks.Select(block => ExitOf(block, inside)).OfType<LoopExit>()]);
            }
        }
    }

    private static HashSet<int> Between(BasicBlock header, List<BasicBlock> ends)
    {
        HashSet<int> inside = new() { header.Ordinal };
        Queue<BasicBlock> pending = new(ends);
        while (pending.Count > 0)
        {
            BasicBlock block = pending.Dequeue();
            if (block.Ordinal >= header.Ordinal && inside.Add(block.Ordinal))
            {
                foreach (ControlFlowBranch branch in block.Predecessors)
                {
                    pending.Enqueue(branch.Source);
                }
            }
        }

        return inside;
    }

    private static LoopExit? ExitOf(BasicBlock block, HashSet<int> inside)
    {
        if (block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is not { } condition)
        {
            return null;
        }

        bool staysWhenTaken = Stays(block.ConditionalSuccessor, inside);
        bool staysOtherwise = Stays(block.FallThroughSuccessor, inside);
        bool isTakenWhenTrue = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        return staysWhenTaken == staysOtherwise ? null : new LoopExit(condition, continuesWhenTrue: staysWhenTaken == isTakenWhenTrue);
    }

    private static bool Stays(ControlFlowBranch? branch, HashSet<int> inside) => branch?.Destination is { } destination && inside.Contains(destination.Ordinal);
}
