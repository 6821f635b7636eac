using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.GuestIts;

/// <summary>A guest's world: its RAM, its translation service and the message interrupts of its processor. The guest is whoever uses the machine's bus.</summary>
internal sealed class GuestItsMachine
{
    public const ulong Ram = 0x4000_0000;
    public const int RamBytes = 0x10_0000;
    public const ulong Registers = 0x0808_0000;
    public const ulong Redistributor = 0x080A_0000;
    public const ulong Queue = Ram + 0x1_0000;
    public const ulong Configuration = Ram + 0x2_0000;
    public const ulong PendingTable = Ram + 0x3_0000;

    private uint _written;

    public GuestIts<GuestRam> Its;

    public GuestItsMachine(GuestItsOptions options = default)
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(Ram, RamBytes));
        Memory = new RamModel(Machine);
        Its = new GuestIts<GuestRam>(Registers, new GuestRam(Memory), options);
        Machine.Add(Registers, GuestIts<GuestRam>.SizeBytes, new Service(this));
        Machine.Add(Redistributor, 0x1_0000, new Interrupts(this));
    }

    public SimulatedMachine Machine { get; }

    public RamModel Memory { get; }

    public SinkModel Sink { get; } = new();

    public uint QueuePages { get; private set; } = 1;

    public ulong Doorbell => Its.Doorbell;

    public ulong Read(uint offset, AccessWidth width = AccessWidth.DoubleWord)
    {
        Its.Read(offset, width, Sink.Handle, out ulong value);
        return value;
    }

    public AccessResult Write(uint offset, ulong value, AccessWidth width = AccessWidth.DoubleWord) => Its.Write(offset, width, new GuestValue(value), Sink.Handle);

    /// <summary>Switches everything on: a queue, a configuration table with everything enabled, message interrupts, collection 0.</summary>
    public GuestItsMachine Start(uint pages = 1)
    {
        QueuePages = pages;
        for (ulong offset = 0; offset < GuestLpis.Count; offset += 8)
        {
            Memory.Write64(Configuration + offset, 0xA3A3_A3A3_A3A3_A3A3);
        }

        Write(0x80, (1ul << 63) | Queue | (pages - 1));
        Write(0x00, 1, AccessWidth.Word);
        Its.WriteRedistributor(0x70, AccessWidth.DoubleWord, new GuestValue(Configuration | 13), Sink.Handle);
        Its.WriteRedistributor(0x78, AccessWidth.DoubleWord, new GuestValue(PendingTable | (1ul << 62)), Sink.Handle);
        Its.WriteRedistributor(0x00, AccessWidth.Word, new GuestValue(1), Sink.Handle);
        Command(0x09, 0, 1ul << 63);
        return this;
    }

    /// <summary>Puts a command into the queue without telling the service.</summary>
    public void Append(ulong word0, ulong word1, ulong word2)
    {
        ulong at = Queue + (_written * 32);
        Memory.Write64(at, word0);
        Memory.Write64(at + 8, word1);
        Memory.Write64(at + 16, word2);
        Memory.Write64(at + 24, 0);
        _written = _written + 1 == QueuePages * 128 ? 0 : _written + 1;
    }

    public void Publish(bool retry = false) => Write(0x88, (_written << 5) | (retry ? 1u : 0));

    /// <summary>One command, and what came of it.</summary>
    public GuestItsError Command(ulong word0, ulong word1, ulong word2)
    {
        uint wrong = Its.WrongCommands;
        Append(word0, word1, word2);
        Publish();
        return Its.WrongCommands == wrong ? GuestItsError.None : Its.LastError;
    }

    public GuestItsError MapDevice(uint device, int bits, bool valid = true)
        => Command(0x08 | ((ulong)device << 32), (uint)(bits - 1), valid ? (1ul << 63) | (Ram + 0x4_0000) : 0);

    public GuestItsError MapEvent(uint device, uint number, uint interrupt, uint collection = 0)
        => Command(0x0A | ((ulong)device << 32), number | ((ulong)interrupt << 32), collection);

    public GuestItsError Event(uint opcode, uint device, uint number, ulong word2 = 0) => Command(opcode | ((ulong)device << 32), number, word2);

    public void Configure(uint interrupt, bool enabled) => Memory.Write8(Configuration + (interrupt - GuestLpis.First), (byte)(enabled ? 0xA3 : 0xA2));

    /// <summary>A function of the guest's sends a message.</summary>
    public bool Send(uint device, uint number)
        => Its.TryResolve(new RequesterId((ushort)device), new GuestAddress(Doorbell), new GuestValue(number), out GuestMessage message)
            && Its.TryDeliver(message, Sink.Handle);

    private sealed class Service(GuestItsMachine machine) : ISimulatedDevice, IStreamDevice
    {
        public ulong Read(ulong offset, AccessWidth width)
        {
            machine.Its.Read((uint)offset, width, machine.Sink.Handle, out ulong value);
            return value;
        }

        public void Write(ulong offset, AccessWidth width, ulong value) => machine.Its.Write((uint)offset, width, new GuestValue(value), machine.Sink.Handle);

        public void Write(uint stream, ulong offset, AccessWidth width, ulong value)
        {
            // The host resolves when the guest unmasks the message and delivers when it comes; here both are at once.
            if (machine.Its.TryResolve(new RequesterId((ushort)stream), new GuestAddress(Registers + offset), new GuestValue(value), out GuestMessage message))
            {
                machine.Its.TryDeliver(message, machine.Sink.Handle);
            }
        }
    }

    private sealed class Interrupts(GuestItsMachine machine) : ISimulatedDevice
    {
        public ulong Read(ulong offset, AccessWidth width)
        {
            machine.Its.ReadRedistributor((uint)offset, width, out ulong value);
            return value;
        }

        public void Write(ulong offset, AccessWidth width, ulong value)
            => machine.Its.WriteRedistributor((uint)offset, width, new GuestValue(value), machine.Sink.Handle);
    }
}

