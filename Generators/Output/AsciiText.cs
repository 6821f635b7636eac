using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Sluice.Generators.Output;

/// <summary>A source of ASCII characters, one byte each. The compiler holds every source as long as its tree lives.</summary>
internal sealed class AsciiText(byte[] text) : SourceText
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override int Length => text.Length;

    /// <inheritdoc/>
    public override char this[int position] => (char)text[position];

    /// <inheritdoc/>
    public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)
        => Encoding.ASCII.GetChars(text, sourceIndex, count, destination, destinationIndex);

    /// <inheritdoc/>
    public override string ToString(TextSpan span) => Encoding.ASCII.GetString(text, span.Start, span.Length);
}
