using System.Text;

namespace Sluice.Registers.Description;

/// <summary>Descriptive text on one line: any run of white space, line separators and control characters among it, is one space.</summary>
internal static class DescriptionText
{
    public static string Normalise(string text)
    {
        StringBuilder? builder = null;
        bool isSpaced = false;
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            bool isSpace = char.IsWhiteSpace(character) || char.IsControl(character);
            if (builder is null && isSpace && (isSpaced || character != ' '))
            {
                builder = new StringBuilder(text, 0, index - (isSpaced ? 1 : 0), text.Length);
                builder.Append(' ');
            }
            else if (builder is not null && !(isSpace && isSpaced))
            {
                builder.Append(isSpace ? ' ' : character);
            }

            isSpaced = isSpace;
        }

        return builder is null ? text : builder.ToString().Trim(' ');
    }
}