/// <summary>The guest's RAM, with a count of how often each word was read by the service, and a guest that changes what has been read at once.</summary>
internal sealed class RamModel(SimulatedMachine machine)
{
    public Dictionary<ulong, int> Reads { get; } = [];

    public bool CountsReads { get; set; }

    /// <summary>Called after each read by the service: a guest that changes a command while it is looked at.</summary>
    public Action<ulong>? AfterRead { get; set; }

    public bool Contains(ulong address, ulong bytes)
        => address >= GuestItsMachine.Ram && bytes <= GuestItsMachine.RamBytes && address - GuestItsMachine.Ram <= GuestItsMachine.RamBytes - bytes;

    public ulong Read64(ulong address)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(machine.Memory.Uncached(address, 8));
        if (CountsReads)
        {
            Reads[address] = Reads.GetValueOrDefault(address) + 1;
        }

        AfterRead?.Invoke(address);
        return value;
    }

    public void Write64(ulong address, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(machine.Memory.Uncached(address, 8), value);

    public void Write8(ulong address, byte value) => machine.Memory.Uncached(address, 1)[0] = value;
}

/// <summary>The RAM as the core is given it.</summary>
internal readonly struct GuestRam(RamModel model) : IGuestMemory
{
    private readonly RamModel _model = model;

    public bool TryRead64(GuestAddress address, out ulong value)
    {
        bool contains = address.IsAligned(8) && _model.Contains(address.Untrusted, 8);
        value = contains ? _model.Read64(address.Untrusted) : 0;
        return contains;
    }

    public bool HasRam(GuestAddress address, ulong bytes) => _model.Contains(address.Untrusted, bytes);
}

/// <summary>What has been raised to the guest's processor and not been taken.</summary>
internal sealed class SinkModel
{
    private readonly List<uint> _raised = [];

    public SinkHandle Handle => new(this);

    public IReadOnlyList<uint> Raised => _raised;

    public bool TryTake(out uint interrupt)
    {
        bool any = _raised.Count != 0;
        interrupt = any ? _raised[0] : 0;
        if (any)
        {
            _raised.RemoveAt(0);
        }

        return any;
    }

    public void Raise(uint interrupt)
    {
        if (interrupt is < GuestLpis.First or >= GuestLpis.First + GuestLpis.Count)
        {
            Assert.Fail($"{interrupt} is no message interrupt of the guest's.");
        }

        if (!_raised.Contains(interrupt))
        {
            _raised.Add(interrupt);
        }
    }

    public bool Withdraw(uint interrupt) => _raised.Remove(interrupt);
}

/// <summary>The sink as the core is given it.</summary>
internal readonly struct SinkHandle(SinkModel model) : IInterruptSink
{
    private readonly SinkModel _model = model;

    public void Raise(uint interrupt) => _model.Raise(interrupt);

    public bool Withdraw(uint interrupt) => _model.Withdraw(interrupt);

    public void SetLevel(uint interrupt, bool asserted) => Assert.Fail("A translation service has no levels.");
}
