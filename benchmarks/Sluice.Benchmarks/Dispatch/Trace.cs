using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>The one trace that every contender runs: 70 % reads, offsets uniform, one access in ten narrower than a word.</summary>
public static class Trace
{
    /// <summary>Number of accesses.</summary>
    public const int Length = 1_000_000;

    /// <summary>Makes the trace for a block of <paramref name="registers"/> words; the same one every time.</summary>
    /// <param name="registers">Number of registers.</param>
    /// <param name="plainOnly">Whether the word with a hook, the last of eight, gives way to its neighbour.</param>
    public static Access[] Make(int registers, bool plainOnly)
    {
        Access[] trace = new Access[Length];
        uint state = 0x2545_F491;
        for (int index = 0; index < Length; index++)
        {
            uint word = Next(ref state) % (uint)registers;
            word -= plainOnly && word % WordKind.Count == WordKind.Count - 1 ? 1u : 0u;
            uint kind = Next(ref state) % 100;
            bool narrow = Next(ref state) % 10 == 0;
            uint lane = Next(ref state);
            AccessWidth width = !narrow ? AccessWidth.Word : (lane & 1) == 0 ? AccessWidth.Byte : AccessWidth.HalfWord;
            uint within = width switch { AccessWidth.Byte => (lane >> 1) & 3, AccessWidth.HalfWord => (lane >> 1) & 2, _ => 0 };
            uint value = Next(ref state) & (width == AccessWidth.Word ? uint.MaxValue : (1u << (8 * (int)width)) - 1);
            trace[index] = new Access((word * 4) + within, width, kind >= 70, value);
        }

        return trace;
    }

    // Marsaglia's xorshift with the triple 13, 17, 5.
    private static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }
}
