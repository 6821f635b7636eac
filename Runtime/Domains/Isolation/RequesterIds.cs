using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Domains;

/// <summary>The ids that the requests of one function may carry: its own first, then its phantom functions', then those of bridges to conventional PCI above it.</summary>
public struct RequesterIds
{
    /// <summary>How many there can be.</summary>
    public const int Capacity = 16;

    private Ids _ids;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are the function's own and its phantom functions': the others are bridges'.</summary>
    public int OwnCount { get; private set; }

    /// <summary>One of them.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public readonly RequesterId this[int index] => new(_ids[index]);

    /// <summary>Whether an id is one of them.</summary>
    /// <param name="id">Any id.</param>
    public readonly bool Contains(RequesterId id)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_ids[index] == id.Value)
            {
                return true;
            }
        }

        return false;
    }

    internal void AddOwn(RequesterId id)
    {
        Add(id);
        OwnCount = Count;
    }

    internal void Add(RequesterId id)
    {
        if (Count < Capacity && !Contains(id))
        {
            _ids[Count++] = id.Value;
        }
    }

    [InlineArray(Capacity)]
    private struct Ids
    {
        private ushort _id;
    }
}
