using Sluice.Testing.Snapshots;
using Xunit;

namespace Sluice.Generators.Tests;

public sealed class Snapshots
{
    [Fact]
    public void Every_snapshot_belongs_to_a_test() => Assert.Empty(Snapshot.Orphans(typeof(Snapshots).Assembly));
}
