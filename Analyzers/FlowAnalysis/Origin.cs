using System;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Where a tracked value came from: what the second location of a diagnostic points to.</summary>
internal sealed class Origin
{
    public Origin(SyntaxNode syntax, string name)
    {
        Syntax = syntax;
        Name = name;
    }

    public SyntaxNode Syntax { get; }

    /// <summary>The symbol's name as a person would say it: <c>GuestValue.Untrusted</c>.</summary>
    public string Name { get; }

    /// <summary>The one that stands first in the source, so that the outcome does not depend on the order of a join.</summary>
    public static Origin First(Origin left, Origin right)
    {
        int position = left.Syntax.SpanStart.CompareTo(right.Syntax.SpanStart);
        return position < 0 || (position == 0 && string.CompareOrdinal(left.Name, right.Name) <= 0) ? left : right;
    }
}
