using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>What a read gives, in two processor registers: a value handed out by reference would have to live in memory on the fast path too.</summary>
public readonly struct ReadAnswer
{
    /// <summary>Makes an answer.</summary>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    /// <param name="result">What became of the access.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadAnswer(ulong value, AccessResult result)
    {
        Value = value;
        Result = result;
    }

    /// <summary>What is read, right-aligned, upper bits zero.</summary>
    public ulong Value { get; }

    /// <summary>What became of the access.</summary>
    public AccessResult Result { get; }
}
