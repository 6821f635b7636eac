namespace Sluice.Tool;

/// <summary>What the tool returns to who started it.</summary>
internal static class ExitCodes
{
    /// <summary>Done, and nothing is wrong.</summary>
    public const int Success = 0;

    /// <summary>Done, and something is wrong with what it was given.</summary>
    public const int Problems = 1;

    /// <summary>Not done: the arguments make no sense, or a file cannot be read or written.</summary>
    public const int Unusable = 2;
}
