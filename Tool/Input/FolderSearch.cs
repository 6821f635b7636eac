using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Tool.Input;

/// <summary>Looks for descriptions in a folder and those below it.</summary>
internal static class FolderSearch
{
    // What builds and version control put beside sources; links are not followed, since they may lead in circles.
    private static readonly EnumerationOptions s_options = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The files that are descriptions by their names, sorted by path.</summary>
    /// <exception cref="UnusableInputException">There is too much in the folder.</exception>
    public static IReadOnlyList<string> Roots(string folder)
    {
        List<string> roots = [];
        Stack<string> open = new([folder]);
        int seen = 0;
        while (open.TryPop(out string? current))
        {
            foreach (string file in Directory.EnumerateFiles(current, "*", s_options))
            {
                Count(ref seen, folder);
                if (DescriptionRoots.IsRoot(file, null))
                {
                    roots.Add(PathText.Of(file));
                }
            }

            foreach (string below in Directory.EnumerateDirectories(current, "*", s_options))
            {
                Count(ref seen, folder);
                if (Path.GetFileName(below) is { } name && name is not ("bin" or "obj") && !name.StartsWith('.'))
                {
                    open.Push(below);
                }
            }
        }

        return roots.Order(StringComparer.Ordinal).ToList();
    }

    private static void Count(ref int seen, string folder)
    {
        if (++seen > InputLimits.Entries)
        {
            throw new UnusableInputException($"'{PathText.Of(folder)}' has more than the {InputLimits.Entries} entries that are looked at");
        }
    }
}
