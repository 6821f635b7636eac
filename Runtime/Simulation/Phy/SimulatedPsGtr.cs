using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using Sluice.Registers;
using Sluice.Runtime.Phy;
using Sluice.Simulation.Blocks;

namespace Sluice.Simulation.Phy;

/// <summary>
/// The PS-GTR of the ZynqMP with what is around it. What a register does by itself comes from the description; this adds the calibration, the locks of the PLLs, and time. It takes its
/// initialisation in any order, unless it is told to be strict.
/// </summary>
public sealed class SimulatedPsGtr
{
    private const uint Lanes = 4;
    private const uint LaneBytes = 0x4000;
    private const uint Locked = 0x10;
    private const uint Calibrated = 2;
    private const uint HeldInReset = 1;

    private readonly SimulatedMachine _machine;
    private readonly SimulatedPsGtrOptions _options;
    private readonly List<string> _violations = [];
    private readonly (uint Key, ulong Since)[] _plls = new (uint, ulong)[Lanes];
    private PsGtr.Hardware _serdes;
    private Siou.Hardware _siou;
    private CrfApb.Hardware _fullPower;
    private CrlApb.Hardware _lowPower;
    private ulong _calibratingSince;
    private int _calibrations;
    private uint _connected;

    /// <summary>Makes transceivers after reset: every lane off, every controller in reset.</summary>
    /// <param name="machine">Whose time it is.</param>
    /// <param name="options">Which transceivers.</param>
    public SimulatedPsGtr(SimulatedMachine machine, SimulatedPsGtrOptions? options = null)
    {
        _machine = machine;
        _options = options ?? new SimulatedPsGtrOptions();
        _serdes.Reset(ResetKind.PowerOn);
        _siou.Reset(ResetKind.PowerOn);
        _fullPower.Reset(ResetKind.PowerOn);
        _lowPower.Reset(ResetKind.PowerOn);
        Serdes = new Device(ReadSerdes, WriteSerdes);
        Siou = new Device(
            (offset, width) =>
            {
                _siou.Read((uint)offset, width, out ulong value);
                return value;
            },
            (offset, width, value) => _siou.Write((uint)offset, width, new GuestValue(value)));
        FullPowerResets = new Device(
            (offset, width) =>
            {
                _fullPower.Read((uint)offset, width, out ulong value);
                return value;
            },
            (offset, width, value) => _fullPower.Write((uint)offset, width, new GuestValue(value)));
        LowPowerResets = new Device(
            (offset, width) =>
            {
                _lowPower.Read((uint)offset, width, out ulong value);
                return value;
            },
            (offset, width, value) => _lowPower.Write((uint)offset, width, new GuestValue(value)));
    }

    /// <summary>The transceivers' registers, to be put into a machine.</summary>
    public ISimulatedDevice Serdes { get; }

    /// <summary>The serial I/O unit.</summary>
    public ISimulatedDevice Siou { get; }

    /// <summary>Clocks and resets of the full-power domain.</summary>
    public ISimulatedDevice FullPowerResets { get; }

    /// <summary>Clocks and resets of the low-power domain.</summary>
    public ISimulatedDevice LowPowerResets { get; }

    /// <summary>What was refused because it came in a wrong order: only strict transceivers look.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Whether the lanes of PCI Express have their clock: connected, the PLL of the first one locked, and the core out of reset. For <c>PHY_RDY</c> of the bridge.</summary>
    public bool IsPcieReady => Protocol(0) == (uint)LaneProtocol.Pcie && IsLocked(0) && !_fullPower.RstFpdTop.PcieCtrlReset;

    /// <summary>Puts all of it, and what only keeps what is written, into a machine where the ZynqMP has it.</summary>
    /// <param name="settings">Where that is. The attributes of the PCI Express core are its bridge's.</param>
    public void AddTo(PsGtrSettings settings)
    {
        const ulong page = 0x1000;
        _machine.Add(settings.Serdes.Value, PsGtr.Hardware.SizeBytes, Serdes);
        _machine.Add(settings.Siou.Value, page, Siou);
        _machine.Add(settings.FullPowerResets.Value, page, FullPowerResets);
        _machine.Add(settings.LowPowerResets.Value, page, LowPowerResets);
        foreach (RegisterAddress neighbour in (RegisterAddress[])[settings.SataVendor, settings.DisplayPort, settings.Usb0, settings.Usb1, settings.EthernetClocks])
        {
            Dictionary<ulong, ulong> words = [];
            _machine.Add(neighbour.Value, page, new Device((offset, _) => words.GetValueOrDefault(offset), (offset, _, value) => words[offset] = value));
        }
    }

