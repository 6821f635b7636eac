using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The interrupt FIFO of the soft AXI-PCIe bridge: messages with their senders, and the levels of the four interrupt lines, one entry after the other. The bridge itself takes
/// what is written to the doorbell's page.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <typeparam name="TClock">What tells the time.</typeparam>
/// <remarks>Source: AMD PG055; Linux pcie-xilinx.c.</remarks>
public struct AxiMsiController<TBus, TClock> : IMsiController
    where TBus : struct, IRegisterBus
    where TClock : struct, IClock
{
    /// <summary>How many vectors there are.</summary>
    public const uint Vectors = 128;

    /// <summary>How many entries one call takes from the FIFO at most.</summary>
    public const uint MostEntries = 128;

    private const ulong WindowBytes = 0x1000;
    private const uint AllLines = 0xF;
    private const uint FifoEvents = 0x3_0000;

    private readonly AxiPcie.Registers<TBus> _registers;
    private readonly ulong _doorbell;
    private readonly uint _interrupt;
    private MessageFilter<TClock> _filter;
    private PendingBits _waiting;
    private uint _changedLines;
    private uint _newLines;
    private uint _knownLines;

    private AxiMsiController(AxiPcie.Registers<TBus> registers, in TClock clock, ulong doorbell, uint interrupt)
    {
        _registers = registers;
        _doorbell = doorbell;
        _interrupt = interrupt;
        _filter = new MessageFilter<TClock>(clock, Vectors);
    }

    /// <inheritdoc/>
    public readonly MsiAbilities Abilities => MsiAbilities.ReportsRequester | MsiAbilities.IsolatesRequesters | MsiAbilities.MasksVectors;

    /// <inheritdoc/>
    public readonly uint VectorCount => Vectors;

    /// <summary>Which of INTA (bit 0) to INTD (bit 3) are asserted, as far as the entries told. After a loss nobody knows: then they count as asserted until an entry says otherwise.</summary>
    public uint AssertedLines { get; private set; }

    /// <summary>How many vectors have an owner.</summary>
    public readonly uint TakenVectors => _filter.TakenVectors;

    /// <summary>What was dropped, by sender.</summary>
    public readonly RequesterTally Dropped => _filter.Dropped;

    /// <summary>How often the FIFO was found to have overflowed.</summary>
    public readonly uint Losses => _filter.Losses;

    /// <summary>Messages of a function that flooded the FIFO, while it was not listened to.</summary>
    public readonly uint Throttled => _filter.Throttled;

    /// <summary>Whether a function is not listened to now: then <see cref="Resume"/> is to be called when its time is over.</summary>
    public readonly bool IsThrottling => _filter.IsThrottling;

    /// <summary>Switches the controller on.</summary>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="address">Where the bridge's registers are: the first byte of its config window.</param>
    /// <param name="clock">What tells the time.</param>
    /// <param name="doorbell">Where functions write their messages: a page that nothing else answers to.</param>
    /// <param name="interrupt">The machine's interrupt of the bridge.</param>
    /// <param name="forbidden">Where the doorbell must not be: memory of guests, and of functions.</param>
    /// <param name="controller">The controller; usable only when there is nothing to refuse.</param>
    /// <param name="refusal">The register that did not show what it should.</param>
    /// <returns>Whether it is on. If not, whatever was written has been put back.</returns>
    public static bool TryStart(
        TBus bus,
        RegisterAddress address,
        in TClock clock,
        ulong doorbell,
        uint interrupt,
        System.ReadOnlySpan<MachineRange> forbidden,
        out AxiMsiController<TBus, TClock> controller,
        out BridgeRefusal refusal)
    {
        AxiPcie.Registers<TBus> registers = new(bus, address);
        controller = default;
        BridgeChecklist list = default;
        MachineRange page = new(new MachineAddress(doorbell), WindowBytes);
        bool isApart = page.Start.IsAligned(WindowBytes);
        for (int index = 0; index < forbidden.Length; index++)
        {
            isApart &= !page.Overlaps(forbidden[index]);
        }

        list.Require(BridgeBlock.Settings, 0, (uint)doorbell, 0, isApart ? 0u : 1u);
        AxiPcie.Imr mask = registers.Imr.Read();
        AxiPcie.Rpsc control = registers.Rpsc.Read();
        AxiPcie.Rpmsib1 high = registers.Rpmsib1.Read();
        AxiPcie.Rpmsib2 low = registers.Rpmsib2.Read();
        list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Imr, mask.Value, 0, 0);
        list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Rpsc, control.Value, 0, 0);
        list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Rpmsib1, high.Value, 0, 0);
        if (!list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Rpmsib2, low.Value, 0, 0))
        {
            refusal = list.Refusal;
            return false;
        }

        registers.Rpmsib1.Write(new AxiPcie.Rpmsib1((uint)(doorbell >> 32)));
        registers.Rpmsib2.Write(new AxiPcie.Rpmsib2((uint)doorbell));

        // Messages from before are nobody's; a line that was asserted before still is.
        AxiMsiController<TBus, TClock> candidate = new(registers, clock, doorbell, interrupt);
        for (uint popped = 0; popped < MostEntries && registers.Rpifr1.Read() is { IntrValid: true } entry; popped++)
        {
            registers.Rpifr1.Write(new AxiPcie.Rpifr1(uint.MaxValue));
            candidate.TakeLine(entry);
        }

        registers.Rpsc.Write(control with { IntFifoOverflow = true, ErrFifoOverflow = false });
        registers.Imr.Write(mask with { Intx = true, Msi = true });
        list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Rpifr1, registers.Rpifr1.Read().Value, 0x8000_0000, 0);
        list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Rpmsib1, registers.Rpmsib1.Read().Value, uint.MaxValue, (uint)(doorbell >> 32));
        list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Rpmsib2, registers.Rpmsib2.Read().Value, uint.MaxValue, (uint)doorbell);
        list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Imr, registers.Imr.Read().Value, FifoEvents, FifoEvents);
        refusal = list.Refusal;
        if (!list.Passes)
        {
            registers.Imr.Write(mask);
            registers.Rpmsib2.Write(low);
            registers.Rpmsib1.Write(high);
            return false;
        }

        controller = candidate;
        return true;
    }

    /// <inheritdoc/>
    public bool TryAllocate(in MsiRequest request, out VectorBlock block) => _filter.TryAllocate(in request, out block);

    /// <inheritdoc/>
    public void Free(OwnerId owner, VectorBlock block) => _filter.Free(owner, block);

    /// <inheritdoc/>
    public readonly OwnerId OwnerOf(uint vector) => _filter.OwnerOf(vector);

    /// <inheritdoc/>
    public readonly MsiMessage Message(uint vector) => new(new RegisterAddress(_doorbell), vector);

    /// <inheritdoc/>
    public bool TryMask(uint vector) => _filter.TryMask(vector);

    /// <inheritdoc/>
    public bool TryUnmask(uint vector, out bool wasRaised) => _filter.TryUnmask(vector, out wasRaised);

    /// <inheritdoc/>
    public MsiCollection Collect(uint interrupt, ref PendingBits raised)
    {
        _filter.Resume(ref raised);
        if (interrupt != _interrupt)
        {
            return MsiCollection.Foreign;
        }

        bool isEmpty = Drain(ref raised);
        while (_waiting.TryTakeFirst(out uint vector))
        {
            // It may have been given back, or masked, since the lines' driver found it.
            _filter.Repeat(vector, ref raised);
        }

        // The events come back at once as long as the FIFO holds anything, so they are cleared behind it; whoever trusts that less is asked once more.
        _registers.Idr.Write(default(AxiPcie.Idr) with { Intx = true, Msi = true });
        return isEmpty && !_registers.Rpifr1.Read().IntrValid ? MsiCollection.Done : MsiCollection.Unfinished;
    }

    /// <summary>Takes which interrupt lines have been asserted since the last call, whatever became of them: INTA is bit 0.</summary>
    public uint TakeLines()
    {
        uint lines = _changedLines;
        _changedLines = 0;
        return lines;
    }

    /// <summary>As <see cref="NwlMsiController{TBus, TClock}.Resume"/>.</summary>
    /// <param name="raised">Gets the vectors.</param>
    public void Resume(ref PendingBits raised) => _filter.Resume(ref raised);

    /// <summary>What there is to report of losses: once a second at most.</summary>
    /// <param name="loss">What there is.</param>
    /// <returns>Whether there is anything new.</returns>
    public bool TryReport(out MsiLoss loss) => _filter.TryReport(out loss);

    /// <summary>The machine's interrupt of the bridge.</summary>
    internal readonly uint Interrupt => _interrupt;

    /// <summary>
    /// Takes the lines that became asserted and were not taken yet, those of a mask only. What messages the FIFO had before them wait for <see cref="Collect"/>, whose interrupt stays raised.
    /// </summary>
    /// <param name="open">Which lines: INTA is bit 0. The others are kept.</param>
    internal uint TakeAsserted(uint open)
    {
        _ = Drain(ref _waiting);
        uint lines = _newLines & open;
        _newLines &= ~lines;
        return lines;
    }

    /// <summary>Whether a line is asserted, as far as is known: then it is there to be taken again.</summary>
    /// <param name="line">The line's bit.</param>
    internal bool IsAssertedNow(uint line)
    {
        _ = Drain(ref _waiting);
        _newLines |= AssertedLines & _knownLines & line;
        return (_newLines & line) != 0;
    }

    /// <summary>Takes what the FIFO holds, and sees whether it lost anything.</summary>
    /// <returns>Whether it is empty.</returns>
    private bool Drain(ref PendingBits raised)
    {
        bool isEmpty = false;
        for (uint taken = 0; taken < MostEntries && !isEmpty; taken++)
        {
            isEmpty = !TryTakeEntry(ref raised);
        }

        AxiPcie.Rpsc status = _registers.Rpsc.Read();
        if (status.Value != uint.MaxValue && status.IntFifoOverflow)
        {
            _registers.Rpsc.Write(status with { IntFifoOverflow = true, ErrFifoOverflow = false });
            AssertedLines = AllLines;
            _changedLines = AllLines;
            _newLines = AllLines;
            _knownLines = 0;
            _filter.Lose(ref raised);
        }

        return isEmpty;
    }

    // The flags are looked at before anything else is read: the words of an entry must not be mixed up.
    private bool TryTakeEntry(ref PendingBits raised)
    {
        AxiPcie.Rpifr1 entry = _registers.Rpifr1.Read();
        if (!entry.IntrValid)
        {
            return false;
        }

        uint data = entry.MsiIntr ? _registers.Rpifr2.Read().MsgData : 0;
        _registers.Rpifr1.Write(new AxiPcie.Rpifr1(uint.MaxValue));
        if (entry.MsiIntr)
        {
            _filter.Accept(new RequesterId((ushort)entry.ReqId), isAddressed: true, data, ref raised);
            return true;
        }

        TakeLine(entry);
        return true;
    }

    private void TakeLine(AxiPcie.Rpifr1 entry)
    {
        uint line = entry.MsiIntr ? 0 : 1u << (int)entry.IntrLine;
        AssertedLines = entry.IntrAssert ? AssertedLines | line : AssertedLines & ~line;
        _newLines = entry.IntrAssert ? _newLines | line : _newLines & ~line;
        _changedLines |= entry.IntrAssert ? line : 0;
        _knownLines |= line;
    }
}
