using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.ConfigSpace;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Pci;
using Xunit;
using Assignment = Sluice.Runtime.Domains.FunctionAssignment<
    Sluice.Runtime.HostBridges.EcamHostBridge<Sluice.Simulation.FaultyBus>, Sluice.Runtime.Tests.Domains.LoggedMsi, Sluice.Runtime.Tests.Domains.LoggedIsolation>;
using Bridge = Sluice.Runtime.ConfigSpace.VirtualHostBridge<
    Sluice.Runtime.HostBridges.EcamHostBridge<Sluice.Simulation.FaultyBus>, Sluice.Simulation.Guests.GuestHandle, Sluice.Runtime.ConfigSpace.MsixEntryArray>;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>Three owners behind one host bridge, with an MSI controller that tells senders apart, unless a test says otherwise. Every access to hardware can be made to fail.</summary>
public sealed class DomainFixture
{
    public const int Owners = 3;

    private readonly Bridge[] _bridges = new Bridge[Owners + 1];
    private readonly SimulatedGuest[] _guests = new SimulatedGuest[Owners + 1];
    private readonly CoreWatch _watch;
    private Assignment _assignment;

    public DomainFixture(IsolationRules? rules = null, MsiAbilities? abilities = null)
    {
        Msi.Abilities = abilities ?? Msi.Abilities;
        _watch = new CoreWatch(Reference.Functions, Isolation);
        Plan.Failed = LetHardwareDiffer;
        for (int owner = 1; owner <= Owners; owner++)
        {
            _guests[owner] = new SimulatedGuest(Reference.Machine);
            _watch.AddGuest(owner, _guests[owner]);
            _guests[owner].Messages = new GuestFrameModel(_guests[owner], AssignedFunction.Frame, AssignedFunction.FirstInterrupt, 32);
        }

        EcamWindow window = new(ReferenceMachine.Ecam, 16 << 20, 0, 15);
        _assignment = new Assignment(
            new EcamHostBridge<FaultyBus>(new FaultyBus(Reference.Machine.Bus, Plan), window),
            new LoggedMsi(Msi),
            new LoggedIsolation(Isolation),
            ReferenceMachine.Window,
            default,
            rules ?? new IsolationRules { Streams = RequesterStreams.Identity });
    }

    public ReferenceMachine Reference { get; } = new();

    public FaultPlan Plan { get; } = new();

    public MsiLog Msi { get; } = new();

    public IsolationLog Isolation { get; } = new();

    public ref Assignment Assignment => ref _assignment;

    public AssignmentFailure Failure => _assignment.Failure;

    public SimulatedGuest Guest(int owner) => _guests[owner];

    public ref Bridge BridgeOf(int owner) => ref _bridges[owner];

    public ShapedFunction Plug(uint bus, uint device, uint number = 0)
    {
        ShapedFunction function = new() { Dma = Reference.Machine };
        Reference.Functions.Add(new RequesterId(bus, device, number), function);
        return function;
    }

    public SimulatedBridgeFunction PlugBridge(uint bus, uint device, uint kind, uint secondary, uint subordinate, uint number = 0)
    {
        SimulatedBridgeFunction bridge = new SimulatedBridgeFunction(0x0001_1234) { Functions = Reference.Functions }.WithBuses(bus, secondary, subordinate);
        bridge = kind == 0 ? bridge : bridge.WithExpress(kind);
        Reference.Functions.Add(new RequesterId(bus, device, number), bridge);
        return bridge;
    }

    public AssignmentRequest<MsixEntryArray> Request(RequesterId function, int owner) => new()
    {
        Owner = new OwnerId((ushort)owner),
        Function = function,
        Stream = _assignment.Rules.Streams.TryFind(function, out uint stream) ? stream : function.Value,
        Place = new RequesterId(0, (uint)(((function.Value * 7) + function.Bus) % 32), 0),
        MostVectors = 4,
        Entries = new MsixEntryArray(new GuestMsixEntry[17]),
        Windows = new GuestMemoryWindows(new GuestMemoryWindow(0x2300_0000, 0x1000_0000), new GuestMemoryWindow(0x1_0000_0000, 0x1_0000_0000)),
    };

