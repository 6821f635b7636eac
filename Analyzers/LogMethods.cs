using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers;

/// <summary>Which methods write to a log: those of .NET by name, those of the project's own by their mark.</summary>
internal sealed class LogMethods
{
    private readonly Annotations _marks;
    private readonly INamedTypeSymbol? _attribute;

    public LogMethods(INamedTypeSymbol? attribute)
    {
        _attribute = attribute;
        _marks = new Annotations(attribute);
    }

    public bool Has(IMethodSymbol method) => IsKnown(method) || _marks.Has(method) || (method.ContainingType is { } type && _marks.Has(type));

    /// <summary>Whether a method that writes to a log says that it limits its rate.</summary>
    public bool IsRateLimited(IMethodSymbol method) => SaysSo(method.OriginalDefinition) || (method.ContainingType is { } type && SaysSo(type.OriginalDefinition));

    private bool SaysSo(ISymbol symbol)
    {
        if (RegisterTypes.Find(symbol, _attribute) is { } mark)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in mark.NamedArguments)
            {
                if (argument is { Key: "IsRateLimited", Value.Value: true })
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsKnown(IMethodSymbol method)
    {
        string? type = method.ContainingType?.Name;
        return (type, method.Name) switch
        {
            ("Console", "Write" or "WriteLine") => IsIn(method, "System"),
            ("Debug" or "Trace", "Write" or "WriteLine" or "WriteIf" or "WriteLineIf" or "Print" or "TraceInformation" or "TraceWarning" or "TraceError")
                => IsIn(method, "System.Diagnostics"),
            ("EventSource", "Write" or "WriteEvent") => IsIn(method, "System.Diagnostics.Tracing"),
            ("LoggerExtensions", _) => IsIn(method, "Microsoft.Extensions.Logging") && method.Name.StartsWith("Log", System.StringComparison.Ordinal),
            ("ILogger", "Log") => IsIn(method, "Microsoft.Extensions.Logging"),
            _ => false,
        };
    }

    private static bool IsIn(IMethodSymbol method, string space) => method.ContainingNamespace.ToDisplayString() == space;
}
