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
    private const uint ExpressOffset = 0x40;
    private const uint AccessOffset = 0x100;
    private const uint BusReset = 0x40;

    private bool _resetting;

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

    /// <summary>The functions that a reset of its secondary bus resets; without any, nothing is reset.</summary>
    public SimulatedPciBus? Functions { get; set; }

    /// <summary>How often the bus below was reset.</summary>
    public int BusResets { get; private set; }

    /// <summary>The bus in front of it.</summary>
    public uint PrimaryBus => Peek(0x18, AccessWidth.Byte);

    /// <summary>The bus behind it.</summary>
    public uint SecondaryBus => Peek(0x19, AccessWidth.Byte);

    /// <summary>The last bus behind it.</summary>
    public uint SubordinateBus => Peek(0x1A, AccessWidth.Byte);

    /// <summary>Gives it a PCI Express capability.</summary>
    /// <param name="kind">What it says it is: 4 a root port, 5 and 6 a switch's ports, 7 a bridge to conventional PCI (PCI Express Base Specification, "Device/Port Type").</param>
    public SimulatedBridgeFunction WithExpress(uint kind)
    {
        Poke(0x06, AccessWidth.HalfWord, Peek(0x06, AccessWidth.HalfWord) | 0x10);
        Poke(0x34, AccessWidth.Byte, ExpressOffset);
        Define(ExpressOffset, AccessWidth.Word, 0x0002_0010 | (kind << 20));
        return this;
    }

    /// <summary>Gives it an access control capability.</summary>
    /// <param name="abilities">What it can control, as ACS_CAP has it.</param>
    /// <param name="enabled">What of it is on.</param>
    public SimulatedBridgeFunction WithAccessControl(uint abilities, uint enabled)
    {
        Define(AccessOffset, AccessWidth.Word, 0x0001_000D);
        Define(AccessOffset + 4, AccessWidth.HalfWord, abilities);
        Define(AccessOffset + 6, AccessWidth.HalfWord, enabled, abilities);
        return this;
    }

    /// <summary>Numbers its buses.</summary>
    /// <param name="primary">The bus in front of it.</param>
    /// <param name="secondary">The bus behind it.</param>
    /// <param name="subordinate">The last bus behind it.</param>
    public SimulatedBridgeFunction WithBuses(uint primary, uint secondary, uint subordinate)
    {
        Poke(0x18, AccessWidth.Byte, primary);
        Poke(0x19, AccessWidth.Byte, secondary);
        Poke(0x1A, AccessWidth.Byte, subordinate);
        return this;
    }

    /// <summary>Whether requests for a bus go through it.</summary>
    public bool Routes(uint bus) => SecondaryBus != 0 && bus >= SecondaryBus && bus <= SubordinateBus;

    /// <summary>The way up for functions of conventional PCI behind the bridge: what they send carries the bridge's own id on their bus.</summary>
    /// <param name="path">The way from there on.</param>
    public IDmaPath Upstream(IDmaPath path) => new AliasedPath(this, path);

    /// <summary>Memory of functions behind it as its header lets it be reached: an address in none of its windows, or any address while COMMAND says no, reaches nobody.</summary>
    /// <param name="memory">The functions' memory.</param>
    /// <param name="pciAddress">The PCI address that the first byte has.</param>
    public ISimulatedDevice Downstream(ISimulatedDevice memory, ulong pciAddress) => new ForwardedMemory(this, memory, pciAddress);

    /// <summary>The way up for functions behind it as its header has it: nothing passes as long as it does not master the bus in front of it.</summary>
    /// <param name="path">The way from there on.</param>
    public IDmaPath Mastered(IDmaPath path) => new MasteredPath(this, path);

    private bool Forwards(ulong address)
    {
        const uint memoryEnable = 2;
        uint memory = Peek(0x20, AccessWidth.Word);
        uint prefetchable = Peek(0x24, AccessWidth.Word);
        bool isMemory = address >= First(memory) && address <= Last(memory);
        ulong first = ((ulong)Peek(0x28, AccessWidth.Word) << 32) | First(prefetchable);
        ulong last = ((ulong)Peek(0x2C, AccessWidth.Word) << 32) | Last(prefetchable);
        return (Peek(0x04, AccessWidth.HalfWord) & memoryEnable) != 0 && (isMemory || (address >= first && address <= last));
    }

    private static uint First(uint word) => (word & 0xFFF0) << 16;

    private static uint Last(uint word) => (word & 0xFFF0_0000) | 0xF_FFFF;

    /// <inheritdoc/>
    public override ulong ReadMemory(int bar, ulong offset, AccessWidth width) => ulong.MaxValue;

    /// <inheritdoc/>
    public override void WriteMemory(int bar, ulong offset, AccessWidth width, ulong value)
    {
    }

    /// <inheritdoc/>
    protected override void OnConfigWritten(uint offset, AccessWidth width, uint value)
    {
        bool resets = (Peek(0x3E, AccessWidth.HalfWord) & BusReset) != 0;
        if (resets && !_resetting)
        {
            BusResets++;
            Functions?.ResetBuses(SecondaryBus, SubordinateBus);
        }

        _resetting = resets;
    }

    private sealed class ForwardedMemory(SimulatedBridgeFunction bridge, ISimulatedDevice memory, ulong pciAddress) : ISimulatedDevice
    {
        public ulong Read(ulong offset, AccessWidth width)
            => bridge.Forwards(pciAddress + offset) ? memory.Read(offset, width) : ulong.MaxValue >> (64 - ((int)width * 8));

        public void Write(ulong offset, AccessWidth width, ulong value)
        {
            if (bridge.Forwards(pciAddress + offset))
            {
                memory.Write(offset, width, value);
            }
        }
    }

    private sealed class MasteredPath(SimulatedBridgeFunction bridge, IDmaPath path) : IDmaPath
    {
        private bool IsMaster => (bridge.Peek(0x04, AccessWidth.HalfWord) & 4) != 0;

        public bool TryRead(uint stream, ulong address, Span<byte> into) => IsMaster && path.TryRead(stream, address, into);

        public bool TryWrite(uint stream, ulong address, ReadOnlySpan<byte> from) => IsMaster && path.TryWrite(stream, address, from);
    }

    private sealed class AliasedPath(SimulatedBridgeFunction bridge, IDmaPath path) : IDmaPath
    {
        private uint Alias => new RequesterId(bridge.SecondaryBus, 0, 0).Value;

        public bool TryRead(uint stream, ulong address, Span<byte> into) => path.TryRead(Alias, address, into);

        public bool TryWrite(uint stream, ulong address, ReadOnlySpan<byte> from) => path.TryWrite(Alias, address, from);
    }
}
