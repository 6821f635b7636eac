using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Simulation.Guests;

/// <summary>A simulated guest's GICv2m frame.</summary>
/// <param name="guest">Whose.</param>
/// <param name="address">Guest address of the frame.</param>
/// <param name="firstInterrupt">The guest's first interrupt number for messages: from 32 on.</param>
/// <param name="count">How many follow one another.</param>
public sealed class GuestFrameModel(SimulatedGuest guest, ulong address, uint firstInterrupt, uint count) : ISimulatedMessages
{
    private GuestV2mFrame _frame = new(address, firstInterrupt, count);

    /// <summary>The frame itself.</summary>
    public ref GuestV2mFrame Frame => ref _frame;

    /// <inheritdoc/>
    public bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
        => _frame.TryResolve(requester, address, data, out message);

    /// <inheritdoc/>
    public bool TryDeliver(GuestMessage message) => _frame.TryDeliver(message, guest.Handle);
}
