using System.Globalization;
using System.Text;

namespace Sluice.Registers.Description;

/// <summary>Lines of a script, indented, with the same line ends everywhere.</summary>
internal sealed class ScriptText(string indent)
{
    private readonly StringBuilder _text = new();

    /// <summary>How deep the next line stands.</summary>
    public int Depth { get; set; }

    public static string Hex(ulong value) => "0x" + value.ToString("X", CultureInfo.InvariantCulture);

    public static string Decimal(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A name as one word that means nothing else in either shell.</summary>
    public static string Word(string name)
    {
        char[] word = name.ToCharArray();
        for (int index = 0; index < word.Length; index++)
        {
            bool isHarmless = word[index] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.';
            word[index] = isHarmless ? word[index] : '_';
        }

        return new string(word);
    }

    /// <summary>Text that cannot end a comment or a string of either shell: printable ASCII without what means something in them.</summary>
    public static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char character in text)
        {
            bool isHarmless = character is >= ' ' and <= '~' and not ('"' or '\\' or '$' or '[' or ']' or '{' or '}' or '`' or '\'');
            plain.Append(isHarmless ? character : character is '[' or '{' ? '(' : character is ']' or '}' ? ')' : '?');
        }

        return plain.ToString();
    }

    public void Line(string line)
    {
        if (line.Length != 0)
        {
            for (int level = 0; level < Depth; level++)
            {
                _text.Append(indent);
            }
        }

        _text.Append(line).Append('\n');
    }

    public override string ToString() => _text.ToString();
}
