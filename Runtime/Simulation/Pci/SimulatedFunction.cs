using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sluice.Registers;

namespace Sluice.Simulation.Pci;

/// <summary>
/// A PCI function: 4 KiB of config space with a mask of writable and of write-one-to-clear bits, BARs that size and decode as the specification says, and
/// memory behind them that a derived class gives its meaning.
/// </summary>
public abstract class SimulatedFunction
{
    private const uint CommandOffset = 0x04;
    private const uint BarOffset = 0x10;
    private const uint DecodeMemory = 0x2;
    private const uint BusMaster = 0x4;

    private readonly byte[] _config = new byte[4096];
    private readonly byte[] _writable = new byte[4096];
    private readonly byte[] _oneToClear = new byte[4096];
    private readonly List<SimulatedBar> _bars = [];

    /// <summary>What the machine did to the config space.</summary>
    public ConfigTrace Trace { get; } = new();

    /// <summary>The stream that the function's requests carry at the SMMU.</summary>
    public uint Stream { get; set; }

    /// <summary>How the function reaches memory; without one its requests are aborted.</summary>
    public IDmaPath? Dma { get; set; }

    /// <summary>Whether the function answers at all. One that does not reads as all ones.</summary>
    public bool IsPresent { get; set; } = true;

    /// <summary>Its BARs.</summary>
    public IReadOnlyList<SimulatedBar> Bars => _bars;

    /// <summary>Whether the function decodes its memory.</summary>
    public bool DecodesMemory => (Peek(CommandOffset, AccessWidth.HalfWord) & DecodeMemory) != 0;

    /// <summary>Whether the function may send requests.</summary>
    public bool IsBusMaster => (Peek(CommandOffset, AccessWidth.HalfWord) & BusMaster) != 0;

    /// <summary>Config space as it is, without any effect.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="width">How wide.</param>
    public uint Peek(uint offset, AccessWidth width)
    {
        uint value = 0;
        for (int index = 0; index < (int)width; index++)
        {
            value |= (uint)_config[(int)offset + index] << (index * 8);
        }

        return value;
    }

    /// <summary>Which bits of config space a write from the machine changes.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="width">How wide.</param>
    public uint WritableBits(uint offset, AccessWidth width)
    {
        uint bits = 0;
        for (int index = 0; index < (int)width; index++)
        {
            bits |= (uint)_writable[(int)offset + index] << (index * 8);
        }

        return bits;
    }

    /// <summary>Changes config space from the device's own side, whatever is writable.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What it becomes.</param>
    public void Poke(uint offset, AccessWidth width, uint value)
    {
        for (int index = 0; index < (int)width; index++)
        {
            _config[(int)offset + index] = (byte)(value >> (index * 8));
        }
    }

    /// <summary>A read from the machine.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="width">How wide.</param>
    public uint ReadConfig(uint offset, AccessWidth width)
    {
        uint value = IsPresent ? AnswerConfig(offset, width, Peek(offset, width)) : uint.MaxValue;
        value &= uint.MaxValue >> (32 - ((int)width * 8));
        Trace.Add(isWrite: false, offset, width, value);
        return value;
    }

    /// <summary>A write from the machine.</summary>
    /// <param name="offset">Byte offset.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written.</param>
    public void WriteConfig(uint offset, AccessWidth width, uint value)
    {
        Trace.Add(isWrite: true, offset, width, value);
        if (!IsPresent)
        {
            return;
        }

        for (int index = 0; index < (int)width; index++)
        {
            int place = (int)offset + index;
            byte written = (byte)(value >> (index * 8));
            int kept = (_config[place] & ~_writable[place]) | (written & _writable[place]);
            _config[place] = (byte)(kept & ~(written & _oneToClear[place]));
        }

        OnConfigWritten(offset, width, value);
    }

    /// <summary>Whether an address on the PCI side lies in memory that the function decodes now.</summary>
    /// <param name="pciAddress">The address.</param>
    /// <param name="bar">The BAR.</param>
    /// <param name="offset">Byte offset in it.</param>
    public bool TryDecode(ulong pciAddress, out int bar, out ulong offset)
    {
        foreach (SimulatedBar candidate in _bars)
        {
            ulong address = BarAddress(candidate);
            if (IsPresent && DecodesMemory && !candidate.IsIo && address != 0 && pciAddress >= address && pciAddress - address < candidate.SizeBytes)
            {
                bar = candidate.Index;
                offset = pciAddress - address;
                return true;
            }
        }

        bar = 0;
        offset = 0;
        return false;
    }

