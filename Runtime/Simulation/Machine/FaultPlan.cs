namespace Sluice.Simulation;

/// <summary>Which access of a driver goes wrong: a read that nobody answers, or a write that gets lost. Each access is one step.</summary>
public sealed class FaultPlan
{
    /// <summary>The step that goes wrong, counted from 0; -1 for none.</summary>
    public int FailsAt { get; set; } = -1;

    /// <summary>How many steps there have been.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether a step has gone wrong.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Begins to count anew.</summary>
    /// <param name="failsAt">The step that goes wrong.</param>
    public void Restart(int failsAt)
    {
        FailsAt = failsAt;
        Steps = 0;
        HasFailed = false;
    }

    /// <summary>One step.</summary>
    /// <returns>Whether it goes wrong.</returns>
    internal bool Fails()
    {
        bool fails = Steps == FailsAt;
        Steps++;
        HasFailed |= fails;
        return fails;
    }
}
