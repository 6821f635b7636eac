using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Sluice.Simulation;

/// <summary>
/// One range of memory. The core's accesses see its caches; devices and table walkers see memory itself. Where walkers snoop the two are one;
/// otherwise a write reaches memory only when it is cleaned and a barrier follows, and a forgotten clean shows as stale data.
/// </summary>
public sealed class RandomAccessMemory
{
    private readonly byte[] _cached;
    private readonly byte[] _memory;
    private readonly List<(ulong Offset, ulong Length)> _cleaning = [];

    /// <summary>Makes memory of zeros.</summary>
    /// <param name="start">First machine address.</param>
    /// <param name="length">Length in bytes.</param>
    /// <param name="snooped">Whether devices and walkers see what is in the caches.</param>
    public RandomAccessMemory(ulong start, int length, bool snooped = true)
    {
        Start = start;
        _memory = new byte[length];
        _cached = snooped ? _memory : new byte[length];
    }

    /// <summary>First machine address.</summary>
    public ulong Start { get; }

    /// <summary>Length in bytes.</summary>
    public ulong Length => (ulong)_memory.Length;

    /// <summary>Called after each 64-bit write of the core, with its machine address: for tests that look at every intermediate state.</summary>
    public Action<ulong>? Written { get; set; }

    /// <summary>Called after each barrier of the core.</summary>
    public Action? Settled { get; set; }

    /// <summary>Whether a range lies in this memory.</summary>
    public bool Contains(ulong address, ulong length) => address >= Start && length <= Length && address - Start <= Length - length;

    /// <summary>The core's view of a range, through its caches.</summary>
    public Span<byte> Cached(ulong address, int length) => _cached.AsSpan(checked((int)(address - Start)), length);

    /// <summary>What devices and walkers see of a range.</summary>
    public Span<byte> Uncached(ulong address, int length) => _memory.AsSpan(checked((int)(address - Start)), length);

    /// <summary>One read of the core.</summary>
    public ulong Read64(ulong address) => BinaryPrimitives.ReadUInt64LittleEndian(Cached(address, sizeof(ulong)));

    /// <summary>One write of the core.</summary>
    public void Write64(ulong address, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Cached(address, sizeof(ulong)), value);
        Written?.Invoke(address);
    }

    /// <summary>Begins to write a range back.</summary>
    public void Clean(ulong address, ulong length)
    {
        if (_cached != _memory)
        {
            _cleaning.Add((address - Start, length));
        }
    }

    /// <summary>Drops the caches' copy of a range.</summary>
    public void Discard(ulong address, ulong length)
    {
        if (_cached != _memory)
        {
            Uncached(address, checked((int)length)).CopyTo(Cached(address, checked((int)length)));
        }
    }

    /// <summary>Finishes what was begun.</summary>
    public void Barrier()
    {
        foreach ((ulong offset, ulong length) in _cleaning)
        {
            _cached.AsSpan(checked((int)offset), checked((int)length)).CopyTo(_memory.AsSpan(checked((int)offset)));
        }

        _cleaning.Clear();
        Settled?.Invoke();
    }
}
