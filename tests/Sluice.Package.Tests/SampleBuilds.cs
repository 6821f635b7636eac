using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Sluice.Checkouts;

namespace Sluice.Package.Tests;

/// <summary>Copies of the samples, and one with a typing error, far from the repository; built in one go by the SDK's own <c>dotnet build</c>.</summary>
public sealed class SampleBuilds
{
    internal const string Consumer = "Consumer";
    internal const string Vendor = "VendorSvd";
    internal const string Mistyped = "Mistyped";
    internal const string Trimmed = "Trimmed";

    private readonly PackedFile _package;
    private readonly string[] _output;

    public SampleBuilds(PackedFile package)
    {
        _package = package;
        Copy(Consumer, Consumer);
        Copy(Vendor, Vendor);
        Copy(Consumer, Mistyped);
        string description = Path.Combine(Folder(Mistyped), "registers.xml");
        File.WriteAllText(description, File.ReadAllText(description).Replace("<access>read-write</access>", "<access>read-wirte</access>", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_package.Root, "All.proj"), """
            <Project DefaultTargets="Build">
              <ItemGroup><Sample Include="samples/*/*.csproj" /></ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(Sample)" Targets="Restore" /></Target>
              <Target Name="Build"><MSBuild Projects="@(Sample)" Targets="Build" ContinueOnError="WarnAndContinue" BuildInParallel="true" /></Target>
            </Project>
            """);
        _output = DotnetRun.Of(_package.Root, "build", "All.proj", "-nologo", "-nodeReuse:false", "-m:2", "-v:minimal", "-tl:off", "-p:UseSharedCompilation=false").Output.Split('\n');
    }

    /// <summary>All that the build printed.</summary>
    public string Output => string.Join('\n', _output);

    internal string Folder(string sample) => Path.Combine(_package.Root, "samples", sample);

    /// <summary>The errors and warnings of one sample, with paths from its folder on, each once.</summary>
    internal IReadOnlyList<string> Complaints(string sample)
    {
        string folder = Folder(sample) + Path.DirectorySeparatorChar;
        string project = "[" + folder;
        return
        [
            .. _output
                .Where(line => line.Contains(project, StringComparison.Ordinal) && (line.Contains(": error ", StringComparison.Ordinal) || line.Contains(": warning ", StringComparison.Ordinal)))
                .Select(line => line[..line.LastIndexOf(project, StringComparison.Ordinal)].Trim().Replace(folder, "", StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Publishes a copy of the consumer as a program of its own, trimmed; what the SDK needs for that comes from the machine's sources.</summary>
    /// <returns>The run of the publication, and the folder with what was published.</returns>
    internal (DotnetRun Run, string Published) PublishTrimmed()
    {
        Copy(Consumer, Trimmed);
        string folder = Folder(Trimmed);
        File.WriteAllText(Path.Combine(folder, "nuget.config"), """<configuration><packageSources><add key="sluice-local" value="../../artifacts/feed" /></packageSources></configuration>""");
        string published = Path.Combine(folder, "published");
        DotnetRun run = DotnetRun.Of(
            folder, "publish", Consumer + ".csproj", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-o", published, "-nologo", "-nodeReuse:false", "-tl:off",
            "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false", "-p:EnableTrimAnalyzer=true", "-p:UseSharedCompilation=false");
        return (run, published);
    }

    private void Copy(string sample, string name)
    {
        DirectoryInfo source = new(Path.Combine(Checkout.Root, "samples", sample));
        foreach (FileInfo file in source.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(source.FullName, file.FullName);
            if (path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            {
                string target = Path.Combine(Folder(name), path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                file.CopyTo(target);
            }
        }
    }
}
