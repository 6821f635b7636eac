using System;
using System.Collections.Generic;

namespace Sluice.Tool.Input;

/// <summary>Paths as the tool shows them: as they were typed, with slashes, so that the same files give the same text on every system.</summary>
internal static class PathText
{
    /// <summary>A path as it is shown.</summary>
    public static string Of(string path)
    {
        string shown = path.Replace('\\', '/');
        return shown.StartsWith("./", StringComparison.Ordinal) ? shown[2..] : shown;
    }

    /// <summary>What a file means by a relative reference.</summary>
    /// <param name="includer">The path of the file that holds the reference, as it is shown.</param>
    /// <param name="reference">The reference.</param>
    public static string Resolve(string includer, string reference)
    {
        string path = reference.Replace('\\', '/');
        bool isRooted = path.StartsWith('/') || (path.Length > 1 && path[1] == ':');
        int slash = includer.LastIndexOf('/');
        string joined = isRooted || slash < 0 ? path : includer[..(slash + 1)] + path;
        List<string> kept = [];
        foreach (string part in joined.Split('/'))
        {
            if (part == ".." && kept.Count > 0 && kept[^1] is not (".." or ""))
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (part != "." && (part.Length != 0 || kept.Count == 0))
            {
                kept.Add(part);
            }
        }

        return string.Join('/', kept);
    }
}
