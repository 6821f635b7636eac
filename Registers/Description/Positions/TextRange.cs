namespace Sluice.Registers.Description;

/// <summary>A range of text. Lines and columns count from 1; a line ends at CR, LF or CR LF, as XML has it, and nowhere else.</summary>
/// <param name="Line">The line of its first character.</param>
/// <param name="Column">The column of its first character.</param>
/// <param name="EndLine">The line of its end.</param>
/// <param name="EndColumn">The column behind its last character.</param>
public readonly record struct TextRange(int Line, int Column, int EndLine, int EndColumn);
