namespace Sluice.Registers.Description;

/// <summary>Where the facts on a field come from.</summary>
/// <param name="Source">Document and section, or driver file, when it is not the register's; empty when the description does not say.</param>
/// <param name="Unsure">Why they are in doubt; empty when they are not.</param>
/// <param name="Origin">What an overlay says: its file, the facts, and why where it contradicts; empty when none does.</param>
public sealed record Provenance(string Source, string Unsure, string Origin)
{
    /// <summary>Nothing is said.</summary>
    public static Provenance None { get; } = new("", "", "");
}
