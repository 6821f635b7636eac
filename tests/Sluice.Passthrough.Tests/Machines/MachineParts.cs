using System.Collections.Generic;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Interrupts;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>
/// What every machine has: memory, a bus on which accesses can go wrong, functions, three guests. 2 MiB for tables at the start of memory; behind them a page for each guest, which
/// holds the guest's name and which all guests have at the same guest address.
/// </summary>
internal sealed class MachineParts
{
    public const int Guests = 3;
    public const ulong Ram = 0x4000_0000;
    public const ulong Canary = 0x8000_0000;
    public const ulong Pages = Ram + 0x20_0000;

    public PagePool<SimulatedMemory> Pool;

    public MachineParts(uint poolPages = 511, bool snooped = true)
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(Ram, 0x30_0000, snooped));
        Assert.True(PagePool<SimulatedMemory>.TryCreate(Memory, new MachineAddress(Ram), (poolPages + 1) * 0x1000UL, out Pool));
        Guest = new SimulatedGuest[Guests];
        for (int guest = 0; guest < Guests; guest++)
        {
            Guest[guest] = new SimulatedGuest(Machine);
            Memory.Write64(CanaryOf(guest), (ulong)guest + 1);
            Memory.Clean(CanaryOf(guest), sizeof(ulong));
            Memory.Barrier();
        }
    }

    public SimulatedMachine Machine { get; }

    public SimulatedPciBus Functions { get; } = new();

    public SimulatedGuest[] Guest { get; }

    public FaultPlan Faults { get; } = new();

    public FaultyBus Bus => new(Machine.Bus, Faults);

    public SimulatedMemory Memory => new(Machine);

    public SimulatedClock Clock => new(Machine);

    /// <summary>The translation service, where there is one.</summary>
    public SimulatedGicIts? Its { get; set; }

    /// <summary>Whether the driver of the MSI controller has given it up.</summary>
    public bool IsMsiBroken { get; set; }

    /// <summary>The NWL bridge, where there is one.</summary>
    public SimulatedNwlBridge? Nwl { get; set; }

    /// <summary>Streams that functions may have.</summary>
    public List<uint> Streams { get; } = [];

    public static MachineAddress CanaryOf(int guest) => new(Pages + ((ulong)guest * 0x1000));
}
