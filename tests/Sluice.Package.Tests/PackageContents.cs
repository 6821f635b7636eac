using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using Sluice.Checkouts;
using Xunit;

namespace Sluice.Package.Tests;

/// <summary>What a user downloads.</summary>
[Collection(PackageCollection.Name)]
public sealed class PackageContents(PackedFile package)
{
    private const string Project = "https://github.com/sluice-dev/sluice";

    private string[] Assemblies => [.. package.Entries().Where(entry => entry.EndsWith(".dll", StringComparison.Ordinal))];

    [Fact]
    public void It_holds_these_files_and_no_others()
        => Assert.Equal(
            [
                "LICENSE",
                "README.md",
                "Sluice.nuspec",
                "[Content_Types].xml",
                "_rels/.rels",
                "analyzers/dotnet/roslyn4.14/cs/Sluice.Analyzers.CodeFixes.dll",
                "analyzers/dotnet/roslyn4.14/cs/Sluice.Analyzers.dll",
                "analyzers/dotnet/roslyn4.14/cs/Sluice.Generators.dll",
                "analyzers/dotnet/roslyn4.14/cs/Sluice.Registers.Description.dll",
                "build/Sluice.props",
                "build/Sluice.targets",
                "lib/net10.0/Sluice.Registers.dll",
                "lib/net10.0/Sluice.Registers.xml",
                "schemas/trap.xsd",
            ],
            package.Entries().Where(entry => !entry.EndsWith(".psmdcp", StringComparison.Ordinal)));

    [Fact]
    public void It_needs_no_other_package_and_says_where_it_comes_from()
    {
        using MemoryStream text = new(package.Bytes("Sluice.nuspec"));
        XElement metadata = XDocument.Load(text).Root!.Elements().Single();
        XElement Only(string name) => Assert.Single(metadata.Descendants(), element => element.Name.LocalName == name);

        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal("net10.0", Only("group").Attribute("targetFramework")!.Value);
        Assert.Equal("Sluice", Only("id").Value);
        Assert.Equal("MIT", Only("license").Value);
        Assert.Equal("README.md", Only("readme").Value);
        Assert.Equal(Project, Only("projectUrl").Value);
        Assert.Equal(Project, Only("repository").Attribute("url")!.Value);
    }

    [Fact]
    public void The_compiler_needs_to_be_no_newer_than_its_folder_says()
    {
        Version promised = new(4, 14);
        foreach (string assembly in Assemblies.Where(entry => entry.StartsWith("analyzers/", StringComparison.Ordinal)))
        {
            using PEReader file = new(new MemoryStream(package.Bytes(assembly)));
            MetadataReader reader = file.GetMetadataReader();
            Assert.All(
                reader.AssemblyReferences.Select(reader.GetAssemblyReference).Where(reference => reader.GetString(reference.Name).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
                reference => Assert.Equal(promised, new Version(reference.Version.Major, reference.Version.Minor)));
        }
    }

    [Fact]
    public void Packing_the_same_build_again_gives_the_same_bytes()
        => Assert.Equal(File.ReadAllBytes(package.Path), File.ReadAllBytes(package.PackInto("again")));

    [Fact]
    public void No_assembly_tells_where_it_was_built()
    {
        Assert.Equal(5, Assemblies.Length);
        foreach (string assembly in Assemblies)
        {
            byte[] bytes = package.Bytes(assembly);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Checkout.Root)) < 0, assembly);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Checkout.Root)) < 0, assembly);
        }
    }
}
