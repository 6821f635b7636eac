using Sluice.Testing.Api;
using Sluice.Testing.Snapshots;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public sealed class PublicSurface
{
    [Fact]
    public void Is_what_was_agreed() => Snapshot.Match(PublicApi.Of(typeof(DescriptionReader).Assembly), "txt");
}
