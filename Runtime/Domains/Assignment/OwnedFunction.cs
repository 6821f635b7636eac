using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>One function of the machine and who owns it.</summary>
public struct OwnedFunction
{
    /// <summary>The function.</summary>
    public RequesterId Function { get; set; }

    /// <summary>The stream of its DMA.</summary>
    public uint Stream { get; set; }

    /// <summary>Who owns it; nobody when the entry is free.</summary>
    [CommitsOwnership]
    public OwnerId Owner { get; set; }

    /// <summary>Who had it when it was given up or removed.</summary>
    public OwnerId Former { get; set; }

    /// <summary>Whether it is given up: some step that took something from it could not be finished. It stays quarantined and is never assigned again.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether it was removed by surprise. It stays quarantined, and keeps its vectors, until it is admitted again.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Its vectors; those of a function that was given up or removed are nobody else's.</summary>
    public VectorBlock Vectors { get; set; }

    /// <summary>Its slot on the owner's virtual host bridge; -1 when it is on none.</summary>
    public int Slot { get; set; }

    /// <summary>Whether the entry says anything.</summary>
    public readonly bool IsUsed => !Owner.IsNone || IsBroken || IsRemoved;
}
