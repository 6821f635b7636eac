using Sluice.Runtime.Domains;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>Streams that only keep a log.</summary>
public readonly struct LoggedIsolation(IsolationLog log) : IStreamIsolation
{
    public bool TryQuarantine(uint stream)
    {
        log.Steps.Add($"quarantine {stream:x}");
        log.Attached.Remove(stream);
        return !log.FailsQuarantine;
    }

    public bool TryAttach(uint stream)
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
