namespace Sluice.Simulation.Hostile;

/// <summary>What a hostile function does. Each number says once in how many occasions, 0 for never.</summary>
public sealed record HostileHabits
{
    /// <summary>Answers of config space that are random.</summary>
    public uint Readbacks { get; init; }

    /// <summary>Answers about its identity that are another function's.</summary>
    public uint Identities { get; init; }

    /// <summary>Answers of its memory, MSI-X table and pending bits that are random.</summary>
    public uint Memory { get; init; }

    /// <summary>Reads and writes of the machine's memory, at every moment, whether it may master the bus or not.</summary>
    public uint Dma { get; init; }

    /// <summary>Messages with any data, in its own name.</summary>
    public uint Messages { get; init; }

    /// <summary>Messages with any data in the name of another function.</summary>
    public uint ForeignMessages { get; init; }

    /// <summary>Moments at which it is gone, from then on: all ones.</summary>
    public uint Vanishes { get; init; }

    /// <summary>Moments at which it is back.</summary>
    public uint Returns { get; init; }

    /// <summary>Whether it never answers again after a function-level reset.</summary>
    public bool FailsReset { get; init; }

    /// <summary>Whether it says for ever that it has transactions under way.</summary>
    public bool NeverRests { get; init; }

    /// <summary>All at once, as a test run wants it.</summary>
    public static HostileHabits Wild { get; } = new() { Readbacks = 4, Identities = 8, Memory = 4, Dma = 3, Messages = 3, ForeignMessages = 6 };
}
