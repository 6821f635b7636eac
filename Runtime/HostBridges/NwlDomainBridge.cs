using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// The NWL bridge as a hardware domain sees it that brings the bridge up with its own driver. What does no harm goes through; where windows lie is kept in storage, and a
/// window is opened in hardware only when it is exactly the board's; the bridge never lets the link at its registers. When the domain is done the bridge is taken over
/// like any other (<see cref="NwlHostBridge{TBus}.TryStart"/>), and only then is anything behind it assigned.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
public struct NwlDomainBridge<TBus>
    where TBus : struct, IRegisterBus
{
    private NwlBridge.HardwareDomain _view;
    private Hooks _hooks;

    /// <summary>Begins with the view of a bridge after reset, and closes both ways from the link to the bridge's registers.</summary>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="settings">What the board decided.</param>
    public NwlDomainBridge(TBus bus, NwlSettings settings)
    {
        NwlBridge.Registers<TBus> registers = new(bus, settings.Bridge);
        _hooks = new Hooks(bus, settings);
        _view.Reset(ResetKind.PowerOn);
        _view.EBregCapabilities = registers.EBregCapabilities.Read();
        _view.EEcamCapabilities = registers.EEcamCapabilities.Read();
        _view.EEcamBaseLo = registers.EEcamBaseLo.Read();
        _view.EEcamBaseHi = registers.EEcamBaseHi.Read();
        registers.BridgeCoreCfgPcieRx0.Modify(
            registers.BridgeCoreCfgPcieRx0.Read() with { CfgDisablePcieBridgeRegAccess = true, CfgDisablePcieDmaRegAccess = true });
    }

    /// <summary>Accesses to what the domain is not shown.</summary>
    public uint Denied { get; private set; }

    /// <summary>Windows that the domain wanted where the board does not want them: they stayed in storage.</summary>
    public readonly uint Refused => _hooks.Refused;

    /// <summary>Reads a register.</summary>
    /// <param name="offset">Byte offset in the block; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult Read(uint offset, AccessWidth width, out ulong value) => Count(_view.Read(offset, width, ref _hooks, out value));

    /// <summary>Writes a register.</summary>
    /// <param name="offset">Byte offset in the block; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    [TrapPath]
    public AccessResult Write(uint offset, AccessWidth width, GuestValue value) => Count(_view.Write(offset, width, value, ref _hooks));

    private AccessResult Count(AccessResult result)
    {
        Denied += result == AccessResult.Done ? 0u : 1u;
        return result;
    }

    private struct Hooks(TBus bus, NwlSettings settings) : NwlBridge.IHardwareDomainHooks
    {
        private const uint Page = 0xFFFF_F000;
        private const uint Messages = 0x2E;

        private readonly TBus _bus = bus;
        private readonly NwlSettings _settings = settings;

        public uint Refused { get; private set; }

        private readonly NwlBridge.Registers<TBus> Registers => new(_bus, _settings.Bridge);

        public readonly ulong ReadHardware(uint offset, AccessWidth width) => MachineAccess.Read(_bus, _settings.Bridge + offset, width);

        public readonly void WriteHardware(uint offset, AccessWidth width, [HardwareSink] ulong value)
            => MachineAccess.Write(_bus, _settings.Bridge + offset, width, value);

        // Power management, interrupts and errors are forwarded as the domain wishes; messages of vendors, and those of other kinds, are not.
        public readonly void WriteBridgeCoreCfgPcieRxMsgFilter(
            ref NwlBridge.HardwareDomain view, NwlBridge.BridgeCoreCfgPcieRxMsgFilter old, NwlBridge.BridgeCoreCfgPcieRxMsgFilter value, Lanes lanes)
        {
            view.BridgeCoreCfgPcieRxMsgFilter = new NwlBridge.BridgeCoreCfgPcieRxMsgFilter(value.Value & Messages);
            Registers.BridgeCoreCfgPcieRxMsgFilter.Write(
                default(NwlBridge.BridgeCoreCfgPcieRxMsgFilter) with
                {
                    CfgEnablePmMsgFwd = value.CfgEnablePmMsgFwd,
                    CfgEnableIntMsgFwd = value.CfgEnableIntMsgFwd,
                    CfgEnableErrMsgFwd = value.CfgEnableErrMsgFwd,
                    CfgEnableSltMsgFwd = value.CfgEnableSltMsgFwd,
                });
        }

        // The window of the registers follows its base from here on, so the base must be where the registers are.
        public void WriteEBregControl(ref NwlBridge.HardwareDomain view, NwlBridge.EBregControl old, NwlBridge.EBregControl value, Lanes lanes)
        {
            view.EBregControl = value with { BregEnableForce = false };
            bool isBoards = (view.EBregBaseLo.Value & Page) == ((uint)_settings.Bridge.Value & Page)
                && view.EBregBaseHi.Value == (uint)(_settings.Bridge.Value >> 32);
            if (value.BregEnable && isBoards)
            {
                Registers.EBregBaseLo.Write(new NwlBridge.EBregBaseLo((uint)_settings.Bridge.Value));
                Registers.EBregBaseHi.Write(new NwlBridge.EBregBaseHi((uint)(_settings.Bridge.Value >> 32)));
                Registers.EBregControl.Write(default(NwlBridge.EBregControl) with { BregEnable = true });
            }
            else
            {
                Refused++;
            }
        }

        // A driver enables first and places afterwards, so that the place is looked at whatever it wrote: it is the board's that is opened.
        public void WriteEEcamControl(ref NwlBridge.HardwareDomain view, NwlBridge.EEcamControl old, NwlBridge.EEcamControl value, Lanes lanes)
        {
            BridgeChecklist list = default;
            NwlChecklist<TBus> checks = new(Registers, default, _settings);
            NwlBridge.EEcamCapabilities capabilities = Registers.EEcamCapabilities.Read();
            if (!value.EcamEnable || !list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.EEcamCapabilities, capabilities.Value, 1, 1)
                || !checks.TrySizeCode(capabilities, out uint code))
            {
                Refused++;
                return;
            }

            Refused += value.EcamSize > code ? 1u : 0;
            Registers.EEcamBaseLo.Write(new NwlBridge.EEcamBaseLo((uint)_settings.Config.Address));
            Registers.EEcamBaseHi.Write(new NwlBridge.EEcamBaseHi((uint)(_settings.Config.Address >> 32)));
            Registers.EEcamControl.Write(default(NwlBridge.EEcamControl) with { EcamEnable = true, EcamSize = code });
        }

        // Where messages go is the MSI controller's own business: the domain has vectors as guests have them.
        public readonly void WriteIMsiiControl(ref NwlBridge.HardwareDomain view, NwlBridge.IMsiiControl old, NwlBridge.IMsiiControl value, Lanes lanes)
        {
        }

        public readonly void WriteIMsixControl(ref NwlBridge.HardwareDomain view, NwlBridge.IMsixControl old, NwlBridge.IMsixControl value, Lanes lanes)
        {
        }

        // DMA that no window takes goes to memory as it is, through the SMMU: closing that is safe too.
        public readonly void WriteIIsubControl(ref NwlBridge.HardwareDomain view, NwlBridge.IIsubControl old, NwlBridge.IIsubControl value, Lanes lanes)
            => Registers.IIsubControl.Write(default(NwlBridge.IIsubControl) with { IngressSubEnable = value.IngressSubEnable });

        public readonly NwlBridge.MsgfLegStatus ReadMsgfLegStatus(ref NwlBridge.HardwareDomain view, NwlBridge.MsgfLegStatus stored, Lanes lanes)
            => Registers.MsgfLegStatus.Read();

        public readonly void WriteMsgfLegMask(ref NwlBridge.HardwareDomain view, NwlBridge.MsgfLegMask old, NwlBridge.MsgfLegMask value, Lanes lanes)
            => Registers.MsgfLegMask.Write(default(NwlBridge.MsgfLegMask) with { Inta = value.Inta, Intb = value.Intb, Intc = value.Intc, Intd = value.Intd });

        public readonly void WriteMsgfMsiStatusLo(ref NwlBridge.HardwareDomain view, NwlBridge.MsgfMsiStatusLo old, NwlBridge.MsgfMsiStatusLo value, Lanes lanes)
        {
        }

        public readonly void WriteMsgfMsiStatusHi(ref NwlBridge.HardwareDomain view, NwlBridge.MsgfMsiStatusHi old, NwlBridge.MsgfMsiStatusHi value, Lanes lanes)
        {
        }

        public readonly void WriteMsgfMsiMaskLo(ref NwlBridge.HardwareDomain view, NwlBridge.MsgfMsiMaskLo old, NwlBridge.MsgfMsiMaskLo value, Lanes lanes)
        {
        }

        public readonly void WriteMsgfMsiMaskHi(ref NwlBridge.HardwareDomain view, NwlBridge.MsgfMsiMaskHi old, NwlBridge.MsgfMsiMaskHi value, Lanes lanes)
        {
        }

        // The domain's translations are never opened: they would send DMA of everything behind the bridge elsewhere.
        public void WriteTranIngressControl(
            ref NwlBridge.HardwareDomain view, uint element, NwlBridge.TranIngressControl old, NwlBridge.TranIngressControl value, Lanes lanes)
            => Refused += value.IngressEnable ? 1u : 0;

        public void WriteTranEgressControl(
            ref NwlBridge.HardwareDomain view, uint element, NwlBridge.TranEgressControl old, NwlBridge.TranEgressControl value, Lanes lanes)
            => Refused += value.EgressEnable ? 1u : 0;
    }
}
