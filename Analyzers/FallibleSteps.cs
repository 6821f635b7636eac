using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers;

/// <summary>Which calls are steps that can fail and say so by what they return: by mark, or by being called <c>Try…</c>.</summary>
internal sealed class FallibleSteps
{
    private readonly Annotations _marks;

    private FallibleSteps(INamedTypeSymbol attribute)
    {
        _marks = new Annotations(attribute);
    }

    /// <summary>Null when the compilation does not use the library.</summary>
    public static FallibleSteps? In(Compilation compilation)
        => LibraryUse.IsIn(compilation) && compilation.GetTypeByMetadataName("Sluice.Registers.CanFailAttribute") is { } attribute ? new FallibleSteps(attribute) : null;

    public bool Has(IMethodSymbol method)
        => !method.ReturnsVoid && (IsAttempt(method) || _marks.Has(method) || (method.ReturnType is INamedTypeSymbol answer && _marks.Has(answer)));

    /// <summary>The call whose answer an operation is, through casts and <c>await</c>; null when it is none, or cannot fail.</summary>
    public IInvocationOperation? CallIn(IOperation? operation)
    {
        while (operation is IConversionOperation or IAwaitOperation or IParenthesizedOperation or IConditionalAccessOperation)
        {
            operation = operation is IConditionalAccessOperation access ? access.WhenNotNull : operation.ChildOperations.First();
        }

        return operation is IInvocationOperation call && Has(call.TargetMethod) ? call : null;
    }

    /// <summary>
    /// Called <c>Try…</c> and answers yes or no. Those of .NET are left out: <c>TryAdd</c> and <c>TryDequeue</c> are often enough meant to do nothing.
    /// </summary>
    private static bool IsAttempt(IMethodSymbol method)
        => method.Name.Length > 3
        && method.Name.StartsWith("Try", System.StringComparison.Ordinal)
        && char.IsUpper(method.Name[3])
        && method.ReturnType.SpecialType == SpecialType.System_Boolean
        && !IsOfTheFramework(method.ContainingNamespace);

    private static bool IsOfTheFramework(INamespaceSymbol? space)
    {
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name is "System" or "Microsoft";
    }
}
