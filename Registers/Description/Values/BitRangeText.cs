namespace Sluice.Registers.Description;

/// <summary>SVD's <c>bitRange</c>: <c>[msb:lsb]</c>.</summary>
internal static class BitRangeText
{
    /// <summary>Reads a bit range; both bits come out as one number, the high one in bits 15:8.</summary>
    public static bool TryParse(string text, out ulong value)
    {
        value = 0;
        int colon = text.IndexOf(':');
        if (text.Length < 5 || text[0] != '[' || text[text.Length - 1] != ']' || colon < 0)
        {
            return false;
        }

        bool parsed = TryParseBit(text, 1, colon, out ulong high) & TryParseBit(text, colon + 1, text.Length - 1, out ulong low);
        value = (high << 8) | low;
        return parsed && high >= low;
    }

    public static int High(ulong value) => (int)(value >> 8);

    public static int Low(ulong value) => (int)(value & 0xFF);

    private static bool TryParseBit(string text, int start, int end, out ulong bit)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return NumberText.TryParse(text, start, end, out bit) && bit < 64;
    }
}
