using System;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Blocks;

namespace Sluice.Simulation.Pci;

/// <summary>
/// A function with a type-1 header: a root port, or a bridge to conventional PCI. Its header is the description's, so that what can be written and what clears is the
/// hardware's.
/// </summary>
public sealed class SimulatedBridgeFunction : SimulatedFunction
{
    private const uint HeaderBytes = 0x40;

    /// <summary>Makes a bridge that routes no bus yet.</summary>
    /// <param name="identity">Device id in bits 31:16, vendor id in 15:0.</param>
    public SimulatedBridgeFunction(uint identity)
    {
        for (uint offset = 0; offset < HeaderBytes; offset += 4)
        {
            DefineWord<PciBridgeHeader.Hardware.Tables>(offset);
        }

        Poke(0x00, AccessWidth.Word, identity);
        Poke(0x08, AccessWidth.Word, 0x0604_0000);
        Poke(0x0E, AccessWidth.Byte, 1);
    }

    /// <summary>The bus in front of it.</summary>
    public uint PrimaryBus => Peek(0x18, AccessWidth.Byte);

    /// <summary>The bus behind it.</summary>
    public uint SecondaryBus => Peek(0x19, AccessWidth.Byte);

    /// <summary>The last bus behind it.</summary>
    public uint SubordinateBus => Peek(0x1A, AccessWidth.Byte);

    /// <summary>Whether requests for a bus go through it.</summary>
    public bool Routes(uint bus) => SecondaryBus != 0 && bus >= SecondaryBus && bus <= SubordinateBus;

    /// <summary>The way up for functions of conventional PCI behind the bridge: what they send carries the bridge's own id on their bus.</summary>
    /// <param name="path">The way from there on.</param>
    public IDmaPath Upstream(IDmaPath path) => new AliasedPath(this, path);

    /// <inheritdoc/>
    public override ulong ReadMemory(int bar, ulong offset, AccessWidth width) => ulong.MaxValue;

    /// <inheritdoc/>
    public override void WriteMemory(int bar, ulong offset, AccessWidth width, ulong value)
    {
    }

    private sealed class AliasedPath(SimulatedBridgeFunction bridge, IDmaPath path) : IDmaPath
    {
        private uint Alias => new RequesterId(bridge.SecondaryBus, 0, 0).Value;

        public bool TryRead(uint stream, ulong address, Span<byte> into) => path.TryRead(Alias, address, into);

        public bool TryWrite(uint stream, ulong address, ReadOnlySpan<byte> from) => path.TryWrite(Alias, address, from);
    }
}
