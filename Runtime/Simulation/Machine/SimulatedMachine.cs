using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sluice.Registers;

namespace Sluice.Simulation;

/// <summary>A machine: one range of memory and devices at their addresses. What nobody claims reads all ones, ignores writes and is counted.</summary>
public sealed class SimulatedMachine : IDmaPath
{
    private readonly List<(ulong Start, ulong Length, ISimulatedDevice Device)> _devices = [];
    private ulong _microseconds;

    /// <summary>Makes a machine without devices.</summary>
    /// <param name="memory">Its memory.</param>
    public SimulatedMachine(RandomAccessMemory memory)
    {
        Memory = memory;
    }

    /// <summary>The machine's memory.</summary>
    public RandomAccessMemory Memory { get; }

    /// <summary>The bus of a driver.</summary>
    public SimulatedBus Bus => new(this);

    /// <summary>Accesses that nobody claimed.</summary>
    public int Unclaimed { get; private set; }

    /// <summary>Called before each access of a register through the bus: machine address, whether it is a write, and the value written.</summary>
    public Action<ulong, bool, ulong>? Accessed { get; set; }

    /// <summary>Puts a device on the bus.</summary>
    /// <param name="start">Its first machine address.</param>
    /// <param name="length">Bytes that it claims.</param>
    /// <param name="device">The device; it is called with offsets from <paramref name="start"/>.</param>
    /// <exception cref="ArgumentException">The range is claimed already.</exception>
    public void Add(ulong start, ulong length, ISimulatedDevice device)
    {
        foreach ((ulong otherStart, ulong otherLength, ISimulatedDevice _) in _devices)
        {
            if (start < otherStart + otherLength && otherStart < start + length)
            {
                throw new ArgumentException($"0x{start:x} + 0x{length:x} overlaps 0x{otherStart:x} + 0x{otherLength:x}", nameof(start));
            }
        }

        _devices.Add((start, length, device));
    }

    /// <summary>Takes a device off the bus.</summary>
    public void Remove(ISimulatedDevice device) => _devices.RemoveAll(claim => ReferenceEquals(claim.Device, device));

    /// <summary>How much time a look at the clock takes, in microseconds. Long runs of what waits for hardware make it longer.</summary>
    public ulong MicrosecondsALook { get; set; } = 1;

    /// <summary>One look at the clock.</summary>
    /// <returns>The time, in microseconds.</returns>
    public ulong LookAtClock() => PassMicroseconds(MicrosecondsALook);

    /// <summary>Lets time pass.</summary>
    /// <returns>The time after that, in microseconds.</returns>
    public ulong PassMicroseconds(ulong microseconds) => _microseconds += microseconds;

    /// <summary>One read of the core.</summary>
    public ulong Read(ulong address, AccessWidth width)
    {
        Accessed?.Invoke(address, false, 0);
        return ReadAny(address, width);
    }

    /// <summary>One write of the core.</summary>
    public void Write(ulong address, AccessWidth width, ulong value)
    {
        Accessed?.Invoke(address, true, value);
        WriteAny(address, width, value);
    }

    /// <summary>Reads without translation.</summary>
    /// <inheritdoc/>
    public bool TryRead(uint stream, ulong address, Span<byte> into)
    {
        if (Memory.Contains(address, (ulong)into.Length))
        {
            Memory.Uncached(address, into.Length).CopyTo(into);
            return true;
        }

        if (!TryWidth(address, into.Length, out AccessWidth width) || Find(address, out _) is null)
        {
            Unclaimed++;
            return false;
        }

        Span<byte> word = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(word, ReadAny(address, width));
        word[..into.Length].CopyTo(into);
        return true;
    }

    /// <summary>Writes without translation.</summary>
    /// <inheritdoc/>
    public bool TryWrite(uint stream, ulong address, ReadOnlySpan<byte> from)
    {
        if (Memory.Contains(address, (ulong)from.Length))
        {
            from.CopyTo(Memory.Uncached(address, from.Length));
            return true;
        }

        if (!TryWidth(address, from.Length, out AccessWidth width) || Find(address, out ulong offset) is not { } device)
        {
            Unclaimed++;
            return false;
        }

        Span<byte> word = stackalloc byte[sizeof(ulong)];
        word.Clear();
        from.CopyTo(word);
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(word);
        if (device is IStreamDevice told)
        {
            told.Write(stream, offset, width, value);
        }
        else
        {
            device.Write(offset, width, value);
        }

        return true;
    }

    private static bool TryWidth(ulong address, int bytes, out AccessWidth width)
    {
        width = (AccessWidth)bytes;
        return bytes is 1 or 2 or 4 or 8 && address % (ulong)bytes == 0;
    }

    private ISimulatedDevice? Find(ulong address, out ulong offset)
    {
        foreach ((ulong start, ulong length, ISimulatedDevice device) in _devices)
        {
            if (address >= start && address - start < length)
            {
                offset = address - start;
                return device;
            }
        }

        offset = 0;
        return null;
    }

    private ulong ReadAny(ulong address, AccessWidth width)
    {
        int bytes = (int)width;
        if (Find(address, out ulong offset) is { } device)
        {
            return device.Read(offset, width);
        }

        Span<byte> word = stackalloc byte[sizeof(ulong)];
        if (Memory.Contains(address, (ulong)bytes))
        {
            word.Clear();
            Memory.Cached(address, bytes).CopyTo(word);
            return BinaryPrimitives.ReadUInt64LittleEndian(word);
        }

        Unclaimed++;
        return ulong.MaxValue >> (64 - (bytes * 8));
    }

    private void WriteAny(ulong address, AccessWidth width, ulong value)
    {
        if (Find(address, out ulong offset) is { } device)
        {
            device.Write(offset, width, value);
            return;
        }

        int bytes = (int)width;
        if (!Memory.Contains(address, (ulong)bytes))
        {
            Unclaimed++;
            return;
        }

        Span<byte> word = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        word[..bytes].CopyTo(Memory.Cached(address, bytes));
    }
}
