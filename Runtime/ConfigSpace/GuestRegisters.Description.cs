using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>What the registers hold when the guest gets the function, and after a reset. What is copied here is the hardware's, and is asked for once.</summary>
internal partial struct GuestRegisters<TBridge, TGuest, TEntries>
{
    private const ushort VendorId = 0x09;
    private const uint VendorHeaderBytes = 3;
    private const uint LengthOffset = 2;

    /// <summary>Fills all registers. What the guest may not know, or may not have, is left out.</summary>
    public void Describe(ref FunctionCore<TBridge, TGuest, TEntries> core)
    {
        ref readonly FoundCapabilities found = ref core.Host.Capabilities;
        for (int index = 0; index < found.Count; index++)
        {
            Claim(found[index], in core);
        }

        uint head = FoundCapabilities.FirstExtended;
        if (found.HasExtendedSpace && _map.OwnerOf(head) == GuestCapability.None)
        {
            _map.Claim(GuestCapability.ExtendedHead, head, sizeof(uint));
            _extendedHead = NextOf(head, in found) << 20;
        }

        DescribeHeader(in core);
        _header.CapabilityList = new PciHeader.CapabilityList((byte)NextOf(0, in found));
        core.HasCapabilities = _header.CapabilityList.Value != 0;
        DescribeCapabilities(in core);
    }

    /// <summary>Puts the registers to what they are after a reset; what was copied from the hardware stays as it was copied.</summary>
    /// <param name="core">The function.</param>
    /// <param name="keepsPower">Whether the power state stays: the reset was part of waking up.</param>
    /// <remarks>The error registers outlive a function's reset; what else is left holds nothing that a guest has written.</remarks>
    [CoversState(Except = [nameof(_map), nameof(_starts), nameof(_extendedHead), nameof(_serial), nameof(_errors), nameof(_advanced)])]
    public void Forget(ref FunctionCore<TBridge, TGuest, TEntries> core, bool keepsPower)
    {
        PciHeader.Guest header = _header;
        _header.Reset(ResetKind.Warm);
        _header.VendorId = header.VendorId;
        _header.DeviceId = header.DeviceId;
        _header.RevisionId = header.RevisionId;
        _header.ClassProg = header.ClassProg;
        _header.ClassDevice = header.ClassDevice;
        _header.HeaderType = header.HeaderType;
        _header.SubsystemVendorId = header.SubsystemVendorId;
        _header.SubsystemId = header.SubsystemId;
        _header.CapabilityList = header.CapabilityList;
        _header.InterruptPin = header.InterruptPin;
        core.ResetBars(ref _header);
        _productData.VpdAddr = default;
        _power.Pmcsr = keepsPower ? _power.Pmcsr : _power.Pmcsr with { State = PmCapability.PmcsrState.D0 };
        MsiCapability.Guest msi = _msi;
        _msi.Reset(ResetKind.Warm);
        _msi.CapNext = msi.CapNext;
        _msi.MsiFlags = msi.MsiFlags with { Enable = false, Qsize = 0 };
        _msix.MsixFlags = _msix.MsixFlags with { Enable = false, Maskall = false };
        PcieCapability.Guest express = _express;
        _express.Reset(ResetKind.Warm);
        _express.CapNext = express.CapNext;
        _express.ExpFlags = express.ExpFlags;
        _express.ExpDevcap = express.ExpDevcap;
        _express.ExpLnkcap = express.ExpLnkcap;
        _express.ExpLnkcap2 = express.ExpLnkcap2;
    }

    private void Claim(FoundCapability capability, ref readonly FunctionCore<TBridge, TGuest, TEntries> core)
    {
        GuestCapability kind = CapabilityKinds.Of(capability);
        uint length = core.Policy.Shows(kind) ? LengthOf(kind, capability, in core) : 0;
        if (length == 0 || length > core.Host.RoomFor(capability.Offset) || (kind != GuestCapability.Vendor && _starts[(int)kind] != 0))
        {
            return;
        }

        _starts[(int)kind] = capability.Offset;
        _map.Claim(kind, capability.Offset, length);
    }

