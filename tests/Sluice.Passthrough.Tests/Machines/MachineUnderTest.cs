using System;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Hostile;
using Sluice.Simulation.Invariants;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>The one place where the tests meet the core's types.</summary>
internal sealed class MachineUnderTest<TBridge, TMsi> : Testbed
    where TBridge : struct, IHostBridge
    where TMsi : struct, IMsiController
{
    private readonly MachineWiring _wiring;
    private readonly VirtualHostBridge<TBridge, GuestHandle, MsixEntryArray>[] _bridges = new VirtualHostBridge<TBridge, GuestHandle, MsixEntryArray>[MachineParts.Guests];
    private readonly GuestFrameModel[] _frames = new GuestFrameModel[MachineParts.Guests];
    private readonly GuestMsixEntry[,][] _entries;
    private readonly FunctionState[] _states = new FunctionState[OwnedFunctions.Capacity];
    private readonly bool _isolatesMessages;
    private FunctionAssignment<TBridge, TMsi, GuestStreams> _assignment;

    public MachineUnderTest(MachineParts parts, MachineSmmu smmu, TBridge bridge, TMsi msi, MemoryWindow low, MachineWiring wiring)
        : base(parts, smmu)
    {
        _wiring = wiring;
        _isolatesMessages = (msi.Abilities & MsiAbilities.IsolatesRequesters) != 0;
        _assignment = new(bridge, msi, new GuestStreams(smmu, parts.Faults), low, default);
        Functions.AddRange(wiring.Functions);
        _entries = new GuestMsixEntry[MachineParts.Guests, Functions.Count][];
        for (int guest = 0; guest < MachineParts.Guests; guest++)
        {
            _frames[guest] = new GuestFrameModel(parts.Guest[guest], Doorbell - 0x40, FirstInterrupt, Interrupts);
            parts.Guest[guest].Messages = _frames[guest];
            for (int function = 0; function < Functions.Count; function++)
            {
                _entries[guest, function] = new GuestMsixEntry[2048];
            }
        }

        foreach (uint stream in parts.Streams)
        {
            Checker.AddStream(stream);
        }

        Checker.OwnerOfVector = vector => _assignment.OwnerOf(vector);
        Checker.MessageOfVector = vector => _assignment.Msi.Message(vector);
    }

    public override bool HasStreams => _wiring.Stream is null;

    public override bool IsolatesMessages => _isolatesMessages;

    public override int LostMessages => _wiring.LostMessages();

    public override uint TakenVectors
    {
        get
        {
            uint taken = 0;
            uint count = _assignment.Msi.VectorCount;
            for (uint vector = 0; vector < count; vector++)
            {
                taken += _assignment.OwnerOf(vector).IsNone ? 0u : 1;
            }

            return taken;
        }
    }

    public override int Owned => _assignment.Owned.Owned;

    public override ulong FreeWindow => _assignment.FreeLowBytes;

    public override RequesterId IdOf(int function) => _wiring.Ids[function];

    public override uint StreamOf(int function) => _wiring.Stream ?? _wiring.Ids[function].Value;

    public override ReadOnlySpan<FunctionState> States()
    {
        OwnedFunctions owned = _assignment.Owned;
        int count = 0;
        for (int entry = 0; entry < OwnedFunctions.Capacity; entry++)
        {
            if (owned[entry].IsUsed)
            {
                int guest = owned[entry].Owner.IsNone ? 0 : owned[entry].Owner.Value - 1;
                _states[count++] = FunctionState.Of(in owned[entry], ref _bridges[guest]);
            }
        }

        return _states.AsSpan(0, count);
    }

    public override bool TryDeliver(int guest, uint vector) => _bridges[guest].Deliver(vector);

    protected override void NoteGivenUp() => Parts.IsMsiBroken |= _wiring.IsGivenUp?.Invoke(_assignment.Msi) == true;

    protected override AssignmentStep DoAssign(int guest, int function, uint vectors)
    {
        AssignmentRequest<MsixEntryArray> request = new()
        {
            Owner = new OwnerId((ushort)(guest + 1)),
            Function = IdOf(function),
            Stream = StreamOf(function),
            Place = PlaceOf(function),
            MostVectors = vectors,
            Entries = new MsixEntryArray(_entries[guest, function]),
            Windows = new GuestMemoryWindows(new GuestMemoryWindow(Window, WindowBytes), new GuestMemoryWindow(0x1_0000_0000, 0x1_0000_0000)),
        };
        return _assignment.Assign(in request, Parts.Guest[guest].Handle, ref _bridges[guest]);
    }

    protected override bool DoRelease(int guest, int function) => _assignment.TryRelease(IdOf(function), Parts.Guest[guest].Handle, ref _bridges[guest]);

    protected override AccessResult DoReadConfig(int guest, ulong offset, AccessWidth width, out ulong value) => _bridges[guest].ReadConfig(offset, width, out value);

    protected override AccessResult DoWriteConfig(int guest, ulong offset, AccessWidth width, ulong value)
        => _bridges[guest].WriteConfig(offset, width, new GuestValue(value));

    protected override AccessResult DoReadMemory(int guest, ulong address, AccessWidth width, out ulong value)
        => _bridges[guest].ReadMemory(new GuestAddress(address), width, out value);

    protected override AccessResult DoWriteMemory(int guest, ulong address, AccessWidth width, ulong value)
        => _bridges[guest].WriteMemory(new GuestAddress(address), width, new GuestValue(value));

    protected override AccessResult DoAccessFrame(int guest, in GuestAccess access)
        => access.IsWrite
            ? _frames[guest].Frame.Write((uint)access.Address, access.Width, new GuestValue(access.Value), Parts.Guest[guest].Handle)
            : _frames[guest].Frame.Read((uint)access.Address, access.Width, out _);

    protected override bool TryCollect(out PendingBits raised)
    {
        raised = default;
        return _wiring.TryTakeInterrupt(out uint interrupt) && _assignment.Collect(interrupt, ref raised) != MsiCollection.Foreign;
    }

    protected override bool Deliver(uint vector)
    {
        OwnerId owner = _assignment.OwnerOf(vector);
        return !owner.IsNone && owner.Value <= MachineParts.Guests && _bridges[owner.Value - 1].Deliver(vector);
    }
}
