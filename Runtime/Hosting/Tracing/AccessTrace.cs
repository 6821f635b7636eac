using System;
using System.Collections.Generic;
using System.Diagnostics;
using Sluice.Registers;

namespace Sluice.Hosting;

/// <summary>The last accesses of a bus, as many as there is room for; older ones are dropped and counted. Recording allocates nothing.</summary>
public sealed class AccessTrace
{
    private readonly AccessRecord[] _records;
    private readonly object _gate = new();
    private long _count;

    /// <summary>Makes an empty trace.</summary>
    /// <param name="capacity">How many accesses are kept.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    public AccessTrace(int capacity = 64 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _records = new AccessRecord[capacity];
    }

    /// <summary>How many accesses were dropped because newer ones took their place.</summary>
    public long Dropped
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(0, _count - _records.Length);
            }
        }
    }

    /// <summary>Records an access that has just ended.</summary>
    /// <param name="begin">When it began, by <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="address">Where.</param>
    /// <param name="width">Its width.</param>
    /// <param name="isWrite">Whether it was a write.</param>
    /// <param name="value">What was read or written, right-aligned.</param>
    public void Add(long begin, RegisterAddress address, AccessWidth width, bool isWrite, ulong value)
    {
        long end = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            _records[_count++ % _records.Length] = new AccessRecord(begin, end - begin, address.Value, width, isWrite, value);
        }
    }

    /// <summary>The accesses that are kept, oldest first.</summary>
    public IReadOnlyList<AccessRecord> ToList()
    {
        lock (_gate)
        {
            List<AccessRecord> kept = [];
            for (long index = Math.Max(0, _count - _records.Length); index < _count; index++)
            {
                kept.Add(_records[index % _records.Length]);
            }

            return kept;
        }
    }
}
