using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Sluice.Generators.Emit;
using Sluice.Generators.Layout;
using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>From the description files to the blocks of one root.</summary>
internal static class DescriptionStep
{
    /// <summary>
    /// Sorts the files: neither the order in which the compiler gives them nor where they lie on this machine must matter. Of two roots one may lie in the
    /// project and the other among the machine's packages, so that folders decide only between files of one name, and a folder's separator is the same everywhere.
    /// </summary>
    public static EquatableArray<DescriptionFile> Sort(IEnumerable<DescriptionFile> files)
        => new([.. files
            .OrderBy(static file => file.Namespace, StringComparer.Ordinal)
            .ThenBy(static file => NameOf(file), StringComparer.Ordinal)
            .ThenBy(static file => file.Source.Path.Replace('\\', '/'), StringComparer.Ordinal)]);

    /// <summary>Reads a root.</summary>
    public static DeviceOutput Read(DescriptionFile root, EquatableArray<DescriptionFile> files, GeneratorOptions options, ReadingMemory memory, CancellationToken ct)
    {
        DescriptionResult result = DescriptionReader.Read(root.Source, [.. files.Where(file => file != root).Select(static file => file.Source)], memory, ct);
        string folder = Folder(root, files);
        string name = root.Namespace.Length != 0 ? root.Namespace : options.Namespace;
        HashSet<string> hints = new(StringComparer.OrdinalIgnoreCase);
        // What is broken has code too, as far as it goes: a build that fails for what is wrong must not fail once more for every name that is missing.
        EquatableArray<BlockModel> all = new([.. result.Model?.Blocks ?? default, .. result.Partial]);
        BlockModel Sided(BlockModel block) => options.Models(block) ? HardwareView.Only(block) : options.WithViews(block);
        HashSet<int> driven = [.. Enumerable.Range(0, result.Model?.Blocks.Count ?? 0).Where(index => options.WantsDriver(all[index]) && !options.Models(all[index]))];
        ILookup<int, int> reached = Reached(result.Model, driven);
        BlockOutput[] blocks = [.. Enumerable.Range(0, all.Count).Where(index => options.Wants(all[index]))
            .Select(index => new BlockOutput(Sided(all[index]), name, folder + Hint(all[index].TypeName, hints), DriverOf(all[index], options, reached[index])))];
        SequencesOutput[] sequences = result.Model is { Sequences.Count: > 0 } device
            ? Sequences(device with { Blocks = new([.. device.Blocks.Select(Sided)]) }, name, driven, folder, hints)
            : [];
        string[] names = [.. all.SelectMany(NamesOf).Concat(NamesOfRegisters(all, options)).Distinct()];
        return new DeviceOutput(root.Source.Path, new(blocks), new(sequences), new(names), new([.. result.Problems.Where(static problem => problem.Rule.IsFatal).Select(problem => Locate(problem, files))]));
    }

    /// <summary>The blocks that a property of the project names and no whole description has; a broken one may be missing for that.</summary>
    public static IEnumerable<(string Property, string Name)> Unknown(IReadOnlyCollection<DeviceOutput> devices, GeneratorOptions options)
        => devices.Count == 0 || devices.Any(static device => device.Failures.Count != 0)
            ? []
            : options.Blocks.SelectMany(static choice => choice.Names).Select(static name => (GeneratorOptions.BlocksProperty, name))
                .Concat(options.Hardware.Select(static name => (GeneratorOptions.HardwareProperty, name)))
                .Concat(options.Registers.Select(static choice => (GeneratorOptions.RegistersProperty, name: choice.Text)))
                .Where(named => !devices.Any(device => device.Names.Contains(named.name)));

    private static IEnumerable<string> NamesOf(BlockModel block)
    {
        string[] own = [block.Name, block.TypeName];
        string[] views = [.. block.Views.SelectMany(static view => new[] { view.Name, view.TypeName })];
        return [.. own, .. own.Append(BlockChoice.Any).SelectMany(name => views.Select(view => name + ":" + view))];
    }

    // An entry is known by the text that it was given as, when it means a register at all.
    private static IEnumerable<string> NamesOfRegisters(IReadOnlyCollection<BlockModel> blocks, GeneratorOptions options)
        => options.Registers.Where(choice => blocks.Any(block => choice.Means(block) && block.Registers.Any(choice.Wants))).Select(static choice => choice.Text);

    private static EquatableArray<int>? DriverOf(BlockModel block, GeneratorOptions options, IEnumerable<int> reached)
        => options.WantsDriver(block) ? new([.. DriverRegisters.Of(block, options.DriverRegisters(block).Concat(reached)).OrderBy(static index => index)]) : null;

    // What the device's sequences reach in each block.
    private static ILookup<int, int> Reached(DeviceModel? device, HashSet<int> driven)
        => (device is null ? [] : device.Sequences.Where(sequence => DeviceSequences.BlocksOf(device, sequence).All(driven.Contains)).SelectMany(DriverRegisters.Reached))
            .ToLookup(static place => place.Block, static place => place.Register);

    private static SequencesOutput[] Sequences(DeviceModel device, string name, HashSet<int> driven, string folder, HashSet<string> hints)
    {
        string source = DeviceSequences.Emit(device, name, driven);
        return source.Length == 0 ? [] : [new SequencesOutput(folder + Hint(device.SequencesTypeName, hints), source)];
    }

    private static Failure Locate(Problem problem, EquatableArray<DescriptionFile> files)
    {
        string text = files.FirstOrDefault(file => file.Source.Path == problem.Path)?.Source.Text ?? "";
        return new Failure(problem, new TextLines(text).Locate(problem.Range));
    }

    // Hint names are compared without regard to case.
    private static string Hint(string typeName, HashSet<string> hints)
    {
        string hint = typeName + ".g.cs";
        for (int number = 2; !hints.Add(hint); number++)
        {
            hint = FormattableString.Invariant($"{typeName}.{number}.g.cs");
        }

        return hint;
    }

    // The files of the first root have plain names, those of the others a folder each.
    private static string Folder(DescriptionFile root, EquatableArray<DescriptionFile> files)
    {
        int position = files.Where(static file => file.IsRoot).TakeWhile(file => file != root).Count();
        if (position == 0)
        {
            return "";
        }

        char[] stem = [.. NameOf(root).Where(static character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.')];
        return FormattableString.Invariant($"{position + 1}.{new string(stem)}/");
    }

    private static string NameOf(DescriptionFile file) => file.Source.Path.Substring(file.Source.Path.LastIndexOfAny(['/', '\\']) + 1);
}
