using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Hostile;
using Sluice.Simulation.Invariants;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>
/// A machine with three guests and some functions, whichever bridge, MSI controller and SMMU it has. After every operation, and at every access of the core to hardware, all
/// invariants are checked.
/// </summary>
internal abstract class Testbed
{
    public const ulong Window = 0x2300_0000;
    public const ulong WindowBytes = 0x1000_0000;
    public const ulong Doorbell = 0x0802_0040;
    public const uint FirstInterrupt = 64;
    public const uint Interrupts = 40;
    public const uint MostVectors = 8;

    private const uint MostNumbers = 0x800;

    private readonly HashSet<(uint Sender, uint Data)> _messages = [];
    private int _guard;

    protected Testbed(MachineParts parts, MachineSmmu smmu)
    {
        Parts = parts;
        Smmu = smmu;
        Checker = new InvariantChecker(parts.Functions) { Dma = smmu.Model, Bypassed = () => smmu.Bypassed, IsSmmuGivenUp = () => smmu.IsBroken };
        for (ushort guest = 0; guest < MachineParts.Guests; guest++)
        {
            Assert.Equal(Runtime.Memory.MappingResult.Done, smmu.Map(guest, MachineParts.Canary, MachineParts.CanaryOf(guest), 0x1000));
            Checker.AddGuest(new OwnerId((ushort)(guest + 1)), parts.Guest[guest], MachineParts.Canary);
            parts.Guest[guest].Remapping = (_, _, _) => Step();
            parts.Guest[guest].RefusesMap = (_, _) => parts.Faults.Fails();
            parts.Guest[guest].RefusesUnmap = (_, _) => parts.Faults.Fails();
        }

        parts.Machine.Accessed = (_, _, _) => Step();
    }

    public MachineParts Parts { get; }

    public MachineSmmu Smmu { get; }

    public InvariantChecker Checker { get; }

    /// <summary>The functions, in the order in which they are numbered here.</summary>
    public List<DmaFunction> Functions { get; } = [];

    /// <summary>Whether invariants are checked at every step, not only between operations.</summary>
    public bool ChecksSteps { get; set; } = true;

    /// <summary>Whether they are checked at all.</summary>
    public bool Checks { get; set; } = true;

    /// <summary>Called at each step of the core: an access to hardware, or a change of what is mapped.</summary>
    public Action? Stepped { get; set; }

    /// <summary>Steps of the core.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether the machine tells the streams of its functions apart.</summary>
    public abstract bool HasStreams { get; }

    /// <summary>Whether functions of several guests can share the MSI controller.</summary>
    public abstract bool IsolatesMessages { get; }

    /// <summary>How many messages the hardware had no room for.</summary>
    public abstract int LostMessages { get; }

    /// <summary>How many vectors have an owner.</summary>
    public abstract uint TakenVectors { get; }

    /// <summary>How many functions have an owner.</summary>
    public abstract int Owned { get; }

    /// <summary>How much of the bridge's memory is left.</summary>
    public abstract ulong FreeWindow { get; }

    /// <summary>What the machine has given away: the same before and after a function's life, or something leaks.</summary>
    public MachineCounts Counts => new(TakenVectors, Owned, FreeWindow, Parts.Pool.FreePages, Smmu.TakenEntries, Mappings);

    public abstract RequesterId IdOf(int function);

    public abstract uint StreamOf(int function);

    public RequesterId PlaceOf(int function) => new(0, (uint)function + 1, 0);

    public AssignmentStep Assign(int guest, int function, uint vectors = MostVectors)
    {
        Checker.InTransit = new OwnerId((ushort)(guest + 1));
        AssignmentStep result = DoAssign(guest, function, vectors);
        NoteGivenUp();
        Checker.InTransit = default;
        Check();
        return result;
    }

    public bool Release(int guest, int function)
    {
        Checker.InTransit = new OwnerId((ushort)(guest + 1));
        bool result = DoRelease(guest, function);
        NoteGivenUp();
        Checker.InTransit = default;
        Check();
        return result;
    }

