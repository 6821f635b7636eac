namespace Sluice.Runtime.Domains;

/// <summary>What a processor does between two steps of a long change of a domain's memory: it takes its interrupts, or lets another of its tasks run.</summary>
/// <remarks>It must not run the domain whose memory is changed: that is not runnable until the change has come to its end.</remarks>
public interface IMappingPause
{
    /// <summary>Is called between two steps.</summary>
    void Pause();
}
