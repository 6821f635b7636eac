namespace Sluice.Registers.Description;

/// <summary>An attribute that its element may have, with its value checked.</summary>
internal sealed class MarkupAttribute(AttributeGrammar grammar, MarkupFile file, int line, int column, string text)
{
    public AttributeGrammar Grammar { get; } = grammar;

    public MarkupFile File { get; } = file;

    /// <summary>Its value, without white space around it.</summary>
    public string Text { get; } = text;

    /// <summary>The number, or the index of the word, that its text stands for.</summary>
    public ulong Number { get; set; }

    /// <summary>Whether its text is a value of its kind.</summary>
    public bool IsValid { get; set; }

    public TextRange NameRange => File.NameAt(line, column);

    public TextRange ValueRange => File.AttributeValueAt(line, column);
}
