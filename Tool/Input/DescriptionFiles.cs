using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Sluice.Registers.Description;

namespace Sluice.Tool.Input;

/// <summary>
/// The descriptions that a command is given, and what they include. A file is only opened if it was named or stands in the folder of one that was,
/// or below it: a description cannot make the tool read elsewhere.
/// </summary>
internal sealed class DescriptionFiles
{
    private readonly Dictionary<string, SourceFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _inclusions = new(StringComparer.Ordinal);
    private readonly List<string> _roots = [];
    private readonly List<string> _overlays = [];
    private readonly List<string> _folders = [];

    private DescriptionFiles()
    {
    }

    /// <summary>Reads files, and what they include.</summary>
    /// <param name="paths">Files, and folders in which descriptions are looked for.</param>
    /// <exception cref="UnusableInputException">A file cannot be read, or a limit is exceeded.</exception>
    public static DescriptionFiles Open(IReadOnlyList<string> paths)
    {
        DescriptionFiles files = new();
        List<string> roots = [];
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                files._folders.Add(Path.GetFullPath(path));
                roots.AddRange(FolderSearch.Roots(path));
            }
            else
            {
                files._folders.Add(Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(path));
                roots.Add(PathText.Of(path));
            }
        }

        foreach (string root in roots)
        {
            string key = Path.GetFullPath(root);
            if (!files._roots.Contains(key) && !files._overlays.Contains(key))
            {
                files.Load(root);
                (DescriptionRoots.OverlayTarget(files._files[key].Text) is null ? files._roots : files._overlays).Add(key);
            }
        }

        foreach (string root in roots)
        {
            files.LoadOverlaysBeside(root);
        }

        if (files._roots.Count == 0)
        {
            string given = string.Join(", ", paths.Select(path => "'" + PathText.Of(path) + "'"));
            throw new UnusableInputException($"no description in {given}: none of the files is a registers.xml or a *.svd");
        }

        return files;
    }

    /// <summary>Reads each description. A file that another description includes is none of its own.</summary>
    public IReadOnlyList<CheckedDescription> Check(CancellationToken cancellation)
    {
        List<CheckedDescription> read = [];
        for (int index = 0; index < _roots.Count; index++)
        {
            HashSet<string> parts = Reach(_roots[index]);
            if (!IsPartOfAnother(index))
            {
                SourceFile root = _files[_roots[index]];
                foreach (string overlay in _overlays.Where(overlay => IsOf(overlay, _roots[index], parts)).ToList())
                {
                    parts.Add(overlay);
                    parts.UnionWith(Reach(overlay));
                }

                List<SourceFile> others = parts.Where(part => part != _roots[index]).Order(StringComparer.Ordinal).Select(part => _files[part]).ToList();
                read.Add(new CheckedDescription(root, DescriptionReader.Read(root, others, cancellation)));
            }
        }

        return read;
    }

    // Whether an overlay is of a description or of what it includes. One that is of nothing at all is given to each, so that it is reported.
    private bool IsOf(string overlay, string root, HashSet<string> parts)
    {
        SourceFile file = _files[overlay];
        string target = Path.GetFullPath(PathText.Resolve(file.Path, DescriptionRoots.OverlayTarget(file.Text) ?? ""));
        return target == root || parts.Contains(target) || !File.Exists(target);
    }

    private void LoadOverlaysBeside(string root)
    {
        int slash = root.LastIndexOf('/');
        string folder = slash < 0 ? "" : root[..(slash + 1)];
        foreach (string path in Directory.EnumerateFiles(folder.Length == 0 ? "." : folder, "*" + DescriptionRoots.OverlayEnding).Order(StringComparer.Ordinal))
        {
            string overlay = folder + Path.GetFileName(path);
            string key = Path.GetFullPath(overlay);
            if (!_roots.Contains(key) && !_overlays.Contains(key))
            {
                Load(overlay);
                if (DescriptionRoots.OverlayTarget(_files[key].Text) is not null)
                {
                    _overlays.Add(key);
                }
            }
        }
    }

    // Of files that include each other in a circle the first is taken, so that the circle is reported.
    private bool IsPartOfAnother(int index)
    {
        for (int other = 0; other < _roots.Count; other++)
        {
            bool isIncluded = other != index && Reach(_roots[other]).Contains(_roots[index]);
            if (isIncluded && (other < index || !Reach(_roots[index]).Contains(_roots[other])))
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<string> Reach(string root)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        Stack<string> open = new([root]);
        while (open.TryPop(out string? current))
        {
            foreach (string included in _inclusions[current])
            {
                if (reached.Add(included))
                {
                    open.Push(included);
                }
            }
        }

        return reached;
    }

    private void Load(string root)
    {
        Queue<string> open = new([root]);
        while (open.TryDequeue(out string? path))
        {
            string key = Path.GetFullPath(path);
            if (_files.ContainsKey(key))
            {
                continue;
            }

            if (_files.Count == InputLimits.Files)
            {
                throw new UnusableInputException($"more than {InputLimits.Files} files");
            }

            SourceFile file = new(path, BoundedFile.Read(path));
            _files.Add(key, file);
            _inclusions.Add(key, []);
            foreach (string reference in InclusionScan.References(file.Text))
            {
                string included = PathText.Resolve(path, reference);
                string full = Path.GetFullPath(included);
                if (IsWithin(full) && File.Exists(full))
                {
                    _inclusions[key].Add(full);
                    open.Enqueue(included);
                }
            }
        }
    }

    private bool IsWithin(string path)
        => _folders.Any(folder => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
}
