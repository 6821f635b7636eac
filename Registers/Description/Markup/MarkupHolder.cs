namespace Sluice.Registers.Description;

/// <summary>What an element has that can hold elements, or have attributes. Others know it as a <see cref="MarkupElement"/>.</summary>
internal sealed class MarkupHolder(ElementGrammar grammar, MarkupFile file, int line, int column, MarkupElement? parent)
    : MarkupElement(grammar, file, line, column, parent)
{
    public MarkupElement? First { get; private set; }

    public MarkupElement? Last { get; private set; }

    /// <summary>Its attributes.</summary>
    public MarkupAttribute[] Given { get; set; } = [];

    /// <summary>The element that it derives from.</summary>
    public MarkupElement? From { get; set; }

    /// <summary>How many elements it derives from, one through the other; -1 while that is not known.</summary>
    public int FromDepth { get; set; } = -1;

    /// <summary>The kinds of children that may stand once and have been seen, one bit each.</summary>
    public ulong Met { get; set; }

    public void Add(MarkupElement child)
    {
        if (Last is null)
        {
            First = child;
        }
        else
        {
            Last.NextSibling = child;
        }

        Last = child;
    }

    /// <summary>Takes a child away.</summary>
    public void TakeAway(MarkupElement child)
    {
        MarkupElement? before = null;
        for (MarkupElement? at = First; at is not null; before = at, at = at.NextSibling)
        {
            if (at != child)
            {
                continue;
            }

            First = before is null ? child.NextSibling : First;
            if (before is not null)
            {
                before.NextSibling = child.NextSibling;
            }

            Last = Last == child ? before : Last;
            child.NextSibling = null;
            return;
        }
    }

    /// <summary>Takes the children away that are to be read as if they had never stood there.</summary>
    public void Sweep()
    {
        MarkupElement? at = First;
        First = null;
        Last = null;
        while (at is not null)
        {
            MarkupElement? next = at.NextSibling;
            at.NextSibling = null;
            if (!at.IsTakenBack)
            {
                Add(at);
            }

            at = next;
        }
    }
}
