using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>A device that a translation service knows.</summary>
internal struct ItsDevice
{
    /// <summary>Whose it is; nobody's when the entry is free.</summary>
    [CommitsOwnership]
    internal OwnerId Owner;

    /// <summary>Its id at the service.</summary>
    internal uint Id;

    /// <summary>Which of its events are interrupts.</summary>
    internal ItsEvents Events;
}
