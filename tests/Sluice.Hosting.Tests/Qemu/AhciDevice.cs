using System;
using System.Diagnostics;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>An AHCI controller, used for its interrupt line alone (AHCI 1.3.1, section 3): the signature of its drive is an event that stays, and a switch lets it through.</summary>
internal sealed class AhciDevice
{
    private const uint Enabled = 0x8000_0000;
    private const uint InterruptEnable = 2;
    private const ulong Port = 0x100;
    private const ulong Received = 0x0100_0000;

    private readonly QtestBus _bus;
    private readonly RegisterAddress _base;

    public AhciDevice(BostonMachine machine, HostFunction<XilinxAxiHostBridge<QtestBus>> function)
    {
        _bus = machine.Bus;
        _base = function.MemoryAddress(5, 0);
        PciHeader.Registers<FunctionConfig<XilinxAxiHostBridge<QtestBus>>> header = function.Header;
        header.Command.Modify(header.Command.Read() with { IntxDisable = false });
        _bus.Write32(_base + 0x04, Enabled);

        // The drive's signature arrives in memory when receiving is switched on, and is an event of the port.
        for (ulong port = 0; port < 6; port++)
        {
            RegisterAddress place = _base + Port + (port * 0x80);
            _bus.Write32(place + 0x08, (uint)Received);
            _bus.Write32(place + 0x14, uint.MaxValue);
            _bus.Write32(place + 0x18, 0x10);
            _bus.Write32(place + 0x2C, 1);
            _bus.Write32(place + 0x2C, 0);
        }

        long begin = Stopwatch.GetTimestamp();
        while (_bus.Read32(_base + 0x08) == 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(5), "no port has an event");
        }
    }

    public void Raise() => _bus.Write32(_base + 0x04, Enabled | InterruptEnable);

    public void Lower() => _bus.Write32(_base + 0x04, Enabled);
}
