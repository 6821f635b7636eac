using System;

namespace Sluice.Simulation;

/// <summary>
/// Which step of the core goes wrong: a read that nobody answers, a write that gets lost, a request to whoever stands beside the core that is refused. Each is one step. Two of them
/// may go wrong in one run.
/// </summary>
public sealed class FaultPlan
{
    /// <summary>The step that goes wrong, counted from 0; -1 for none.</summary>
    public int FailsAt { get; set; } = -1;

    /// <summary>A second step that goes wrong; -1 for none.</summary>
    public int AlsoFailsAt { get; set; } = -1;

    /// <summary>How many steps there have been.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether a step has gone wrong.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Called after a step has gone wrong.</summary>
    public Action? Failed { get; set; }

    /// <summary>Begins to count anew.</summary>
    /// <param name="failsAt">The step that goes wrong.</param>
    /// <param name="alsoFailsAt">A second one.</param>
    public void Restart(int failsAt, int alsoFailsAt = -1)
    {
        FailsAt = failsAt;
        AlsoFailsAt = alsoFailsAt;
        Steps = 0;
        HasFailed = false;
    }

    /// <summary>One step.</summary>
    /// <returns>Whether it goes wrong.</returns>
    public bool Fails()
    {
        bool fails = Steps == FailsAt || Steps == AlsoFailsAt;
        Steps++;
        if (fails)
        {
            HasFailed = true;
            Failed?.Invoke();
        }

        return fails;
    }
}
