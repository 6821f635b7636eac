using System.Globalization;

namespace Sluice.Generators.Output;

/// <summary>C# literals.</summary>
internal static class Literal
{
    /// <summary>A 32-bit mask: always eight digits, so that columns of a table stand under each other.</summary>
    public static string Word(uint value) => "0x" + value.ToString("X8", CultureInfo.InvariantCulture);

    /// <summary>An unsigned 32-bit literal.</summary>
    public static string UInt(uint value) => Hex(value) + "u";

    /// <summary>An unsigned 64-bit literal.</summary>
    public static string ULong(ulong value) => Hex(value) + "ul";

    /// <summary>A literal of the type that holds so many bits: 32 or 64.</summary>
    public static string Unsigned(ulong value, int bits) => bits > 32 ? ULong(value) : UInt((uint)value);

    /// <summary>Hexadecimal, without a suffix.</summary>
    public static string Hex(ulong value) => "0x" + value.ToString("X", CultureInfo.InvariantCulture);

    /// <summary>Decimal.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A string literal, quotes included.</summary>
    public static string Text(string value)
    {
        System.Text.StringBuilder text = new("\"");
        foreach (char character in value)
        {
            if (character is '"' or '\\')
            {
                text.Append('\\').Append(character);
            }
            else if (character is < ' ' or > '~')
            {
                text.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(character);
            }
        }

        return text.Append('"').ToString();
    }
}
