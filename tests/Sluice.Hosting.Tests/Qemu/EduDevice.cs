using System;
using System.Diagnostics;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>QEMU's teaching device (QEMU, docs/specs/edu.rst): DMA between a 4 KiB buffer of its own and memory, and an interrupt on demand.</summary>
internal sealed class EduDevice
{
    public const int MostBytes = 2048;

    private const ulong OwnBuffer = 0x40000;

    private readonly QtestBus _bus;

    public EduDevice(VirtMachine machine, HostFunction<EcamHostBridge<QtestBus>> function)
    {
        _bus = machine.Bus;
        Function = function;
        Base = function.MemoryAddress(0, 0);
    }

    public HostFunction<EcamHostBridge<QtestBus>> Function { get; }

    public uint Identification => _bus.Read32(Base);

    private RegisterAddress Base { get; }

    public void Raise(uint bits) => _bus.Write32(Base + 0x60, bits);

    public void Acknowledge(uint bits) => _bus.Write32(Base + 0x64, bits);

    /// <summary>Has the device read memory into its own buffer.</summary>
    public void Fetch(ulong address, int bytes) => Transfer(address, OwnBuffer, bytes, 1);

    /// <summary>Has the device write its own buffer to memory.</summary>
    public void Store(ulong address, int bytes) => Transfer(OwnBuffer, address, bytes, 3);

    private void Transfer(ulong source, ulong destination, int bytes, uint command)
    {
        // QEMU itself ends on a transfer of all 4096 bytes of the buffer.
        Assert.InRange(bytes, 1, MostBytes);
        _bus.Write64(Base + 0x80, source);
        _bus.Write64(Base + 0x88, destination);
        _bus.Write64(Base + 0x90, (ulong)bytes);
        _bus.Write64(Base + 0x98, command);
        long begin = Stopwatch.GetTimestamp();
        while ((_bus.Read64(Base + 0x98) & 1) != 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(10), "the device's transfer does not end");
        }
    }
}
