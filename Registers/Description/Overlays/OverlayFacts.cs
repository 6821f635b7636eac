using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Puts the facts of one entry of an overlay into the element that it is about: what is new is added, what is said otherwise needs a reason.</summary>
internal sealed class OverlayFacts(ProblemList problems, MarkupFile file)
{
    // One place said in three ways: what an overlay says of it replaces all of them.
    private static readonly ElementGrammar[] _place
        = [SvdGrammar.BitRange, SvdGrammar.BitOffset, SvdGrammar.BitWidth, SvdGrammar.Lsb, SvdGrammar.Msb];

    private string _path = "";
    private string? _reason;
    private bool _hasOverridden;
    private List<string> _said = [];

    /// <summary>Applies an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="path">The target's name, for messages.</param>
    /// <param name="source">Where the facts come from; null when nobody says.</param>
    /// <param name="isAgain">Whether the overlay has had an entry for the target already.</param>
    public void Apply(MarkupElement entry, MarkupElement target, string path, MarkupAttribute? source, bool isAgain)
    {
        _path = path;
        _reason = entry.Attribute(OverlayGrammar.Override) is { Text.Length: > 0 } reason ? reason.Text : null;
        _hasOverridden = false;
        _said = [];
        bool isEmpty = entry.FirstChild is null && entry.Attributes.All(attribute => !attribute.Grammar.IsTrap);
        if (isAgain)
        {
            Needless(entry.NameRange, "the overlay has an entry for it already; make them one");
        }

        foreach (MarkupAttribute attribute in entry.Attributes)
        {
            if (attribute.Grammar.IsTrap && attribute.Grammar != TrapGrammar.Source && attribute.Grammar != TrapGrammar.Unsure)
            {
                Add(attribute, target);
            }
        }

        bool? mayPlace = null;
        foreach (MarkupElement fact in entry.Children())
        {
            if (_place.Contains(fact.Grammar))
            {
                mayPlace ??= MakeRoomForPlace(fact, target);
                if (mayPlace.Value)
                {
                    Move(fact, target);
                }
            }
            else if (!OverlayGrammar.IsEntry(fact.Grammar))
            {
                Add(fact, target);
            }
        }

        if (isEmpty && !entry.IsBroken && !isAgain)
        {
            Needless(entry.NameRange, "it says nothing");
        }

        if (_reason is not null && !_hasOverridden)
        {
            Needless(entry.Attribute(OverlayGrammar.Override)!.NameRange, "there is nothing to override");
        }

        if (_said.Count != 0 && source is null)
        {
            problems.Add(ProblemRules.OverlayWithoutSource, file, entry.NameRange, path);
        }

        if (_said.Count != 0 || entry.Attribute(TrapGrammar.Unsure) is not null || entry.Attribute(TrapGrammar.Source) is not null)
        {
            Note(target, entry, source);
        }
    }

    private static bool IsSame(MarkupElement left, MarkupElement right)
    {
        bool isSame = left.Grammar == right.Grammar
            && left.IsValid == right.IsValid
            && left.Number == right.Number
            && (left.Grammar.Kind is ValueKind.Number or ValueKind.Word or ValueKind.Boolean || left.Text == right.Text);
        MarkupElement? one = left.FirstChild;
        MarkupElement? other = right.FirstChild;
        for (; isSame && one is not null && other is not null; one = one.NextSibling, other = other.NextSibling)
        {
            isSame = IsSame(one, other);
        }

        return isSame && one is null && other is null;
    }

    private static void Set(MarkupElement target, MarkupAttribute attribute)
        => target.Attributes = [.. target.Attributes.Where(known => known.Grammar != attribute.Grammar), attribute];

    private void Add(MarkupAttribute attribute, MarkupElement target)
    {
        MarkupAttribute? known = target.InheritedAttribute(attribute.Grammar);
        if (known is not null && known.Text == attribute.Text)
        {
            Needless(attribute.NameRange, "'" + attribute.Grammar.Name + "' is '" + known.Text + "' already");
            return;
        }

        if (known is not null && !MayOverride(attribute.NameRange, attribute.Grammar.Name, known.Text, known.File, attribute.Text, target))
        {
            return;
        }

        Set(target, attribute);
        _said.Add(attribute.Grammar.Name);
    }

    private void Add(MarkupElement fact, MarkupElement target)
    {
        if (fact.Grammar == SvdGrammar.EnumeratedValues)
        {
            AddEnumeration(fact, target);
        }
        else if (fact.Grammar == SvdGrammar.Fields || fact.Grammar == SvdGrammar.Registers)
        {
            foreach (MarkupElement member in fact.Children())
            {
                AddMember(member, target, fact);
            }
        }
        else if (fact.Grammar == SvdGrammar.Register || fact.Grammar == SvdGrammar.Cluster)
        {
            AddMember(fact, target, null);
        }
        else if (target.Grammar.Find(fact.Grammar.IsTrap, fact.Grammar.LocalName) is { IsSingle: true })
        {
            AddSingle(fact, target);
        }
        else
        {
            Move(fact, target);
        }
    }

