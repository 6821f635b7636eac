using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>Streams that only keep a log.</summary>
public readonly struct LoggedIsolation(IsolationLog log) : IStreamIsolation
{
    public bool TryQuarantine(uint stream, OwnerId owner)
    {
        log.Steps.Add($"quarantine {stream:x}");
        log.Attached.Remove(stream);
        return !log.FailsQuarantine;
    }

    public bool TryAttach(uint stream, OwnerId owner)
    {
        log.Steps.Add($"attach {stream:x}");
        if (log.FailsAttach)
        {
            return false;
        }

        log.Attached.Add(stream);
        return true;
    }
}
