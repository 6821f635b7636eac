namespace Sluice.Runtime.Interrupts;

/// <summary>How a guest's translation service behaves where the architecture leaves it open, and what the guest may have.</summary>
public readonly struct GuestItsOptions
{
    /// <summary>
    /// Whether the service stalls at a command that it cannot do (GITS_CREADR.Stalled), until the guest has it tried again. Otherwise it ignores the command and goes on, as KVM
    /// does; Linux expects that. Both are architected.
    /// </summary>
    public bool StallsAtErrors { get; init; }

    /// <summary>How many devices the guest may have mapped at a time: at most <see cref="GuestItsDevices.Capacity"/>; 0 means as many.</summary>
    public uint Devices { get; init; }

    /// <summary>How many events all its devices may have together: at most <see cref="GuestItsEvents.Capacity"/>, in steps of 64; 0 means as many.</summary>
    public uint Events { get; init; }
}
