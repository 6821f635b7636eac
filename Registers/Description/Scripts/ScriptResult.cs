namespace Sluice.Registers.Description;

/// <summary>A script, or why there is none.</summary>
/// <param name="Text">The script, with line feeds as line ends; null when there is none.</param>
/// <param name="Problem">Why there is none; null when there is one.</param>
public sealed record ScriptResult(string? Text, string? Problem);
