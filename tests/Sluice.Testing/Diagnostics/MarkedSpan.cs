using System;
using Microsoft.CodeAnalysis.Text;

namespace Sluice.Testing.Diagnostics;

/// <summary>Where a diagnostic is, or is expected.</summary>
/// <param name="Id">Its rule.</param>
/// <param name="Span">Where in its file.</param>
public readonly record struct MarkedSpan(string Id, TextSpan Span) : IComparable<MarkedSpan>
{
    /// <inheritdoc/>
    public int CompareTo(MarkedSpan other)
    {
        int order = Span.CompareTo(other.Span);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }
}
