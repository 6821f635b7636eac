using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.Domains;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Matrix;

/// <summary>What a test of the matrix does with a machine, whichever controller it has.</summary>
internal interface IMatrixMachine
{
    /// <summary>Guests by owner, counted from 0.</summary>
    IReadOnlyList<GuestSide> Guests { get; }

    /// <summary>Whether two owners may have functions: the controller keeps them apart.</summary>
    bool Isolates { get; }

    /// <summary>Every write of the core that reached a register, config space or the memory of a function.</summary>
    IReadOnlyList<(ulong Address, ulong Value)> Writes { get; }

    /// <summary>Gives a guest device 3 or 4 and programs its entries, all unmasked.</summary>
    DmaFunction Plug(int owner, uint device, int entries);

    /// <summary>The vectors of a function.</summary>
    VectorBlock VectorsOf(int owner, int function);

    /// <summary>What the host has a function write for a vector.</summary>
    MsiMessage Message(uint vector);

    /// <summary>A function writes to memory whatever it likes.</summary>
    void Forge(uint device, MsiMessage message);

    /// <summary>Takes physical interrupts until there are none.</summary>
    /// <returns>How many there were.</returns>
    int Pump();

    /// <summary>Writes the table entry of a guest's function.</summary>
    void WriteTable(int owner, uint device, int entry, uint offset, uint value);

    /// <summary>Writes config space of a guest's function.</summary>
    void WriteConfig(int owner, uint device, uint offset, int bytes, uint value);

    /// <summary>A vector of a guest's has been raised.</summary>
    bool Deliver(int owner, uint vector);

    /// <summary>The host masks a vector.</summary>
    bool TryMask(uint vector);

    /// <summary>The host unmasks a vector, and delivers what was kept.</summary>
    void Unmask(uint vector);

    /// <summary>Takes a function from its guest.</summary>
    bool Release(int owner, uint device);

    /// <summary>Whether every invariant is checked after each operation: not where allocations are counted.</summary>
    bool IsWatched { get; set; }
}

