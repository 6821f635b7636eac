namespace Sluice.Generators.Pipeline;

/// <summary>
/// The source of a device's sequences. It is written with the device, not behind it: it rests on several blocks, and as text it stays equal when what
/// changes in them does not concern it.
/// </summary>
/// <param name="HintName">The name of its file, unique in the compilation.</param>
/// <param name="Source">The text.</param>
internal sealed record SequencesOutput(string HintName, string Source);
