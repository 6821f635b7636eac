using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;

namespace Sluice.Simulation.Guests;

/// <summary>A simulated guest as the core is given it.</summary>
/// <param name="guest">The guest.</param>
public readonly struct GuestHandle(SimulatedGuest guest) : IGuest, IInterruptSink
{
    private readonly SimulatedGuest _guest = guest;

    /// <inheritdoc/>
    public ulong Microseconds => _guest.Machine.LookAtClock();

    /// <inheritdoc/>
    public bool TryMap([HardwareSink] ulong guest, [HardwareSink] MachineAddress machineAddress, [HardwareSink] ulong sizeBytes, PageAttributes attributes)
        => _guest.TryMap(guest, machineAddress.Value, sizeBytes, attributes);

    /// <inheritdoc/>
    public bool TryUnmap([HardwareSink] ulong guest, [HardwareSink] ulong sizeBytes) => _guest.TryUnmap(guest, sizeBytes);

    /// <inheritdoc/>
    [Sanitizes]
    public bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
    {
        message = default;
        return _guest.Messages?.TryResolve(requester, address, data, out message) == true;
    }

    /// <inheritdoc/>
    public bool TryDeliver(GuestMessage message) => _guest.Messages?.TryDeliver(message) == true;

    /// <inheritdoc/>
    public void SetIntx(RequesterId place, uint pin, bool asserted) => _guest.SetIntx(place, pin, asserted);

    /// <inheritdoc/>
    public void Raise(uint interrupt) => _guest.Raise(interrupt);

    /// <inheritdoc/>
    public bool Withdraw(uint interrupt) => _guest.Withdraw(interrupt);

    /// <inheritdoc/>
    public void SetLevel(uint interrupt, bool asserted) => _guest.SetLevel(interrupt, asserted);
}
