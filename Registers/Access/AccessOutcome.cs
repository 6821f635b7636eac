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

    /// <summary>What became of the access.</summary>
    public AccessResult Result
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (AccessResult)(byte)_bits;
    }

    /// <summary>The index of the hook to call, counted from 1; 0 for none.</summary>
    public uint Hook
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _bits >> 8;
    }
}
