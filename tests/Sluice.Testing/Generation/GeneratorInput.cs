using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Generators;
using Sluice.Testing.Compilation;

namespace Sluice.Testing.Generation;

/// <summary>What a project gives the generator. Immutable: each method returns a changed copy.</summary>
public sealed record GeneratorInput
{
    /// <summary>Nothing.</summary>
    public static GeneratorInput Empty { get; } = new();

    /// <summary>The C# sources, by path.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The additional files, in the order in which the compiler has them.</summary>
    public ImmutableList<MemoryText> Files { get; init; } = [];

    /// <summary>The project's options.</summary>
    public ImmutableDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The files' options.</summary>
    public ImmutableDictionary<(string Path, string Key), string> FileOptions { get; init; } = ImmutableDictionary<(string, string), string>.Empty;

    /// <summary>Adds or replaces an additional file.</summary>
    public GeneratorInput WithXml(string path, string text)
    {
        int index = Files.FindIndex(file => file.Path == path);
        MemoryText file = new(path, text);
        return this with { Files = index < 0 ? Files.Add(file) : Files.SetItem(index, file) };
    }

    /// <summary>Takes an additional file away.</summary>
    public GeneratorInput WithoutXml(string path) => this with { Files = Files.RemoveAll(file => file.Path == path) };

    /// <summary>Adds or replaces a C# source.</summary>
    public GeneratorInput WithSource(string path, string text) => this with { Sources = Sources.SetItem(path, text) };

    /// <summary>Sets an MSBuild property that the compiler sees.</summary>
    public GeneratorInput WithOption(string name, string value) => this with { Options = Options.SetItem("build_property." + name, value) };

    /// <summary>Sets an MSBuild metadata of a file that the compiler sees.</summary>
    public GeneratorInput WithFileMetadata(string path, string name, string value)
        => this with { FileOptions = FileOptions.SetItem((path, "build_metadata.AdditionalFiles." + name), value) };

    /// <summary>Runs the generator once, in a driver of its own.</summary>
    public GeneratorOutput Run() => new GeneratorSession(this).Output;

    internal CSharpCompilation Compile() => TestCompilation.Of(Sources.Select(static source => (source.Key, source.Value)));

    internal MemoryOptions Configuration() => new(Options, FileOptions);

    internal GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new RegisterGenerator().AsSourceGenerator()],
        Files,
        TestCompilation.ParseOptions,
        Configuration(),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    internal IEnumerable<AdditionalText> Texts() => Files;
}
