namespace Sluice.Runtime.Phy;

/// <summary>The interconnect of the PS-GTR: each lane can be led to exactly one instance of each protocol.</summary>
/// <remarks>Source: Linux phy-zynqmp.c, icm_matrix; UG1085, table of the PS-GTR's interconnect.</remarks>
public static class LaneMatrix
{
    /// <summary>How many lanes there are.</summary>
    public const uint Lanes = 4;

    /// <summary>The instance of a protocol that a lane can be led to.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="instance">The instance: a controller, a port or a logical lane.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryInstance(uint lane, LaneProtocol protocol, out uint instance)
    {
        instance = protocol switch
        {
            LaneProtocol.Sata => lane & 1,
            LaneProtocol.Usb3 => lane == 3 ? 1u : 0,
            LaneProtocol.DisplayPort => (lane & 1) ^ 1,
            _ => lane,
        };
        return lane < Lanes && protocol is >= LaneProtocol.Pcie and <= LaneProtocol.Sgmii;
    }
}
