using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;

namespace Sluice.Benchmarks.Guests;

/// <summary>Streams that cost nothing, so that an assignment's figure is the core's own.</summary>
internal readonly struct NoStreams : IStreamIsolation
{
    public bool TryQuarantine(uint stream, OwnerId owner) => true;

    public bool TryAttach(uint stream, OwnerId owner) => true;
}
