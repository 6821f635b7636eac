using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// The root port that a guest sees at device 0 of bus 0 where its host bridge has one: a type-1 header without capabilities. Bus numbers decide where the guest's functions are. Its
/// memory windows and its command register are storage: what a function decodes, and whether it masters, is said by the function's own registers.
/// </summary>
public struct GuestRootPort
{
    private const ushort Vendor = 0x10EE;
    private const ushort Device = 0xD021;

    private PciBridgeHeader.Guest _view;

    /// <summary>Bytes of config space that the port has; beyond them nothing is there.</summary>
    public const uint SizeBytes = PciBridgeHeader.Guest.SizeBytes;

    /// <summary>The bus right behind the port; 0 while the guest has given it none.</summary>
    public readonly uint SecondaryBus => _view.SecondaryBus.Value;

    /// <summary>Makes a port as after reset.</summary>
    public static GuestRootPort Create()
    {
        GuestRootPort port = default;
        port._view.Reset(ResetKind.PowerOn);
        port._view.VendorId = new PciBridgeHeader.VendorId(Vendor);
        port._view.DeviceId = new PciBridgeHeader.DeviceId(Device);
        port._view.Status = default;
        port._view.CapabilityList = default;
        return port;
    }

    /// <summary>Whether a config request for a bus goes through the port.</summary>
    /// <param name="bus">The bus's number.</param>
    public readonly bool Routes(uint bus) => SecondaryBus != 0 && bus >= SecondaryBus && bus <= _view.SubordinateBus.Value;

    /// <summary>Says what a byte of the port's config space is. Outside the trap path.</summary>
    /// <param name="offset">Byte offset; any value.</param>
    public static ConfigByte Classify(uint offset) => offset < SizeBytes ? ConfigByte.Of<PciBridgeHeader.Guest.Tables>(GuestCapability.Header, offset) : ConfigByte.Denied;

    /// <summary>Reads the port's config space.</summary>
    /// <param name="offset">Byte offset, aligned to the width.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult Read(uint offset, AccessWidth width, out ulong value) => _view.Read(offset, width, out value);

    /// <summary>Writes the port's config space.</summary>
    /// <param name="offset">Byte offset, aligned to the width.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    /// <param name="resetsBus">Whether the guest has begun a reset of the bus behind the port.</param>
    [TrapPath]
    public AccessResult Write(uint offset, AccessWidth width, GuestValue value, out bool resetsBus)
    {
        bool before = _view.BridgeControl.BusReset;
        AccessResult result = _view.Write(offset, width, value);
        resetsBus = _view.BridgeControl.BusReset && !before;
        return result;
    }
}
