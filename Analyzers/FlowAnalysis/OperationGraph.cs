using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>The control-flow graph of a body, from the compiler's own cache.</summary>
internal static class OperationGraph
{
    /// <summary>Null for a body that has none, such as an attribute's arguments.</summary>
    public static ControlFlowGraph? Of(IOperation body, OperationBlockAnalysisContext context) => body.Kind
        is OperationKind.Block or OperationKind.MethodBody or OperationKind.ConstructorBody or OperationKind.FieldInitializer
        or OperationKind.PropertyInitializer or OperationKind.ParameterInitializer
        ? context.GetControlFlowGraph(body)
        : null;
}
