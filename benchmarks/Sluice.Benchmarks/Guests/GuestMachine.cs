using System;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Interrupts;
using Sluice.Simulation.Pci;
using Assignment = Sluice.Runtime.Domains.FunctionAssignment<
    Sluice.Runtime.HostBridges.EcamHostBridge<Sluice.Simulation.SimulatedBus>, Sluice.Runtime.Interrupts.GicV2mController, Sluice.Benchmarks.Guests.NoStreams>;
using Bridge = Sluice.Runtime.ConfigSpace.VirtualHostBridge<
    Sluice.Runtime.HostBridges.EcamHostBridge<Sluice.Simulation.SimulatedBus>, Sluice.Simulation.Guests.GuestHandle, Sluice.Runtime.ConfigSpace.MsixEntryArray>;

namespace Sluice.Benchmarks.Guests;

/// <summary>A machine with one function, generic ECAM and a GICv2m frame, and the guest that owns the function.</summary>
internal sealed class GuestMachine
{
    public const ulong Place = 1UL << 15;
    public const ulong Bar = 0x2300_0000;
    public const ulong Table = Bar + DmaFunction.TableOffset;

    private const ulong Ecam = 0x3F00_0000;
    private const ulong Windows = 0x1000_0000;
    private const ulong WindowBytes = 0x0100_0000;
    private const ulong Frame = 0x0802_0000;
    private const uint FirstInterrupt = 64;
    private const uint Entries = 17;

    private static readonly RequesterId s_function = new(0, 2, 0);

    private readonly SimulatedV2mFrame _messages = new(80, 64);
    private readonly GuestMsixEntry[] _entries = new GuestMsixEntry[Entries];

    public Bridge Bridge;
    public Assignment Assignment;

    public GuestMachine()
    {
        SimulatedMachine machine = new(new RandomAccessMemory(0x4000_0000, 1 << 20)) { MicrosecondsALook = 5000 };
        SimulatedPciBus functions = new();
        Function = new DmaFunction { Dma = machine };
        Function.Trace.IsKept = false;
        functions.Add(s_function, Function);
        machine.Add(Ecam, 1 << 20, functions.Ecam);
        machine.Add(Windows, WindowBytes, functions.Memory(Windows));
        machine.Add(Frame, 0x1000, _messages);
        Guest = new SimulatedGuest(machine);
        Guest.Messages = new GuestFrameModel(Guest, Frame, FirstInterrupt, 32);
        if (!GicV2mController.TryProbe(machine.Bus, new RegisterAddress(Frame), out GicV2mController msi))
        {
            throw new InvalidOperationException("no frame");
        }

        EcamHostBridge<SimulatedBus> bridge = new(machine.Bus, new EcamWindow(Ecam, 1 << 20, 0, 0));
        Assignment = new Assignment(bridge, msi, default, new MemoryWindow(new MachineAddress(Windows), Windows, WindowBytes), default);
    }

    public DmaFunction Function { get; }

    public SimulatedGuest Guest { get; }

    public void Assign()
    {
        AssignmentRequest<MsixEntryArray> request = new()
        {
            Owner = new OwnerId(1),
            Function = s_function,
            Stream = s_function.Value,
            Place = new RequesterId(0, 1, 0),
            MostVectors = Entries,
            Entries = new MsixEntryArray(_entries),
            Windows = new GuestMemoryWindows(new GuestMemoryWindow(Bar, 0x1000_0000), default),
        };
        AssignmentStep failed = Assignment.Assign(in request, Guest.Handle, ref Bridge);
        Demand(failed == AssignmentStep.None, "not assigned");
    }

    public void Release() => Demand(Assignment.TryRelease(s_function, Guest.Handle, ref Bridge), "not released");

    /// <summary>Places the memory, turns decoding, mastering and MSI-X on, opens the first entry.</summary>
    public void Enable()
    {
        Write(0x10, AccessWidth.Word, Bar);
        Write(0x14, AccessWidth.Word, 0);
        Write(0x18, AccessWidth.Word, Bar + 0x2_0000);
        Write(0x04, AccessWidth.HalfWord, 0x0006);
        Write(0x72, AccessWidth.HalfWord, 0x8000);
        Bridge.WriteMemory(new GuestAddress(Table), AccessWidth.DoubleWord, new GuestValue(Frame + 0x40));
        Bridge.WriteMemory(new GuestAddress(Table + 8), AccessWidth.DoubleWord, new GuestValue(FirstInterrupt));
    }

    /// <summary>The function raises its first entry; the guest has the interrupt afterwards.</summary>
    public uint Interrupt()
    {
        PendingBits raised = default;
        uint taken = 0;
        if (Function.Signal(0) && _messages.TryTake(out uint interrupt) && Assignment.Collect(interrupt, ref raised) == MsiCollection.Done && raised.TryTakeFirst(out uint vector))
        {
            Bridge.Deliver(vector);
            _ = Guest.TryTakeInterrupt(out taken);
        }

        return taken;
    }

    public ulong Read(uint offset, AccessWidth width)
    {
        Bridge.ReadConfig(Place + offset, width, out ulong value);
        return value;
    }

    public void Write(uint offset, AccessWidth width, ulong value) => Bridge.WriteConfig(Place + offset, width, new GuestValue(value));

    private static void Demand(bool holds, string text)
    {
        if (!holds)
        {
            throw new InvalidOperationException(text);
        }
    }
}
