namespace Sluice.Registers.Description;

/// <summary>A file that a description may consist of. The reader works on these alone; it never opens a file.</summary>
/// <param name="Path">Its path as the compiler or the tool names it; problems carry it unchanged.</param>
/// <param name="Text">Its whole text.</param>
public sealed record SourceFile(string Path, string Text);