    // Zero hides it: it is not usable, or it is a second one of its kind.
    private readonly uint LengthOf(GuestCapability kind, FoundCapability capability, ref readonly FunctionCore<TBridge, TGuest, TEntries> core)
    {
        ref readonly HostFunction<TBridge> host = ref core.Host;
        uint room = host.RoomFor(capability.Offset);
        switch (kind)
        {
            case GuestCapability.Power:
                return capability.Offset == host.PowerOffset ? PmCapability.Guest.SizeBytes : 0;
            case GuestCapability.Msi:
                bool masks = host.Msi.HasMasks || room >= MsiLayout.BytesFor(host.Msi.Is64Bit, hasMasks: true);
                return capability.Offset == host.MsiOffset && core.Msi.Capable != 0 ? MsiLayout.BytesFor(host.Msi.Is64Bit, masks) : 0;
            case GuestCapability.Msix:
                return capability.Offset == host.MsixOffset && core.Msix.Vectors.Count != 0 ? MsixCapability.Guest.SizeBytes : 0;
            case GuestCapability.Express:
                uint express = room < PcieCapability.Guest.SizeBytes ? room : PcieCapability.Guest.SizeBytes;
                return capability.Offset == host.ExpressOffset ? express : 0;
            case GuestCapability.AdvancedFeatures:
                return capability.Offset == host.AdvancedFeaturesOffset ? AfCapability.Guest.SizeBytes : 0;
            case GuestCapability.VitalProductData:
                return VpdCapability.Guest.SizeBytes;
            case GuestCapability.Vendor:
                uint length = host.Config.Read8(new RegisterAddress(capability.Offset + LengthOffset));
                return length < VendorHeaderBytes ? sizeof(uint) : length < room ? length : room;
            case GuestCapability.ErrorReporting:
                return AerCapability.Offsets.ErrRootCommand;
            case GuestCapability.SerialNumber:
                return DsnCapability.Guest.SizeBytes;
            default:
                return 0;
        }
    }

    // The next one that the guest is shown, of the same list; the first one of the list for an offset at which none begins.
    private readonly uint NextOf(uint offset, ref readonly FoundCapabilities found)
    {
        bool extended = offset >= FoundCapabilities.FirstExtended;
        bool passed = offset == 0 || _map.OwnerOf(offset) == GuestCapability.ExtendedHead;
        for (int index = 0; index < found.Count; index++)
        {
            FoundCapability candidate = found[index];
            if (candidate.IsExtended != extended)
            {
                continue;
            }

            bool shown = _map.OwnerOf(candidate.Offset) is not (GuestCapability.None or GuestCapability.ExtendedHead) && _map.StartOf(candidate.Offset) == candidate.Offset;
            if (passed && shown)
            {
                return candidate.Offset;
            }

            passed |= candidate.Offset == offset;
        }

        return 0;
    }

    private void DescribeHeader(ref readonly FunctionCore<TBridge, TGuest, TEntries> core)
    {
        PciHeader.Registers<FunctionConfig<TBridge>> hardware = core.Host.Header;
        _header.Reset(ResetKind.PowerOn);
        _header.VendorId = hardware.VendorId.Read();
        _header.DeviceId = hardware.DeviceId.Read();
        _header.RevisionId = hardware.RevisionId.Read();
        _header.ClassProg = hardware.ClassProg.Read();
        _header.ClassDevice = hardware.ClassDevice.Read();
        _header.SubsystemVendorId = hardware.SubsystemVendorId.Read();
        _header.SubsystemId = hardware.SubsystemId.Read();
        core.ResetBars(ref _header);
    }

