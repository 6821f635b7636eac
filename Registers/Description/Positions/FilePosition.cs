namespace Sluice.Registers.Description;

/// <summary>A place in one of the files of a description.</summary>
/// <param name="Path">The file's path, as given.</param>
/// <param name="Range">Where in it.</param>
public readonly record struct FilePosition(string Path, TextRange Range);
