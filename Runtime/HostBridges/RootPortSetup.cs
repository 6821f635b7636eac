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

    private readonly EcamWindow _window = window;
    private readonly PciBridgeHeader.Registers<FunctionConfig<TBridge>> _header =
        new(new FunctionConfig<TBridge>(bridge, new RequesterId(window.FirstBus, 0, 0)), new RegisterAddress(0));

    /// <summary>The three bus numbers as one word.</summary>
    public uint Buses
        => _header.PrimaryBus.Read().Value | ((uint)_header.SecondaryBus.Read().Value << 8) | ((uint)_header.SubordinateBus.Read().Value << 16);

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
        _header.PrimaryBus.Write(new PciBridgeHeader.PrimaryBus((byte)buses));
        _header.SecondaryBus.Write(new PciBridgeHeader.SecondaryBus((byte)(buses >> 8)));
        _header.SubordinateBus.Write(new PciBridgeHeader.SubordinateBus((byte)(buses >> 16)));
    }

    /// <summary>Whether there is a root port whose buses are the board's.</summary>
    public bool Check(ref BridgeChecklist list)
    {
        uint vendor = _header.VendorId.Read().Value;
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.VendorId, vendor == ushort.MaxValue ? uint.MaxValue : vendor, 0, 0);
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.HeaderType, _header.HeaderType.Read().Value, LayoutMask, BridgeLayout);
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.ClassDevice, _header.ClassDevice.Read().Value, ushort.MaxValue, BridgeClass);
        uint buses = Buses;

        // Firmware may have routed fewer buses than there is room for.
        bool routesLess = buses >> 16 > _window.FirstBus && (int)(buses >> 16) <= _window.LastBus;
        return list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.PrimaryBus, buses, routesLess ? ushort.MaxValue : BusMask, routesLess ? OwnBuses & ushort.MaxValue : OwnBuses);
    }
}
