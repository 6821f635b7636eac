using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Sluice.Registers;
using Sluice.Runtime.Traps;

namespace Sluice.Benchmarks.Ranges;

/// <summary>
/// Which of 256 ranges an address lies in, found in four ways over one fixed trace of a million addresses: drawn at random, or nine of ten times in
/// the range of the one before, as a driver's are. A time is one lookup.
/// </summary>
[MemoryDiagnoser]
public class RangeBenchmarks
{
    private const int Length = 1_000_000;
    private const int Ranges = AddressMap.Capacity;
    private const ulong First = 0x1000_0000;
    private const ulong Spacing = 0x1_0000;

    private readonly AddressMap[] _map = new AddressMap[1];
    private readonly ulong[] _starts = new ulong[Ranges];
    private readonly ulong[] _sizes = new ulong[Ranges];
    private readonly Dictionary<ulong, uint> _pages = [];
    private byte[] _table = [];
    private ulong[] _trace = [];

    /// <summary>Whether addresses stay in a range for a while.</summary>
    [Params(false, true)]
    public bool Local { get; set; }

    /// <summary>Makes the ranges, of one to eight pages, and the trace.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(2026);
        _table = new byte[Ranges * (int)(Spacing >> 12)];
        for (int range = 0; range < Ranges; range++)
        {
            _starts[range] = First + ((ulong)range * Spacing);
            _sizes[range] = (ulong)random.Next(1, 9) << 12;
            if (_map[0].Add(_starts[range], _sizes[range], (uint)range) != AddressMapError.None)
            {
                throw new InvalidOperationException("The ranges do not fit the map.");
            }

            for (ulong page = 0; page < _sizes[range]; page += 0x1000)
            {
                _pages.Add((_starts[range] + page) >> 12, (uint)range);
                _table[(_starts[range] + page - First) >> 12] = (byte)range;
            }
        }

        int current = 0;
        _trace = [.. Enumerable.Range(0, Length).Select(_ =>
        {
            current = Local && random.Next(10) != 0 ? current : random.Next(Ranges);
            return _starts[current] + ((ulong)random.NextInt64((long)_sizes[current]) & ~7ul);
        })];
        uint[] sums = [AddressMapLookup(), BinarySearch(), PageTable(), PageDictionary()];
        if (sums.Any(sum => sum != sums[0]))
        {
            throw new InvalidOperationException("The contenders do not find the same: " + string.Join(", ", sums));
        }
    }

    /// <summary>The core's own: the range hit last, then halving without a branch on the address.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Length)]
    public uint AddressMapLookup()
    {
        ref AddressMap map = ref _map[0];
        uint sum = 0;
        foreach (ulong address in _trace)
        {
            if (map.TryFind(new GuestAddress(address), AccessWidth.Word, out uint target, out uint offset))
            {
                sum += target ^ offset;
            }
        }

        return sum;
    }

    /// <summary>Binary search with a comparison and a branch at each step.</summary>
    [Benchmark(OperationsPerInvoke = Length)]
    public uint BinarySearch()
    {
        uint sum = 0;
        foreach (ulong address in _trace)
        {
            int low = 0;
            int high = Ranges - 1;
            while (low <= high)
            {
                int middle = (low + high) >> 1;
                if (address < _starts[middle])
                {
                    high = middle - 1;
                }
                else if (address - _starts[middle] >= _sizes[middle])
                {
                    low = middle + 1;
                }
                else
                {
                    sum += (uint)middle ^ (uint)(address - _starts[middle]);
                    break;
                }
            }
        }

        return sum;
    }

    /// <summary>A byte for each page of the space that the ranges span: fast, if the space is small and dense.</summary>
    [Benchmark(OperationsPerInvoke = Length)]
    public uint PageTable()
    {
        uint sum = 0;
        foreach (ulong address in _trace)
        {
            ulong page = (address - First) >> 12;
            if (page < (ulong)_table.Length)
            {
                int range = _table[page];
                ulong distance = address - _starts[range];
                sum += distance < _sizes[range] ? (uint)range ^ (uint)distance : 0;
            }
        }

        return sum;
    }

    /// <summary>A dictionary from page to range.</summary>
    [Benchmark(OperationsPerInvoke = Length)]
    public uint PageDictionary()
    {
        uint sum = 0;
        foreach (ulong address in _trace)
        {
            if (_pages.TryGetValue(address >> 12, out uint range))
            {
                sum += range ^ (uint)(address - _starts[range]);
            }
        }

        return sum;
    }
}
