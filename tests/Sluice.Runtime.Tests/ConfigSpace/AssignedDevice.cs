using System;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.Domains;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>A device assigned to a guest that sees it as device 1 of its bus 0.</summary>
public class AssignedDevice<TDevice>
    where TDevice : SimulatedFunction
{
    private static readonly RequesterId s_place = new(0, 1, 0);

    private readonly VirtualHostBridge<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>[] _bridges = new VirtualHostBridge<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>[1];
    private readonly CoreWatch _watch;
    private FunctionAssignment<EcamHostBridge<SimulatedBus>, GicV2mController, LoggedIsolation> _assignment;

    public AssignedDevice(TDevice device, uint mostVectors, FunctionPolicy policy = default, MemoryWindow high = default)
    {
        Device = device;
        Device.Dma = Reference.Machine;
        Reference.Functions.Add(AssignedFunction.Physical, Device);
        Guest = new SimulatedGuest(Reference.Machine);
        Guest.Messages = new GuestFrameModel(Guest, AssignedFunction.Frame, AssignedFunction.FirstInterrupt, 32);
        Assert.True(GicV2mController.TryProbe(Reference.Machine.Bus, new RegisterAddress(ReferenceMachine.Frame), out GicV2mController msi));
        _assignment = new(Reference.Bridge, msi, new LoggedIsolation(Isolation), ReferenceMachine.Window, high);
        Request = new AssignmentRequest<MsixEntryArray>
        {
            Owner = new OwnerId(1),
            Function = AssignedFunction.Physical,
            Stream = AssignedFunction.Physical.Value,
            Place = s_place,
            MostVectors = mostVectors,
            Policy = policy,
            Entries = new MsixEntryArray(new GuestMsixEntry[mostVectors]),
            Windows = new GuestMemoryWindows(new GuestMemoryWindow(0x2300_0000, 0x1000_0000), new GuestMemoryWindow(0x1_0000_0000, 0x1_0000_0000)),
        };
        _watch = new CoreWatch(Reference.Functions, Isolation);
        _watch.AddGuest(1, Guest);
        Result = Assign();
        Device.Trace.Clear();
    }

    public ReferenceMachine Reference { get; } = new();

    public TDevice Device { get; }

    public SimulatedGuest Guest { get; }

    public IsolationLog Isolation { get; } = new();

    public AssignmentStep Result { get; }

    public AssignmentRequest<MsixEntryArray> Request { get; set; }

    public ref VirtualHostBridge<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray> Bridge => ref _bridges[0];

    public ref FunctionAssignment<EcamHostBridge<SimulatedBus>, GicV2mController, LoggedIsolation> Assignment => ref _assignment;

    public ref GuestFunction<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray> Function => ref _bridges[0].FunctionOf(0);

    public uint HostCommand => Device.Peek(0x04, AccessWidth.HalfWord);

    public AssignmentStep Assign()
    {
        AssignmentRequest<MsixEntryArray> request = Request;
        return Checked(_assignment.Assign(in request, Guest.Handle, ref _bridges[0]));
    }

    public bool Release() => Checked(_assignment.TryRelease(AssignedFunction.Physical, Guest.Handle, ref _bridges[0]));

    public uint Read(uint offset, int bytes)
    {
        Checked(_bridges[0].ReadConfig(((ulong)s_place.Value << 12) + offset, (AccessWidth)bytes, out ulong value));
        return (uint)value;
    }

    public AccessResult TryRead(uint offset, int bytes, out ulong value)
        => Checked(_bridges[0].ReadConfig(((ulong)s_place.Value << 12) + offset, (AccessWidth)bytes, out value));

    public AccessResult Write(uint offset, int bytes, ulong value)
        => Checked(_bridges[0].WriteConfig(((ulong)s_place.Value << 12) + offset, (AccessWidth)bytes, new GuestValue(value)));

    public ulong ReadMemory(ulong address, int bytes)
    {
        if (Guest.TryTranslate(address, out ulong machine))
        {
            return Reference.Machine.Read(machine, (AccessWidth)bytes);
        }

        Checked(_bridges[0].ReadMemory(new GuestAddress(address), (AccessWidth)bytes, out ulong value));
        return value;
    }

    public AccessResult WriteMemory(ulong address, int bytes, ulong value)
    {
        if (Guest.TryTranslate(address, out ulong machine))
        {
            Reference.Machine.Write(machine, (AccessWidth)bytes, value);
            return AccessResult.Done;
        }

        return Checked(_bridges[0].WriteMemory(new GuestAddress(address), (AccessWidth)bytes, new GuestValue(value)));
    }

    /// <summary>Takes what the physical frame has raised to the guest, as the hypervisor's interrupt entry does.</summary>
    public int TakePhysicalInterrupts()
    {
        int taken = 0;
        while (Reference.Msi.TryTake(out uint interrupt))
        {
            taken++;
            PendingBits raised = default;
            _assignment.Collect(interrupt, ref raised);
            while (raised.TryTakeFirst(out uint vector))
            {
                _bridges[0].Deliver(vector);
            }
        }

        return Checked(taken);
    }

    /// <summary>Says that the test makes the hardware differ from what it was told: then only what must hold even so is checked.</summary>
    public void LetHardwareDiffer() => _watch.HardwareMayDiffer = true;

    /// <summary>Whether every invariant is checked after each operation: not where allocations are counted, nor where one guest goes by several owners' names.</summary>
    public bool IsWatched { get; set; } = true;

    /// <summary>Checks every invariant after an operation.</summary>
    public TResult Checked<TResult>(TResult result)
    {
        if (!IsWatched)
        {
            return result;
        }

        _watch.Check(ref _assignment, _bridges.AsSpan(), _ => 0);
        return result;
    }
}
