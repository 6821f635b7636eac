using System.Numerics;
using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// The eight translations of the NWL bridge in each direction. A window is closed while it is changed, and one that does not read back as it was written is closed
/// again.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <param name="registers">The bridge's registers.</param>
/// <remarks>Source: embeddedsw pciepsu, xpciepsu_ep.c.</remarks>
public readonly struct NwlWindows<TBus>(NwlBridge.Registers<TBus> registers)
    where TBus : struct, IRegisterBus
{
    /// <summary>How many there are in each direction.</summary>
    public const uint Count = 8;

    /// <summary>From one to the next, in bytes.</summary>
    public const uint StrideBytes = 0x20;

    private const uint LargestCode = 0x1F;

    private readonly NwlBridge.Registers<TBus> _registers = registers;

    /// <summary>Opens a window from the link to the machine.</summary>
    /// <param name="index">Which one, below <see cref="Count"/>.</param>
    /// <param name="window">What it translates.</param>
    /// <param name="refusal">What did not do what it should.</param>
    /// <returns>Whether it is open; if not, it is closed.</returns>
    public bool TryOpenIngress(uint index, NwlWindow window, out BridgeRefusal refusal)
    {
        BridgeChecklist list = default;
        if (!_registers.TranIngressControl.TryIndex(index, out RegisterIndex<NwlBridge.TranIngressControl> control)
            || !_registers.TranIngressCapabilities.TryIndex(index, out RegisterIndex<NwlBridge.TranIngressCapabilities> capabilities)
            || !_registers.TranIngressSrcBaseLo.TryIndex(index, out RegisterIndex<NwlBridge.TranIngressSrcBaseLo> sourceLow)
            || !_registers.TranIngressSrcBaseHi.TryIndex(index, out RegisterIndex<NwlBridge.TranIngressSrcBaseHi> sourceHigh)
            || !_registers.TranIngressDstBaseLo.TryIndex(index, out RegisterIndex<NwlBridge.TranIngressDstBaseLo> destinationLow)
            || !_registers.TranIngressDstBaseHi.TryIndex(index, out RegisterIndex<NwlBridge.TranIngressDstBaseHi> destinationHigh))
        {
            refusal = new BridgeRefusal(BridgeBlock.Settings, 0, index, 0, 1);
            return false;
        }

        NwlBridge.TranIngressCapabilities able = _registers.TranIngressCapabilities[capabilities].Read();
        uint place = index * StrideBytes;
        if (!list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.TranIngressCapabilities + place, able.Value, 1, 1)
            || !TryCode(window, able.IngressSizeOffset, able.IngressSizeMax, ref list, out uint code))
        {
            refusal = list.Refusal;
            return false;
        }

        _registers.TranIngressControl[control].Write(default);
        _registers.TranIngressSrcBaseLo[sourceLow].Write(new NwlBridge.TranIngressSrcBaseLo((uint)window.Source));
        _registers.TranIngressSrcBaseHi[sourceHigh].Write(new NwlBridge.TranIngressSrcBaseHi((uint)(window.Source >> 32)));
        _registers.TranIngressDstBaseLo[destinationLow].Write(new NwlBridge.TranIngressDstBaseLo((uint)window.Destination));
        _registers.TranIngressDstBaseHi[destinationHigh].Write(new NwlBridge.TranIngressDstBaseHi((uint)(window.Destination >> 32)));
        Expect(ref list, NwlBridge.Offsets.TranIngressSrcBaseLo + place, _registers.TranIngressSrcBaseLo[sourceLow].Read().Value, (uint)window.Source);
        Expect(ref list, NwlBridge.Offsets.TranIngressSrcBaseHi + place, _registers.TranIngressSrcBaseHi[sourceHigh].Read().Value, (uint)(window.Source >> 32));
        Expect(ref list, NwlBridge.Offsets.TranIngressDstBaseLo + place, _registers.TranIngressDstBaseLo[destinationLow].Read().Value, (uint)window.Destination);
        Expect(ref list, NwlBridge.Offsets.TranIngressDstBaseHi + place, _registers.TranIngressDstBaseHi[destinationHigh].Read().Value, (uint)(window.Destination >> 32));
        if (list.Passes)
        {
            NwlBridge.TranIngressControl open = default(NwlBridge.TranIngressControl) with { IngressEnable = true, IngressSize = code };
            _registers.TranIngressControl[control].Write(open);
            Expect(ref list, NwlBridge.Offsets.TranIngressControl + place, _registers.TranIngressControl[control].Read().Value, open.Value);
        }

        if (!list.Passes)
        {
            _registers.TranIngressControl[control].Write(default);
        }

        refusal = list.Refusal;
        return list.Passes;
    }

    /// <summary>Opens a window from the machine to the link.</summary>
    /// <param name="index">Which one, below <see cref="Count"/>.</param>
    /// <param name="window">What it translates.</param>
    /// <param name="refusal">What did not do what it should.</param>
    /// <returns>Whether it is open; if not, it is closed.</returns>
    public bool TryOpenEgress(uint index, NwlWindow window, out BridgeRefusal refusal)
    {
        BridgeChecklist list = default;
        if (!_registers.TranEgressControl.TryIndex(index, out RegisterIndex<NwlBridge.TranEgressControl> control)
            || !_registers.TranEgressCapabilities.TryIndex(index, out RegisterIndex<NwlBridge.TranEgressCapabilities> capabilities)
            || !_registers.TranEgressSrcBaseLo.TryIndex(index, out RegisterIndex<NwlBridge.TranEgressSrcBaseLo> sourceLow)
            || !_registers.TranEgressSrcBaseHi.TryIndex(index, out RegisterIndex<NwlBridge.TranEgressSrcBaseHi> sourceHigh)
            || !_registers.TranEgressDstBaseLo.TryIndex(index, out RegisterIndex<NwlBridge.TranEgressDstBaseLo> destinationLow)
            || !_registers.TranEgressDstBaseHi.TryIndex(index, out RegisterIndex<NwlBridge.TranEgressDstBaseHi> destinationHigh))
        {
            refusal = new BridgeRefusal(BridgeBlock.Settings, 0, index, 0, 1);
            return false;
        }

        NwlBridge.TranEgressCapabilities able = _registers.TranEgressCapabilities[capabilities].Read();
        uint place = index * StrideBytes;
        if (!list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.TranEgressCapabilities + place, able.Value, 1, 1)
            || !TryCode(window, able.EgressSizeOffset, able.EgressSizeMax, ref list, out uint code))
        {
            refusal = list.Refusal;
            return false;
        }

        _registers.TranEgressControl[control].Write(default);
        _registers.TranEgressSrcBaseLo[sourceLow].Write(new NwlBridge.TranEgressSrcBaseLo((uint)window.Source));
        _registers.TranEgressSrcBaseHi[sourceHigh].Write(new NwlBridge.TranEgressSrcBaseHi((uint)(window.Source >> 32)));
        _registers.TranEgressDstBaseLo[destinationLow].Write(new NwlBridge.TranEgressDstBaseLo((uint)window.Destination));
        _registers.TranEgressDstBaseHi[destinationHigh].Write(new NwlBridge.TranEgressDstBaseHi((uint)(window.Destination >> 32)));
        Expect(ref list, NwlBridge.Offsets.TranEgressSrcBaseLo + place, _registers.TranEgressSrcBaseLo[sourceLow].Read().Value, (uint)window.Source);
        Expect(ref list, NwlBridge.Offsets.TranEgressSrcBaseHi + place, _registers.TranEgressSrcBaseHi[sourceHigh].Read().Value, (uint)(window.Source >> 32));
        Expect(ref list, NwlBridge.Offsets.TranEgressDstBaseLo + place, _registers.TranEgressDstBaseLo[destinationLow].Read().Value, (uint)window.Destination);
        Expect(ref list, NwlBridge.Offsets.TranEgressDstBaseHi + place, _registers.TranEgressDstBaseHi[destinationHigh].Read().Value, (uint)(window.Destination >> 32));
        if (list.Passes)
        {
            NwlBridge.TranEgressControl open = default(NwlBridge.TranEgressControl) with { EgressEnable = true, EgressSize = code };
            _registers.TranEgressControl[control].Write(open);
            Expect(ref list, NwlBridge.Offsets.TranEgressControl + place, _registers.TranEgressControl[control].Read().Value, open.Value);
        }

        if (!list.Passes)
        {
            _registers.TranEgressControl[control].Write(default);
        }

        refusal = list.Refusal;
        return list.Passes;
    }

    /// <summary>Closes a window from the link to the machine.</summary>
    /// <param name="index">Which one; beyond the last nothing happens.</param>
    public void CloseIngress(uint index)
    {
        if (_registers.TranIngressControl.TryIndex(index, out RegisterIndex<NwlBridge.TranIngressControl> control))
        {
            _registers.TranIngressControl[control].Write(default);
        }
    }

    /// <summary>Closes a window from the machine to the link.</summary>
    /// <param name="index">Which one; beyond the last nothing happens.</param>
    public void CloseEgress(uint index)
    {
        if (_registers.TranEgressControl.TryIndex(index, out RegisterIndex<NwlBridge.TranEgressControl> control))
        {
            _registers.TranEgressControl[control].Write(default);
        }
    }

    private static void Expect(ref BridgeChecklist list, uint offset, uint value, uint expected)
        => list.Require(BridgeBlock.NwlBridge, offset, value, uint.MaxValue, expected);

    private static bool TryCode(NwlWindow window, uint offset, uint most, ref BridgeChecklist list, out uint code)
    {
        ulong low = window.Bytes - 1;
        bool whole = window.Bytes != 0 && (window.Bytes & low) == 0 && (window.Source & low) == 0 && (window.Destination & low) == 0;
        uint log2 = whole ? (uint)BitOperations.Log2(window.Bytes) : 0;
        code = log2 - offset;
        return list.Require(BridgeBlock.Settings, 0, (uint)window.Source, 0, whole && log2 >= offset && code <= most && code <= LargestCode ? 0u : 1u);
    }
}
