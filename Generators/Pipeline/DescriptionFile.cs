using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>A description file: values only, so that a new object with the same text changes nothing.</summary>
/// <param name="Source">Path and text.</param>
/// <param name="IsRoot">Whether a description begins here.</param>
/// <param name="Namespace">The namespace for this root; empty for the project's.</param>
internal sealed record DescriptionFile(SourceFile Source, bool IsRoot, string Namespace)
{
    /// <summary>Reads a file.</summary>
    public static DescriptionFile Of(AdditionalText text, AnalyzerConfigOptionsProvider options, CancellationToken ct)
    {
        AnalyzerConfigOptions metadata = options.GetOptions(text);
        metadata.TryGetValue("build_metadata.AdditionalFiles." + DescriptionRoots.MetadataName, out string? root);
        metadata.TryGetValue("build_metadata.AdditionalFiles." + GeneratorOptions.NamespaceProperty, out string? name);
        string content = text.GetText(ct)?.ToString() ?? "";
        return new DescriptionFile(new SourceFile(text.Path, content), DescriptionRoots.IsRoot(text.Path, root), name ?? "");
    }
}
