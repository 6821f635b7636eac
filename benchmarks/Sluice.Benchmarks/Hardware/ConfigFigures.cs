using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Benchmarks.Hardware;

/// <summary>A read of config space through a driver, of memory in the place of the window.</summary>
internal static class ConfigFigures
{
    private const int Reads = 10_000;
    private const ulong WindowBytes = 16 << 20;

    public static void Print()
    {
        using NativeMemoryRegion window = new((nuint)WindowBytes, 0x10_0000);
        using NativeMemoryRegion registers = new(0x1000, 0x1000);
        using NativeMemoryRegion attributes = new(0x1000, 0x1000);
        RequesterId function = new(1, 0, 0);
        EcamWindow buses = new(window.Start, WindowBytes, 0, 15);
        EcamHostBridge<MmioBus> generic = new(default, buses);
        uint sum = 0;
        Stopwatches.Print("generic ECAM: read of a word of config space", Reads, () =>
        {
            for (uint index = 0; index < Reads; index++)
            {
                sum += generic.ReadConfig(function, index & 0xFFC, AccessWidth.Word);
            }
        });
        attributes.Set(NwlAttributes.Offsets.PcieStatus, 3);
        registers.Set(NwlBridge.Offsets.EBregCapabilities, 0x030C_0001);
        registers.Set(NwlBridge.Offsets.EBregControl, 2);
        registers.Set(NwlBridge.Offsets.EEcamCapabilities, 0x100C_0001);
        registers.Set(NwlBridge.Offsets.EEcamControl, 0x000C_0001);
        registers.Set(NwlBridge.Offsets.EEcamBaseLo, (uint)window.Start);
        registers.Set(NwlBridge.Offsets.EEcamBaseHi, (uint)(window.Start >> 32));
        registers.Set(NwlBridge.Offsets.BridgeCoreCfgPcieRx0, 7);
        registers.Set(NwlBridge.Offsets.IIsubControl, 1);
        registers.Set(NwlBridge.Offsets.BridgeCoreCfgInterrupt, 1);
        window.Set(0x00, 0xD021_10EE);
        window.Set(0x08, 0x0604_0000);
        window.Set(0x0C, 0x0001_0000);
        window.Set(0x18, 0x000F_0100);
        NwlSettings settings = new() { Bridge = new RegisterAddress(registers.Start), Attributes = new RegisterAddress(attributes.Start), Config = buses };
        if (!NwlHostBridge<MmioBus>.TryStart(default, default(NoTime), settings, out NwlHostBridge<MmioBus> bridge, out BridgeRefusal refusal))
        {
            throw new InvalidOperationException($"{refusal.Block} 0x{refusal.Offset:X}");
        }

        Stopwatches.Print("NWL: read of a word of config space behind the link, whose state is read too", Reads, () =>
        {
            for (uint index = 0; index < Reads; index++)
            {
                sum += bridge.ReadConfig(function, index & 0xFFC, AccessWidth.Word);
            }
        });
        GC.KeepAlive(sum);
    }
}
