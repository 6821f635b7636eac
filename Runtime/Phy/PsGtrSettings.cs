using Sluice.Registers;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Phy;

/// <summary>What a board decides about its transceivers, and where they and their neighbours are.</summary>
public struct PsGtrSettings
{
    /// <summary>Who brings the lanes of the plan up.</summary>
    public BringUpPolicy Policy { get; set; }

    /// <summary>The lanes that are meant. Lanes that are not in it are left as they are.</summary>
    public LanePlan Plan { get; set; }

    /// <summary>
    /// Whether the termination is measured and forced before the first lane comes up, as the first revision of the silicon needs (<c>xlnx,tx-termination-fix</c>). It stops every
    /// lane for a moment, so it is refused while one is in use.
    /// </summary>
    public bool FixesTermination { get; set; }

    /// <summary>
    /// Whether termination and bias are measured eleven times before the first lane comes up, and the most frequent codes forced, as the start-up code of production silicon does. Like
    /// <see cref="FixesTermination"/>, beside which it is not used, it stops every lane.
    /// </summary>
    public bool Calibrates { get; set; }

    /// <summary>Machine address of the transceivers' registers (<c>serdes</c> in a device tree). 0 when there are none.</summary>
    public RegisterAddress Serdes { get; set; }

    /// <summary>Machine address of the serial I/O unit's registers (<c>siou</c>).</summary>
    public RegisterAddress Siou { get; set; }

    /// <summary>Machine address of the clocks and resets of the full-power domain (CRF_APB).</summary>
    public RegisterAddress FullPowerResets { get; set; }

    /// <summary>Machine address of the clocks and resets of the low-power domain (CRL_APB).</summary>
    public RegisterAddress LowPowerResets { get; set; }

    /// <summary>Machine address of the attributes of the PCI Express core (<c>pcireg</c>): what the core is, it takes over while in reset.</summary>
    public RegisterAddress PcieAttributes { get; set; }

    /// <summary>Machine address of the SATA controller's vendor registers.</summary>
    public RegisterAddress SataVendor { get; set; }

    /// <summary>Machine address of the DisplayPort controller's PHY registers.</summary>
    public RegisterAddress DisplayPort { get; set; }

    /// <summary>Machine address of the registers around the first USB 3 controller.</summary>
    public RegisterAddress Usb0 { get; set; }

    /// <summary>Machine address of the registers around the second USB 3 controller.</summary>
    public RegisterAddress Usb1 { get; set; }

    /// <summary>Machine address of the system-level control registers with the Ethernet controllers' clocks (IOU_SLCR).</summary>
    public RegisterAddress EthernetClocks { get; set; }

    /// <summary>The addresses of the ZynqMP.</summary>
    /// <remarks>Source: UG1087, address map.</remarks>
    public static PsGtrSettings Zynqmp => new()
    {
        Serdes = new RegisterAddress(0xFD40_0000),
        Siou = new RegisterAddress(0xFD3D_0000),
        FullPowerResets = new RegisterAddress(0xFD1A_0000),
        LowPowerResets = new RegisterAddress(0xFF5E_0000),
        PcieAttributes = new RegisterAddress(0xFD48_0000),
        SataVendor = new RegisterAddress(0xFD0C_0000),
        DisplayPort = new RegisterAddress(0xFD4A_0000),
        Usb0 = new RegisterAddress(0xFF9D_0000),
        Usb1 = new RegisterAddress(0xFF9E_0000),
        EthernetClocks = new RegisterAddress(0xFF18_0000),
    };

    /// <summary>Whether there are transceivers.</summary>
    public readonly bool ArePresent => Serdes.Value != 0;
}