    public AccessResult ReadConfig(int guest, ulong offset, AccessWidth width, out ulong value)
    {
        AccessResult result = DoReadConfig(guest, offset, width, out value);
        Check();
        return result;
    }

    public AccessResult WriteConfig(int guest, ulong offset, AccessWidth width, ulong value)
    {
        AccessResult result = DoWriteConfig(guest, offset, width, value);
        Check();
        return result;
    }

    public AccessResult ReadMemory(int guest, ulong address, AccessWidth width, out ulong value)
    {
        AccessResult result = DoReadMemory(guest, address, width, out value);
        Check();
        return result;
    }

    public AccessResult WriteMemory(int guest, ulong address, AccessWidth width, ulong value)
    {
        AccessResult result = DoWriteMemory(guest, address, width, value);
        Check();
        return result;
    }

    /// <summary>A guest's access, as a hostile guest makes it.</summary>
    public AccessResult Access(int guest, in GuestAccess access)
    {
        AccessResult result = (access.Target, access.IsWrite) switch
        {
            (GuestTarget.Config, false) => DoReadConfig(guest, access.Address, access.Width, out _),
            (GuestTarget.Config, true) => DoWriteConfig(guest, access.Address, access.Width, access.Value),
            (GuestTarget.Memory, false) => DoReadMemory(guest, access.Address, access.Width, out _),
            (GuestTarget.Memory, true) => DoWriteMemory(guest, access.Address, access.Width, access.Value),
            _ => DoAccessFrame(guest, in access),
        };
        Check();
        return result;
    }

    public uint Config(int guest, int function, uint offset, int bytes)
    {
        ReadConfig(guest, ((ulong)PlaceOf(function).Value << 12) + offset, (AccessWidth)bytes, out ulong value);
        return (uint)value;
    }

    public AccessResult Config(int guest, int function, uint offset, int bytes, ulong value)
        => WriteConfig(guest, ((ulong)PlaceOf(function).Value << 12) + offset, (AccessWidth)bytes, value);

    public ulong BarOf(int function) => Window + ((ulong)function * 0x2_0000);

    public ulong EntryOf(int function, int entry) => BarOf(function) + DmaFunction.TableOffset + ((ulong)entry * 16);

    /// <summary>Does what a driver does: places the memory, turns decoding, mastering and MSI-X on, programs and unmasks an entry.</summary>
    public void Use(int guest, int function, int entry = 0)
    {
        Config(guest, function, 0x10, 4, BarOf(function));
        Config(guest, function, 0x14, 4, 0);
        Config(guest, function, 0x18, 4, BarOf(function) + 0x1_0000);
        Config(guest, function, 0x04, 2, 0x0006);
        Config(guest, function, 0x72, 2, 0x8000);
        Program(guest, function, entry, Doorbell, FirstInterrupt + (uint)entry);
    }

    public void Program(int guest, int function, int entry, ulong address, ulong data)
    {
        WriteMemory(guest, EntryOf(function, entry) + 12, AccessWidth.Word, 1);
        WriteMemory(guest, EntryOf(function, entry), AccessWidth.Word, address & 0xFFFF_FFFF);
        WriteMemory(guest, EntryOf(function, entry) + 4, AccessWidth.Word, address >> 32);
        WriteMemory(guest, EntryOf(function, entry) + 8, AccessWidth.Word, data);
        WriteMemory(guest, EntryOf(function, entry) + 12, AccessWidth.Word, 0);
    }

    /// <summary>Takes what the physical interrupt controller has raised to the guests.</summary>
    /// <returns>How many messages found a function.</returns>
    public int TakeInterrupts()
    {
        int delivered = 0;
        for (int round = 0; round < 4 && TryCollect(out PendingBits raised); round++)
        {
            while (raised.TryTakeFirst(out uint vector))
            {
                CheckRaised(vector);
                delivered += Deliver(vector) ? 1 : 0;
            }
        }

        Check();
        return delivered;
    }

