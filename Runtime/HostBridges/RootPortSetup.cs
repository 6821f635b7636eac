using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>The header of a bridge's own root port: which buses lie behind it.</summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <param name="bridge">The host bridge.</param>
/// <param name="window">Its buses; the root port is device 0 of the first one.</param>
internal readonly struct RootPortSetup<TBridge>(TBridge bridge, EcamWindow window)
    where TBridge : struct, IHostBridge
{
    private const uint BridgeLayout = 1;
    private const uint LayoutMask = 0x7F;
    private const uint BridgeClass = 0x0604;
    private const uint BusMask = 0x00FF_FFFF;
    private const uint Word = 0xFFFF_FFFC;

    private readonly TBridge _bridge = bridge;
    private readonly EcamWindow _window = window;

    /// <summary>The three bus numbers as one word.</summary>
    public uint Buses => Read(PciBridgeHeader.Offsets.PrimaryBus) & BusMask;

    /// <summary>What they should be.</summary>
    public uint OwnBuses => _window.FirstBus | ((_window.FirstBus + 1) << 8) | ((uint)_window.LastBus << 16);

    /// <summary>The bus numbers, read twice: a port that does not answer the same is not numbered, because it could not be put back.</summary>
    /// <param name="list">Gets the register when it does not.</param>
    /// <param name="buses">The numbers.</param>
    public bool TryReadBuses(ref BridgeChecklist list, out uint buses)
    {
        buses = Buses;
        return list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.PrimaryBus, Buses, BusMask, buses);
    }

    /// <summary>Writes the bus numbers.</summary>
    /// <param name="buses">Primary in bits 7:0, secondary in 15:8, subordinate in 23:16.</param>
    public void Number(uint buses)
    {
        // One whole word, as every config window takes it; the latency timer beside them stays.
        uint timer = Read(PciBridgeHeader.Offsets.PrimaryBus) & ~BusMask;
        _bridge.WriteConfig(RootPort, PciBridgeHeader.Offsets.PrimaryBus, AccessWidth.Word, timer | (buses & BusMask));
    }

    /// <summary>Whether there is a root port whose buses are the board's.</summary>
    public bool Check(ref BridgeChecklist list)
    {
        uint identity = Read(PciBridgeHeader.Offsets.VendorId);
        uint vendor = identity & ushort.MaxValue;
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.VendorId, vendor == ushort.MaxValue ? uint.MaxValue : vendor, 0, 0);
        uint layout = (Read(PciBridgeHeader.Offsets.HeaderType & Word) >> 16) & byte.MaxValue;
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.HeaderType, layout, LayoutMask, BridgeLayout);
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.ClassDevice, Read(PciBridgeHeader.Offsets.ClassDevice & Word) >> 16, ushort.MaxValue, BridgeClass);
        uint buses = Buses;

        // Firmware may have routed fewer buses than there is room for.
        bool routesLess = buses >> 16 > _window.FirstBus && (int)(buses >> 16) <= _window.LastBus;
        return list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.PrimaryBus, buses, routesLess ? ushort.MaxValue : BusMask, routesLess ? OwnBuses & ushort.MaxValue : OwnBuses);
    }

    private RequesterId RootPort => new(_window.FirstBus, 0, 0);

    private uint Read(uint offset) => _bridge.ReadConfig(RootPort, offset, AccessWidth.Word);
}
