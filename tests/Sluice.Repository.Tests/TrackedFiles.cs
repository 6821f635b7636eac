using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sluice.Checkouts;

namespace Sluice.Repository.Tests;

/// <summary>The files of the checkout that a build does not make, as paths from its root with <c>/</c>.</summary>
internal static class TrackedFiles
{
    private static readonly string[] s_madeByBuilds = ["bin", "obj", "artifacts", "TestResults", ".git", ".vs", ".idea"];

    public static IEnumerable<string> All(string ending) =>
        Under(new DirectoryInfo(Checkout.Root)).Where(path => path.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static string Text(string path) => File.ReadAllText(Path.Combine(Checkout.Root, path));

    private static IEnumerable<string> Under(DirectoryInfo folder)
    {
        foreach (FileInfo file in folder.EnumerateFiles())
        {
            yield return Path.GetRelativePath(Checkout.Root, file.FullName).Replace('\\', '/');
        }

        foreach (DirectoryInfo inner in folder.EnumerateDirectories())
        {
            if (!s_madeByBuilds.Contains(inner.Name, StringComparer.Ordinal))
            {
                foreach (string path in Under(inner))
                {
                    yield return path;
                }
            }
        }
    }
}
