using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;

namespace Sluice.Simulation.Guests;

/// <summary>A simulated guest as the core is given it.</summary>
/// <param name="guest">The guest.</param>
public readonly struct GuestHandle(SimulatedGuest guest) : IBarMapper, IInterruptSink, IClock
{
    private readonly SimulatedGuest _guest = guest;

    /// <inheritdoc/>
    public ulong Microseconds => _guest.Machine.PassMicroseconds(1);

    /// <inheritdoc/>
    public bool TryMap([HardwareSink] ulong guest, [HardwareSink] MachineAddress machineAddress, [HardwareSink] ulong sizeBytes)
        => _guest.TryMap(guest, machineAddress.Value, sizeBytes);

    /// <inheritdoc/>
    public bool TryUnmap([HardwareSink] ulong guest, [HardwareSink] ulong sizeBytes) => _guest.TryUnmap(guest, sizeBytes);

    /// <inheritdoc/>
    public void Raise(uint interrupt) => _guest.Raise(interrupt);
}