/// <summary>A machine with one kind of physical MSI controller, and two guests with one kind of virtual one.</summary>
internal sealed class MatrixMachine<TMsi> : IMatrixMachine
    where TMsi : struct, IMsiController
{
    private const ulong Ecam = 0x3F00_0000;
    private const ulong Windows = 0x1000_0000;
    private const uint Owners = 2;

    private readonly IPhysicalSide<TMsi> _side;
    private readonly CoreWatch _watch;
    private readonly SimulatedPciBus _functions = new();
    private readonly List<(ulong Address, ulong Value)> _writes = [];
    private readonly VirtualHostBridge<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>[] _bridges
        = new VirtualHostBridge<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>[Owners];

    private FunctionAssignment<EcamHostBridge<SimulatedBus>, TMsi, LoggedIsolation> _assignment;

    public MatrixMachine(IPhysicalSide<TMsi> side, Func<SimulatedMachine, GuestSide> guest)
    {
        _side = side;
        Machine.Add(Ecam, 1 << 20, _functions.Ecam);
        for (uint device = 3; device < 3 + Owners; device++)
        {
            _functions.Add(new RequesterId(0, device, 0), new DmaFunction());
        }

        Machine.Add(Windows, 1 << 24, _functions.Memory(Windows));
        TMsi msi = side.Start(Machine);
        foreach (SimulatedFunction function in _functions.Functions)
        {
            function.Dma = side.Dma;
        }

        Isolates = (msi.Abilities & MsiAbilities.IsolatesRequesters) != 0;
        EcamHostBridge<SimulatedBus> bridge = new(Machine.Bus, new EcamWindow(Ecam, 1 << 20, 0, 0));
        IsolationLog isolation = new();
        _watch = new CoreWatch(_functions, isolation);
        _assignment = new(bridge, msi, new LoggedIsolation(isolation), new MemoryWindow(new Sluice.Runtime.Memory.MachineAddress(Windows), Windows, 1 << 24), default);
        Guests = [guest(Machine), guest(Machine)];
        _watch.AddGuest(1, Guests[0].Guest);
        _watch.AddGuest(2, Guests[1].Guest);
        Machine.Accessed = (address, isWrite, value) =>
        {
            if (isWrite)
            {
                _writes.Add((address, value));
            }
        };
    }

    public SimulatedMachine Machine { get; } = new(new RandomAccessMemory(0x4000_0000, 0x10_0000));

    public IReadOnlyList<GuestSide> Guests { get; }

    public bool Isolates { get; }

    public bool IsWatched { get; set; } = true;

    public IReadOnlyList<(ulong Address, ulong Value)> Writes => _writes;

    public DmaFunction Plug(int owner, uint device, int entries)
    {
        RequesterId id = new(0, device, 0);
        DmaFunction function = Assert.IsType<DmaFunction>(_functions.Find(id));
        AssignmentRequest<MsixEntryArray> request = new()
        {
            Owner = new OwnerId((ushort)(owner + 1)),
            Function = id,
            Stream = id.Value,
            Place = id,
            MostVectors = (uint)entries,
            Entries = new MsixEntryArray(new GuestMsixEntry[entries]),
            Windows = new GuestMemoryWindows(new GuestMemoryWindow(0x2300_0000, 0x1000_0000), default),
        };
        Assert.Equal(AssignmentStep.None, Checked(_assignment.Assign(in request, Guests[owner].Guest.Handle, ref _bridges[owner])));
        Guests[owner].Prepare(id, entries);
        WriteConfig(owner, device, 0x10, 4, (uint)Bar(device));
        WriteConfig(owner, device, 0x04, 2, 0x0006);
        WriteConfig(owner, device, 0x72, 2, 0x8000);
        for (int entry = 0; entry < entries; entry++)
        {
            (ulong address, uint data) = Guests[owner].Compose(id, entry);
            WriteTable(owner, device, entry, 0, (uint)address);
            WriteTable(owner, device, entry, 4, (uint)(address >> 32));
            WriteTable(owner, device, entry, 8, data);
            WriteTable(owner, device, entry, 12, 0);
        }

        return function;
    }

    public VectorBlock VectorsOf(int owner, int function) => _bridges[owner].FunctionOf(function).Vectors;

    public MsiMessage Message(uint vector)
    {
        TMsi msi = _assignment.Msi;
        return msi.Message(vector);
    }

    public void Forge(uint device, MsiMessage message)
        => _side.Dma.TryWrite(new RequesterId(0, device, 0).Value, message.Address.Value, BitConverter.GetBytes(message.Data));

    public int Pump()
    {
        int taken = 0;
        while (_side.TryTake(out uint interrupt))
        {
            taken++;
            PendingBits raised = default;
            MsiCollection collection = _assignment.Collect(interrupt, ref raised);
            Assert.NotEqual(MsiCollection.Foreign, collection);
            while (raised.TryTakeFirst(out uint vector))
            {
                // The owner's own functions alone are asked.
                OwnerId owner = _assignment.OwnerOf(vector);
                Assert.False(owner.IsNone);
                Assert.True(_bridges[owner.Value - 1].Deliver(vector));
            }

            Assert.True(taken < 100_000, "The controller's interrupt never falls silent.");
        }

        return Checked(taken);
    }

    public void WriteTable(int owner, uint device, int entry, uint offset, uint value)
        => Checked(_bridges[owner].WriteMemory(new GuestAddress(Bar(device) + DmaFunction.TableOffset + ((ulong)entry * 16) + offset), AccessWidth.Word, new GuestValue(value)));

    public bool Deliver(int owner, uint vector) => Checked(_bridges[owner].Deliver(vector));

    public bool TryMask(uint vector) => Checked(_assignment.TryMask(vector));

    public void Unmask(uint vector)
    {
        Assert.True(_assignment.TryUnmask(vector, out bool wasRaised));
        if (wasRaised)
        {
            Assert.True(_bridges[_assignment.OwnerOf(vector).Value - 1].Deliver(vector));
        }
    }

    public bool Release(int owner, uint device) => Checked(_assignment.TryRelease(new RequesterId(0, device, 0), Guests[owner].Guest.Handle, ref _bridges[owner]));

    public void WriteConfig(int owner, uint device, uint offset, int bytes, uint value)
        => Checked(_bridges[owner].WriteConfig((device << 15) + offset, (AccessWidth)bytes, new GuestValue(value)));

    private TResult Checked<TResult>(TResult result)
    {
        if (IsWatched)
        {
            _watch.Check(ref _assignment, _bridges.AsSpan(), owner => owner.Value - 1);
        }

        return result;
    }

    private static ulong Bar(uint device) => 0x2300_0000 + (device * 0x10_0000);
}
