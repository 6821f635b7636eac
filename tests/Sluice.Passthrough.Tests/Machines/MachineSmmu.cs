using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Simulation;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>An SMMU with one address space for each guest, whichever SMMU it is.</summary>
internal abstract class MachineSmmu
{
    public abstract IDmaPath Model { get; }

    public abstract int Bypassed { get; }

    public abstract bool IsBroken { get; }

    /// <summary>Streams that are attached to a guest's space, as far as the driver says.</summary>
    public abstract uint TakenEntries { get; }

    /// <summary>Makes the SMMU stop answering, or answer again.</summary>
    public abstract bool Hangs { get; set; }

    public abstract bool TryQuarantine(uint stream, OwnerId owner);

    public abstract bool TryAttach(uint stream, OwnerId owner);

    /// <summary>Maps memory for a guest's devices.</summary>
    public abstract MappingResult Map(int guest, ulong address, MachineAddress machine, ulong length);

    public abstract MappingResult Unmap(int guest, ulong address, ulong length);
}
