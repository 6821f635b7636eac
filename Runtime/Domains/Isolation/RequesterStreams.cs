using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Domains;

/// <summary>
/// Which stream a requester's DMA carries at the SMMU, as data: the rows of an <c>iommu-map</c>, or the one stream of an <c>iommus</c> property, as the ZynqMP's bridge has
/// it for everything behind it. The default value knows nothing.
/// </summary>
public struct RequesterStreams
{
    /// <summary>How many rows there can be.</summary>
    public const int Capacity = 8;

    private Rows _rows;
    private uint _mask;
    private int _count;

    /// <summary>Whether there is anything in it.</summary>
    public readonly bool IsKnown => _count != 0;

    /// <summary>Each requester has the stream of its own number.</summary>
    public static RequesterStreams Identity
    {
        get
        {
            RequesterStreams streams = default;
            streams._mask = ushort.MaxValue;
            streams.Put(0, 0, 0x10000);
            return streams;
        }
    }

    /// <summary>All requesters have one stream.</summary>
    /// <param name="stream">The stream.</param>
    public static RequesterStreams Single(uint stream)
    {
        RequesterStreams streams = default;
        streams.Put(0, stream, 1);
        return streams;
    }

    /// <summary>Begins with no row.</summary>
    /// <param name="mask">The bits of a requester id that are looked up (<c>iommu-map-mask</c>).</param>
    public static RequesterStreams Masked(uint mask)
    {
        RequesterStreams streams = default;
        streams._mask = mask;
        return streams;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="first">Its first masked requester.</param>
    /// <param name="stream">The stream of that one; those of the others follow it.</param>
    /// <param name="length">How many requesters it has; not 0.</param>
    /// <returns>Whether there was room, and the row holds something without leaving the 32 bits of streams.</returns>
    public bool TryAdd(ushort first, uint stream, uint length)
    {
        if (_count == Capacity || length == 0 || length > 0x10000u - first || length - 1 > uint.MaxValue - stream)
        {
            return false;
        }

        Put(first, stream, length);
        return true;
    }

    /// <summary>Finds the stream of a requester.</summary>
    /// <param name="requester">Which one.</param>
    /// <param name="stream">Its stream; 0 when it has none.</param>
    /// <returns>Whether a row has it. What has no stream reaches no memory, if the SMMU aborts unknown streams.</returns>
    public readonly bool TryFind(RequesterId requester, out uint stream)
    {
        uint id = requester.Value & _mask;
        for (int row = 0; row < _count; row++)
        {
            if (id >= _rows[row].First && id - _rows[row].First < _rows[row].Length)
            {
                stream = _rows[row].Stream + (id - _rows[row].First);
                return true;
            }
        }

        stream = 0;
        return false;
    }

    private void Put(uint first, uint stream, uint length)
    {
        _rows[_count].First = first;
        _rows[_count].Stream = stream;
        _rows[_count].Length = length;
        _count++;
    }

    private struct Row
    {
        public uint First;
        public uint Stream;
        public uint Length;
    }

    [InlineArray(Capacity)]
    private struct Rows
    {
        private Row _row;
    }
}
