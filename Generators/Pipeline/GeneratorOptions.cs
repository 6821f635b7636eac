using Microsoft.CodeAnalysis.Diagnostics;

namespace Sluice.Generators.Pipeline;

/// <summary>What the project says.</summary>
/// <param name="Namespace">The namespace of generated code.</param>
internal sealed record GeneratorOptions(string Namespace)
{
    /// <summary>The property that names the namespace.</summary>
    public const string NamespaceProperty = "SluiceNamespace";

    private const string DefaultNamespace = "Registers";

    /// <summary>Reads the options.</summary>
    public static GeneratorOptions Of(AnalyzerConfigOptions options)
        => new(options.TryGetValue("build_property." + NamespaceProperty, out string? name) && name.Length != 0 ? name : DefaultNamespace);
}
