using System;

namespace Sluice.Runtime.Phy;

/// <summary>How often each code of one kind was measured: those of a range count, others do not.</summary>
/// <param name="first">The lowest code of the range.</param>
/// <param name="counts">A count for each code of the range, zero to begin with.</param>
internal readonly ref struct CalibrationCodes(uint first, Span<byte> counts)
{
    private readonly uint _first = first;
    private readonly Span<byte> _counts = counts;

    /// <summary>Counts a code.</summary>
    public void Add(uint code)
    {
        uint index = code - _first;
        if (index < (uint)_counts.Length)
        {
            _counts[(int)index]++;
        }
    }

    /// <summary>The code that was measured most often; of several the highest, and the highest of the range when none was in it.</summary>
    public uint Most
    {
        get
        {
            int most = 0;
            for (int index = 1; index < _counts.Length; index++)
            {
                most = _counts[index] >= _counts[most] ? index : most;
            }

            return _first + (uint)most;
        }
    }
}
