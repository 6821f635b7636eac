using System;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace Sluice.Repository.Tests;

/// <summary>The one solution that run.sh and test.sh build.</summary>
public sealed class SolutionFile
{
    private static string[] Named =>
    [
        .. XDocument.Parse(TrackedFiles.Text("Sluice.slnx")).Descendants("Project")
            .Select(project => project.Attribute("Path")!.Value.Replace('\\', '/')),
    ];

    [Fact]
    public void Every_test_project_is_in_it() =>
        Assert.Empty(TrackedFiles.All(".Tests.csproj").Except(Named, StringComparer.Ordinal));

    [Fact]
    public void Every_project_that_it_names_exists() =>
        Assert.Empty(Named.Except(TrackedFiles.All(".csproj"), StringComparer.Ordinal));
}
