using System;
using System.IO;
using System.Linq;
using Sluice.Testing.Generation;

namespace Sluice.CompileBenchmarks;

/// <summary>The descriptions of this repository, as a project gives them to the generator.</summary>
internal static class Boards
{
    /// <summary>registers.xml and its blocks.</summary>
    public static GeneratorInput Own() => Read("registers.xml");

    /// <summary>Every block that there is: registers.xml, and the ZynqMP's as a second root.</summary>
    public static GeneratorInput All()
        => Read("registers.xml").WithXml("Registers/zynqmp.xml", Text("Registers/zynqmp.xml")).WithFileMetadata("Registers/zynqmp.xml", "SluiceRoot", "true");

    private static GeneratorInput Read(string root)
        => Directory.GetFiles(Path.Combine(Repository(), "Registers/Blocks"), "*.xml")
            .Select(static path => "Registers/Blocks/" + Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .Aggregate(GeneratorInput.Empty.WithXml(root, Text(root)), static (input, path) => input.WithXml(path, Text(path)));

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository(), path));

    private static string Repository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sluice.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The benchmark runs inside the repository.");
        }

        return folder;
    }
}
