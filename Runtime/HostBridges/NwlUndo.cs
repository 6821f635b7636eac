using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>What the registers held that the bring-up writes, to put it back when a step fails.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
internal readonly struct NwlUndo<TBus>
    where TBus : struct, IRegisterBus
{
    private readonly NwlBridge.Registers<TBus> _registers;
    private readonly NwlBridge.EBregBaseLo _baseLow;
    private readonly NwlBridge.EBregBaseHi _baseHigh;
    private readonly NwlBridge.EBregControl _control;
    private readonly NwlBridge.BridgeCoreCfgPcieRx0 _receive;
    private readonly NwlBridge.BridgeCoreCfgPcieRx1 _cache;
    private readonly NwlBridge.IIsubControl _ingress;
    private readonly NwlBridge.BridgeCoreCfgPcieRxMsgFilter _filter;
    private readonly NwlBridge.EEcamControl _config;
    private readonly NwlBridge.EEcamBaseLo _configLow;
    private readonly NwlBridge.EEcamBaseHi _configHigh;
    private readonly NwlBridge.MsgfMiscMask _events;
    private readonly NwlBridge.MsgfLegMask _lines;
    private readonly NwlBridge.BridgeCoreCfgInterrupt _interrupt;

    /// <summary>Remembers what there is.</summary>
    /// <param name="registers">The bridge's registers.</param>
    public NwlUndo(NwlBridge.Registers<TBus> registers)
    {
        _registers = registers;
        _baseLow = registers.EBregBaseLo.Read();
        _baseHigh = registers.EBregBaseHi.Read();
        _control = registers.EBregControl.Read();
        _receive = registers.BridgeCoreCfgPcieRx0.Read();
        _cache = registers.BridgeCoreCfgPcieRx1.Read();
        _ingress = registers.IIsubControl.Read();
        _filter = registers.BridgeCoreCfgPcieRxMsgFilter.Read();
        _config = registers.EEcamControl.Read();
        _configLow = registers.EEcamBaseLo.Read();
        _configHigh = registers.EEcamBaseHi.Read();
        _events = registers.MsgfMiscMask.Read();
        _lines = registers.MsgfLegMask.Read();
        _interrupt = registers.BridgeCoreCfgInterrupt.Read();
    }

    /// <summary>BRIDGE_CORE_CFG_PCIE_RX1 as it was.</summary>
    public uint Cache => _cache.Value;

    /// <summary>
    /// Whether every register answered: none of them can hold all ones. What did not answer could not be put back, so nothing may be written.
    /// </summary>
    /// <param name="list">Gets the register that did not.</param>
    [CoversState(Except = [nameof(_registers)])]
    public bool IsWhole(ref BridgeChecklist list)
    {
        Answered(ref list, NwlBridge.Offsets.EBregBaseLo, _baseLow.Value);
        Answered(ref list, NwlBridge.Offsets.EBregBaseHi, _baseHigh.Value);
        Answered(ref list, NwlBridge.Offsets.EBregControl, _control.Value);
        Answered(ref list, NwlBridge.Offsets.BridgeCoreCfgPcieRx0, _receive.Value);
        Answered(ref list, NwlBridge.Offsets.BridgeCoreCfgPcieRx1, _cache.Value);
        Answered(ref list, NwlBridge.Offsets.IIsubControl, _ingress.Value);
        Answered(ref list, NwlBridge.Offsets.BridgeCoreCfgPcieRxMsgFilter, _filter.Value);
        Answered(ref list, NwlBridge.Offsets.EEcamControl, _config.Value);
        Answered(ref list, NwlBridge.Offsets.EEcamBaseLo, _configLow.Value);
        Answered(ref list, NwlBridge.Offsets.EEcamBaseHi, _configHigh.Value);
        Answered(ref list, NwlBridge.Offsets.MsgfMiscMask, _events.Value);
        Answered(ref list, NwlBridge.Offsets.MsgfLegMask, _lines.Value);
        return Answered(ref list, NwlBridge.Offsets.BridgeCoreCfgInterrupt, _interrupt.Value);
    }

    /// <summary>Puts all of it back, the last step first.</summary>
    [CoversState]
    public void Restore()
    {
        _registers.BridgeCoreCfgInterrupt.Modify(_interrupt);
        _registers.MsgfLegMask.Modify(_lines);
        _registers.MsgfMiscMask.Modify(_events);
        _registers.EEcamControl.Modify(_config with { EcamEnable = false });
        _registers.EEcamBaseHi.Modify(_configHigh);
        _registers.EEcamBaseLo.Modify(_configLow);
        _registers.EEcamControl.Modify(_config);
        _registers.BridgeCoreCfgPcieRxMsgFilter.Modify(_filter);
        _registers.IIsubControl.Modify(_ingress);
        _registers.BridgeCoreCfgPcieRx1.Modify(_cache);
        _registers.BridgeCoreCfgPcieRx0.Modify(_receive);
        _registers.EBregControl.Modify(_control);
        _registers.EBregBaseHi.Modify(_baseHigh);
        _registers.EBregBaseLo.Modify(_baseLow);
    }

    private static bool Answered(ref BridgeChecklist list, uint offset, uint value) => list.Require(BridgeBlock.NwlBridge, offset, value, 0, 0);
}
