using Xunit;

namespace Sluice.Package.Tests;

/// <summary>All tests share one packed file, since two packs at a time would write the same intermediate files.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackedFile>
{
    public const string Name = "package";
}
