namespace Sluice.Runtime.Smmu;

/// <summary>Streams that an entry of an SMMUv2 matches: those that equal an id in every bit that the mask does not ignore.</summary>
/// <param name="id">The id; what the mask ignores of it counts as zero.</param>
/// <param name="mask">One for each bit that is ignored.</param>
/// <remarks>Source: Arm IHI 0062, section 2.4.3, stream matching.</remarks>
public readonly struct StreamMatch(ushort id, ushort mask)
{
    /// <summary>The id, zero in ignored bits.</summary>
    public ushort Id { get; } = (ushort)(id & ~mask);

    /// <summary>One for each bit that is ignored.</summary>
    public ushort Mask { get; } = mask;

    /// <summary>Whether a stream is one of them.</summary>
    public bool Matches(StreamId stream) => stream.Value >> 16 == 0 && ((stream.Value ^ Id) & (uint)(ushort)~Mask) == 0;

    /// <summary>Whether some stream is one of these and of others.</summary>
    public bool Overlaps(StreamMatch other) => ((Id ^ other.Id) & (ushort)~(Mask | other.Mask)) == 0;

    /// <summary>Whether all of the others are among these.</summary>
    public bool Covers(StreamMatch other) => (other.Mask & (ushort)~Mask) == 0 && ((Id ^ other.Id) & (ushort)~Mask) == 0;
}
