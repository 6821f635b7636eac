using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sluice.Testing.Snapshots;

/// <summary>
/// Compares text with a file beside the test, by Verify's convention: <c>Class.Method#name.verified.ext</c>; a difference leaves a
/// <c>.received.</c> file next to it. <c>SLUICE_SNAPSHOT=accept</c> takes what was received; never where <c>CI</c> is set.
/// </summary>
public static class Snapshot
{
    /// <summary>Compares, and fails with a diff.</summary>
    /// <param name="text">What the test got.</param>
    /// <param name="extension">The files' extension, without a dot.</param>
    /// <param name="name">Tells several snapshots of one test apart; empty for none.</param>
    /// <param name="file">The test's source file: its name is the class's.</param>
    /// <param name="method">The test.</param>
    public static void Match(string text, string extension, string name = "", [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string stem = Path.GetFileNameWithoutExtension(file) + "." + method + (name.Length == 0 ? "" : "#" + name);
        string folder = Path.GetDirectoryName(file) ?? "";
        string verified = Path.Combine(folder, stem + ".verified." + extension);
        string received = Path.Combine(folder, stem + ".received." + extension);
        string actual = Normalise(text);
        string? expected = File.Exists(verified) ? Normalise(File.ReadAllText(verified)) : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        if (Accepts)
        {
            File.WriteAllText(verified, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        throw new SnapshotMismatchException(expected is null
            ? $"There is no {Path.GetFileName(verified)} yet. Read {Path.GetFileName(received)}; if it is right, rename it or run the test with SLUICE_SNAPSHOT=accept."
            : $"{Path.GetFileName(verified)} differs. If the change is meant, run the test with SLUICE_SNAPSHOT=accept.\n{TextDiff.Of(expected, actual)}");
    }

    /// <summary>The snapshots beside and below a source file that belong to no test of an assembly.</summary>
    public static IReadOnlyList<string> Orphans(Assembly tests, [CallerFilePath] string file = "")
    {
        HashSet<string> names = new(tests.GetTypes().SelectMany(static type => type.GetMethods().Select(method => type.Name + "." + method.Name)), StringComparer.Ordinal);
        return [.. Directory.EnumerateFiles(Path.GetDirectoryName(file) ?? "", "*.verified.*", SearchOption.AllDirectories)
            .Select(static path => Path.GetFileName(path))
            .Where(name => !names.Contains(name[..name.IndexOf(".verified.", StringComparison.Ordinal)].Split('#')[0]))
            .Order(StringComparer.Ordinal)];
    }

    private static bool Accepts
        => Environment.GetEnvironmentVariable("SLUICE_SNAPSHOT") == "accept" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    private static string Normalise(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
