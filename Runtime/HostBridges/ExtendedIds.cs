namespace Sluice.Runtime.HostBridges;

/// <summary>Ids of extended capabilities (PCI Code and ID Assignment Specification, section 3; Linux include/uapi/linux/pci_regs.h).</summary>
internal static class ExtendedIds
{
    public const ushort ErrorReporting = 0x0001;
    public const ushort SerialNumber = 0x0003;
    public const ushort AddressTranslation = 0x000F;
    public const ushort VirtualFunctions = 0x0010;
    public const ushort PageRequests = 0x0013;
    public const ushort ProcessIds = 0x001B;
}
