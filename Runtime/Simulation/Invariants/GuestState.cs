using System.Collections.Generic;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Guests;

namespace Sluice.Simulation.Invariants;

/// <summary>A guest as the checker knows it.</summary>
/// <param name="owner">Its name as an owner.</param>
/// <param name="guest">What is mapped for it.</param>
/// <param name="canary">Guest address of a page of its memory whose first word is its own name; 0 for none.</param>
internal sealed class GuestState(OwnerId owner, SimulatedGuest guest, ulong canary)
{
    public OwnerId Owner { get; } = owner;

    public SimulatedGuest Guest { get; } = guest;

    public ulong Canary { get; } = canary;

    public IReadOnlyList<GuestMapping> Mappings => Guest.Mappings;
}