    /// <summary>Takes what was raised, and delivers nothing of it.</summary>
    public List<uint> Collect()
    {
        List<uint> vectors = [];
        for (int round = 0; round < 64 && TryCollect(out PendingBits raised); round++)
        {
            while (raised.TryTakeFirst(out uint vector))
            {
                CheckRaised(vector);
                vectors.Add(vector);
            }
        }

        return vectors;
    }

    /// <summary>Brings a vector to a guest, which takes it if it is one of its functions'.</summary>
    public abstract bool TryDeliver(int guest, uint vector);

    /// <summary>The vectors of a function.</summary>
    public List<uint> VectorsOf(int function)
    {
        List<uint> vectors = [];
        foreach (ref readonly FunctionState state in States())
        {
            for (uint index = 0; state.Function.Is(IdOf(function)) && index < state.Vectors.Count; index++)
            {
                vectors.Add(state.Vectors.First + index);
            }
        }

        return vectors;
    }

    /// <summary>The data of a vector's message.</summary>
    public uint MessageOf(uint vector) => Checker.MessageOfVector!(vector).Data;

    /// <summary>Notes that a message is on its way, for whoever looks who sent what.</summary>
    public void NoteMessage(uint sender, uint data)
    {
        if (data < MostNumbers)
        {
            _messages.Add((sender, data));
        }
    }

    /// <summary>A function raises one of its entries.</summary>
    public bool Signal(int function, int entry)
    {
        NoteMessage(IdOf(function).Value, Functions[function].Msix.Data(entry));
        return Functions[function].Signal(entry);
    }

    /// <summary>Checks everything, unless that is switched off.</summary>
    public void Check()
    {
        if (Checks)
        {
            _guard++;
            Checker.CheckSettled(States());
            _guard--;
        }
    }

    /// <summary>Fails when an invariant was found broken.</summary>
    public void AssertInvariants(string? when = null) => Assert.True(Checker.Violations.Count == 0, $"{when} {string.Join("; ", Checker.Violations)}");

    public abstract ReadOnlySpan<FunctionState> States();

    /// <summary>Whether a function was given up.</summary>
    public bool IsBroken(int function)
    {
        foreach (ref readonly FunctionState state in States())
        {
            if (state.Function.Is(IdOf(function)))
            {
                return state.IsBroken;
            }
        }

        return false;
    }

    protected abstract void NoteGivenUp();

    protected abstract AssignmentStep DoAssign(int guest, int function, uint vectors);

    protected abstract bool DoRelease(int guest, int function);

    protected abstract AccessResult DoReadConfig(int guest, ulong offset, AccessWidth width, out ulong value);

    protected abstract AccessResult DoWriteConfig(int guest, ulong offset, AccessWidth width, ulong value);

    protected abstract AccessResult DoReadMemory(int guest, ulong address, AccessWidth width, out ulong value);

    protected abstract AccessResult DoWriteMemory(int guest, ulong address, AccessWidth width, ulong value);

    protected abstract AccessResult DoAccessFrame(int guest, in GuestAccess access);

    protected abstract bool TryCollect(out PendingBits raised);

    protected abstract bool Deliver(uint vector);

    // Who has lost messages raises every vector once: what was lost is not known. And who cannot tell senders apart does not try.
    private void CheckRaised(uint vector)
    {
        if (Checks && IsolatesMessages && LostMessages == 0)
        {
            Checker.CheckRaised(States(), vector, _messages);
        }
    }

    private int Mappings
    {
        get
        {
            int mappings = 0;
            foreach (Simulation.Guests.SimulatedGuest guest in Parts.Guest)
            {
                mappings += guest.Mappings.Count;
            }

            return mappings;
        }
    }

    private void Step()
    {
        Steps++;
        if (_guard != 0)
        {
            return;
        }

        if (!Checks)
        {
            // Whoever looks by himself may stop here for long, and others go on meanwhile.
            Stepped?.Invoke();
            return;
        }

        _guard++;
        Stepped?.Invoke();
        if (ChecksSteps)
        {
            Checker.CheckInstant(States());
        }

        _guard--;
    }
}
