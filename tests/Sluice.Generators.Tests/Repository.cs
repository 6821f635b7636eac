using System;
using System.IO;
using System.Linq;
using Sluice.Testing.Generation;

namespace Sluice.Generators.Tests;

/// <summary>The descriptions of this repository.</summary>
internal static class Repository
{
    /// <summary>The board: registers.xml with all blocks.</summary>
    public static GeneratorInput Board() => Read(Root(), ["registers.xml", .. Names(Path.Combine(Root(), "Registers/Blocks")).Select(static name => "Registers/Blocks/" + name)]);

    /// <summary>The sample of these tests.</summary>
    public static GeneratorInput Sample() => Read(Path.Combine(Root(), "tests/Sluice.Generators.Tests/Sample"), Names(Path.Combine(Root(), "tests/Sluice.Generators.Tests/Sample")));

    /// <summary>A file of the sample.</summary>
    public static string SampleText(string name) => File.ReadAllText(Path.Combine(Root(), "tests/Sluice.Generators.Tests/Sample", name));

    /// <summary>A device with sequences over several blocks.</summary>
    public static string LanesText() => File.ReadAllText(Path.Combine(Root(), "tests/Sluice.Generators.Tests/Drivers/lanes.svd"));

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder, "*.xml").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static GeneratorInput Read(string folder, string[] names)
        => names.Aggregate(GeneratorInput.Empty, (input, name) => input.WithXml(name, File.ReadAllText(Path.Combine(folder, name))));

    /// <summary>The folder of the solution.</summary>
    public static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sluice.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("These tests run inside the repository.");
        }

        return folder;
    }
}
