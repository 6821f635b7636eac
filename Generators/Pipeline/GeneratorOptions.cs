using System;
using System.Linq;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>What the project says.</summary>
/// <param name="Namespace">The namespace of generated code.</param>
/// <param name="Blocks">The blocks of which code is made, by hardware name or name in code; none for all.</param>
internal sealed record GeneratorOptions(string Namespace, EquatableArray<string> Blocks)
{
    /// <summary>The property that names the namespace.</summary>
    public const string NamespaceProperty = "SluiceNamespace";

    /// <summary>The property that names the blocks. A semicolon would begin a comment on the way to the compiler, so that the build props turn it into a comma.</summary>
    public const string BlocksProperty = "SluiceBlocks";

    private const string DefaultNamespace = "Registers";

    /// <summary>Reads the options.</summary>
    public static GeneratorOptions Of(AnalyzerConfigOptions options)
    {
        string name = options.TryGetValue("build_property." + NamespaceProperty, out string? given) && given.Length != 0 ? given : DefaultNamespace;
        options.TryGetValue("build_property." + BlocksProperty, out string? blocks);
        string[] names = (blocks ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return new GeneratorOptions(name, new([.. names.Select(static block => block.Trim()).Where(static block => block.Length != 0)]));
    }

    /// <summary>Whether code is wanted of a block.</summary>
    public bool Wants(BlockModel block)
        => Blocks.Count == 0 || Blocks.Any(name => name == block.TypeName || name == block.Name);
}