    /// <summary>A register of the transceivers as it is.</summary>
    /// <param name="offset">Byte offset.</param>
    public uint Peek(uint offset)
    {
        Refresh();
        return _serdes.Peek(offset);
    }

    /// <summary>How often the calibration was begun because a lane got a protocol.</summary>
    public int Calibrations => _calibrations;

    /// <summary>RST_FPD_TOP as it is.</summary>
    public uint FullPowerReset => _fullPower.RstFpdTop.Value;

    /// <summary>RST_LPD_TOP as it is.</summary>
    public uint LowPowerReset => _lowPower.RstLpdTop.Value;

    /// <summary>RST_LPD_IOU0 as it is.</summary>
    public uint EthernetReset => _lowPower.RstLpdIou0.Value;

    /// <summary>SATA_MISC_CTRL as it is.</summary>
    public uint SataLane => _siou.SataMiscCtrl.Value;

    /// <summary>Whether the PLL of a lane is locked now.</summary>
    /// <param name="lane">The lane.</param>
    public bool IsLocked(uint lane)
    {
        Refresh();
        return (_serdes.Peek(PsGtr.Offsets.LnPllStatusRead1 + (lane * LaneBytes)) & Locked) != 0;
    }

    private ulong ReadSerdes(ulong offset, AccessWidth width)
    {
        Refresh();
        _serdes.Read((uint)offset, width, out ulong value);
        return value;
    }

    private void WriteSerdes(ulong offset, AccessWidth width, ulong value)
    {
        Refresh();
        if (!_options.IsStrict || IsInOrder((uint)offset, (uint)value))
        {
            _serdes.Write((uint)offset, width, new GuestValue(value));
            Refresh();
        }
    }

    private uint Protocol(uint lane) => (_serdes.Peek(lane < 2 ? PsGtr.Offsets.IcmCfg0 : PsGtr.Offsets.IcmCfg1) >> ((int)(lane & 1) * 4)) & 7;

    // What a lane's PLL depends on: any change of it, and it has to lock anew.
    private uint Key(uint lane)
        => Protocol(lane)
            | (_serdes.Peek(PsGtr.Offsets.PllRefSel0 + (lane * 4)) << 8)
            | (_serdes.Peek(PsGtr.Offsets.L0L0RefClkSel + (lane * 4)) << 16)
            | ((_serdes.Peek(PsGtr.Offsets.TmCmnRst) & 3) << 24);

    private bool CanLock(uint lane)
    {
        uint protocol = Protocol(lane);
        bool isSecond = (protocol == (uint)LaneProtocol.Pcie && lane != 0) || (protocol == (uint)LaneProtocol.DisplayPort && lane % 2 == 0);
        uint select = _serdes.Peek(PsGtr.Offsets.L0L0RefClkSel + (lane * 4));
        uint source = (select & 0x80) != 0 ? lane : BitOperations.PopCount(select & 0xF) == 1 ? (uint)BitOperations.TrailingZeroCount(select & 0xF) : Lanes;
        bool isClocked = source < Lanes && LaneClock.TryFind(_options.Clocks[(int)source], out LaneClock clock)
            && clock.Code == (_serdes.Peek(PsGtr.Offsets.PllRefSel0 + (lane * 4)) & 0x1F);
        bool isHeld = (_serdes.Peek(PsGtr.Offsets.TmCmnRst) & 3) == HeldInReset;
        return protocol != 0 && !isSecond && isClocked && !isHeld && (_options.NeverLocks & (1u << (int)lane)) == 0;
    }

