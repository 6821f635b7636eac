using System;
using System.Numerics;
using Sluice.Hypervisor.Guests.Interrupts;
using Sluice.Hypervisor.Guests.Start;
using Sluice.Hypervisor.Guests.Summary;
using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The PCI side of the machine: its host bridge, SMMU and MSI controller, and the guest's virtual host bridge with the function that it owns.</summary>
internal unsafe struct Passthrough
{
    public const ushort GuestOwner = 1;

    private const ushort SpaceTag = 1;
    private const int StreamBits = 8;
    private const uint MostVectors = 64;
    private const ulong PageBytes = 0x1000;

    // A device that never stops faulting must not keep the guest from running.
    private const int MaximumFaultsPerInterrupt = 64;

    public SmmuV3<MmioBus, PhysicalMemory, GenericTimer> Smmu;
    public SmmuAddressSpace<PhysicalMemory> Space;
    public FunctionAssignment<EcamHostBridge<MmioBus>, GicV2mController, VirtStreams> Assignment;
    public VirtualHostBridge<EcamHostBridge<MmioBus>, VirtGuest, MsixEntryMemory> Bridge;
    public GuestV2mFrame Frame;
    public GuestNwlBridge Nwl;
    public GuestNwlConfig<EcamHostBridge<MmioBus>, VirtGuest, MsixEntryMemory> NwlConfig;
    public RegisterCounters<NwlBridge.Guest.Tables> NwlCounters;
    public IntxLines<EcamIntxController<VirtLines>> Lines;
    public GuestIntx Wires;
    public FaultLog Faults;

    /// <summary>Whether there is a space for the function's DMA.</summary>
    public bool HasSpace;

    /// <summary>Whether there is a function to pass through at all.</summary>
    public bool IsPresent;

    /// <summary>Whether the guest's host bridge is an NWL bridge, and its messages go there; otherwise it is a generic one with a GICv2m frame.</summary>
    public bool HasNwl;

    /// <summary>The function's slot on the guest's virtual host bridge.</summary>
    public int Slot;

    /// <summary>Whether the function's stream reaches the guest's memory.</summary>
    public bool IsAttached;

    /// <summary>The negative control: the stream stays quarantined, as if it had never been attached.</summary>
    public bool KeepsQuarantine;

    /// <summary>Silences every function and starts the SMMU, with an empty space for the guest's.</summary>
    public static bool TryStartSmmu()
    {
        ref Passthrough passthrough = ref VirtMachine.Passthrough;
        ref PagePool<PhysicalMemory> pool = ref VirtMachine.Space.Pool;
        Silence(HostBridge);
        var options = new SmmuOptions { StreamBits = StreamBits, Interrupts = true, DevicesAreSilent = true };
        SmmuResult started = SmmuV3<MmioBus, PhysicalMemory, GenericTimer>.TryStart(
            default, new RegisterAddress(VirtBoard.Smmu), default, GenericTimer.Create(), options, ref pool, out passthrough.Smmu, out _);
        passthrough.HasSpace = started == SmmuResult.Done
            && passthrough.Smmu.TryCreateSpace(ref pool, SpaceTag, GuestSpace.InputBits, LeafSize.TwoMegabytes, out passthrough.Space) == SmmuResult.Done;
        return passthrough.HasSpace;
    }

    /// <summary>Gives the guest its function.</summary>
    /// <param name="guest">What was asked for.</param>
    /// <param name="problem">What could not be done.</param>
    public static bool TryStart(GuestDescription guest, out ReadOnlySpan<byte> problem)
    {
        ref Passthrough passthrough = ref VirtMachine.Passthrough;
        problem = default;
        passthrough.KeepsQuarantine = guest.AbortsStream;
        if (!GicV2mController.TryProbe(default(MmioBus), new RegisterAddress(VirtBoard.MessageFrame), out GicV2mController messages))
        {
            problem = "the GICv2m frame has no interrupts"u8;
            return false;
        }

        passthrough.Assignment = new FunctionAssignment<EcamHostBridge<MmioBus>, GicV2mController, VirtStreams>(
            HostBridge,
            messages,
            default,
            new MemoryWindow(new MachineAddress(VirtBoard.MemoryWindow), VirtBoard.MemoryWindow, VirtBoard.MemoryWindowBytes),
            default);
        passthrough.CreateControllers(guest.HasNwlBridge);
        if (!passthrough.TryAssign(new RequesterId(guest.Device)))
        {
            problem = "the function that sluice,devices names could not be assigned"u8;
            return false;
        }

        passthrough.IsPresent = true;
        return true;
    }

