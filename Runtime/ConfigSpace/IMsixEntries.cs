namespace Sluice.Runtime.ConfigSpace;

/// <summary>Memory for the MSI-X entries that a guest sees, handed in by whoever has memory: a region at EL2, an array in a process.</summary>
public interface IMsixEntries
{
    /// <summary>How many entries there is memory for.</summary>
    uint Capacity { get; }

    /// <summary>One entry.</summary>
    /// <param name="index">Below <see cref="Capacity"/>.</param>
    ref GuestMsixEntry At(uint index);
}
