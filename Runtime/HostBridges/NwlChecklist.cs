using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// What must be so of an NWL bridge before anything behind it is assigned, whoever brought it up. It only reads, and config space last: before the transceivers are
/// ready an access to it may never be answered.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <param name="bridge">The bridge's registers.</param>
/// <param name="attributes">The attributes of its core.</param>
/// <param name="settings">What the board decided.</param>
internal readonly struct NwlChecklist<TBus>(NwlBridge.Registers<TBus> bridge, NwlAttributes.Registers<TBus> attributes, NwlSettings settings)
    where TBus : struct, IRegisterBus
{
    private const uint Enable = 1;
    private const uint Force = 2;
    private const uint Secure = 4;
    private const uint ErrorWhereNobodyAnswers = 0x100;
    private const uint NoBar = 7;
    private const uint ClosedToTheLink = 0x3_0000;
    private const uint Page = 0xFFFF_F000;
    private const uint SizeShift = 16;
    private const uint SizeMask = 0x1F;

    private readonly NwlBridge.Registers<TBus> _bridge = bridge;
    private readonly NwlAttributes.Registers<TBus> _attributes = attributes;
    private readonly NwlSettings _settings = settings;

    /// <summary>Goes through the list, but for the state of the link and the root port.</summary>
    /// <returns>The first thing that is not so, or nothing.</returns>
    public BridgeRefusal Check()
    {
        BridgeChecklist list = default;
        if (list.Require(BridgeBlock.NwlAttributes, NwlAttributes.Offsets.PcieStatus, _attributes.PcieStatus.Read().Value, 2, 2)
            && Registers(ref list)
            && Config(ref list)
            && Link(ref list))
        {
            Translations(ref list);
        }

        return list.Refusal;
    }

    /// <summary>Whether the link is up: there may be nothing behind a bridge that is otherwise fit.</summary>
    public BridgeRefusal CheckLink()
    {
        BridgeChecklist list = default;
        list.Require(BridgeBlock.NwlAttributes, NwlAttributes.Offsets.PcieStatus, _attributes.PcieStatus.Read().Value, 3, 3);
        return list.Refusal;
    }

    /// <summary>The code of the smallest config window that holds the board's, as the bridge counts.</summary>
    /// <param name="capabilities">What the bridge says of its config window.</param>
    /// <param name="code">The code.</param>
    /// <returns>Whether the bridge can have such a window.</returns>
    public bool TrySizeCode(NwlBridge.EEcamCapabilities capabilities, out uint code)
    {
        code = 0;
        ulong bytes = 1UL << (int)(capabilities.EcamSizeOffset & 0x3F);
        while (bytes < _settings.Config.SizeBytes && code <= SizeMask && bytes != 0)
        {
            code++;
            bytes <<= 1;
        }

        return bytes == _settings.Config.SizeBytes && code <= capabilities.EcamSizeMax;
    }

    private bool Registers(ref BridgeChecklist list)
    {
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.EBregCapabilities, _bridge.EBregCapabilities.Read().Value, 1, 1);
        uint control = _bridge.EBregControl.Read().Value;

        // A boot loader may have left the window where the hardware begins with it; then its base means nothing.
        if (_settings.Policy == BringUpPolicy.Firmware && (control & Force) != 0 && control != uint.MaxValue)
        {
            return list.Passes;
        }

        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.EBregControl, control, Enable | Force, Enable);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.EBregBaseLo, _bridge.EBregBaseLo.Read().Value, Page, (uint)_settings.Bridge.Value & Page);
        return list.Require(
            BridgeBlock.NwlBridge, NwlBridge.Offsets.EBregBaseHi, _bridge.EBregBaseHi.Read().Value, uint.MaxValue, (uint)(_settings.Bridge.Value >> 32));
    }

    private bool Config(ref BridgeChecklist list)
    {
        NwlBridge.EEcamCapabilities capabilities = _bridge.EEcamCapabilities.Read();
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.EEcamCapabilities, capabilities.Value, 1, 1);
        uint control = _bridge.EEcamControl.Read().Value;
        if (!TrySizeCode(capabilities, out uint code))
        {
            list.Require(BridgeBlock.Settings, 0, (uint)_settings.Config.SizeBytes, 0, 1);
        }

        // Exactly this size, as a larger window would swallow what lies behind the board's; and open to us, who are not secure.
        list.Require(
            BridgeBlock.NwlBridge, NwlBridge.Offsets.EEcamControl, control, (SizeMask << (int)SizeShift) | Secure | Enable, (code << (int)SizeShift) | Enable);
        list.Require(
            BridgeBlock.NwlBridge, NwlBridge.Offsets.EEcamBaseLo, _bridge.EEcamBaseLo.Read().Value, Page, (uint)_settings.Config.Address & Page);
        return list.Require(
            BridgeBlock.NwlBridge, NwlBridge.Offsets.EEcamBaseHi, _bridge.EEcamBaseHi.Read().Value, uint.MaxValue, (uint)(_settings.Config.Address >> 32));
    }

    private bool Link(ref BridgeChecklist list)
    {
        // No BAR opens the bridge's registers to the link. A boot loader that verifies only what it needs stops there; whoever is trapped, or is us, closes both ways.
        uint closed = _settings.Policy == BringUpPolicy.Firmware ? NoBar : ClosedToTheLink | NoBar;
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.BridgeCoreCfgPcieRx0, _bridge.BridgeCoreCfgPcieRx0.Read().Value, closed, closed);

        // Where nobody answers there must be ones, and no bus error: that would stop whoever enumerates.
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.BridgeCoreCfgPcieRx1, _bridge.BridgeCoreCfgPcieRx1.Read().Value, ErrorWhereNobodyAnswers, 0);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.IIsubControl, _bridge.IIsubControl.Read().Value, Enable, Enable);
        return list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.BridgeCoreCfgInterrupt, _bridge.BridgeCoreCfgInterrupt.Read().Value, Enable, Enable);
    }

    private static bool IsOwn(byte windows, uint index) => (windows & (1u << (int)index)) != 0;

    // A translation that nobody here opened would send DMA, or the processor's accesses, somewhere else.
    private void Translations(ref BridgeChecklist list)
    {
        uint stride = NwlWindows<TBus>.StrideBytes;
        for (uint index = 0; index < NwlWindows<TBus>.Count; index++)
        {
            if (!_bridge.TranIngressControl.TryIndex(index, out RegisterIndex<NwlBridge.TranIngressControl> ingress)
                || !_bridge.TranEgressControl.TryIndex(index, out RegisterIndex<NwlBridge.TranEgressControl> egress))
            {
                return;
            }

            list.Require(
                BridgeBlock.NwlBridge, NwlBridge.Offsets.TranIngressControl + (index * stride), _bridge.TranIngressControl[ingress].Read().Value, IsOwn(_settings.OwnIngress, index) ? 0 : Enable, 0);
            list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.TranEgressControl + (index * stride), _bridge.TranEgressControl[egress].Read().Value, IsOwn(_settings.OwnEgress, index) ? 0 : Enable, 0);
        }
    }
}
