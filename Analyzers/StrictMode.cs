using System;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sluice.Analyzers;

/// <summary>Whether a project asks for the strict mode, in which what a call without annotations gives back is taken for the guest's.</summary>
internal static class StrictMode
{
    /// <summary>The name in a <c>.globalconfig</c>.</summary>
    public const string Key = "sluice_strict";

    /// <summary>The project's property, which the package makes visible to the compiler.</summary>
    public const string Property = "build_property.SluiceStrict";

    public static bool IsOn(AnalyzerOptions options)
    {
        AnalyzerConfigOptions project = options.AnalyzerConfigOptionsProvider.GlobalOptions;
        string? value = project.TryGetValue(Key, out string? given) || project.TryGetValue(Property, out given) ? given : null;
        return string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
    }
}
