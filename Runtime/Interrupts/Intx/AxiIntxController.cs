using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The INTx lines of a soft AXI-PCIe bridge: line 0 is INTA, line 3 is INTD. The bridge tells each rise and each fall once, in the FIFO that messages come through too, and masks none of them: levels and
/// masks are kept here, and a line that is unmasked while it is asserted is raised by the machine's interrupt controller.
/// </summary>
/// <typeparam name="TMessages">Where the driver of the FIFO lives.</typeparam>
/// <typeparam name="TTrigger">The machine's interrupt controller.</typeparam>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <typeparam name="TClock">What tells the time.</typeparam>
/// <remarks>
/// For the bridge's interrupt both drivers are asked, in any order: <see cref="AxiMsiController{TBus, TClock}.Collect"/> and <see cref="TryCollect"/>. When the FIFO has lost entries every line is taken once
/// for asserted; whether it is, its functions say. Source: AMD PG055.
/// </remarks>
public readonly struct AxiIntxController<TMessages, TTrigger, TBus, TClock> : IIntxController
    where TMessages : struct, IAxiMessages<TBus, TClock>
    where TTrigger : struct, IInterruptTrigger
    where TBus : struct, IRegisterBus
    where TClock : struct, IClock
{
    private readonly TMessages _messages;
    private readonly TTrigger _trigger;

    /// <summary>Takes charge of the lines: all are masked.</summary>
    /// <param name="messages">The driver of the FIFO; it is on.</param>
    /// <param name="trigger">The machine's interrupt controller.</param>
    public AxiIntxController(TMessages messages, TTrigger trigger)
    {
        _messages = messages;
        _trigger = trigger;
        messages.OpenLines = 0;
    }

    /// <inheritdoc/>
    public uint LineCount => GuestIntx.Wires;

    /// <inheritdoc/>
    public bool TryCollect(uint interrupt, out uint lines)
    {
        bool own = interrupt == _messages.Controller.Interrupt;
        ref uint open = ref _messages.OpenLines;
        lines = own ? _messages.Controller.TakeAsserted(open) : 0;
        open &= ~lines;
        return own;
    }

    /// <inheritdoc/>
    public void Mask(uint line)
    {
        if (line < LineCount)
        {
            _messages.OpenLines &= ~(1u << (int)line);
        }
    }

    /// <inheritdoc/>
    public void Unmask(uint line)
    {
        if (line >= LineCount)
        {
            return;
        }

        _messages.OpenLines |= 1u << (int)line;
        if (_messages.Controller.IsAssertedNow(1u << (int)line))
        {
            _trigger.Raise(_messages.Controller.Interrupt);
        }
    }
}
