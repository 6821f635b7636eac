namespace Sluice.Registers.Tests.Interpreter;

/// <summary>A view that can be held against its generated cases.</summary>
public interface IConformingView
{
    /// <summary>Makes all checks.</summary>
    /// <returns>How many there were, and what failed.</returns>
    (int Checks, string Failures) Conform();
}
