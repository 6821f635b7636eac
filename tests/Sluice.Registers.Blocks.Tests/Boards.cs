using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>The repository's own descriptions, read once.</summary>
internal static class Boards
{
    private static readonly Lazy<DescriptionResult[]> _results = new(() => Roots.Select(Read).ToArray());

    /// <summary>The files that hold a device.</summary>
    public static IReadOnlyList<string> Roots => ["registers.xml", "Registers/zynqmp.xml"];

    public static string Folder { get; } = FindFolder();

    public static string BlockFolder => Path.Combine(Folder, "Registers", "Blocks");

    public static IReadOnlyList<DescriptionResult> Results => _results.Value;

    /// <summary>The blocks of all devices.</summary>
    public static IEnumerable<BlockModel> Blocks
        => Results.SelectMany(result => result.Model?.Blocks ?? throw new InvalidOperationException(string.Join('\n', result.Problems)));

    public static BlockModel Block(string typeName) => Blocks.Single(block => block.TypeName == typeName);

    public static RegisterModel Register(string typeName, string register)
        => Block(typeName).Registers.Single(candidate => candidate.Name == register);

    public static FieldModel Field(string typeName, string register, string field)
        => Register(typeName, register).Fields.Single(candidate => candidate.Name == field);

    public static ViewModel View(string typeName, string view) => Block(typeName).Views.Single(candidate => candidate.Name == view);

    public static PolicyModel Policy(string typeName, string view, string register)
    {
        BlockModel block = Block(typeName);
        return View(typeName, view).Policies.Single(policy => block.Registers[policy.Register].Name == register);
    }

    private static DescriptionResult Read(string root)
    {
        SourceFile file = new(root, File.ReadAllText(Path.Combine(Folder, root)));
        List<SourceFile> others = Directory.GetFiles(BlockFolder, "*.xml")
            .Select(path => new SourceFile("Registers/Blocks/" + Path.GetFileName(path), File.ReadAllText(path)))
            .ToList();
        return DescriptionReader.Read(file, others);
    }

    private static string FindFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "registers.xml")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
