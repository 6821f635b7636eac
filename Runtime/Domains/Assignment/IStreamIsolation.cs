using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>
/// What stands between a function's DMA and memory. Between two owners a stream is always quarantined: there is no bypass in this contract.
/// </summary>
public interface IStreamIsolation
{
    /// <summary>Makes every access of a stream abort.</summary>
    /// <param name="stream">Which stream.</param>
    /// <param name="owner">Whose memory it may reach until then; nobody's when it was not attached.</param>
    /// <returns>Whether it is certain that none passes any more; after a timeout it is not.</returns>
    bool TryQuarantine(uint stream, OwnerId owner);

    /// <summary>Lets a stream that is quarantined reach the memory of its owner, and the doorbell of its messages.</summary>
    /// <param name="stream">Which stream.</param>
    /// <param name="owner">Whose memory.</param>
    /// <returns>Whether it does; if not, the stream is quarantined as before.</returns>
    bool TryAttach(uint stream, OwnerId owner);
}
