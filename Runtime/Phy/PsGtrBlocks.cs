using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Phy;

/// <summary>The transceivers and their neighbours, over one bus.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <param name="bus">The bus.</param>
/// <param name="settings">Where they are.</param>
internal readonly struct PsGtrBlocks<TBus>(TBus bus, PsGtrSettings settings)
    where TBus : struct, IRegisterBus
{
    private const ulong LargestBlock = 0x4_0000;
    private const ulong Block = 0x1000;

    private readonly TBus _bus = bus;
    private readonly PsGtrSettings _settings = settings;

    public PsGtr.Registers<TBus> Serdes => new(_bus, _settings.Serdes);

    public Siou.Registers<TBus> Siou => new(_bus, _settings.Siou);

    public CrfApb.Registers<TBus> FullPower => new(_bus, _settings.FullPowerResets);

    public CrlApb.Registers<TBus> LowPower => new(_bus, _settings.LowPowerResets);

    public NwlAttributes.Registers<TBus> Pcie => new(_bus, _settings.PcieAttributes);

    public SataAhciVendor.Registers<TBus> Sata => new(_bus, _settings.SataVendor);

    public DisplayPort.Registers<TBus> Display => new(_bus, _settings.DisplayPort);

    public IouSlcr.Registers<TBus> Ethernet => new(_bus, _settings.EthernetClocks);

    public Usb3Regs.Registers<TBus> Usb(uint controller) => new(_bus, controller == 0 ? _settings.Usb0 : _settings.Usb1);

    /// <summary>Which block an address is in.</summary>
    /// <param name="address">The machine address.</param>
    /// <param name="offset">Byte offset in the block.</param>
    public BridgeBlock Find(ulong address, out uint offset)
    {
        return Is(_settings.Serdes, LargestBlock, address, out offset) ? BridgeBlock.PsGtr
            : Is(_settings.Siou, Block, address, out offset) ? BridgeBlock.Siou
            : Is(_settings.FullPowerResets, Block, address, out offset) ? BridgeBlock.CrfApb
            : Is(_settings.LowPowerResets, Block, address, out offset) ? BridgeBlock.CrlApb
            : Is(_settings.PcieAttributes, Block, address, out offset) ? BridgeBlock.NwlAttributes
            : Is(_settings.SataVendor, Block, address, out offset) ? BridgeBlock.SataVendor
            : Is(_settings.DisplayPort, Block, address, out offset) ? BridgeBlock.DisplayPort
            : Is(_settings.Usb0, Block, address, out offset) || Is(_settings.Usb1, Block, address, out offset) ? BridgeBlock.UsbGlue
            : Is(_settings.EthernetClocks, Block, address, out offset) ? BridgeBlock.IouSlcr
            : BridgeBlock.Settings;
    }

    private static bool Is(RegisterAddress start, ulong bytes, ulong address, out uint offset)
    {
        bool within = address >= start.Value && address - start.Value < bytes;
        offset = within ? (uint)(address - start.Value) : 0;
        return within;
    }
}
