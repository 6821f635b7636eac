using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>What the registers held that starting the NWL bridge's MSI controller writes, to put it back when a step fails.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
internal readonly struct NwlMsiUndo<TBus>
    where TBus : struct, IRegisterBus
{
    private readonly NwlBridge.Registers<TBus> _registers;
    private readonly NwlBridge.IMsiiControl _control;
    private readonly NwlBridge.IMsiiBaseLo _low;
    private readonly NwlBridge.IMsiiBaseHi _high;
    private readonly NwlBridge.MsgfMsiMaskLo _lowMask;
    private readonly NwlBridge.MsgfMsiMaskHi _highMask;
    private readonly NwlBridge.MsgfMiscMask _events;

    /// <summary>Remembers what there is.</summary>
    /// <param name="registers">The bridge's registers.</param>
    public NwlMsiUndo(NwlBridge.Registers<TBus> registers)
    {
        _registers = registers;
        _control = registers.IMsiiControl.Read();
        _low = registers.IMsiiBaseLo.Read();
        _high = registers.IMsiiBaseHi.Read();
        _lowMask = registers.MsgfMsiMaskLo.Read();
        _highMask = registers.MsgfMsiMaskHi.Read();
        _events = registers.MsgfMiscMask.Read();
    }

    /// <summary>MSGF_MISC_MASK as it was.</summary>
    public NwlBridge.MsgfMiscMask Events => _events;

    /// <summary>Whether every register answered; the masks alone can hold all ones, and are asked a second time then.</summary>
    /// <param name="list">Gets the register that did not.</param>
    [CoversState]
    public bool IsWhole(ref BridgeChecklist list)
    {
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.IMsiiControl, _control.Value, 0, 0);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.IMsiiBaseLo, _low.Value, 0, 0);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.IMsiiBaseHi, _high.Value, 0, 0);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.MsgfMiscMask, _events.Value, 0, 0);
        bool low = _lowMask.Value != uint.MaxValue || _registers.MsgfMsiMaskLo.Read().Value == uint.MaxValue;
        bool high = _highMask.Value != uint.MaxValue || _registers.MsgfMsiMaskHi.Read().Value == uint.MaxValue;
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.MsgfMsiMaskLo, low ? 0 : uint.MaxValue, 0, 0);
        return list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.MsgfMsiMaskHi, high ? 0 : uint.MaxValue, 0, 0);
    }

    /// <summary>Puts all of it back; the window is closed while it moves.</summary>
    [CoversState]
    public void Restore()
    {
        _registers.IMsiiControl.Write(default);
        _registers.MsgfMiscMask.Modify(_events);
        _registers.MsgfMsiMaskHi.Modify(_highMask);
        _registers.MsgfMsiMaskLo.Modify(_lowMask);
        _registers.IMsiiBaseHi.Modify(_high);
        _registers.IMsiiBaseLo.Modify(_low);
        _registers.IMsiiControl.Modify(_control);
    }
}