    public AssignmentStep Assign(RequesterId function, int owner) => AssignRequest(Request(function, owner), owner);

    public AssignmentStep AssignRequest(AssignmentRequest<MsixEntryArray> request, int owner)
        => Checked(_assignment.Assign(in request, _guests[owner].Handle, ref _bridges[owner]));

    public AssignmentStep AssignGroup(int owner, params RequesterId[] functions)
        => Checked(_assignment.AssignGroup<GuestHandle, MsixEntryArray>(functions.Select(function => Request(function, owner)).ToArray(), _guests[owner].Handle, ref _bridges[owner]));

    public bool Release(RequesterId function, int owner) => Checked(_assignment.TryRelease(function, _guests[owner].Handle, ref _bridges[owner]));

    public bool Remove(RequesterId function, int owner) => Checked(_assignment.TryRemove(function, _guests[owner].Handle, ref _bridges[owner]));

    public AssignmentStep Move(RequesterId function, int from, int to)
    {
        AssignmentRequest<MsixEntryArray> request = Request(function, to);
        return Checked(_assignment.Move(in request, _guests[from].Handle, ref _bridges[from], _guests[to].Handle, ref _bridges[to]));
    }

    /// <summary>Lets the guest place the function's memory, turn it on, and open an MSI-X entry.</summary>
    public void Enable(RequesterId function, int owner)
    {
        ulong config = (ulong)Request(function, owner).Place.Value << 12;
        ulong bar = 0x2300_0000 + ((ulong)function.Device * 0x40_0000) + ((ulong)function.Function * 0x4_0000);
        Write(owner, config + 0x10, AccessWidth.Word, bar);
        Write(owner, config + 0x18, AccessWidth.Word, bar + 0x2_0000);
        Write(owner, config + 0x72, AccessWidth.HalfWord, 0x8000);
        Write(owner, config + 0x04, AccessWidth.HalfWord, 0x0006);
        ulong entry = bar + DmaFunction.TableOffset;
        Checked(BridgeOf(owner).WriteMemory(new GuestAddress(entry), AccessWidth.DoubleWord, new GuestValue(AssignedFunction.Doorbell)));
        Checked(BridgeOf(owner).WriteMemory(new GuestAddress(entry + 8), AccessWidth.DoubleWord, new GuestValue(AssignedFunction.FirstInterrupt)));
    }

    /// <summary>Says that the hardware may differ from what it was told: then only what must hold even so is checked.</summary>
    public void LetHardwareDiffer() => _watch.HardwareMayDiffer = true;

    /// <summary>Checks every invariant after an operation.</summary>
    public TResult Checked<TResult>(TResult result)
    {
        _watch.Check(ref _assignment, _bridges.AsSpan(), owner => owner.Value);
        return result;
    }

    public OwnedFunction? Entry(RequesterId function)
    {
        int entry = _assignment.Owned.Find(function);
        return entry < 0 ? null : _assignment.Owned[entry];
    }

    /// <summary>Nobody owns anything, and nothing of an owner is left anywhere.</summary>
    public void AssertBaseline(params uint[] streams)
    {
        Assert.Equal(0, _assignment.Owned.Owned);
        Assert.Equal(0u, Msi.Table.Taken);
        for (int owner = 1; owner <= Owners; owner++)
        {
            Assert.Empty(_guests[owner].Mappings);
            for (int slot = 0; slot < Bridge.Capacity; slot++)
            {
                Assert.False(_bridges[owner].IsUsed(slot));
            }
        }

        Assert.Empty(Isolation.Attached);
        for (int entry = 0; entry < Sluice.Runtime.Domains.Owners.Capacity; entry++)
        {
            Assert.Equal(0u, _assignment.Owners[entry].Functions);
            Assert.Equal(0u, _assignment.Owners[entry].Vectors);
        }

        foreach (uint stream in streams)
        {
            Assert.DoesNotContain(stream, Isolation.Attached);
        }
    }

    public static IEnumerable<SimulatedFunction> FunctionsOf(DomainFixture fixture) => fixture.Reference.Functions.Functions;

    private void Write(int owner, ulong offset, AccessWidth width, ulong value) => Checked(BridgeOf(owner).WriteConfig(offset, width, new GuestValue(value)));
}
