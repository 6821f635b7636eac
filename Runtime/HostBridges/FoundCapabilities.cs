using System.Runtime.CompilerServices;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// The capabilities of a function in the order of its two lists, the conventional one first. What does not fit is not there for anybody: the list comes from the device.
/// </summary>
public struct FoundCapabilities
{
    /// <summary>How many capabilities can be kept: every one of the conventional list, and as many extended ones as functions have.</summary>
    public const int Capacity = 80;

    /// <summary>Byte offset of the first extended capability.</summary>
    public const uint FirstExtended = 0x100;

    private const uint ConfigBytes = 0x1000;

    private Entries _entries;

    /// <summary>Whether the function has extended config space.</summary>
    public bool HasExtendedSpace { get; private set; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    /// <param name="index">Which one, counted from 0.</param>
    /// <returns>The capability; one without id and offset behind the last one.</returns>
    public readonly FoundCapability this[int index] => (uint)index < (uint)Count ? _entries[index] : default;

    /// <summary>The first capability with an id: a second one of a kind is as unknown as any other.</summary>
    /// <param name="id">The id.</param>
    /// <param name="extended">Whether it is an id of extended capabilities.</param>
    /// <returns>Its byte offset; 0 for none.</returns>
    public readonly uint Find(ushort id, bool extended)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_entries[index].Is(id, extended))
            {
                return _entries[index].Offset;
            }
        }

        return 0;
    }

    /// <summary>Walks both lists of a function. Only reads.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    /// <param name="found">What was found.</param>
    /// <returns>Whether both lists end where a list may end, and all of them fitted.</returns>
    public static bool Find<TBridge>(FunctionConfig<TBridge> config, out FoundCapabilities found)
        where TBridge : struct, IHostBridge
    {
        found = default;
        bool sound = true;
        CapabilityWalk<TBridge> walk = new(config);
        while (walk.MoveNext())
        {
            sound &= found.TryAdd(new FoundCapability(walk.Id, (ushort)walk.Offset));
        }

        sound &= !walk.IsMalformed;
        if (found.Find(PcieCapability.CapabilityId, extended: false) == 0)
        {
            // A conventional function has 256 bytes, whatever it answers beyond them.
            return sound;
        }

        ExtendedCapabilityWalk<TBridge> extended = new(config);
        while (extended.MoveNext())
        {
            sound &= found.TryAdd(new FoundCapability(extended.Id, (ushort)extended.Offset));
        }

        found.HasExtendedSpace = extended.HasSpace;
        return sound && !extended.IsMalformed;
    }

    /// <summary>How many bytes a capability may take at most: up to the next one, or to the end of its part of config space.</summary>
    /// <param name="offset">Byte offset of a capability that was found.</param>
    public readonly uint RoomFor(uint offset)
    {
        uint end = offset < FirstExtended ? FirstExtended : ConfigBytes;
        for (int index = 0; index < Count; index++)
        {
            uint other = _entries[index].Offset;
            end = other > offset && other < end ? other : end;
        }

        return end - offset;
    }

    /// <summary>Adds one behind the last.</summary>
    /// <param name="capability">The capability.</param>
    /// <returns>Whether there was room.</returns>
    internal bool TryAdd(FoundCapability capability)
    {
        if (Count == Capacity)
        {
            return false;
        }

        _entries[Count++] = capability;
        return true;
    }

    [InlineArray(Capacity)]
    private struct Entries
    {
        private FoundCapability _capability;
    }
}
