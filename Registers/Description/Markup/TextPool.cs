using System.Text;
using System.Xml;

namespace Sluice.Registers.Description;

/// <summary>
/// The texts of a description, each kept once as far as that is cheap: the same words, numbers and names stand in it thousands of times. A text that meets
/// another in its place takes it over, so that no file can make the pool large or slow.
/// </summary>
internal sealed class TextPool
{
    // Longer ones are descriptions, which hardly ever repeat.
    private const int Longest = 40;
    private const int Places = 4096;

    private readonly string?[] _texts = new string?[Places];
    private readonly char[] _chunk = new char[1024];

    /// <summary>Reads the text of the node that a reader is at.</summary>
    public string Read(XmlReader reader)
    {
        int length = 0;
        int read;
        while (length < _chunk.Length && (read = reader.ReadValueChunk(_chunk, length, _chunk.Length - length)) > 0)
        {
            length += read;
        }

        return length < _chunk.Length ? Keep(length) : ReadLong(reader);
    }

    private string ReadLong(XmlReader reader)
    {
        StringBuilder text = new();
        for (int length = _chunk.Length; length > 0; length = reader.ReadValueChunk(_chunk, 0, _chunk.Length))
        {
            text.Append(_chunk, 0, length);
        }

        return text.ToString();
    }

    private string Keep(int length)
    {
        if (length > Longest)
        {
            return new string(_chunk, 0, length);
        }

        uint hash = (uint)length;
        for (int index = 0; index < length; index++)
        {
            hash = unchecked((hash * 31) + _chunk[index]);
        }

        ref string? place = ref _texts[(hash ^ (hash >> 12)) % Places];
        if (place is null || !IsSame(place, length))
        {
            place = new string(_chunk, 0, length);
        }

        return place;
    }

    private bool IsSame(string text, int length)
    {
        if (text.Length != length)
        {
            return false;
        }

        for (int index = 0; index < length; index++)
        {
            if (text[index] != _chunk[index])
            {
                return false;
            }
        }

        return true;
    }
}
