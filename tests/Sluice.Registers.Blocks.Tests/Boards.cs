using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>The repository's own description, read once.</summary>
internal static class Boards
{
    private static readonly Lazy<DescriptionResult> _result = new(Read);

    public static string Root { get; } = FindRoot();

    public static string BlockFolder => Path.Combine(Root, "Registers", "Blocks");

    public static DescriptionResult Result => _result.Value;

    public static DeviceModel Device
        => Result.Model ?? throw new InvalidOperationException("The description has no model:\n" + Describe(Result));

    public static BlockModel Block(string typeName) => Device.Blocks.Single(block => block.TypeName == typeName);

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

    public static string Describe(DescriptionResult result) => string.Join('\n', result.Problems);

    private static DescriptionResult Read()
    {
        SourceFile root = new("registers.xml", File.ReadAllText(Path.Combine(Root, "registers.xml")));
        List<SourceFile> others = Directory.GetFiles(BlockFolder, "*.xml")
            .Select(path => new SourceFile("Registers/Blocks/" + Path.GetFileName(path), File.ReadAllText(path)))
            .ToList();
        return DescriptionReader.Read(root, others);
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "registers.xml")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