    /// <summary>A physical interrupt may be a line of the host bridge: a level, that stays masked until the guest has served it.</summary>
    /// <returns>Whether it was one.</returns>
    public bool TryTakeLine(uint interrupt)
    {
        if (!IsPresent || !Lines.TryCollect(interrupt, out uint lines))
        {
            return false;
        }

        AskLines(lines);
        return true;
    }

    /// <summary>Asks the guest's functions whether they assert lines that are held; the guest's wires and the machine's masks follow.</summary>
    /// <param name="lines">A bit for each line.</param>
    public void AskLines(uint lines)
    {
        for (uint rest = lines; rest != 0; rest &= rest - 1)
        {
            uint line = (uint)BitOperations.TrailingZeroCount(rest);
            Lines.Settle(line, Bridge.SampleIntx(line));
        }
    }

    /// <summary>The guest has ended interrupts: was one of its wires among them?</summary>
    public void AfterEnds()
    {
        ref VirtualInterrupts interrupts = ref VirtMachine.Guest.Distributor.Interrupts;
        bool ended = false;
        for (uint wire = 0; wire < GuestIntx.Wires; wire++)
        {
            ended |= interrupts.TakeEnded(HasNwl ? GuestView.NwlWireInterrupt : GuestView.FirstWireInterrupt + wire);
        }

        if (ended)
        {
            AskLines(Lines.Held);
        }
    }

    public AccessResult ReadConfig(uint offset, AccessWidth width, out ulong value)
    {
        return HasNwl ? NwlConfig.Read(in Nwl, ref Bridge, offset, width, out value) : Bridge.ReadConfig(offset, width, out value);
    }

    public AccessResult WriteConfig(uint offset, AccessWidth width, GuestValue value)
    {
        AccessResult result = HasNwl ? NwlConfig.Write(in Nwl, ref Bridge, offset, width, value) : Bridge.WriteConfig(offset, width, value);

        // What the guest wrote may have closed a pin whose line is held.
        for (uint rest = Lines.Held; rest != 0; rest &= rest - 1)
        {
            uint line = (uint)BitOperations.TrailingZeroCount(rest);
            if (!Bridge.AssertsIntx(line))
            {
                Lines.Settle(line, asserted: false);
            }
        }

        return result;
    }

    public AccessResult ReadNwl(uint offset, AccessWidth width, out ulong value)
    {
        VirtWires wires = default;
        AccessResult result = Nwl.Read(offset, width, ref wires, out value);
        NwlCounters.Count(offset, result);
        return result;
    }

    public AccessResult WriteNwl(uint offset, AccessWidth width, GuestValue value)
    {
        AccessResult result = Nwl.Write(offset, width, value, default(VirtGuest));
        NwlCounters.Count(offset, result);
        return result;
    }

    /// <summary>A physical interrupt may be a message of the function.</summary>
    /// <returns>Whether it was one of the frame's.</returns>
    public bool TryDeliver(uint interrupt)
    {
        PendingBits raised = default;
        if (!IsPresent || Assignment.Collect(interrupt, ref raised) == MsiCollection.Foreign)
        {
            return false;
        }

        bool delivered = false;
        while (raised.TryTakeFirst(out uint vector))
        {
            delivered |= Bridge.Deliver(vector);
        }

        return delivered;
    }

    /// <summary>Takes what the SMMU has to report.</summary>
    public void CollectFaults()
    {
        if (!IsPresent)
        {
            return;
        }

        for (int count = 0; count < MaximumFaultsPerInterrupt && Smmu.TryTakeFault(out SmmuFault fault); count++)
        {
            Faults.Add(fault);
        }

        Smmu.TakeErrors();
    }

    /// <summary>Takes decoding and mastering from every function that is there, whatever the boot loader did with it.</summary>
    private static void Silence(EcamHostBridge<MmioBus> bridge)
    {
        var functions = new FunctionEnumerator<EcamHostBridge<MmioBus>>(bridge, bridge.Window.FirstBus, bridge.Window.LastBus);
        while (functions.MoveNext())
        {
            new PciHeader.Registers<FunctionConfig<EcamHostBridge<MmioBus>>>(
                new FunctionConfig<EcamHostBridge<MmioBus>>(bridge, functions.Current), new RegisterAddress(0)).Command.Write(default);
        }
    }

