using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Smmu;

/// <summary>The global errors that an SMMU had raised when it was last asked.</summary>
/// <param name="raised">GERROR.</param>
/// <param name="acknowledged">GERRORN before they were acknowledged.</param>
public readonly struct SmmuErrors(Smmuv3.Gerror raised, Smmuv3.Gerrorn acknowledged)
{
    /// <summary>The active bits, as GERROR has them.</summary>
    public uint Bits { get; } = raised.Value ^ acknowledged.Value;

    /// <summary>Whether there were any.</summary>
    public bool Any => Bits != 0;

    /// <summary>Whether the SMMU has given up service (SFM_ERR).</summary>
    public bool IsServiceFailure => new Smmuv3.Gerror(Bits).SfmErr;

    /// <summary>Whether event records were lost because they could not be written (EVENTQ_ABT_ERR).</summary>
    public bool AreEventsLost => new Smmuv3.Gerror(Bits).EventqAbtErr;
}
