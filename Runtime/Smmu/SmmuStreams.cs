using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Smmu;

/// <summary>The streams of devices behind an SMMU: quarantined, or attached to their owner's address space. There is no third state.</summary>
/// <typeparam name="TPlace">Where the SMMU and the space live.</typeparam>
/// <typeparam name="TSmmu">The SMMU.</typeparam>
/// <typeparam name="TSpace">Its address spaces.</typeparam>
/// <param name="place">Where they are.</param>
public readonly struct SmmuStreams<TPlace, TSmmu, TSpace>(TPlace place) : IStreamIsolation
    where TPlace : struct, ISmmuPlace<TSmmu, TSpace>
    where TSmmu : struct, ISmmu<TSpace>
    where TSpace : struct
{
    private readonly TPlace _place = place;

    /// <inheritdoc/>
    public bool TryQuarantine(uint stream, OwnerId owner)
    {
        ref TSmmu smmu = ref _place.Smmu;
        StreamId id = new(stream);
        if (smmu.IsQuarantined(id))
        {
            return !smmu.IsBroken;
        }

        if (!owner.IsNone)
        {
            ref TSpace space = ref _place.SpaceOf(owner);
            if (smmu.IsAttached(id, in space) && smmu.Detach(id, in space) != SmmuResult.Done)
            {
                return false;
            }
        }

        // A stream that is attached to anybody else's memory is not taken from it: then this is refused.
        return smmu.Quarantine(id) == SmmuResult.Done;
    }

    /// <inheritdoc/>
    public bool TryAttach(uint stream, OwnerId owner)
    {
        ref TSmmu smmu = ref _place.Smmu;
        StreamId id = new(stream);
        if (smmu.Unquarantine(id) != SmmuResult.Done)
        {
            return false;
        }

        bool attached = smmu.Attach(id, in _place.SpaceOf(owner)) == SmmuResult.Done;
        if (!attached)
        {
            // Without an entry of its own the stream aborts as well; in quarantine it also reports.
            _ = smmu.Quarantine(id);
        }

        return attached;
    }
}
