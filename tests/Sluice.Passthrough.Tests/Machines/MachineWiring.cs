using System;
using System.Collections.Generic;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Pci;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>How a machine's functions and its interrupts are wired.</summary>
internal sealed class MachineWiring
{
    public delegate bool InterruptSource(out uint interrupt);

    /// <summary>The functions.</summary>
    public required IReadOnlyList<DmaFunction> Functions { get; init; }

    /// <summary>Their ids.</summary>
    public required IReadOnlyList<RequesterId> Ids { get; init; }

    /// <summary>The stream that all of them have; null when each has its own.</summary>
    public uint? Stream { get; init; }

    /// <summary>How many messages the hardware had no room for.</summary>
    public Func<int> LostMessages { get; init; } = () => 0;

    /// <summary>Whether the driver of the MSI controller, which is given, has given it up.</summary>
    public Func<object, bool>? IsGivenUp { get; init; }

    /// <summary>Takes an interrupt that is raised at the machine's interrupt controller.</summary>
    public required InterruptSource TryTakeInterrupt { get; init; }
}
