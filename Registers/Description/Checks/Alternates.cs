using System;
using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Holds what elements are said to be alternates of against what there is.</summary>
internal static class Alternates
{
    /// <summary>Reports registers and clusters of a block that are alternates of none.</summary>
    public static void Check(MarkupElement peripheral, List<PendingRegister> registers, BlockProblems problems)
    {
        Dictionary<ElementGrammar, HashSet<string>> names = [];
        HashSet<MarkupElement> met = [];
        foreach (PendingRegister register in registers)
        {
            if (!met.Add(register.Template.Element))
            {
                continue;
            }

            problems.Register = register.Name;
            Check(register.Template.Element, SvdGrammar.AlternateRegister, SvdGrammar.Register);
            for (MarkupElement? at = register.Template.Element.Parent; at is not null && at.Grammar == SvdGrammar.Cluster && met.Add(at); at = at.Parent)
            {
                Check(at, SvdGrammar.AlternateCluster, SvdGrammar.Cluster);
            }
        }

        problems.Register = "";

        void Check(MarkupElement element, ElementGrammar reference, ElementGrammar kind)
        {
            if (element.Inherited(reference) is not { IsValid: true } alternate)
            {
                return;
            }

            // A reference may be a path; what it ends with is what is meant.
            string name = Derivation.PlainName(alternate.Text.Substring(alternate.Text.LastIndexOf('.') + 1));
            if (!NamesOf(kind).Contains(name))
            {
                Report(alternate, element, kind, name, NamesOf(kind), problems);
            }
        }

        HashSet<string> NamesOf(ElementGrammar kind)
        {
            if (!names.TryGetValue(kind, out HashSet<string>? known))
            {
                known = kind == SvdGrammar.Register ? new HashSet<string>(registers.Select(register => register.Name), StringComparer.Ordinal) : new(StringComparer.Ordinal);
                names.Add(kind, known);
                Collect(peripheral, kind, known);
            }

            return known;
        }
    }

    /// <summary>Reports a block that is an alternate of none.</summary>
    public static void Check(MarkupElement peripheral, HashSet<string> blocks, BlockProblems problems)
    {
        if (peripheral.Child(SvdGrammar.AlternatePeripheral) is { IsValid: true } alternate && !blocks.Contains(Derivation.PlainName(alternate.Text)))
        {
            Report(alternate, peripheral, SvdGrammar.Peripheral, alternate.Text, blocks, problems);
        }
    }

    private static void Report(MarkupElement at, MarkupElement element, ElementGrammar kind, string name, IEnumerable<string> known, BlockProblems problems)
    {
        string hint = problems.WantsSuggestion ? Spelling.DidYouMean(name, known.Where(candidate => candidate != element.Name).OrderBy(candidate => candidate, StringComparer.Ordinal)) : "";
        problems.Add(ProblemRules.UnknownAlternate, at.File, at.ContentRange, kind.Name, name, element.Name, hint);
    }

    private static void Collect(MarkupElement peripheral, ElementGrammar kind, HashSet<string> names)
    {
        for (MarkupElement? holder = peripheral; holder is not null; holder = holder.Base)
        {
            Stack<MarkupElement> open = new();
            open.Push(holder.Child(SvdGrammar.Registers) ?? holder);
            while (open.Count > 0)
            {
                for (MarkupElement? member = open.Pop().FirstChild; member is not null; member = member.NextSibling)
                {
                    if (member.Grammar == kind)
                    {
                        names.Add(Derivation.PlainName(member.Name));
                    }

                    if (member.Grammar == SvdGrammar.Cluster)
                    {
                        open.Push(member);
                    }
                }
            }
        }
    }
}
