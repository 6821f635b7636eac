using System.Text;

namespace Sluice.Generators.Output;

/// <summary>XML documentation comments.</summary>
internal static class XmlDoc
{
    /// <summary>A one-line summary, and remarks when there are any.</summary>
    public static void Summary(SourceWriter writer, string summary, string remarks = "")
    {
        writer.Line("/// <summary>" + Escape(summary) + "</summary>");
        if (remarks.Length != 0)
        {
            writer.Line("/// <remarks>" + Escape(remarks) + "</remarks>");
        }
    }

    /// <summary>A parameter.</summary>
    public static void Parameter(SourceWriter writer, string name, string text)
        => writer.Line("/// <param name=\"" + name + "\">" + Escape(text) + "</param>");

    /// <summary>What comes back.</summary>
    public static void Returns(SourceWriter writer, string text) => writer.Line("/// <returns>" + Escape(text) + "</returns>");

    /// <summary>A sentence: ends with a full stop, unless it is empty.</summary>
    public static string Sentence(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length == 0 || trimmed[trimmed.Length - 1] is '.' or '!' or '?' or ':' ? trimmed : trimmed + ".";
    }

    /// <summary>Joins sentences by one space, leaving out the empty ones.</summary>
    public static string Sentences(string first, string second = "", string third = "")
    {
        return Join(Join(Sentence(first), Sentence(second)), Sentence(third));

        static string Join(string left, string right) => left.Length == 0 ? right : right.Length == 0 ? left : left + " " + right;
    }

    // White space of any kind, line ends that only C# knows among it, becomes one space: a comment must stay one line.
    private static string Escape(string text)
    {
        bool isPlain = true;
        char last = ' ';
        foreach (char character in text)
        {
            isPlain &= character is > ' ' and < '\x7F' and not ('<' or '>' or '&') || (character == ' ' && last != ' ');
            last = character;
        }

        return isPlain && (text.Length == 0 || last != ' ') ? text : EscapeEach(text);
    }

    private static string EscapeEach(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        bool space = false;
        foreach (char character in text)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character) || char.IsSurrogate(character))
            {
                space = escaped.Length != 0;
                continue;
            }

            if (space)
            {
                escaped.Append(' ');
                space = false;
            }

            switch (character)
            {
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                default:
                    escaped.Append(character);
                    break;
            }
        }

        return escaped.ToString();
    }
}
