namespace Sluice.Runtime.Phy;

/// <summary>What a lane is for, and where its clock comes from.</summary>
public readonly struct LaneSetup
{
    /// <summary>What it speaks.</summary>
    public LaneProtocol Protocol { get; init; }

    /// <summary>Which controller of that kind for USB and SGMII, which port for SATA, which logical lane for PCI Express and DisplayPort.</summary>
    public uint Instance { get; init; }

    /// <summary>The lane whose clock buffer it uses, 0 to 3; the lane's own number for its own.</summary>
    public uint ReferenceClock { get; init; }

    /// <summary>That clock in hertz; one of the thirteen that the PLLs take (<see cref="LaneClock"/>).</summary>
    public uint ReferenceHertz { get; init; }
}
