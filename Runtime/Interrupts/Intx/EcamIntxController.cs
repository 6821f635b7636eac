namespace Sluice.Runtime.Interrupts;

/// <summary>The INTx lines of a generic host bridge: four level interrupts of the machine's interrupt controller that follow one another, masked there.</summary>
/// <typeparam name="TGate">The machine's interrupt controller.</typeparam>
/// <remarks>Source: the device tree's <c>interrupt-map</c>; QEMU hw/arm/virt.c (create_pcie_irq_map).</remarks>
public readonly struct EcamIntxController<TGate> : IIntxController
    where TGate : struct, IInterruptGate
{
    private readonly TGate _gate;
    private readonly uint _first;

    /// <summary>Takes charge of the lines: all are masked.</summary>
    /// <param name="gate">The machine's interrupt controller.</param>
    /// <param name="firstInterrupt">The machine's interrupt of line 0.</param>
    public EcamIntxController(TGate gate, uint firstInterrupt)
    {
        _gate = gate;
        _first = firstInterrupt;
        for (uint line = 0; line < GuestIntx.Wires; line++)
        {
            gate.Close(firstInterrupt + line);
        }
    }

    /// <inheritdoc/>
    public uint LineCount => GuestIntx.Wires;

    /// <inheritdoc/>
    public bool TryCollect(uint interrupt, out uint lines)
    {
        bool own = new VectorBlock(_first, LineCount).TryIndex(interrupt, out uint line);
        lines = own ? 1u << (int)line : 0;
        if (own)
        {
            _gate.Close(interrupt);
        }

        return own;
    }

    /// <inheritdoc/>
    public void Mask(uint line)
    {
        if (line < LineCount)
        {
            _gate.Close(_first + line);
        }
    }

    /// <inheritdoc/>
    public void Unmask(uint line)
    {
        if (line < LineCount)
        {
            _gate.Open(_first + line);
        }
    }
}
