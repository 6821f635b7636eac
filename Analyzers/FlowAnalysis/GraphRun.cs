using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>One function's graph, run forward until nothing changes.</summary>
internal sealed class GraphRun
{
    /// <summary>Far above what the lattice's height asks for. Whoever passes it is given up, so that no source can hold up a build.</summary>
    private const int MaximumVisits = 20_000;

    private readonly ControlFlowGraph _graph;
    private readonly NestedFunction? _function;
    private readonly IMethodSymbol? _method;
    private readonly Evaluator _evaluator;
    private readonly Dictionary<Point, FlowState> _entries = new();
    private readonly SortedSet<Point> _pending = new();
    private readonly List<FinallyContext> _contexts = new();

    public GraphRun(ControlFlowGraph graph, NestedFunction? function, IMethodSymbol? method, Evaluator evaluator)
    {
        _method = method;
        _graph = graph;
        _function = function;
        _evaluator = evaluator;
    }

    /// <summary>Runs to the fixpoint.</summary>
    public void Run(FlowState entry, System.Threading.CancellationToken cancellationToken)
    {
        Push(_graph.Blocks[0], null, entry);
        for (int visits = 0; _pending.Count > 0 && visits < MaximumVisits; visits++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Point point = _pending.Min;
            _pending.Remove(point);
            Visit(point, isFinal: false);
        }

        _pending.Clear();
    }

    /// <summary>Runs each block once more on what is known now, for the arrivals.</summary>
    public void Report()
    {
        List<Point> points = new(_entries.Keys);
        points.Sort();
        foreach (Point point in points)
        {
            Visit(point, isFinal: true);
        }

        if (_evaluator.Policy.AsksForLoops)
        {
            ReportLoops();
        }
    }

    /// <summary>What says how often a loop runs is asked when all of the loop has been seen.</summary>
    private void ReportLoops()
    {
        _evaluator.Graph = _graph;
        _evaluator.Function = _function;
        foreach (Loop loop in Loop.In(_graph))
        {
            foreach ((IOperation bound, TrackedValue value) in new LoopBounds(_evaluator, loop).Find())
            {
                _evaluator.Note(bound, ValueUse.LoopBound, value);
            }
        }
    }

    private void Visit(Point point, bool isFinal)
    {
        BasicBlock block = _graph.Blocks[point.Block];
        FinallyContext? context = point.Context == 0 ? null : _contexts[point.Context - 1];
        _evaluator.Graph = _graph;
        _evaluator.Function = _function;
        _evaluator.State = _entries[point];
        _evaluator.HasEnded = false;
        foreach (IOperation operation in block.Operations)
        {
            MayThrow(block, context, isFinal);
            _evaluator.Evaluate(operation);
            if (_evaluator.HasEnded)
            {
                MayThrow(block, context, isFinal);
                return;
            }
        }

        if (block.Kind == BasicBlockKind.Exit && !isFinal)
        {
            _evaluator.NoteEnd();
        }

        TrackedValue branchValue = block.BranchValue is { } value ? _evaluator.Evaluate(value) : TrackedValue.Clean;
        MayThrow(block, context, isFinal);
        if (isFinal)
        {
            if (block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Return } && block.BranchValue is { } returned && (_function?.Symbol ?? _method) is { } method)
            {
                _evaluator.NoteReturned(returned, method);
            }

            return;
        }

        if (_function is not null && block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Return } && block.BranchValue is not null)
        {
            _function.NoteReturn(branchValue);
        }

        if (block.ConditionKind == ControlFlowConditionKind.None)
        {
            Follow(block.FallThroughSuccessor, context, _evaluator.State);
            return;
        }

        FlowState state = _evaluator.State;
        Split split = _evaluator.SplitBy(block.BranchValue!);
        Split taken = block.ConditionKind == ControlFlowConditionKind.WhenTrue ? split : split.Negated;
        if (taken.WhenTrue is { } jump)
        {
            Follow(block.ConditionalSuccessor, context, state.Take(jump));
        }

        if (taken.WhenFalse is { } fall)
        {
            Follow(block.FallThroughSuccessor, context, state.Take(fall));
        }
    }

    private void Follow(ControlFlowBranch? branch, FinallyContext? context, FlowState state)
    {
        switch (branch?.Semantics)
        {
            case ControlFlowBranchSemantics.Regular or ControlFlowBranchSemantics.Return:
                Leave(branch.FinallyRegions, branch.Destination, context, state);
                break;
            case ControlFlowBranchSemantics.StructuredExceptionHandling when context?.Destination is { } destination && branch.Source.IsIn(context.Region):
                Leave(context.Rest, destination, context.Outer, state);
                break;
            default:
                break;
        }
    }

    private void Leave(ImmutableArray<ControlFlowRegion> finallyRegions, BasicBlock? destination, FinallyContext? context, FlowState state)
    {
        if (destination is null)
        {
            return;
        }

        if (finallyRegions.IsDefaultOrEmpty)
        {
            Push(destination, context, state);
            return;
        }

        FinallyContext inner = Context(context, finallyRegions[0], finallyRegions.RemoveAt(0), destination);
        Push(_graph.Blocks[finallyRegions[0].FirstBlockOrdinal], inner, state);
    }

    /// <summary>Whatever is known now may be all that is known in a handler.</summary>
    private void MayThrow(BasicBlock block, FinallyContext? context, bool isFinal)
    {
        if (isFinal)
        {
            return;
        }

        for (ControlFlowRegion? region = block.EnclosingRegion; region?.EnclosingRegion is { } outer; region = outer)
        {
            if (context is not null && ReferenceEquals(region, context.Region))
            {
                context = context.Outer;
            }

            if (region.Kind != ControlFlowRegionKind.Try)
            {
                continue;
            }

            foreach (ControlFlowRegion handler in outer.NestedRegions)
            {
                if (handler.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler)
                {
                    Push(_graph.Blocks[handler.FirstBlockOrdinal], context, _evaluator.State);
                }
                else if (handler.Kind == ControlFlowRegionKind.Finally)
                {
                    FinallyContext exceptional = Context(context, handler, ImmutableArray<ControlFlowRegion>.Empty, null);
                    Push(_graph.Blocks[handler.FirstBlockOrdinal], exceptional, _evaluator.State);
                }
            }
        }
    }

    private FinallyContext Context(FinallyContext? outer, ControlFlowRegion region, ImmutableArray<ControlFlowRegion> rest, BasicBlock? destination)
    {
        foreach (FinallyContext known in _contexts)
        {
            if (ReferenceEquals(known.Outer, outer) && ReferenceEquals(known.Region, region) && known.Rest.Length == rest.Length && ReferenceEquals(known.Destination, destination))
            {
                return known;
            }
        }

        FinallyContext context = new(outer, region, rest, destination);
        _contexts.Add(context);
        return context;
    }

    private void Push(BasicBlock block, FinallyContext? context, FlowState state)
    {
        Point point = new(block.Ordinal, context is null ? 0 : _contexts.IndexOf(context) + 1);
        _entries.TryGetValue(point, out FlowState? before);
        FlowState joined = FlowState.Join(before, state);
        if (before is null || !joined.SameAs(before))
        {
            _entries[point] = joined;
            _pending.Add(point);
        }
    }
}
