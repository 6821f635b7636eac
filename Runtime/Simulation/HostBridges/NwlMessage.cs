namespace Sluice.Simulation.HostBridges;

/// <summary>An entry of the NWL bridge's message FIFO.</summary>
/// <param name="Type">As MSGF_RX_FIFO_TYPE shows it: the sender in bits 31:16.</param>
/// <param name="Address">Where it was written.</param>
/// <param name="Data">What was written.</param>
/// <param name="Message">As MSGF_RX_FIFO_MSG shows it: the code of a message of the link in bits 15:8.</param>
public readonly record struct NwlMessage(uint Type, ulong Address, uint Data, uint Message = 0);
