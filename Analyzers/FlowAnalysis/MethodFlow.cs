using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Follows the values of one method, its local functions and its lambdas.</summary>
internal static class MethodFlow
{
    /// <summary>How often what nested functions give each other is fed back.</summary>
    private const int MaximumRounds = 8;

    /// <summary>The arrivals that the policy refuses, in the order of the source, each once.</summary>
    public static IReadOnlyList<Arrival> Run(ControlFlowGraph graph, IMethodSymbol? method, FlowPolicy policy, CancellationToken cancellationToken)
    {
        NestedFunctions functions = new();
        Evaluator evaluator = new(policy, new PlaceTable(policy), functions);
        List<GraphRun> runs = new();
        for (int round = 0; round < MaximumRounds; round++)
        {
            functions.Changed = false;
            runs.Clear();
            runs.Add(RunGraph(graph, null, method, FlowState.Empty, evaluator, cancellationToken));

            // The list grows while functions are met in functions.
            for (int index = 0; index < functions.All.Count; index++)
            {
                NestedFunction function = functions.All[index];
                runs.Add(RunGraph(function.Graph, function, null, function.Entry ?? FlowState.Empty, evaluator, cancellationToken));
            }

            if (!functions.Changed)
            {
                break;
            }
        }

        List<Arrival> arrivals = new();
        evaluator.Arrivals = arrivals;
        foreach (GraphRun run in runs)
        {
            run.Report();
        }

        return Distinct(arrivals);
    }

    private static GraphRun RunGraph(
        ControlFlowGraph graph, NestedFunction? function, IMethodSymbol? method, FlowState entry, Evaluator evaluator, CancellationToken cancellationToken)
    {
        GraphRun run = new(graph, function, method, evaluator);
        run.Run(entry, cancellationToken);
        return run;
    }

    private static List<Arrival> Distinct(List<Arrival> arrivals)
    {
        List<Arrival> distinct = new();
        HashSet<(SyntaxNode Syntax, ValueUse Use, string? Sink)> seen = new();
        arrivals.Sort((left, right) => left.Syntax.SpanStart.CompareTo(right.Syntax.SpanStart));
        foreach (Arrival arrival in arrivals)
        {
            if (seen.Add((arrival.Syntax, arrival.Use, arrival.Sink?.Name)))
            {
                distinct.Add(arrival);
            }
        }

        return distinct;
    }
}
