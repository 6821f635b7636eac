using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// The registers of a function that a guest sees: the header and the views of those capabilities that it is shown, at the places that they have in the hardware. A word that none of them
/// describes is denied.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TGuest">The guest.</typeparam>
/// <typeparam name="TEntries">Memory for the guest's MSI-X table.</typeparam>
internal partial struct GuestRegisters<TBridge, TGuest, TEntries>
    where TBridge : struct, IHostBridge
    where TGuest : struct, IGuest
    where TEntries : struct, IMsixEntries
{
    /// <summary>Bytes of the header.</summary>
    public const uint HeaderBytes = PciHeader.Guest.SizeBytes;

    private const uint DataOffset32 = MsiCapability.Offsets.MsiData32;
    private const uint OmittedBytes = MsiCapability.Offsets.MsiData64 - MsiCapability.Offsets.MsiData32;

    private PciHeader.Guest _header;
    private PmCapability.Guest _power;
    private MsiCapability.Guest _msi;
    private MsixCapability.Guest _msix;
    private PcieCapability.Guest _express;
    private AfCapability.Guest _advanced;
    private VpdCapability.Guest _productData;
    private AerCapability.Guest _errors;
    private DsnCapability.Guest _serial;
    private CapabilityMap _map;
    private Starts _starts;
    private uint _extendedHead;

    /// <summary>The guest's header as it is stored, without any effect.</summary>
    public readonly uint PeekHeader(uint offset) => _header.Peek(offset);

    /// <summary>What a word belongs to.</summary>
    /// <param name="offset">Byte offset in config space.</param>
    public readonly GuestCapability OwnerOf(uint offset) => offset < HeaderBytes ? GuestCapability.Header : _map.OwnerOf(offset);

    /// <summary>Where the capability begins that a word belongs to.</summary>
    /// <param name="offset">Byte offset of a word that belongs to one.</param>
    public readonly uint StartOf(uint offset) => _map.StartOf(offset);

    /// <summary>How many bytes of a capability the guest sees.</summary>
    /// <param name="start">Byte offset of its first word.</param>
    public readonly uint LengthOf(uint start) => _map.LengthOf(start);

    /// <summary>Says whether the device of the function has others that the guest sees.</summary>
    public bool IsMultiFunction
    {
        readonly get => _header.HeaderType.MultiFunction;
        set => _header.HeaderType = _header.HeaderType with { MultiFunction = value };
    }

    /// <summary>The guest's command register.</summary>
    public readonly PciHeader.Command Command => _header.Command;

    /// <summary>Shows the guest an interrupt pin, and opens it.</summary>
    public void ShowPin(uint pin, ref FunctionCore<TBridge, TGuest, TEntries> core)
    {
        _header.InterruptPin = new PciHeader.InterruptPin((byte)pin);
        Follow(ref core);
    }

    /// <summary>Makes the hardware follow the guest's command register.</summary>
    public void Follow(ref FunctionCore<TBridge, TGuest, TEntries> core) => _header.Command = core.Follow(ref _header, _header.Command);

    /// <summary>Reads lanes of one word.</summary>
    public AccessResult Read(uint offset, Lanes lanes, ref FunctionCore<TBridge, TGuest, TEntries> core, out uint value)
    {
        if (offset < HeaderBytes)
        {
            core.BlockOffset = 0;
            return _header.ReadWord(offset, lanes, ref core, out value);
        }

        GuestCapability kind = _map.OwnerOf(offset);
        uint start = _starts[(int)kind];
        core.BlockOffset = start;
        switch (kind)
        {
            case GuestCapability.Power:
                return _power.ReadWord(offset - start, lanes, ref core, out value);
            case GuestCapability.Msi:
                return _msi.ReadWord(InLargestLayout(offset - start), lanes, ref core, out value);
            case GuestCapability.Msix:
                return _msix.ReadWord(offset - start, lanes, ref core, out value);
            case GuestCapability.Express:
                return _express.ReadWord(offset - start, lanes, ref core, out value);
            case GuestCapability.AdvancedFeatures:
                return _advanced.ReadWord(offset - start, lanes, ref core, out value);
            case GuestCapability.VitalProductData:
                return _productData.ReadWord(offset - start, lanes, ref core, out value);
            case GuestCapability.Vendor:
                value = ReadVendor(offset, lanes, ref core);
                return AccessResult.Done;
            case GuestCapability.ErrorReporting:
                return _errors.ReadWord(offset - start, lanes, ref core, out value);
            case GuestCapability.SerialNumber:
                return _serial.ReadWord(offset - start, lanes, out value);
            case GuestCapability.ExtendedHead:
                value = _extendedHead;
                return AccessResult.Done;
            default:
                value = uint.MaxValue;
                return AccessResult.Denied;
        }
    }

    /// <summary>Writes lanes of one word.</summary>
    public AccessResult Write(uint offset, Lanes lanes, GuestValue value, ref FunctionCore<TBridge, TGuest, TEntries> core)
    {
        if (offset < HeaderBytes)
        {
            core.BlockOffset = 0;
            return _header.WriteWord(offset, lanes, value, ref core);
        }

        AccessResult result = WriteCapability(_map.OwnerOf(offset), offset, lanes, value, ref core);
        if (core.FollowPower(ref _header))
        {
            Forget(ref core, keepsPower: true);
            Follow(ref core);
        }
        else if (core.MustFollow)
        {
            Follow(ref core);
        }

        return result;
    }

    private AccessResult WriteCapability(GuestCapability kind, uint offset, Lanes lanes, GuestValue value, ref FunctionCore<TBridge, TGuest, TEntries> core)
    {
        uint start = _starts[(int)kind];
        core.BlockOffset = start;
        switch (kind)
        {
            case GuestCapability.Power:
                return _power.WriteWord(offset - start, lanes, value, ref core);
            case GuestCapability.Msi:
                return _msi.WriteWord(InLargestLayout(offset - start), lanes, value, ref core);
            case GuestCapability.Msix:
                return _msix.WriteWord(offset - start, lanes, value, ref core);
            case GuestCapability.Express:
                return _express.WriteWord(offset - start, lanes, value, ref core);
            case GuestCapability.AdvancedFeatures:
                return _advanced.WriteWord(offset - start, lanes, value, ref core);
            case GuestCapability.VitalProductData:
                return _productData.WriteWord(offset - start, lanes, value, ref core);
            case GuestCapability.ErrorReporting:
                return _errors.WriteWord(offset - start, lanes, value, ref core);
            case GuestCapability.SerialNumber:
                return _serial.WriteWord(offset - start, lanes, value);
            case GuestCapability.Vendor:
            case GuestCapability.ExtendedHead:
                return AccessResult.Done;
            default:
                return AccessResult.Denied;
        }
    }

    // The view describes the layout with a 64-bit address; without one, all behind the address lies four bytes earlier.
    private readonly uint InLargestLayout(uint offset) => _msi.MsiFlags.Address64bit || offset < DataOffset32 ? offset : offset + OmittedBytes;

    private readonly uint ReadVendor(uint offset, Lanes lanes, ref FunctionCore<TBridge, TGuest, TEntries> core)
    {
        uint start = _map.StartOf(offset);
        core.BlockOffset = start;
        uint value = (uint)PassthroughRead.Narrow(ref core, offset - start, AccessWidth.Word, lanes);
        uint header = (NextOf(start, in core.Host.Capabilities) << 8) | VendorId;
        return offset == start ? (value & 0xFFFF_0000) | header : value;
    }

    [InlineArray((int)GuestCapability.Header + 1)]
    private struct Starts
    {
        private ushort _offset;
    }
}
