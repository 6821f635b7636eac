namespace Sluice.Registers;

/// <summary>Time for bounded waits: the generic timer at EL2, a stopwatch in a process, a model's time in simulation.</summary>
public interface IClock
{
    /// <summary>Microseconds since some fixed moment; never goes back.</summary>
    ulong Microseconds { get; }
}
