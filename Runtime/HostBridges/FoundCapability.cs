using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>A capability of a function as it was found when the function was probed.</summary>
/// <param name="id">Its id.</param>
/// <param name="offset">Byte offset of its first register in config space: from 0x40 on; from 0x100 on it is an extended one.</param>
public readonly struct FoundCapability(ushort id, ushort offset)
{
    /// <summary>Its id. Ids of extended capabilities are numbers of their own.</summary>
    [GuestControlled]
    public ushort Id { get; } = id;

    /// <summary>Byte offset of its first register in config space.</summary>
    public ushort Offset { get; } = offset;

    /// <summary>Whether it is an extended one.</summary>
    public bool IsExtended => Offset >= FoundCapabilities.FirstExtended;

    /// <summary>Whether it is the capability with an id.</summary>
    /// <param name="other">The id.</param>
    /// <param name="extended">Whether the id is one of extended capabilities.</param>
    public bool Is(ushort other, bool extended) => Id == other && IsExtended == extended;
}
