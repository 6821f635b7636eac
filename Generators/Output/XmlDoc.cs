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
    public static string Sentences(params string[] texts)
    {
        StringBuilder all = new();
        foreach (string text in texts)
        {
            string sentence = Sentence(text);
            if (sentence.Length != 0)
            {
                all.Append(all.Length == 0 ? "" : " ").Append(sentence);
            }
        }

        return all.ToString();
    }

    // White space of any kind, line ends that only C# knows among it, becomes one space: a comment must stay one line.
    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
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

            escaped.Append(character switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
