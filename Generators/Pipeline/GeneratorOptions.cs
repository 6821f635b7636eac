using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>What the project says.</summary>
/// <param name="Namespace">The namespace of generated code.</param>
/// <param name="Blocks">The blocks, and their sides, of which code is made; none for all.</param>
/// <param name="Hardware">The blocks of which a model of the hardware is made, likewise; none for none.</param>
/// <param name="Registers">The registers that the driver's side of a block is made of; of a block that none means, all.</param>
internal sealed record GeneratorOptions(string Namespace, EquatableArray<BlockChoice> Blocks, EquatableArray<string> Hardware, EquatableArray<RegisterChoice> Registers)
{
    /// <summary>The property that names the namespace.</summary>
    public const string NamespaceProperty = "SluiceNamespace";

    /// <summary>The property that names the blocks. A semicolon would begin a comment on the way to the compiler, so that the build props turn it into a comma.</summary>
    public const string BlocksProperty = "SluiceBlocks";

    /// <summary>The property that names the blocks whose own side is modelled, in the same form.</summary>
    public const string HardwareProperty = "SluiceHardware";

    /// <summary>The property that names the registers of drivers' sides, in the same form.</summary>
    public const string RegistersProperty = "SluiceRegisters";

    private const string DefaultNamespace = "Registers";

    /// <summary>Reads the options.</summary>
    public static GeneratorOptions Of(AnalyzerConfigOptions options)
    {
        string name = options.TryGetValue("build_property." + NamespaceProperty, out string? given) && given.Length != 0 ? given : DefaultNamespace;
        return new GeneratorOptions(
            name,
            new([.. Names(options, BlocksProperty).Select(BlockChoice.Of)]),
            Names(options, HardwareProperty),
            new([.. Names(options, RegistersProperty).Select(RegisterChoice.Of)]));
    }

    /// <summary>Whether code is wanted of a block.</summary>
    public bool Wants(BlockModel block)
        => Blocks.Count == 0 || Blocks.Any(choice => choice.Means(block));

    /// <summary>Whether the side of whoever drives the block is wanted.</summary>
    public bool WantsDriver(BlockModel block)
        => Blocks.Count == 0 || Blocks.Any(choice => choice.Means(block) && choice.WantsDriver);

    /// <summary>The indices of the registers of a block that are wanted for its driver's side.</summary>
    public IEnumerable<int> DriverRegisters(BlockModel block)
    {
        RegisterChoice[] choices = [.. Registers.Where(choice => choice.Means(block))];
        return Enumerable.Range(0, block.Registers.Count).Where(index => choices.Length == 0 || choices.Any(choice => choice.Wants(block.Registers[index])));
    }

    /// <summary>The block with those of its views that are wanted.</summary>
    public BlockModel WithViews(BlockModel block)
    {
        BlockChoice[] choices = [.. Blocks.Where(choice => choice.Means(block))];
        return choices.Length == 0 || choices.Any(static choice => choice.Sides.Count == 0)
            ? block
            : block with { Views = new([.. block.Views.Where(view => choices.Any(choice => choice.WantsView(view)))]) };
    }

    /// <summary>Whether the block's own side is wanted, instead of what the parties see of it.</summary>
    public bool Models(BlockModel block)
        => Hardware.Any(name => name == block.TypeName || name == block.Name);

    private static EquatableArray<string> Names(AnalyzerConfigOptions options, string property)
    {
        options.TryGetValue("build_property." + property, out string? given);
        string[] names = (given ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return new([.. names.Select(static name => name.Trim()).Where(static name => name.Length != 0)]);
    }
}
