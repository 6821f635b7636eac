using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>A kind of element: what it may hold.</summary>
internal sealed class ElementGrammar(string name, ValueKind kind = ValueKind.Elements, WordList? words = null, bool isTrap = false)
{
    private readonly Dictionary<string, ChildRule> _children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChildRule> _trapChildren = new(StringComparer.Ordinal);
    private readonly List<AttributeGrammar> _attributes = [];
    private readonly List<AttributeGrammar> _requiredAttributes = [];
    private int _bits;

    public string LocalName { get; } = name;

    /// <summary>Its name as messages and documentation give it.</summary>
    public string Name { get; } = isTrap ? "trap:" + name : name;

    public bool IsTrap { get; } = isTrap;

    public ValueKind Kind { get; } = kind;

    public WordList? Words { get; } = words;

    /// <summary>Whether an element of this kind can have more than a value: elements in it, or attributes.</summary>
    public bool HoldsMore => Kind == ValueKind.Elements || _attributes.Count != 0;

    public IReadOnlyList<AttributeGrammar> Attributes => _attributes;

    public IReadOnlyList<AttributeGrammar> RequiredAttributes => _requiredAttributes;

    public IEnumerable<ChildRule> Children
    {
        get
        {
            foreach (ChildRule rule in _children.Values)
            {
                yield return rule;
            }

            foreach (ChildRule rule in _trapChildren.Values)
            {
                yield return rule;
            }
        }
    }

    /// <summary>The children that must stand.</summary>
    public List<ChildRule> Required { get; } = [];

    /// <summary>Elements that must stand once.</summary>
    public ElementGrammar One(params ElementGrammar[] children) => Add(children, isRequired: true, isSingle: true);

    /// <summary>Elements that may stand once.</summary>
    public ElementGrammar Optional(params ElementGrammar[] children) => Add(children, isRequired: false, isSingle: true);

    /// <summary>Elements that may stand any number of times.</summary>
    public ElementGrammar Many(params ElementGrammar[] children) => Add(children, isRequired: false, isSingle: false);

    /// <summary>Attributes that may stand.</summary>
    public ElementGrammar With(params AttributeGrammar[] attributes)
    {
        _attributes.AddRange(attributes);
        return this;
    }

    /// <summary>Attributes that must stand.</summary>
    public ElementGrammar Needs(params AttributeGrammar[] attributes)
    {
        _attributes.AddRange(attributes);
        _requiredAttributes.AddRange(attributes);
        return this;
    }

    public ChildRule? Find(bool isTrapChild, string child)
        => (isTrapChild ? _trapChildren : _children).TryGetValue(child, out ChildRule? rule) ? rule : null;

    public AttributeGrammar? FindAttribute(bool isTrapAttribute, string attribute)
    {
        foreach (AttributeGrammar known in _attributes)
        {
            if (known.IsTrap == isTrapAttribute && string.Equals(known.LocalName, attribute, StringComparison.Ordinal))
            {
                return known;
            }
        }

        return null;
    }

    private ElementGrammar Add(ElementGrammar[] children, bool isRequired, bool isSingle)
    {
        foreach (ElementGrammar child in children)
        {
            ulong bit = isRequired || isSingle ? 1UL << _bits++ : 0;
            ChildRule rule = new(child, bit, isRequired, isSingle);
            (child.IsTrap ? _trapChildren : _children).Add(child.LocalName, rule);
            if (isRequired)
            {
                Required.Add(rule);
            }
        }

        return this;
    }
}
