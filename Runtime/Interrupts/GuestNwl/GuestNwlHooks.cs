using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Interrupts;

/// <summary>What of a guest's NWL bridge is no storage: the INTx wires, which are as the functions drive them now.</summary>
internal struct GuestNwlHooks : NwlBridge.IGuestHooks
{
    /// <summary>Asserted wires: INTA in bit 0 to INTD in bit 3.</summary>
    public uint Wires;

    /// <inheritdoc/>
    public readonly NwlBridge.MsgfLegStatus ReadMsgfLegStatus(ref NwlBridge.Guest view, NwlBridge.MsgfLegStatus stored, Lanes lanes)
        => new(Wires & GuestIntx.AllWires);
}
