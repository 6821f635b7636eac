using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>As much of an NVMe driver as one admin command needs (NVM Express Base Specification, sections 3.1 and 5.17). Queues and buffers are at addresses of the device.</summary>
internal sealed class NvmeDevice(VirtMachine machine, HostFunction<EcamHostBridge<QtestBus>> function, ulong queues, ulong? deviceQueues = null)
{
    private const uint Entries = 4;

    private readonly RegisterAddress _base = function.MemoryAddress(0, 0);
    private readonly ulong _deviceQueues = deviceQueues ?? queues;
    private uint _tail;

    public uint Version => machine.Bus.Read32(_base + 8);

    public bool IsReady => (machine.Bus.Read32(_base + 0x1C) & 1) != 0;

    private static ulong Completions => 0x1000;

    public void Enable()
    {
        QtestBus bus = machine.Bus;
        bus.Write32(_base + 0x24, (Entries - 1) | ((Entries - 1) << 16));
        bus.Write32(_base + 0x28, (uint)_deviceQueues);
        bus.Write32(_base + 0x2C, (uint)(_deviceQueues >> 32));
        bus.Write32(_base + 0x30, (uint)(_deviceQueues + Completions));
        bus.Write32(_base + 0x34, (uint)((_deviceQueues + Completions) >> 32));
        bus.Write32(_base + 0x14, 0x0046_0001);
        Await(() => IsReady, "the controller does not become ready");
    }

    /// <summary>Has the controller write its identity to memory.</summary>
    /// <param name="buffer">Where, as the device addresses it.</param>
    public void Identify(ulong buffer)
    {
        Span<byte> command = stackalloc byte[64];
        command.Clear();
        command[0] = 0x06;
        BinaryPrimitives.WriteUInt16LittleEndian(command[2..], (ushort)(_tail + 1));
        BinaryPrimitives.WriteUInt64LittleEndian(command[24..], buffer);
        command[40] = 1;
        machine.Machine.Connection.WriteMemory(queues + (_tail * 64), command);
        ulong completion = queues + Completions + (_tail * 16);
        _tail++;
        machine.Bus.Write32(_base + 0x1000, _tail);
        Await(() => (machine.Bus.Read32(new RegisterAddress(completion + 12)) & 0x1_0000) != 0, "the command is not completed");
    }

    /// <summary>Submits the same command without waiting: its completion may have nowhere to go.</summary>
    public void IdentifyBlind(ulong buffer)
    {
        Span<byte> command = stackalloc byte[64];
        command.Clear();
        command[0] = 0x06;
        BinaryPrimitives.WriteUInt64LittleEndian(command[24..], buffer);
        command[40] = 1;
        machine.Machine.Connection.WriteMemory(queues + (_tail * 64), command);
        _tail++;
        machine.Bus.Write32(_base + 0x1000, _tail);
        _ = machine.Bus.Read32(_base);
    }

    public string SerialAt(ulong address) => Encoding.ASCII.GetString(machine.ReadMemory(address + 4, 20)).TrimEnd();

    private static void Await(Func<bool> condition, string complaint)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(10), complaint);
        }
    }
}