    private void AddSingle(MarkupElement fact, MarkupElement target)
    {
        MarkupElement? known = target.Inherited(fact.Grammar);
        if (known is not null && IsSame(known, fact))
        {
            Needless(fact.NameRange, "'" + fact.Grammar.Name + "' is so already");
        }
        else if (known is null || MayOverride(fact.NameRange, fact.Grammar.Name, TextOf(known), known.File, TextOf(fact), target))
        {
            if (target.Child(fact.Grammar) is { } own)
            {
                target.Remove(own);
            }

            Move(fact, target);
        }
    }

    private static string TextOf(MarkupElement element)
        => element.Text.Length != 0 ? element.Text : string.Join(" ", element.Children().Select(child => child.Grammar.Name + " " + TextOf(child)));

    private void AddEnumeration(MarkupElement fact, MarkupElement target)
    {
        ulong usage = fact.Child(SvdGrammar.Usage)?.Number ?? 0;
        for (MarkupElement? owner = target; owner is not null; owner = owner.Base)
        {
            foreach (MarkupElement known in owner.Children().FindAll(child => child.Grammar == SvdGrammar.EnumeratedValues))
            {
                bool isRival = owner != target || (known.Child(SvdGrammar.Usage)?.Number ?? 0) == usage;
                if (isRival && !MayOverride(fact.NameRange, fact.Grammar.Name, "a set of values", known.File, "another", target))
                {
                    return;
                }

                if (isRival && owner == target)
                {
                    target.Remove(known);
                }
            }
        }

        Move(fact, target);
    }

    private void AddMember(MarkupElement member, MarkupElement target, MarkupElement? wrapper)
    {
        List<MarkupElement> known = Derivation.Members(target, wrapper?.Grammar, kind => kind == member.Grammar);
        if (known.Find(other => other.Name == member.Name) is { } same)
        {
            string entry = member.Grammar == SvdGrammar.Field ? "trap:field" : member.Grammar == SvdGrammar.Register ? "trap:register" : "trap:cluster";
            string what = "a new " + member.Grammar.Name + " (" + entry + " says more of a known one)";
            problems.Add(ProblemRules.OverlayConflict, file, member.NameRange, member.Name, _path, "described", same.File.Path, what);
            target.MarkBroken();
            return;
        }

        MarkupElement? holder = wrapper is null ? target : target.Child(wrapper.Grammar);
        if (holder is null)
        {
            holder = MarkupElement.Of(wrapper!.Grammar, file, wrapper.Line, wrapper.Column, target);
            target.Append(holder);
        }

        member.MoveTo(holder);
        _said.Add(member.Grammar.Name + " " + member.Name);
        if (member.IsBroken)
        {
            target.MarkBroken();
        }
    }

    private bool MakeRoomForPlace(MarkupElement fact, MarkupElement target)
    {
        foreach (ElementGrammar way in _place)
        {
            string said = fact.Grammar.Name + " " + fact.Text;
            if (target.Inherited(way) is { } known && !MayOverride(fact.NameRange, "the place", way.Name + " " + known.Text, known.File, said, target))
            {
                return false;
            }
        }

        foreach (ElementGrammar way in _place)
        {
            if (target.Child(way) is { } own)
            {
                target.Remove(own);
            }
        }

        return true;
    }

    private void Move(MarkupElement fact, MarkupElement target)
    {
        fact.MoveTo(target);
        string name = fact.Attribute(TrapGrammar.Name) is { } given ? fact.Grammar.Name + " " + given.Text : fact.Grammar.Name;
        if (!_said.Contains(name))
        {
            _said.Add(name);
        }
    }

    private bool MayOverride(TextRange at, string what, string known, MarkupFile where, string said, MarkupElement target)
    {
        if (_reason is not null)
        {
            _hasOverridden = true;
            return true;
        }

        problems.Add(ProblemRules.OverlayConflict, file, at, what, _path, "'" + known + "'", where.Path, "'" + said + "'");
        target.MarkBroken();
        return false;
    }

    private void Needless(TextRange at, string why) => problems.Add(ProblemRules.NeedlessOverlay, file, at, _path, why);

    // What the documentation of generated code says. It names the file and no line: a line that moves would write all the code anew.
    private void Note(MarkupElement target, MarkupElement entry, MarkupAttribute? source)
    {
        // A source that a block has vouches for all that is in it, so it must have been meant for the block.
        bool isMeant = target.Grammar != SvdGrammar.Peripheral || entry.Attribute(TrapGrammar.Source) is not null;
        Join(target, TrapGrammar.Source, isMeant ? source : null);
        Join(target, TrapGrammar.Unsure, entry.Attribute(TrapGrammar.Unsure));
        if (_said.Count != 0)
        {
            string name = file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);
            string why = _hasOverridden ? ", since " + _reason : "";
            string from = isMeant || source is null ? "" : " (" + source.Text + ")";
            string text = name + ": " + string.Join(", ", _said) + why + from;
            Join(target, TrapGrammar.Origin, new MarkupAttribute(TrapGrammar.Origin, file, entry.Line, entry.Column, text));
        }
    }

    private static void Join(MarkupElement target, AttributeGrammar kind, MarkupAttribute? added)
    {
        if (added is null || (kind != TrapGrammar.Origin && !target.Grammar.Attributes.Contains(kind)))
        {
            return;
        }

        string known = target.InheritedAttribute(kind)?.Text ?? "";
        string text = known.Length == 0 || known == added.Text ? added.Text : known + "; " + added.Text;
        Set(target, new MarkupAttribute(kind, added.File, 1, 1, text) { IsValid = true });
    }
}
