using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Domains;

/// <summary>The streams of one function: one for each id that its requests may carry.</summary>
internal struct StreamSet
{
    private Streams _streams;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public readonly uint this[int index] => _streams[index];

    /// <summary>Whether a stream is one of them.</summary>
    public readonly bool Contains(uint stream)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_streams[index] == stream)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds one, unless it is there.</summary>
    public void Add(uint stream)
    {
        if (Count < RequesterIds.Capacity && !Contains(stream))
        {
            _streams[Count++] = stream;
        }
    }

    [InlineArray(RequesterIds.Capacity)]
    private struct Streams
    {
        private uint _stream;
    }
}
