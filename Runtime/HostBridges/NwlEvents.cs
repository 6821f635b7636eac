using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>Events that an NWL bridge had to report, with the AXI ids of the accesses that failed. An id means something only with the event that it belongs to.</summary>
/// <param name="status">The events.</param>
/// <param name="slave">The id of the access from the processor that failed on the link.</param>
/// <param name="master">The id of the access from the link that failed in the machine.</param>
/// <param name="ingress">The id of the access from the link that no window took.</param>
/// <param name="egress">The id of the access from the processor that no window took.</param>
public readonly struct NwlEvents(NwlBridge.MsgfMiscStatus status, byte slave, byte master, byte ingress, byte egress)
{
    /// <summary>The events.</summary>
    public NwlBridge.MsgfMiscStatus Status { get; } = status;

    /// <summary>The AXI id of the access from the processor that failed on the link (SLAVE_ERROR).</summary>
    public byte SlaveId { get; } = slave;

    /// <summary>The AXI id of the access from the link that failed in the machine (MASTER_ERROR).</summary>
    public byte MasterId { get; } = master;

    /// <summary>The AXI id of the access from the link that no window took.</summary>
    public byte IngressId { get; } = ingress;

    /// <summary>The AXI id of the access from the processor that no window took.</summary>
    public byte EgressId { get; } = egress;

    /// <summary>Whether there were any.</summary>
    public bool Any => Status.Value != 0;
}
