using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>
/// Finds what each <c>derivedFrom</c> names. A reference is a name, or names joined by dots; it is looked for next to the element first, then further
/// and further out. Outer elements are resolved before inner ones, so that a reference can go through what an outer element inherits.
/// </summary>
internal sealed class Derivation(ProblemList problems, DeferredProblems deferred, BlockRecall? recall)
{
    private static readonly ElementGrammar[] _order
        = [SvdGrammar.Peripheral, SvdGrammar.Cluster, SvdGrammar.Register, SvdGrammar.Field, SvdGrammar.EnumeratedValues];

    private readonly Dictionary<MarkupElement, Dictionary<string, MarkupElement>> _members = [];
    private readonly Dictionary<MarkupElement, Dictionary<string, MarkupElement>> _enumerations = [];

    public void Resolve(IReadOnlyList<MarkupElement> derived)
    {
        foreach (ElementGrammar kind in _order)
        {
            foreach (MarkupElement element in derived)
            {
                if (ReferenceEquals(element.Grammar, kind))
                {
                    ResolveOne(element);
                }
            }

            foreach (MarkupElement element in derived)
            {
                if (ReferenceEquals(element.Grammar, kind))
                {
                    FindDepth(element);
                }
            }
        }
    }

    /// <summary>The members of an element, those that it inherits first; one that it declares itself takes the place of an inherited one of its name.</summary>
    /// <param name="owner">The element.</param>
    /// <param name="wrapper">The kind of element that holds the members; null when the owner holds them itself.</param>
    /// <param name="isMember">Which elements are members.</param>
    public static List<MarkupElement> Members(MarkupElement owner, ElementGrammar? wrapper, Func<ElementGrammar, bool> isMember)
    {
        List<MarkupElement> members = owner.Base is null ? [] : Members(owner.Base, wrapper, isMember);
        Dictionary<string, int>? inherited = null;
        if (members.Count > 0)
        {
            inherited = new(StringComparer.Ordinal);
            for (int index = 0; index < members.Count; index++)
            {
                inherited[members[index].Name] = index;
            }
        }

        MarkupElement? holder = wrapper is null ? owner : owner.Child(wrapper);
        for (MarkupElement? child = holder?.FirstChild; child is not null; child = child.NextSibling)
        {
            if (!isMember(child.Grammar))
            {
                continue;
            }

            if (inherited is not null && inherited.TryGetValue(child.Name, out int place))
            {
                members[place] = child;
            }
            else
            {
                members.Add(child);
            }
        }

        return members;
    }

    private static bool IsWrapper(MarkupElement element)
        => element.Grammar == SvdGrammar.Registers || element.Grammar == SvdGrammar.Fields || element.Grammar == SvdGrammar.Peripherals;

    private static string Key(ElementGrammar kind, string name) => kind.LocalName + " " + name;

    /// <summary>A name without the mark where an index would stand.</summary>
    public static string PlainName(string name) => name.Replace("[%s]", "").Replace("%s", "");

    private void ResolveOne(MarkupElement element)
    {
        MarkupAttribute reference = element.Attribute(SvdGrammar.DerivedFrom)!;
        string[] parts = reference.Text.Split('.');
        for (MarkupElement? scope = element.Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Grammar == SvdGrammar.Peripherals)
            {
                recall?.LooksOutside(element);
            }

            MarkupElement? found = IsWrapper(scope) ? null : Descend(scope, parts, element);
            if (found is null && parts.Length == 1 && element.Grammar == SvdGrammar.EnumeratedValues)
            {
                found = Enumerations(scope).TryGetValue(parts[0], out MarkupElement? values) && values != element ? values : null;
            }

            if (found is not null)
            {
                element.Base = found;
                MarkBroken(element, found.IsBroken);
                return;
            }
        }

        string hint = problems.WantsSuggestion ? Spelling.DidYouMean(parts[parts.Length - 1], NamesAround(element)) : "";
        if (element.File.IsVendors)
        {
            string why = "there is no " + element.Grammar.Name + " '" + reference.Text + "'" + hint;
            deferred.Add(element, new ValueFlaw(ProblemRules.UnusableReference, NameOf(element), why), element.File, reference.ValueRange);
            return;
        }