    private void Refresh()
    {
        ulong now = _machine.PassMicroseconds(0);
        uint connected = 0;
        for (uint lane = 0; lane < Lanes; lane++)
        {
            connected |= Protocol(lane) != 0 ? 1u << (int)lane : 0;
        }

        bool isHeld = (_serdes.Peek(PsGtr.Offsets.TmCmnRst) & 3) == HeldInReset;
        if (isHeld || (connected & ~_connected) != 0)
        {
            _calibratingSince = now;
            _calibrations += isHeld ? 0 : 1;
        }

        _connected = connected;
        bool isCalibrated = !isHeld && !_options.NeverCalibrates && connected != 0 && now - _calibratingSince >= _options.CalibrationMicroseconds;
        _serdes.L3CalibDoneStatus = new PsGtr.L3CalibDoneStatus((_serdes.L3CalibDoneStatus.Value & ~Calibrated) | (isCalibrated ? Calibrated : 0));
        (uint positive, uint negative, uint bias, uint receiver) = _options.Codes[Math.Max(_calibrations - 1, 0) % _options.Codes.Count];
        _serdes.L3CalibPipePswCodeStatus = new PsGtr.L3CalibPipePswCodeStatus(isCalibrated ? positive : 0);
        _serdes.L3CalibPipeNswCodeStatus = new PsGtr.L3CalibPipeNswCodeStatus(isCalibrated ? negative : 0);
        _serdes.L3CalibIcalCodeStatus = new PsGtr.L3CalibIcalCodeStatus(isCalibrated ? bias : 0);
        _serdes.L3CalibRxCodeStatus = new PsGtr.L3CalibRxCodeStatus(isCalibrated ? receiver : 0);
        for (uint lane = 0; lane < Lanes; lane++)
        {
            if (Key(lane) != _plls[lane].Key)
            {
                _plls[lane] = (Key(lane), now);
            }

            bool isLocked = CanLock(lane) && now - _plls[lane].Since >= _options.LockMicroseconds;
            _serdes.SetLnPllStatusRead1(lane, new PsGtr.LnPllStatusRead1(isLocked ? 0x11u : 0x1));
            _serdes.SetLnTxpmaSt3(lane, new PsGtr.LnTxpmaSt3(_options.Termination));
        }
    }

    private bool IsInOrder(uint offset, uint value)
    {
        bool inOrder = true;
        for (uint lane = 0; lane < Lanes; lane++)
        {
            bool isClock = offset == PsGtr.Offsets.PllRefSel0 + (lane * 4) || offset == PsGtr.Offsets.L0L0RefClkSel + (lane * 4);
            inOrder &= !isClock || Protocol(lane) == 0;
            bool isMatrix = offset == (lane < 2 ? PsGtr.Offsets.IcmCfg0 : PsGtr.Offsets.IcmCfg1);
            uint wanted = (value >> ((int)(lane & 1) * 4)) & 7;
            inOrder &= !isMatrix || wanted == 0 || wanted == Protocol(lane) || IsControllerHeld(lane, wanted);
        }

        if (!inOrder)
        {
            _violations.Add(string.Create(CultureInfo.InvariantCulture, $"PS_GTR 0x{offset:X5} = 0x{value:X}"));
        }

        return inOrder;
    }

    private bool IsControllerHeld(uint lane, uint protocol) => (LaneProtocol)protocol switch
    {
        LaneProtocol.Pcie => _fullPower.RstFpdTop.PcieCtrlReset,
        LaneProtocol.Sata => _fullPower.RstFpdTop.SataReset,
        LaneProtocol.DisplayPort => _fullPower.RstFpdTop.DpReset,
        LaneProtocol.Usb3 => lane == 3 ? _lowPower.RstLpdTop.Usb1Corereset : _lowPower.RstLpdTop.Usb0Corereset,
        _ => (_lowPower.RstLpdIou0.Value & (1u << (int)lane)) != 0,
    };

    private sealed class Device(Func<ulong, AccessWidth, ulong> read, Action<ulong, AccessWidth, ulong> write) : ISimulatedDevice
    {
        public ulong Read(ulong offset, AccessWidth width) => read(offset, width);

        public void Write(ulong offset, AccessWidth width, ulong value) => write(offset, width, value);
    }
}
