using System;
using System.Numerics;

namespace Sluice.Simulation.Hostile;

/// <summary>Random numbers that are the same in every run with the same seed, on every machine (xorshift64*, Vigna 2016). Nothing is allocated.</summary>
public sealed class SeededRandom
{
    private ulong _state;

    /// <summary>Begins a sequence.</summary>
    /// <param name="seed">Any number; the same one gives the same sequence.</param>
    public SeededRandom(ulong seed)
    {
        _state = (seed * 0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03;
        _state = _state == 0 ? 1 : _state;
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545_F491_4F6C_DD1D;
    }

    /// <summary>A number below a bound.</summary>
    /// <param name="bound">The bound; 0 counts as 1.</param>
    public uint Below(uint bound) => bound == 0 ? 0 : (uint)(((UInt128)Next() * bound) >> 64);

    /// <summary>Whether something happens that happens once in so many times.</summary>
    /// <param name="times">How many; 0 for never.</param>
    public bool OneIn(uint times) => times != 0 && Below(times) == 0;

    /// <summary>A number as malice picks it: ones, zeros, one bit, small, or anything.</summary>
    public ulong Word()
    {
        ulong bits = Next();
        return (bits & 7) switch
        {
            0 => 0,
            1 => ulong.MaxValue,
            2 => 1UL << (int)((bits >> 8) & 63),
            3 => ~(1UL << (int)((bits >> 8) & 63)),
            4 => (bits >> 8) & 0xFF,
            _ => BitOperations.RotateLeft(bits, 17),
        };
    }
}
