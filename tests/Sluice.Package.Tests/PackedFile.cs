using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Sluice.Checkouts;
using Xunit;

namespace Sluice.Package.Tests;

/// <summary>The package, packed once of what was built with these tests, in a feed of its own.</summary>
public sealed class PackedFile : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sluice-package-").FullName;

    public PackedFile()
    {
        Path = PackInto("feed");
    }

    /// <summary>The package's file.</summary>
    public string Path { get; }

    /// <summary>A folder in which <c>samples/NAME</c> finds the feed as it does in the checkout.</summary>
    internal string Root => _root;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>The names of all that is in it, in ordinal order.</summary>
    internal string[] Entries()
    {
        using ZipArchive archive = ZipFile.OpenRead(Path);
        return [.. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
    }

    internal byte[] Bytes(string entry)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path);
        using Stream packed = archive.GetEntry(entry)!.Open();
        using MemoryStream bytes = new();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Packs into a folder beside the feed, or into the feed.</summary>
    /// <returns>The file.</returns>
    internal string PackInto(string name)
    {
        // bin/<configuration>/<framework>/
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string folder = System.IO.Path.Combine(_root, "artifacts", name);
        DotnetRun run = DotnetRun.Of(
            Checkout.Root, "pack", "Package/Sluice.Package.csproj", "-c", configuration, "--no-build", "-o", folder, "-nologo", "-nodeReuse:false", "-tl:off");
        Assert.True(run.ExitCode == 0, run.Output);
        return Assert.Single(Directory.GetFiles(folder));
    }
}
