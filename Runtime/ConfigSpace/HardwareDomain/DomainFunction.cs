using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace.HardwareDomain;

/// <summary>A function about which the hardware domain is not told everything, or with which it may not do everything.</summary>
internal struct DomainFunction
{
    /// <summary>How many of its capabilities can be hidden.</summary>
    public const int MostHidden = 4;

    private const uint ListOffset = 0x34;

    private Capabilities _hidden;

    /// <summary>Whether the entry is in use.</summary>
    public bool IsUsed;

    /// <summary>Which function.</summary>
    public RequesterId Function;

    /// <summary>What the domain may do with it.</summary>
    public DomainAccess Access;

    /// <summary>Whether it is a bridge with functions of guests behind it.</summary>
    public bool IsInUse;

    /// <summary>Whether a byte belongs to a hidden capability.</summary>
    /// <param name="offset">Byte offset in config space.</param>
    public readonly bool Hides(uint offset)
    {
        bool hides = false;
        for (int index = 0; index < MostHidden; index++)
        {
            hides |= _hidden[index].Holds(offset);
        }

        return hides;
    }

    /// <summary>What a word reads as.</summary>
    /// <param name="word">Byte offset of the word.</param>
    /// <param name="value">What the hardware gave.</param>
    public readonly uint Patch(uint word, uint value)
    {
        for (int index = 0; index < MostHidden; index++)
        {
            value = _hidden[index].Patch(word, value);
        }

        return value;
    }

    /// <summary>Hides a capability, and finds anew which ones lead past those that are hidden.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    /// <param name="offset">Byte offset of the capability.</param>
    /// <returns>Whether it is hidden: not when there is none, nor when too many are.</returns>
    public bool TryHide<TBridge>(FunctionConfig<TBridge> config, uint offset)
        where TBridge : struct, IHostBridge
    {
        FoundCapabilities.Find(config, out FoundCapabilities found);
        int free = -1;
        bool exists = false;
        for (int index = 0; index < found.Count; index++)
        {
            exists |= found[index].Offset == offset;
        }

        for (int index = MostHidden - 1; index >= 0; index--)
        {
            free = _hidden[index].Start == 0 || _hidden[index].Start == offset ? index : free;
        }

        if (!exists || free < 0)
        {
            return false;
        }

        _hidden[free].Start = offset;
        _hidden[free].Length = found.RoomFor(offset);
        for (int index = 0; index < MostHidden; index++)
        {
            Link(ref _hidden[index], in found);
        }

        return true;
    }

    private readonly bool IsHidden(uint offset)
    {
        bool hidden = false;
        for (int index = 0; index < MostHidden; index++)
        {
            hidden |= _hidden[index].Start == offset;
        }

        return hidden;
    }

    private readonly void Link(ref HiddenCapability hidden, ref readonly FoundCapabilities found)
    {
        bool extended = hidden.Start >= FoundCapabilities.FirstExtended;
        hidden.Link = extended ? FoundCapabilities.FirstExtended : ListOffset;
        hidden.Next = 0;
        bool passed = false;
        for (int index = 0; index < found.Count && hidden.Next == 0; index++)
        {
            FoundCapability candidate = found[index];
            bool shown = candidate.IsExtended == extended && !IsHidden(candidate.Offset);
            hidden.Link = shown && !passed ? HiddenCapability.PointerIn(candidate) : hidden.Link;
            hidden.Next = shown && passed ? (uint)candidate.Offset : 0;
            passed |= candidate.Offset == hidden.Start;
        }
    }

    [InlineArray(MostHidden)]
    private struct Capabilities
    {
        private HiddenCapability _capability;
    }
}
