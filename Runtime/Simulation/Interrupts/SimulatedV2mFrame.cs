using System.Collections.Generic;
using Sluice.Registers;

namespace Sluice.Simulation.Interrupts;

/// <summary>A GICv2m frame: a write to its doorbell becomes the edge of an interrupt, which is kept until it is taken.</summary>
/// <param name="firstInterrupt">Its first interrupt number.</param>
/// <param name="count">How many it has.</param>
public sealed class SimulatedV2mFrame(uint firstInterrupt, uint count) : ISimulatedDevice
{
    private const ulong TyperOffset = 0x8;
    private const ulong DoorbellOffset = 0x40;

    private readonly Queue<uint> _raised = new();

    /// <summary>How many messages named no interrupt of the frame.</summary>
    public int Ignored { get; private set; }

    /// <inheritdoc/>
    public ulong Read(ulong offset, AccessWidth width) => offset == TyperOffset ? (firstInterrupt << 16) | count : 0;

    /// <inheritdoc/>
    public void Write(ulong offset, AccessWidth width, ulong value)
    {
        if (offset != DoorbellOffset)
        {
            return;
        }

        if (value >= firstInterrupt && value - firstInterrupt < count)
        {
            _raised.Enqueue((uint)value);
        }
        else
        {
            Ignored++;
        }
    }

    /// <summary>Takes the interrupt that was raised first.</summary>
    /// <param name="interrupt">Its number.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(out uint interrupt) => _raised.TryDequeue(out interrupt);
}
