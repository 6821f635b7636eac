using System;
using System.IO;

namespace Sluice.Registers.Tests;

/// <summary>The descriptions of this repository.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Sluice.slnx")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("These tests run inside the repository.");
            }

            return folder;
        }
    }

    /// <summary>A block's description.</summary>
    public static string Block(string file) => File.ReadAllText(Path.Combine(Root, "Registers", "Blocks", file));
}