    /// <summary>Where a BAR lies on the PCI side.</summary>
    public ulong BarAddress(SimulatedBar bar)
    {
        ulong address = Peek(BarOffset + ((uint)bar.Index * 4), AccessWidth.Word) & 0xFFFF_FFF0;
        return bar.Is64Bit ? address | ((ulong)Peek(BarOffset + ((uint)bar.Index * 4) + 4, AccessWidth.Word) << 32) : address;
    }

    /// <summary>A read of the function's memory.</summary>
    /// <param name="bar">Which BAR.</param>
    /// <param name="offset">Byte offset in it.</param>
    /// <param name="width">How wide.</param>
    public abstract ulong ReadMemory(int bar, ulong offset, AccessWidth width);

    /// <summary>A write to the function's memory.</summary>
    /// <param name="bar">Which BAR.</param>
    /// <param name="offset">Byte offset in it.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written.</param>
    public abstract void WriteMemory(int bar, ulong offset, AccessWidth width, ulong value);

    /// <summary>How often the bus that it is on was reset with it.</summary>
    public int ResetsByBus { get; private set; }

    /// <summary>The bus that it is on is reset.</summary>
    public void ResetByBus()
    {
        ResetsByBus++;
        ResetConfig();
    }

    /// <summary>What a config read answers; a hostile function answers as it likes.</summary>
    protected virtual uint AnswerConfig(uint offset, AccessWidth width, uint value) => value;

    /// <summary>Called after a write to config space.</summary>
    protected virtual void OnConfigWritten(uint offset, AccessWidth width, uint value)
    {
    }

    /// <summary>Puts config space to its state after a function-level reset: decode and mastering off, BARs unplaced.</summary>
    protected virtual void ResetConfig()
    {
        Poke(CommandOffset, AccessWidth.HalfWord, 0);
        foreach (SimulatedBar bar in _bars)
        {
            PlaceTypeBits(bar);
        }
    }

    /// <summary>Sets what stands in config space and what of it the machine can change.</summary>
    protected void Define(uint offset, AccessWidth width, uint value, uint writable = 0, uint oneToClear = 0)
    {
        for (int index = 0; index < (int)width; index++)
        {
            _config[(int)offset + index] = (byte)(value >> (index * 8));
            _writable[(int)offset + index] = (byte)(writable >> (index * 8));
            _oneToClear[(int)offset + index] = (byte)(oneToClear >> (index * 8));
        }
    }

    /// <summary>Sets a word of config space to what the hardware's own view of a described block says: its value after reset, and what the machine can change.</summary>
    /// <typeparam name="TTables">The view's tables.</typeparam>
    /// <param name="offset">Byte offset of the word, in the block and in config space.</param>
    protected void DefineWord<TTables>(uint offset)
        where TTables : struct, IRegisterTables
    {
        uint slot = TTables.Slot(offset);
        if (slot < (uint)TTables.Reset.Length)
        {
            Define(offset, AccessWidth.Word, TTables.Reset[(int)slot], TTables.Words[(int)(slot * 4) + 1], TTables.Words[(int)(slot * 4) + 2]);
        }
    }

    /// <summary>Gives the function a BAR.</summary>
    protected void DefineBar(SimulatedBar bar)
    {
        ArgumentNullException.ThrowIfNull(bar);
        _bars.Add(bar);
        uint register = BarOffset + ((uint)bar.Index * 4);
        ulong mask = ~(bar.SizeBytes - 1);
        Define(register, AccessWidth.Word, 0, (uint)mask & (bar.IsIo ? 0xFFFF_FFFC : 0xFFFF_FFF0));
        if (bar.Is64Bit)
        {
            Define(register + 4, AccessWidth.Word, 0, (uint)(mask >> 32));
        }

        PlaceTypeBits(bar);
    }

    /// <summary>Reads memory as this function: not unless it may master the bus.</summary>
    protected bool TryDmaRead(ulong address, Span<byte> data) => IsBusMaster && Dma is not null && Dma.TryRead(Stream, address, data);

    /// <summary>Writes memory as this function: not unless it may master the bus.</summary>
    protected bool TryDmaWrite(ulong address, ReadOnlySpan<byte> data) => IsBusMaster && Dma is not null && Dma.TryWrite(Stream, address, data);

    /// <summary>Sends a message-signalled interrupt: a write like any other.</summary>
    protected bool TrySendMessage(ulong address, uint data)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, data);
        return TryDmaWrite(address, bytes);
    }

    private void PlaceTypeBits(SimulatedBar bar)
    {
        uint type = bar.IsIo ? 1u : (bar.Is64Bit ? 4u : 0u) | (bar.IsPrefetchable ? 8u : 0u);
        Poke(BarOffset + ((uint)bar.Index * 4), AccessWidth.Word, type);
        if (bar.Is64Bit)
        {
            Poke(BarOffset + ((uint)bar.Index * 4) + 4, AccessWidth.Word, 0);
        }
    }
}
