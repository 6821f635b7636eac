namespace Sluice.Registers.Description;

/// <summary>How bad a problem is unless the project says otherwise.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>The description is flawed; the message says what was assumed.</summary>
    Warning,

    /// <summary>The build fails.</summary>
    Error,
}