    private void CreateControllers(bool hasNwl)
    {
        HasNwl = hasNwl;
        Frame = new GuestV2mFrame(GuestView.MessageFrame, GuestView.FirstMessageInterrupt, GuestView.MessageInterrupts);
        Nwl = new GuestNwlBridge(new GuestNwlPlaces
        {
            Registers = GuestView.NwlRegisters,
            Attributes = GuestView.NwlAttributes,
            Config = GuestView.ConfigSpace,
            ConfigBytes = GuestView.NwlConfigSpaceBytes,
            LowInterrupt = GuestView.NwlLowInterrupt,
            HighInterrupt = GuestView.NwlHighInterrupt,
            WireInterrupt = GuestView.NwlWireInterrupt,
            EventInterrupt = GuestView.NwlEventInterrupt,
        });
        NwlConfig = GuestNwlConfig<EcamHostBridge<MmioBus>, VirtGuest, MsixEntryMemory>.Create();
        Lines = new IntxLines<EcamIntxController<VirtLines>>(new EcamIntxController<VirtLines>(default, VirtBoard.FirstLineInterrupt));
    }

    // The function's pin drives the line that its device number and pin are swizzled to; nobody else has a function here.
    private void ProvideLine(RequesterId function)
    {
        ref GuestFunction<EcamHostBridge<MmioBus>, VirtGuest, MsixEntryMemory> assigned = ref Bridge.FunctionOf(Slot);
        uint pin = assigned.Host.Header.InterruptPin.Read().Value;
        uint line = GuestIntx.WireOf(function, pin);
        var owner = new OwnerId(GuestOwner);
        if (pin != 0 && Lines.TryTake(owner, line) && !assigned.TryProvideIntx(line))
        {
            Lines.Release(owner, line);
        }
    }

    private bool TryAssign(RequesterId function)
    {
        if (!VirtMachine.Space.Pool.TryAllocate(EntryPages, out MachineAddress entries))
        {
            return false;
        }

        AssignmentRequest<MsixEntryMemory> request = new()
        {
            Owner = new OwnerId(GuestOwner),
            Function = function,
            Stream = function.Value,
            Place = new RequesterId(0, function.Device, 0),

            // The machine has just been started, and the boot loader's use of the function left nothing of a guest's.
            TrustsState = true,
            MostVectors = MostVectors,
            Entries = new MsixEntryMemory((GuestMsixEntry*)entries.Value, MostVectors),
            Windows = new GuestMemoryWindows(new GuestMemoryWindow(GuestView.MemoryWindow, GuestView.MemoryWindowBytes), default),
            Policy = new FunctionPolicy { SmallBars = SmallBars.Trap },
        };
        if (Assignment.Assign(in request, default, ref Bridge) != AssignmentStep.None)
        {
            return false;
        }

        Slot = Assignment.Owned[0].Slot;
        Nwl.IsLinkUp = true;
        ProvideLine(function);
        for (uint vector = 0; vector < Assignment.Msi.VectorCount; vector++)
        {
            if (!Assignment.Msi.OwnerOf(vector).IsNone)
            {
                VirtMachine.Distributor.SetEdgeTriggered(Assignment.Msi.FirstInterrupt + vector);
                VirtMachine.Distributor.Enable(Assignment.Msi.FirstInterrupt + vector);
            }
        }

        VirtMachine.Distributor.SetEdgeTriggered(VirtBoard.SmmuEventInterrupt);
        VirtMachine.Distributor.Enable(VirtBoard.SmmuEventInterrupt);
        VirtMachine.Distributor.SetEdgeTriggered(VirtBoard.SmmuErrorInterrupt);
        VirtMachine.Distributor.Enable(VirtBoard.SmmuErrorInterrupt);
        return true;
    }

    private static EcamHostBridge<MmioBus> HostBridge => new(default, new EcamWindow(VirtBoard.ConfigSpace, VirtBoard.ConfigSpaceBytes, 0, VirtBoard.LastBus));

    private static uint EntryPages => (uint)((((ulong)sizeof(GuestMsixEntry) * MostVectors) + PageBytes - 1) / PageBytes);
}