        MarkBroken(element, true);
        problems.Add(ProblemRules.UnknownReference, element.File, reference.ValueRange, element.Grammar.Name, reference.Text, "to derive from", hint);
    }

    private IEnumerable<string> NamesAround(MarkupElement element)
    {
        string kind = element.Grammar.LocalName + " ";
        for (MarkupElement? scope = element.Parent; scope is not null; scope = scope.Parent)
        {
            foreach (KeyValuePair<string, MarkupElement> member in element.Grammar == SvdGrammar.EnumeratedValues ? Enumerations(scope) : MembersOf(scope))
            {
                if (member.Value != element && member.Value.Grammar == element.Grammar)
                {
                    yield return member.Key.StartsWith(kind, StringComparison.Ordinal) ? member.Key.Substring(kind.Length) : member.Key;
                }
            }
        }
    }

    private MarkupElement? Descend(MarkupElement scope, string[] parts, MarkupElement element)
    {
        MarkupElement? at = scope;
        for (int index = 0; index < parts.Length && at is not null; index++)
        {
            bool isLast = index == parts.Length - 1;
            MarkupElement? next = isLast ? MemberOf(at, element.Grammar, parts[index], element) : null;
            for (int kind = 0; kind < _order.Length && next is null && !isLast; kind++)
            {
                next = MemberOf(at, _order[kind], parts[index], null);
            }

            at = next == element ? null : next;
        }

        return at;
    }

    // What takes the place of an inherited member can derive from it: the element itself is passed over.
    private MarkupElement? MemberOf(MarkupElement owner, ElementGrammar kind, string name, MarkupElement? except)
    {
        int steps = 0;
        for (MarkupElement? at = owner; at is not null && steps <= ReadingLimits.Derivations; at = at.Base, steps++)
        {
            if (MembersOf(at).TryGetValue(Key(kind, name), out MarkupElement? member) && member != except)
            {
                return member;
            }
        }

        return ElementOf(owner, kind, name);
    }

    // An element of a dimension can be named by the name that it gets: CH0 of CH%s and of CH[%s].
    private MarkupElement? ElementOf(MarkupElement owner, ElementGrammar kind, string name)
    {
        string before = kind.LocalName + " ";
        foreach (KeyValuePair<string, MarkupElement> member in MembersOf(owner))
        {
            int mark = member.Key.IndexOf("%s", StringComparison.Ordinal);
            if (mark < 0 || member.Value.Grammar != kind || !member.Key.StartsWith(before, StringComparison.Ordinal))
            {
                continue;
            }

            string pattern = member.Key.Substring(before.Length).Replace("[%s]", "%s");
            int start = pattern.IndexOf("%s", StringComparison.Ordinal);
            string rest = pattern.Substring(start + 2);
            bool fits = name.Length > start + rest.Length
                && string.CompareOrdinal(name, 0, pattern, 0, start) == 0
                && name.EndsWith(rest, StringComparison.Ordinal);
            if (fits && Dimension.Has(member.Value, name.Substring(start, name.Length - start - rest.Length)))
            {
                return member.Value;
            }
        }

        return null;
    }

    private Dictionary<string, MarkupElement> MembersOf(MarkupElement owner)
    {
        if (_members.TryGetValue(owner, out Dictionary<string, MarkupElement>? members))
        {
            return members;
        }

        members = new(StringComparer.Ordinal);
        for (MarkupElement? child = owner.FirstChild; child is not null; child = child.NextSibling)
        {
            for (MarkupElement? member = IsWrapper(child) ? child.FirstChild : child; member is not null; member = member.NextSibling)
            {
                string name = member.Name;
                if (name.Length != 0)
                {
                    AddFirst(members, Key(member.Grammar, name), member);
                    AddFirst(members, Key(member.Grammar, PlainName(name)), member);
                }

                if (!IsWrapper(child))
                {
                    break;
                }
            }
        }

        _members.Add(owner, members);
        return members;
    }

    private Dictionary<string, MarkupElement> Enumerations(MarkupElement scope)
    {
        if (_enumerations.TryGetValue(scope, out Dictionary<string, MarkupElement>? enumerations))
        {
            return enumerations;
        }

        enumerations = new(StringComparer.Ordinal);
        Stack<MarkupElement> open = new();
        open.Push(scope);
        while (open.Count > 0)
        {
            MarkupElement at = open.Pop();
            if (at.Grammar == SvdGrammar.EnumeratedValues)
            {
                AddFirst(enumerations, at.Name, at);
                continue;
            }

            List<MarkupElement> children = [];
            for (MarkupElement? child = at.FirstChild; child is not null; child = child.NextSibling)
            {
                children.Add(child);
            }

            foreach (MarkupElement child in Enumerable.Reverse(children))
            {
                open.Push(child);
            }
        }

        _enumerations.Add(scope, enumerations);
        return enumerations;
    }

    private static string NameOf(MarkupElement element) => element.Name.Length == 0 ? element.Grammar.Name : element.Name;

    private static void MarkBroken(MarkupElement element, bool isBroken)
    {
        if (isBroken)
        {
            element.MarkBroken();
        }
    }

    private static void AddFirst(Dictionary<string, MarkupElement> members, string name, MarkupElement member)
    {
        if (name.Length != 0 && !members.ContainsKey(name))
        {
            members.Add(name, member);
        }
    }

    // Follows the chain until it meets an element whose depth is known, then numbers it backwards. A chain that meets itself is cut.
    private void FindDepth(MarkupElement element)
    {
        List<MarkupElement> chain = [];
        HashSet<MarkupElement> met = [];
        MarkupElement? at = element;
        while (at is { BaseDepth: < 0, Base: not null } && met.Add(at))
        {
            chain.Add(at);
            at = at.Base;
        }

        if (at is { BaseDepth: < 0, Base: not null })
        {
            string way = string.Join(", ", chain.Skip(chain.IndexOf(at)).Take(8).Select(link => "'" + link.Name + "'"));
            TextRange place = at.Attribute(SvdGrammar.DerivedFrom)!.ValueRange;
            at.Base = null;
            if (at.File.IsVendors)
            {
                deferred.Add(at, new ValueFlaw(ProblemRules.UnusableReference, NameOf(at), "it derives from itself, by way of " + way), at.File, place);
            }
            else
            {
                problems.Add(ProblemRules.DerivationCycle, at.File, place, at.Name, way);
                MarkBroken(at, true);
            }
        }

        int depth = at is null ? 0 : Math.Max(at.BaseDepth, 0);
        for (int index = chain.Count - 1; index >= 0; index--)
        {
            MarkupElement link = chain[index];
            depth = link.Base is null ? 0 : depth + 1;
            if (depth > ReadingLimits.Derivations)
            {
                string limit = ReadingLimits.Derivations.ToString(CultureInfo.InvariantCulture);
                TextRange place = link.Attribute(SvdGrammar.DerivedFrom)!.ValueRange;
                problems.Add(ProblemRules.LimitExceeded, link.File, place, "The number of elements that derive from each other", limit);
                link.Base = null;
                MarkBroken(link, true);
                depth = 0;
            }

            link.BaseDepth = depth;
            MarkBroken(link, link.Base?.IsBroken ?? false);
        }
    }
}
