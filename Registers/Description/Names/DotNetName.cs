namespace Sluice.Registers.Description;

/// <summary>Turns hardware names into names of C#: <c>MSI_TYPER</c> is <c>MsiTyper</c>, <c>IDR0</c> is <c>Idr0</c>.</summary>
internal static class DotNetName
{
    /// <summary>Whether there is a name in code for a hardware name.</summary>
    public static bool IsIn(string hardwareName)
    {
        foreach (char character in hardwareName)
        {
            if (IsLetterOrDigit(character))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name in code for a hardware name; empty when it has neither letter nor digit of ASCII.</summary>
    public static string From(string hardwareName)
    {
        // Each character gives at most itself and an underscore before it.
        char[] name = new char[(2 * hardwareName.Length) + 1];
        int length = 0;
        int start = 0;
        while (start < hardwareName.Length)
        {
            int end = start;
            while (end < hardwareName.Length && IsLetterOrDigit(hardwareName[end]))
            {
                end++;
            }

            if (end > start)
            {
                length = AppendPart(name, length, hardwareName, start, end);
            }

            start = end + 1;
        }

        return new string(name, 0, length);
    }

    /// <summary>Whether a text is an identifier that needs no escape. Names in code are Pascal case, so that no keyword is one.</summary>
    public static bool IsIdentifier(string text)
    {
        if (text.Length == 0 || !(IsUpper(text[0]) || (text[0] == '_' && text.Length > 1)))
        {
            return false;
        }

        foreach (char character in text)
        {
            if (!IsLetterOrDigit(character) && character != '_')
            {
                return false;
            }
        }

        return true;
    }

    private static int AppendPart(char[] name, int length, string text, int start, int end)
    {
        bool isShouted = true;
        for (int index = start; index < end; index++)
        {
            isShouted &= text[index] is not (>= 'a' and <= 'z');
        }

        // No name begins with a digit, and two numbers side by side would read as one: A9_3 keeps its underscore.
        if (IsDigit(text[start]) && (length == 0 || IsDigit(name[length - 1])))
        {
            name[length++] = '_';
        }

        name[length++] = text[start] is >= 'a' and <= 'z' ? (char)(text[start] - 32) : text[start];
        for (int index = start + 1; index < end; index++)
        {
            char character = text[index];
            name[length++] = isShouted && IsUpper(character) ? (char)(character + 32) : character;
        }

        return length;
    }

    private static bool IsUpper(char character) => character is >= 'A' and <= 'Z';

    private static bool IsDigit(char character) => character is >= '0' and <= '9';

    private static bool IsLetterOrDigit(char character) => IsUpper(character) || IsDigit(character) || character is >= 'a' and <= 'z';
}
