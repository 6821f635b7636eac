using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Blocks;
using Sluice.Simulation.Pci;

namespace Sluice.Simulation.HostBridges;

/// <summary>
/// The soft AXI-PCIe bridge: one window of config space, with the bridge's own registers in that of its root port, and a FIFO of messages and of changes of the interrupt
/// lines.
/// </summary>
public sealed class SimulatedAxiPcieBridge : ISimulatedDevice, IDmaPath
{
    private const ulong FirstRegister = 0x128;
    private const ulong LastRegister = 0x238;
    private const uint IntxEvent = 1 << 16;
    private const uint MsiEvent = 1 << 17;
    private const uint Overflow = 1 << 19;
    private const uint NotEmpty = 1 << 18;
    private const uint Valid = 0x8000_0000;
    private const uint IsMsi = 0x4000_0000;
    private const uint IsAssert = 0x2000_0000;

    private readonly IDmaPath _machine;
    private readonly SimulatedPciBus _functions;
    private readonly int _depth;
    private readonly Queue<(uint Entry, uint Data)> _fifo = new();
    private readonly Queue<uint> _errors = new();
    private AxiPcie.Hardware _registers;

    /// <summary>Makes a bridge after reset, with the link up.</summary>
    /// <param name="machine">The way of its functions' DMA from the bridge on.</param>
    /// <param name="functions">The functions behind it.</param>
    /// <param name="depth">Entries that the FIFO holds.</param>
    public SimulatedAxiPcieBridge(IDmaPath machine, SimulatedPciBus functions, int depth = 15)
    {
        _machine = machine;
        _functions = functions;
        _depth = depth;
        _registers.Reset(ResetKind.PowerOn);
        RootPort = new SimulatedBridgeFunction(0x7021_10EE) { Functions = functions }.WithExpress(4);
        functions.Add(new RequesterId(0, 0, 0), RootPort);
    }

    /// <summary>Its root port.</summary>
    public SimulatedBridgeFunction RootPort { get; }

    /// <summary>Whether somebody is at the other end of the link.</summary>
    public bool IsLinkUp { get; set; } = true;

    /// <summary>Accesses to config space behind the link.</summary>
    public int LinkAccesses { get; private set; }

    /// <summary>Entries that the FIFO had no room for.</summary>
    public int LostEntries { get; private set; }

    /// <summary>How many entries the FIFO holds.</summary>
    public int FifoLevel => _fifo.Count;

    /// <summary>Its interrupt.</summary>
    public bool IsRaised
    {
        get
        {
            Refresh();
            return (_registers.Idr.Value & _registers.Imr.Value) != 0;
        }
    }

    /// <summary>A register as it is, without any effect.</summary>
    /// <param name="offset">Byte offset.</param>
    public uint Peek(uint offset) => _registers.Peek(offset);

    /// <summary>A function asserts or deasserts an interrupt line.</summary>
    /// <param name="sender">Which function.</param>
    /// <param name="line">0 for INTA to 3 for INTD.</param>
    /// <param name="isAsserted">Whether it asserts it.</param>
    public void SetLine(RequesterId sender, uint line, bool isAsserted)
        => Push(Valid | (isAsserted ? IsAssert : 0) | (line << 27) | sender.Value, 0);

    /// <summary>An error was reported.</summary>
    /// <param name="sender">By which function.</param>
    /// <param name="type">0 correctable, 1 non-fatal, 2 fatal.</param>
    public void ReportError(RequesterId sender, uint type)
    {
        _errors.Enqueue((1 << 18) | (type << 16) | sender.Value);
        _registers.Idr = new AxiPcie.Idr(_registers.Idr.Value | (1u << (9 + (int)type)));
    }

    /// <inheritdoc/>
    public ulong Read(ulong offset, AccessWidth width)
    {
        if (offset is >= FirstRegister and < LastRegister)
        {
            Refresh();
            _registers.Read((uint)offset, width, out ulong value);
            return value;
        }

        return Route(offset)?.ReadConfig((uint)offset & 0xFFF, width) ?? ulong.MaxValue >> (64 - ((int)width * 8));
    }

    /// <inheritdoc/>
    public void Write(ulong offset, AccessWidth width, ulong value)
    {
        if (offset is < FirstRegister or >= LastRegister)
        {
            Route(offset)?.WriteConfig((uint)offset & 0xFFF, width, (uint)value);
            return;
        }

        Refresh();
        if (offset == AxiPcie.Offsets.Rpifr1)
        {
            _fifo.TryDequeue(out _);
        }
        else if (offset == AxiPcie.Offsets.Rpefr)
        {
            _errors.TryDequeue(out _);
        }
        else
        {
            _registers.Write((uint)offset, width, new GuestValue(value));
        }
    }

    /// <summary>Reads on behalf of a function: the stream is its requester id.</summary>
    /// <inheritdoc/>
    public bool TryRead(uint stream, ulong address, Span<byte> into) => _machine.TryRead(stream, address, into);

    /// <summary>Writes on behalf of a function. What hits the doorbell's page never reaches memory.</summary>
    /// <inheritdoc/>
    public bool TryWrite(uint stream, ulong address, ReadOnlySpan<byte> from)
    {
        ulong doorbell = ((ulong)_registers.Rpmsib1.Value << 32) | _registers.Rpmsib2.Value;
        if (doorbell == 0 || address >> 12 != doorbell >> 12)
        {
            return _machine.TryWrite(stream, address, from);
        }

        uint data = from.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(from) : from[0];
        Push(Valid | IsMsi | (stream & 0xFFFF), data);
        return true;
    }

    private void Push(uint entry, uint data)
    {
        if (_fifo.Count == _depth)
        {
            LostEntries++;
            _registers.Rpsc = new AxiPcie.Rpsc(_registers.Rpsc.Value | Overflow);
            return;
        }

        _fifo.Enqueue((entry, data));
    }

    private void Refresh()
    {
        bool has = _fifo.TryPeek(out (uint Entry, uint Data) head);
        _registers.Rpifr1 = new AxiPcie.Rpifr1(has ? head.Entry : 0);
        _registers.Rpifr2 = new AxiPcie.Rpifr2(has ? head.Data : 0);
        _registers.Rpefr = new AxiPcie.Rpefr(_errors.TryPeek(out uint error) ? error : 0);
        _registers.Idr = new AxiPcie.Idr(_registers.Idr.Value | (has ? (head.Entry & IsMsi) != 0 ? MsiEvent : IntxEvent : 0));
        _registers.Rpsc = new AxiPcie.Rpsc((_registers.Rpsc.Value & ~NotEmpty) | (has ? NotEmpty : 0));
        _registers.Pscr = _registers.Pscr with { LinkUp = IsLinkUp };
    }

    private SimulatedFunction? Route(ulong offset)
    {
        RequesterId id = new((ushort)(offset >> 12));
        if (id.Bus == 0)
        {
            return id.Value == 0 ? RootPort : null;
        }

        bool exists = IsLinkUp && _registers.Rpsc.BridgeEnable && RootPort.Routes(id.Bus) && (id.Bus != RootPort.SecondaryBus || id.Device == 0);
        LinkAccesses += exists ? 1 : 0;
        return exists ? _functions.Find(id) : null;
    }
}
