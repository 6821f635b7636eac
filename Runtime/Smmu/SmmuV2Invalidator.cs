using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>Drops an SMMUv2's translations of one context bank: address by address, or all of its tag where that takes fewer accesses.</summary>
/// <typeparam name="TBus">How the SMMU's registers are reached.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
internal ref struct SmmuV2Invalidator<TBus, TClock> : ITranslationInvalidator
    where TBus : struct, IRegisterBus
    where TClock : struct, IClock
{
    /// <summary>From so many leaves on, the whole tag goes: each costs two accesses, the tag one.</summary>
    internal const ulong WholeTagLeaves = 64;

    private readonly ref SmmuV2Hardware<TBus, TClock> _hardware;
    private readonly byte _bank;
    private readonly byte _tag;
    private bool _wholeTag;

    internal SmmuV2Invalidator(ref SmmuV2Hardware<TBus, TClock> hardware, byte bank, byte tag)
    {
        _hardware = ref hardware;
        _bank = bank;
        _tag = tag;
    }

    /// <inheritdoc/>
    public void Invalidate(in InvalidationRange range)
    {
        if (range.Leaves >= WholeTagLeaves)
        {
            _ = _hardware.ForgetTag(_tag);
            _wholeTag = true;
            return;
        }

        for (ulong leaf = 0; leaf < range.Leaves; leaf++)
        {
            _hardware.ForgetAddress(_bank, range.Input + (leaf * range.LeafBytes), range.LeafOnly);
        }
    }

    /// <inheritdoc/>
    public bool Complete()
    {
        // A bank's own wait says nothing of what was begun for all banks. Once a wait has not ended, none is believed any more.
        bool complete = !_hardware.IsBroken && (_wholeTag ? _hardware.Sync() : _hardware.Sync(_bank));
        _wholeTag = false;
        return complete;
    }
}
