using System;
using System.Collections.Generic;
using System.IO;

namespace Sluice.Registers.Description.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path])).ReplaceLineEndings("\n");

    /// <summary>The code blocks of one language in a page of the documentation.</summary>
    public static List<string> CodeBlocks(string page, string language)
    {
        List<string> blocks = [];
        int start = 0;
        string fence = "```" + language + "\n";
        while ((start = page.IndexOf(fence, start, StringComparison.Ordinal)) >= 0)
        {
            int end = page.IndexOf("\n```\n", start, StringComparison.Ordinal);
            blocks.Add(page[(start + fence.Length)..(end + 1)]);
            start = end;
        }

        return blocks;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Sluice.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests are not inside the repository.");
    }
}
