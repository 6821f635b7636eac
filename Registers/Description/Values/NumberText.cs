using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Numbers as SVD writes them: decimal, <c>0x</c> hexadecimal, <c>#</c> or <c>0b</c> binary, with an optional <c>+</c> and a size suffix.</summary>
internal static class NumberText
{
    public static bool TryParse(string text, out ulong value) => TryParse(text, 0, text.Length, out value);

    /// <summary>Reads the number that a part of a text is.</summary>
    public static bool TryParse(string text, int start, int end, out ulong value)
    {
        value = 0;
        if (start < end && text[start] == '+')
        {
            start++;
        }

        uint radix = Radix(text, ref start, end);
        int shift = end - start > 1 ? Scale(text[end - 1]) : 0;
        if (shift != 0)
        {
            end--;
        }

        if (start >= end)
        {
            return false;
        }

        for (int index = start; index < end; index++)
        {
            int digit = Digit(text[index]);
            if (digit < 0 || digit >= radix || value > (ulong.MaxValue - (uint)digit) / radix)
            {
                value = 0;
                return false;
            }

            value = (value * radix) + (uint)digit;
        }

        bool fits = value << shift >> shift == value;
        value = fits ? value << shift : 0;
        return fits;
    }

    /// <summary>A whole number that may be negative; only its form counts.</summary>
    public static bool IsInteger(string text)
        => TryParse(text.Length > 1 && text[0] == '-' ? text.Substring(1) : text, out _);

    /// <summary>A whole number, however it is written, as a decimal one.</summary>
    public static string Canonical(string text)
    {
        bool isNegative = text.Length > 1 && text[0] == '-';
        return TryParse(isNegative ? text.Substring(1) : text, out ulong value) ? (isNegative && value != 0 ? "-" : "") + value.ToString(CultureInfo.InvariantCulture) : text;
    }

    /// <summary>A value with don't-care bits, such as <c>0b1x0</c>; other numbers have none.</summary>
    public static bool TryParsePattern(string text, out ulong value, out ulong dontCare)
    {
        dontCare = 0;
        int start = text.Length > 0 && text[0] == '+' ? 1 : 0;
        if (Radix(text, ref start, text.Length) != 2 || text.IndexOfAny(['x', 'X'], start) < 0)
        {
            return TryParse(text, out value);
        }

        value = 0;
        if (text.Length - start > 64)
        {
            return false;
        }

        for (int index = start; index < text.Length; index++)
        {
            char character = text[index];
            value = (value << 1) | (character == '1' ? 1u : 0);
            dontCare = (dontCare << 1) | (character is 'x' or 'X' ? 1u : 0);
            if (character is not ('0' or '1' or 'x' or 'X'))
            {
                return false;
            }
        }

        return true;
    }

    private static uint Radix(string text, ref int start, int end)
    {
        char first = start < end ? text[start] : '\0';
        char second = start + 1 < end ? text[start + 1] : '\0';
        if (first == '#')
        {
            start++;
            return 2;
        }

        if (first == '0' && second is 'x' or 'X')
        {
            start += 2;
            return 16;
        }

        if (first == '0' && second is 'b' or 'B')
        {
            start += 2;
            return 2;
        }

        return 10;
    }

    private static int Scale(char suffix) => suffix switch
    {
        'k' or 'K' => 10,
        'm' or 'M' => 20,
        'g' or 'G' => 30,
        't' or 'T' => 40,
        _ => 0,
    };

    private static int Digit(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => -1,
    };
}