    private void DescribeCapabilities(ref readonly FunctionCore<TBridge, TGuest, TEntries> core)
    {
        ref readonly FoundCapabilities found = ref core.Host.Capabilities;
        FunctionConfig<TBridge> config = core.Host.Config;
        PmCapability.Registers<FunctionConfig<TBridge>> power = new(config, Place(GuestCapability.Power));
        _power.Reset(ResetKind.PowerOn);
        _power.CapNext = new PmCapability.CapNext(Next(GuestCapability.Power, in found));
        _power.Pmc = default(PmCapability.Pmc) with { Version = Has(GuestCapability.Power) ? power.Pmc.Read().Version : 0 };
        _power.Pmcsr = default(PmCapability.Pmcsr) with { NoSoftReset = core.Host.KeepsStateAsleep };

        bool masks = _map.LengthOf(_starts[(int)GuestCapability.Msi]) == MsiLayout.BytesFor(core.Host.Msi.Is64Bit, hasMasks: true);
        uint messages = 0;
        while ((2u << (int)messages) <= core.Msi.Capable)
        {
            messages++;
        }

        _msi.Reset(ResetKind.PowerOn);
        _msi.CapNext = new MsiCapability.CapNext(Next(GuestCapability.Msi, in found));
        _msi.MsiFlags = default(MsiCapability.MsiFlags) with { Maskbit = masks, Address64bit = core.Host.Msi.Is64Bit, Qmask = messages };

        MsixCapability.Registers<FunctionConfig<TBridge>> msix = new(config, Place(GuestCapability.Msix));
        _msix.Reset(ResetKind.PowerOn);
        _msix.CapNext = new MsixCapability.CapNext(Next(GuestCapability.Msix, in found));
        if (Has(GuestCapability.Msix))
        {
            _msix.MsixFlags = default(MsixCapability.MsixFlags) with { Qsize = core.Msix.Vectors.Count - 1 };
            _msix.MsixTable = msix.MsixTable.Read();
            _msix.MsixPba = msix.MsixPba.Read();
        }

        PcieCapability.Registers<FunctionConfig<TBridge>> express = new(config, Place(GuestCapability.Express));
        _express.Reset(ResetKind.PowerOn);
        _express.CapNext = new PcieCapability.CapNext(Next(GuestCapability.Express, in found));
        if (Has(GuestCapability.Express))
        {
            _express.ExpFlags = express.ExpFlags.Read() with { Irq = 0, Slot = false };
            _express.ExpDevcap = express.ExpDevcap.Read() with { Phantom = 0 };
            _express.ExpLnkcap = express.ExpLnkcap.Read();
            _express.ExpLnkcap2 = express.ExpLnkcap2.Read();
        }

        _advanced.Reset(ResetKind.PowerOn);
        _advanced.CapNext = new AfCapability.CapNext(Next(GuestCapability.AdvancedFeatures, in found));
        AfCapability.Registers<FunctionConfig<TBridge>> advanced = new(config, Place(GuestCapability.AdvancedFeatures));
        _advanced.AfCap = default(AfCapability.AfCap) with { Flr = core.Host.CanReset, Tp = Has(GuestCapability.AdvancedFeatures) && advanced.AfCap.Read().Tp };
        _productData.Reset(ResetKind.PowerOn);
        _productData.CapNext = new VpdCapability.CapNext(Next(GuestCapability.VitalProductData, in found));
        DescribeExtended(config, in found);
    }

    private void DescribeExtended(FunctionConfig<TBridge> config, ref readonly FoundCapabilities found)
    {
        AerCapability.Registers<FunctionConfig<TBridge>> errors = new(config, Place(GuestCapability.ErrorReporting));
        _errors.Reset(ResetKind.PowerOn);
        if (Has(GuestCapability.ErrorReporting))
        {
            _errors.ExtCapHeader = errors.ExtCapHeader.Read() with { Next = NextOf(_starts[(int)GuestCapability.ErrorReporting], in found) };
            _errors.ErrUncorMask = errors.ErrUncorMask.Read();
            _errors.ErrUncorSever = errors.ErrUncorSever.Read();
            _errors.ErrCorMask = errors.ErrCorMask.Read();
        }

        DsnCapability.Registers<FunctionConfig<TBridge>> serial = new(config, Place(GuestCapability.SerialNumber));
        _serial.Reset(ResetKind.PowerOn);
        if (Has(GuestCapability.SerialNumber))
        {
            _serial.ExtCapHeader = serial.ExtCapHeader.Read() with { Next = NextOf(_starts[(int)GuestCapability.SerialNumber], in found) };
            _serial.DsnLow = serial.DsnLow.Read();
            _serial.DsnHigh = serial.DsnHigh.Read();
        }
    }

    private readonly bool Has(GuestCapability kind) => _starts[(int)kind] != 0;

    private readonly RegisterAddress Place(GuestCapability kind) => new(_starts[(int)kind]);

    private readonly byte Next(GuestCapability kind, ref readonly FoundCapabilities found) => Has(kind) ? (byte)NextOf(_starts[(int)kind], in found) : (byte)0;
}
