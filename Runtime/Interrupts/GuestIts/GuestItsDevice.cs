namespace Sluice.Runtime.Interrupts;

/// <summary>A device that a guest has mapped.</summary>
internal struct GuestItsDevice
{
    /// <summary>Whether it is one.</summary>
    internal bool IsMapped;

    /// <summary>Its id.</summary>
    internal uint Id;

    /// <summary>Where its events begin.</summary>
    internal uint First;

    /// <summary>How many events it has.</summary>
    internal uint Events;
}
