using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// The soft AXI-PCIe bridge as a hardware domain sees it that brings the bridge up with its own driver: it opens the bridge, and has the events of link and errors. The doorbell of
/// messages is storage, and the interrupt FIFO is not there, because messages and lines of everybody come through it. When the domain is done the bridge is taken over like any other
/// (<see cref="XilinxAxiHostBridge{TBus}.TryStart"/>), and only then is anything behind it assigned.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
public struct AxiDomainBridge<TBus>
    where TBus : struct, IRegisterBus
{
    private readonly TBus _bus;
    private readonly AxiPcieSettings _settings;
    private AxiPcie.HardwareDomain _view;

    /// <summary>Begins with the view of a bridge after reset.</summary>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="settings">What the board decided.</param>
    public AxiDomainBridge(TBus bus, AxiPcieSettings settings)
    {
        _bus = bus;
        _settings = settings;
        _view.Reset(ResetKind.PowerOn);
    }

    /// <summary>Accesses to what the domain is not shown.</summary>
    public uint Denied { get; private set; }

    /// <summary>Reads a register.</summary>
    /// <param name="offset">Byte offset in the root port's config space; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult Read(uint offset, AccessWidth width, out ulong value)
    {
        Hooks hooks = new(_bus, _settings);
        hooks.Refresh(ref _view);
        return Count(_view.Read(offset, width, ref hooks, out value));
    }

    /// <summary>Writes a register.</summary>
    /// <param name="offset">Byte offset in the root port's config space; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    [TrapPath]
    public AccessResult Write(uint offset, AccessWidth width, GuestValue value)
    {
        Hooks hooks = new(_bus, _settings);
        hooks.Refresh(ref _view);
        return Count(_view.Write(offset, width, value, ref hooks));
    }

    private AccessResult Count(AccessResult result)
    {
        Denied += result == AccessResult.Done ? 0u : 1u;
        return result;
    }

    private readonly struct Hooks(TBus bus, AxiPcieSettings settings) : AxiPcie.IHardwareDomainHooks
    {
        // Messages and lines of everybody come through the FIFO, so its two events are the hypervisor's.
        private const uint Events = 0x1FF0_0F0F;
        private const uint Shown = 0x1FF0_0FEF;
        private const uint Limit = 0x0FF0_0000;

        private readonly TBus _bus = bus;
        private readonly AxiPcieSettings _settings = settings;

        private AxiPcie.Registers<TBus> Registers => new(_bus, Place(0));

        /// <summary>Takes over what the hardware shows now.</summary>
        public void Refresh(ref AxiPcie.HardwareDomain view)
        {
            view.Idr = new AxiPcie.Idr(Registers.Idr.Read().Value & Shown);
            AxiPcie.Rpsc control = Registers.Rpsc.Read();
            view.Rpsc = new AxiPcie.Rpsc((control.Value & Limit) | (control.BridgeEnable ? 1u : 0));
        }

        public ulong ReadHardware(uint offset, AccessWidth width) => MachineAccess.Read(_bus, Place(offset), width);

        public void WriteHardware(uint offset, AccessWidth width, [HardwareSink] ulong value) => MachineAccess.Write(_bus, Place(offset), width, value);

        // What the domain's ones have cleared in storage is cleared in hardware, and nothing else.
        public void WriteIdr(ref AxiPcie.HardwareDomain view, AxiPcie.Idr old, AxiPcie.Idr value, Lanes lanes)
            => Registers.Idr.Write(new AxiPcie.Idr(old.Value & ~value.Value & Events));

        public void WriteImr(ref AxiPcie.HardwareDomain view, AxiPcie.Imr old, AxiPcie.Imr value, Lanes lanes)
            => Registers.Imr.Write(new AxiPcie.Imr((Registers.Imr.Read().Value & ~Events) | (value.Value & Events)));

        public void WriteRpsc(ref AxiPcie.HardwareDomain view, AxiPcie.Rpsc old, AxiPcie.Rpsc value, Lanes lanes)
            => Registers.Rpsc.Modify(Registers.Rpsc.Read() with { BridgeEnable = value.BridgeEnable });

        public AxiPcie.Rpefr ReadRpefr(ref AxiPcie.HardwareDomain view, AxiPcie.Rpefr stored, Lanes lanes) => default;

        public void WriteRpefr(ref AxiPcie.HardwareDomain view, AxiPcie.Rpefr old, AxiPcie.Rpefr value, Lanes lanes)
        {
        }

        public AxiPcie.Rpifr1 ReadRpifr1(ref AxiPcie.HardwareDomain view, AxiPcie.Rpifr1 stored, Lanes lanes) => default;

        public void WriteRpifr1(ref AxiPcie.HardwareDomain view, AxiPcie.Rpifr1 old, AxiPcie.Rpifr1 value, Lanes lanes)
        {
        }

        public AxiPcie.Rpifr2 ReadRpifr2(ref AxiPcie.HardwareDomain view, AxiPcie.Rpifr2 stored, Lanes lanes) => default;

        private RegisterAddress Place(uint offset) => new RegisterAddress(_settings.Config.Address) + offset;
    }
}
