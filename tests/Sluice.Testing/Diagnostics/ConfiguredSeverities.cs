using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Sluice.Testing.Diagnostics;

/// <summary>What a project's .globalconfig says of severities, as the compiler asks for it.</summary>
internal sealed class ConfiguredSeverities(ImmutableDictionary<string, ReportDiagnostic> severities) : SyntaxTreeOptionsProvider
{
    public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

    public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
    {
        severity = ReportDiagnostic.Default;
        return false;
    }

    public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        => severities.TryGetValue(diagnosticId, out severity);
}
