using Sluice.Hosting;
using Sluice.Testing.Api;
using Sluice.Testing.Snapshots;
using Xunit;

namespace Sluice.Hosting.Tests;

public sealed class PublicSurface
{
    [Fact]
    public void Is_what_was_agreed() => Snapshot.Match(PublicApi.Of(typeof(HostingException).Assembly), "txt");

    [Fact]
    public void Every_snapshot_belongs_to_a_test() => Assert.Empty(Snapshot.Orphans(typeof(PublicSurface).Assembly));
}
