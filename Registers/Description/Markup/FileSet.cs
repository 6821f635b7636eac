using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>The files given, by normalised path: the only ones that an inclusion can name.</summary>
internal sealed class FileSet
{
    private readonly Dictionary<string, MarkupFile> _files = new(StringComparer.Ordinal);

    public FileSet(SourceFile root, IReadOnlyList<SourceFile> files)
    {
        Root = new MarkupFile(root);
        _files.Add(Normalise(root.Path), Root);
        foreach (SourceFile file in files)
        {
            string path = Normalise(file.Path);
            if (!_files.ContainsKey(path))
            {
                _files.Add(path, new MarkupFile(file));
            }
        }
    }

    public MarkupFile Root { get; }

    public IEnumerable<string> Paths => _files.Keys;

    public IEnumerable<MarkupFile> Files => _files.Values;

    public MarkupFile? Find(string path) => _files.TryGetValue(path, out MarkupFile? file) ? file : null;

    /// <summary>The normalised path of what a file means by a relative reference.</summary>
    public static string Resolve(string includer, string reference)
    {
        string path = reference.Replace('\\', '/');
        bool isRooted = path.StartsWith("/", StringComparison.Ordinal) || (path.Length > 1 && path[1] == ':');
        string folder = includer.Replace('\\', '/');
        int slash = folder.LastIndexOf('/');
        return Normalise(isRooted || slash < 0 ? path : folder.Substring(0, slash + 1) + path);
    }

    public static string Normalise(string path)
    {
        string[] parts = path.Replace('\\', '/').Split('/');
        List<string> kept = [];
        for (int index = 0; index < parts.Length; index++)
        {
            string part = parts[index];
            bool isRoot = index == 0 && part.Length == 0;
            if (part == ".." && kept.Count > 0 && kept[kept.Count - 1] is not (".." or ""))
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (isRoot || (part.Length != 0 && part != "."))
            {
                kept.Add(part);
            }
        }

        return string.Join("/", kept);
    }
}
