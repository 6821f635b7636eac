using Sluice.Registers;

namespace Sluice.Simulation;

/// <summary>Time of the simulated machine: every look at it takes a microsecond, so that each bounded wait ends, and equally in every run.</summary>
/// <param name="machine">Whose time it is.</param>
public readonly struct SimulatedClock(SimulatedMachine machine) : IClock
{
    /// <inheritdoc/>
    public ulong Microseconds => machine.LookAtClock();
}
