using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>
/// An element that its parent may have, with its value checked. Its children are a list through <see cref="NextSibling"/>. Most elements hold a value and
/// nothing else, and a file has very many: those that can hold more are another class, which this one asks.
/// </summary>
internal class MarkupElement
{
    private readonly int _line;
    private readonly int _column;

    /// <summary>Makes one that holds no more than a value; <see cref="Of"/> knows whether that is enough.</summary>
    protected MarkupElement(ElementGrammar grammar, MarkupFile file, int line, int column, MarkupElement? parent)
    {
        Grammar = grammar;
        File = file;
        _line = line;
        _column = column;
        Parent = parent;
    }

    public ElementGrammar Grammar { get; }

    public MarkupFile File { get; }

    public MarkupElement? Parent { get; private set; }

    public int Line => _line;

    public int Column => _column;

    public MarkupElement? FirstChild => this is MarkupHolder holder ? holder.First : null;

    public MarkupElement? NextSibling { get; set; }

    public MarkupAttribute[] Attributes
    {
        get => this is MarkupHolder holder ? holder.Given : [];
        set => Holder.Given = value;
    }

    /// <summary>Its text, without white space around it.</summary>
    public string Text { get; set; } = "";

    /// <summary>The number, or the index of the word, that its text stands for.</summary>
    public ulong Number { get; set; }

    /// <summary>The fatal problems that had been found before it.</summary>
    public int FatalBefore { get; set; }

    /// <summary>Whether its text is a value of its kind.</summary>
    public bool IsValid { get; set; }

    /// <summary>Whether it is to be read as if it had never stood there.</summary>
    public bool IsTakenBack { get; set; }

    /// <summary>Whether something fatal was found in it or below it.</summary>
    public bool IsBroken { get; set; }

    /// <summary>The kinds of children that may stand once and have been seen, one bit each.</summary>
    public ulong Seen
    {
        get => Holder.Met;
        set => Holder.Met = value;
    }

    /// <summary>The element that it derives from.</summary>
    public MarkupElement? Base
    {
        get => this is MarkupHolder holder ? holder.From : null;
        set => Holder.From = value;
    }

    /// <summary>How many elements it derives from, one through the other; -1 while that is not known.</summary>
    public int BaseDepth
    {
        get => this is MarkupHolder holder ? holder.FromDepth : 0;
        set => Holder.FromDepth = value;
    }

    public TextRange NameRange => File.NameAt(_line, _column);

    public TextRange ContentRange => File.ContentAt(_line, _column);

    public FilePosition Position => new(File.Path, NameRange);

    /// <summary>The text of its <c>name</c> element, or of its <c>name</c> attribute; empty when it has none.</summary>
    public string Name => Child(SvdGrammar.Name)?.Text ?? "";

    private MarkupHolder Holder => (MarkupHolder)this;

    /// <summary>Makes an element of the class that its kind takes.</summary>
    public static MarkupElement Of(ElementGrammar grammar, MarkupFile file, int line, int column, MarkupElement? parent)
        => grammar.HoldsMore ? new MarkupHolder(grammar, file, line, column, parent) : new MarkupElement(grammar, file, line, column, parent);

    public void Append(MarkupElement child) => Holder.Add(child);

    /// <summary>Takes a child away.</summary>
    public void Remove(MarkupElement child) => Holder.TakeAway(child);

    /// <summary>Takes the children away that are to be read as if they had never stood there.</summary>
    public void RemoveTakenBack() => Holder.Sweep();

    /// <summary>Takes it from its parent and gives it to another.</summary>
    public void MoveTo(MarkupElement other)
    {
        Parent?.Remove(this);
        Parent = other;
        other.Append(this);
    }

    /// <summary>Its children as they are now.</summary>
    public List<MarkupElement> Children()
    {
        List<MarkupElement> children = [];
        for (MarkupElement? child = FirstChild; child is not null; child = child.NextSibling)
        {
            children.Add(child);
        }

        return children;
    }

    /// <summary>Notes that something fatal is in it: what holds something broken is broken, up to its block.</summary>
    public void MarkBroken()
    {
        for (MarkupElement? at = this; at is not null && at.Grammar != SvdGrammar.Peripherals; at = at.Parent)
        {
            at.IsBroken = true;
        }
    }

    /// <summary>Its first child of a kind.</summary>
    public MarkupElement? Child(ElementGrammar kind)
    {
        for (MarkupElement? child = FirstChild; child is not null; child = child.NextSibling)
        {
            if (ReferenceEquals(child.Grammar, kind))
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>Its first child of a kind, or that of the nearest element it derives from.</summary>
    public MarkupElement? Inherited(ElementGrammar kind)
    {
        for (MarkupElement? element = this; element is not null; element = element.Base)
        {
            if (element.Child(kind) is { } child)
            {
                return child;
            }
        }

        return null;
    }

    public MarkupAttribute? Attribute(AttributeGrammar kind)
    {
        foreach (MarkupAttribute attribute in Attributes)
        {
            if (ReferenceEquals(attribute.Grammar, kind))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Its attribute of a kind, or that of the nearest element it derives from.</summary>
    public MarkupAttribute? InheritedAttribute(AttributeGrammar kind)
    {
        for (MarkupElement? element = this; element is not null; element = element.Base)
        {
            if (element.Attribute(kind) is { } attribute)
            {
                return attribute;
            }
        }

        return null;
    }
}
