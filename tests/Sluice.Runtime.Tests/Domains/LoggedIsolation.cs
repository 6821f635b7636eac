using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>Streams that only keep a log.</summary>
public readonly struct LoggedIsolation(IsolationLog log) : IStreamIsolation
{
    public bool TryQuarantine(uint stream, OwnerId owner)
    {
        bool quarantined = log.Begin($"quarantine {stream:x}") && !log.FailsQuarantine;
        log.Closed.Add((stream, owner));
        log.Attached.Remove(stream);
        log.Reaches.Remove(stream);
        return quarantined;
    }

    public bool TryAttach(uint stream, OwnerId owner)
    {
        if (!log.Begin($"attach {stream:x}") || log.FailsAttach)
        {
            return false;
        }

        log.Attached.Add(stream);
        log.Reaches[stream] = owner;
        return true;
    }
}
