using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Interrupts;
using Sluice.Simulation.Pci;

namespace Sluice.Samples.InProcess;

/// <summary>A simulated machine laid out like QEMU's virt, with the passthrough core on it and one guest. The EL2 image's board does the same over MMIO.</summary>
internal sealed class Board
{
    private const ulong MachineMemory = 0x4000_0000;
    private const int MachineMemoryBytes = 0x0080_0000;
    private const ulong TableMemoryBytes = 0x0010_0000;
    private const ulong GuestMemory = 0x4040_0000;
    private const ulong HostFrame = 0x0802_0000;
    private const ulong HostConfigSpace = 0x3F00_0000;
    private const ulong HostMemoryWindow = 0x1000_0000;
    private const ulong HostMemoryWindowBytes = 0x0100_0000;
    private const ulong SmmuRegisters = 0x0905_0000;
    private const ulong PageBytes = 0x1000;
    private const uint MostVectors = 17;

    private static readonly RequesterId s_physical = new(0, 2, 0);

    private readonly bool _quarantined;
    private readonly SimulatedPciBus _functions = new();
    private readonly SimulatedV2mFrame _frame = new(80, 64);
    private readonly SimulatedGuest _guest;
    private SmmuV3<SimulatedBus, SimulatedMemory, SimulatedClock> _smmu;
    private SmmuAddressSpace<SimulatedMemory> _space;
    private PagePool<SimulatedMemory> _pool;
    private VirtualHostBridge<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray> _bridge;
    private FunctionAssignment<EcamHostBridge<SimulatedBus>, GicV2mController, BoardStreams> _assignment;
    private readonly GuestFrameModel _guestFrame;
    private bool _attached;

    public Board(bool quarantined)
    {
        _quarantined = quarantined;
        Machine = new SimulatedMachine(new RandomAccessMemory(MachineMemory, MachineMemoryBytes));
        SimulatedSmmuV3 smmu = new(Machine);
        Machine.Add(HostFrame, PageBytes, _frame);
        Machine.Add(SmmuRegisters, SimulatedSmmuV3.SizeBytes, smmu);
        Machine.Add(HostConfigSpace, 0x0010_0000, _functions.Ecam);
        Machine.Add(HostMemoryWindow, HostMemoryWindowBytes, _functions.Memory(HostMemoryWindow));
        _functions.Add(s_physical, new DmaFunction { Dma = smmu });
        _functions.Add(new RequesterId(0, 3, 0), new DmaFunction { Dma = smmu });
        _guest = new SimulatedGuest(Machine);
        _guestFrame = new GuestFrameModel(_guest, GuestView.Frame, GuestView.FirstMessageInterrupt, GuestView.MessageInterrupts);
        _guest.Messages = _guestFrame;
    }

    public SimulatedMachine Machine { get; }

    public GuestProcessor? Processor { get; set; }

    public List<SmmuFault> Faults { get; } = [];

    public ulong PagesMappedForDevice => _attached ? _space.MappedBytes / PageBytes : 0;

    public ref GuestFunction<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray> Function => ref _bridge.FunctionOf(0);

    public ref VirtualHostBridge<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray> Bridge => ref _bridge;

    public ref GuestV2mFrame Frame => ref _guestFrame.Frame;

    public SimulatedGuest Guest => _guest;

    public bool TryStart(out string problem)
    {
        SimulatedMemory memory = new(Machine);
        SmmuOptions options = new() { StreamBits = 8 };
        if (!PagePool<SimulatedMemory>.TryCreate(memory, new MachineAddress(MachineMemory), TableMemoryBytes, out _pool)
            || SmmuV3<SimulatedBus, SimulatedMemory, SimulatedClock>.TryStart(
                Machine.Bus, new RegisterAddress(SmmuRegisters), memory, new SimulatedClock(Machine), options, ref _pool, out _smmu, out _) != SmmuResult.Done
            || _smmu.TryCreateSpace(ref _pool, 1, 39, LeafSize.TwoMegabytes, out _space) != SmmuResult.Done)
        {
            problem = "the SMMU could not be started";
            return false;
        }

        // Only the guest's memory, and the doorbell that its function's messages go to.
        MachineAddress doorbell = new(HostFrame);
        if (_smmu.Map(ref _space, ref _pool, GuestView.Ram, new MachineAddress(GuestMemory), GuestView.RamBytes, PageAttributes.DmaRam) != MappingResult.Done
            || _smmu.Map(ref _space, ref _pool, doorbell.Value, doorbell, PageBytes, PageAttributes.Registers) != MappingResult.Done)
        {
            problem = "the guest's memory could not be mapped for its function";
            return false;
        }

        GuestHandle guest = _guest.Handle;
        if (!guest.TryMap(GuestView.Ram, new MachineAddress(GuestMemory), GuestView.RamBytes, PageAttributes.Ram)
            || !GicV2mController.TryProbe(Machine.Bus, new RegisterAddress(HostFrame), out GicV2mController messages))
        {
            problem = "the GICv2m frame has no interrupts";
            return false;
        }

        EcamHostBridge<SimulatedBus> bridge = new(Machine.Bus, new EcamWindow(HostConfigSpace, 0x0010_0000, 0, 0));
        MemoryWindow window = new(new MachineAddress(HostMemoryWindow), HostMemoryWindow, HostMemoryWindowBytes);
        _assignment = new FunctionAssignment<EcamHostBridge<SimulatedBus>, GicV2mController, BoardStreams>(
            bridge, messages, new BoardStreams(this), window, default);
        AssignmentRequest<MsixEntryArray> request = new()
        {
            Owner = new OwnerId(1),
            Function = s_physical,
            Stream = s_physical.Value,
            Place = new RequesterId(0, 1, 0),
            MostVectors = MostVectors,
            Entries = new MsixEntryArray(new GuestMsixEntry[MostVectors]),
            Windows = new GuestMemoryWindows(new GuestMemoryWindow(GuestView.MemoryWindow, GuestView.MemoryWindowBytes), default),
        };
        AssignmentStep failed = _assignment.Assign(in request, guest, ref _bridge);
        problem = failed == AssignmentStep.None ? "" : "the function could not be assigned: " + failed;
        return failed == AssignmentStep.None;
    }

    /// <summary>A physical interrupt: a message of a function, or nobody's.</summary>
    public void TakeInterrupts()
    {
        PendingBits raised = default;
        while (_frame.TryTake(out uint interrupt))
        {
            _assignment.Collect(interrupt, ref raised);
        }

        while (raised.TryTakeFirst(out uint vector))
        {
            _bridge.Deliver(vector);
        }
    }

    public void CollectFaults()
    {
        while (_smmu.TryTakeFault(out SmmuFault fault))
        {
            Faults.Add(fault);
        }
    }

    internal bool TryQuarantine(uint stream)
    {
        StreamId id = new(stream);
        if (_attached && _smmu.Detach(id, in _space) != SmmuResult.Done)
        {
            return false;
        }

        _attached = false;
        return _smmu.Quarantine(id) == SmmuResult.Done;
    }

    internal bool TryAttach(uint stream)
    {
        StreamId id = new(stream);
        if (_quarantined)
        {
            return true;
        }

        _attached = _smmu.Unquarantine(id) == SmmuResult.Done && _smmu.Attach(id, in _space) == SmmuResult.Done;
        return _attached;
    }
}
