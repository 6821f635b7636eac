using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>What the tables made of an access to one word: the result, and the hook that is still to be called.</summary>
public readonly struct AccessOutcome
{
    private readonly uint _bits;

    /// <summary>Makes an outcome.</summary>
    /// <param name="result">What became of the access so far.</param>
    /// <param name="hook">The index of the hook to call, counted from 1; 0 for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AccessOutcome(AccessResult result, uint hook)
    {
        _bits = (uint)result | (hook << 8);
    }

    /// <summary>Makes an outcome of an access of which not everything is to be seen by the hook.</summary>
    /// <param name="result">What became of the access so far.</param>
    /// <param name="hook">The index of the hook to call, counted from 1; 0 for none.</param>
    /// <param name="unseen">The lanes of the word that the access did not reach: their registers are locked or not there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AccessOutcome(AccessResult result, uint hook, Lanes unseen)
    {
        _bits = (uint)result | (unseen.Bits << 4) | (hook << 8);
    }

    /// <summary>What became of the access.</summary>
    public AccessResult Result
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (AccessResult)(_bits & 0xF);
    }

    /// <summary>The index of the hook to call, counted from 1; 0 for none.</summary>
    public uint Hook
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _bits >> 8;
    }

    /// <summary>The lanes of an access whose registers it reached.</summary>
    /// <param name="lanes">The lanes of the access, within one word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes Seen(Lanes lanes) => new(lanes.Bits & 0xF & ~(_bits >> 4));
}
