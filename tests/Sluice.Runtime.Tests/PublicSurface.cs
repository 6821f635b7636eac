using Sluice.Runtime.Domains;
using Sluice.Simulation;
using Sluice.Testing.Api;
using Sluice.Testing.Snapshots;
using Xunit;

namespace Sluice.Runtime.Tests;

public sealed class PublicSurface
{
    [Fact]
    public void Of_the_core_is_what_was_agreed() => Snapshot.Match(PublicApi.Of(typeof(OwnedFunction).Assembly, "Sluice.Runtime.Blocks"), "txt");

    [Fact]
    public void Of_the_simulation_is_what_was_agreed() => Snapshot.Match(PublicApi.Of(typeof(SimulatedBus).Assembly, "Sluice.Simulation.Blocks"), "txt");

    [Fact]
    public void Every_snapshot_belongs_to_a_test() => Assert.Empty(Snapshot.Orphans(typeof(PublicSurface).Assembly));
}
