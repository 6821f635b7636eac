using System;
using System.IO;

namespace Sluice.Tool.Tests;

/// <summary>A folder that a test fills with descriptions.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sluice-tool-").FullName;

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Add(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
