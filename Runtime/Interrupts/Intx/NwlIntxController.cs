using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Interrupts;

/// <summary>The INTx lines of an NWL bridge: line 0 is INTA, bit 0 of status and mask; line 3 is INTD. A mask bit of one lets the line through.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <remarks>
/// Source: UG1087 (MSGF_LEG_STATUS, MSGF_LEG_MASK). Some Linux drivers shift the mask by one bit less; the registers' own description counts from 0.
/// </remarks>
public readonly struct NwlIntxController<TBus> : IIntxController
    where TBus : struct, IRegisterBus
{
    private readonly NwlBridge.Registers<TBus> _registers;
    private readonly uint _interrupt;

    /// <summary>Takes charge of the lines: all are masked.</summary>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="address">Where the bridge's registers are.</param>
    /// <param name="interrupt">The machine's interrupt of the four lines (<c>intx</c>).</param>
    public NwlIntxController(TBus bus, RegisterAddress address, uint interrupt)
    {
        _registers = new NwlBridge.Registers<TBus>(bus, address);
        _interrupt = interrupt;
        _registers.MsgfLegMask.Write(default);
    }

    /// <inheritdoc/>
    public uint LineCount => GuestIntx.Wires;

    /// <inheritdoc/>
    public bool TryCollect(uint interrupt, out uint lines)
    {
        bool own = interrupt == _interrupt;
        lines = 0;
        if (own)
        {
            uint mask = _registers.MsgfLegMask.Read().Value & GuestIntx.AllWires;
            lines = _registers.MsgfLegStatus.Read().Value & mask;
            _registers.MsgfLegMask.Write(new NwlBridge.MsgfLegMask(mask & ~lines));
        }

        return own;
    }

    /// <inheritdoc/>
    public void Mask(uint line) => SetMask(line, lets: false);

    /// <inheritdoc/>
    public void Unmask(uint line) => SetMask(line, lets: true);

    private void SetMask(uint line, bool lets)
    {
        if (line < LineCount)
        {
            uint mask = _registers.MsgfLegMask.Read().Value & GuestIntx.AllWires;
            uint bit = 1u << (int)line;
            _registers.MsgfLegMask.Write(new NwlBridge.MsgfLegMask(lets ? mask | bit : mask & ~bit));
        }
    }
}
