using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>
/// Puts what one overlay says into the elements that it is about. Everything that reads the description afterwards finds it there, with positions in the
/// overlay, and checks it as if it had always stood there.
/// </summary>
/// <param name="problems">Where problems go.</param>
/// <param name="file">The overlay's file.</param>
/// <param name="source">Where all its facts come from that say nothing else; null when it does not say.</param>
internal sealed class OverlayMerge(ProblemList problems, MarkupFile file, MarkupAttribute? source)
{
    private readonly OverlayFacts _facts = new(problems, file);
    private readonly HashSet<MarkupElement> _met = [];

    /// <summary>Puts the overlay into a description.</summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="document">The description.</param>
    /// <param name="described">The file whose blocks it is about.</param>
    public void Apply(MarkupElement overlay, MarkupElement document, MarkupFile described)
    {
        MarkupElement? device = document.Child(SvdGrammar.Device);
        MarkupElement? holder = device is null ? document : device.Child(SvdGrammar.Peripherals);
        List<MarkupElement> blocks = holder?.Children().FindAll(block => block.Grammar == SvdGrammar.Peripheral) ?? [];
        if (device?.File != described)
        {
            blocks.RemoveAll(block => block.File != described);
        }

        foreach (MarkupElement entry in overlay.Children())
        {
            if (entry.Grammar != OverlayGrammar.Peripheral)
            {
                entry.MoveTo(device ?? blocks.FirstOrDefault() ?? overlay);
            }
            else if (Find(entry, blocks, "'" + described.Path + "'") is { } block)
            {
                ApplyTo(entry, block, block.Name, source);
            }
        }
    }

    private void ApplyTo(MarkupElement entry, MarkupElement target, string path, MarkupAttribute? outerSource)
    {
        MarkupAttribute? own = entry.Attribute(TrapGrammar.Source) ?? outerSource;
        List<MarkupElement> inner = entry.Children().FindAll(child => OverlayGrammar.IsEntry(child.Grammar));
        bool isAgain = !_met.Add(target);
        _facts.Apply(entry, target, path, own, isAgain);
        if (entry.IsBroken)
        {
            target.MarkBroken();
        }

        foreach (MarkupElement child in inner)
        {
            Descend(child, target, path, own);
        }
    }

    private void Descend(MarkupElement entry, MarkupElement owner, string path, MarkupAttribute? outerSource)
    {
        MarkupElement at = owner;
        string[] parts = entry.Attribute(OverlayGrammar.Of)?.Text.Split('.') ?? [];
        for (int index = 0; index < parts.Length; index++)
        {
            bool isLast = index == parts.Length - 1;
            ElementGrammar kind = !isLast || entry.Grammar == OverlayGrammar.Cluster
                ? SvdGrammar.Cluster
                : entry.Grammar == OverlayGrammar.Field ? SvdGrammar.Field : SvdGrammar.Register;
            ElementGrammar? wrapper = kind == SvdGrammar.Field ? SvdGrammar.Fields : at.Grammar == SvdGrammar.Peripheral ? SvdGrammar.Registers : null;
            List<MarkupElement> members = Derivation.Members(at, wrapper, member => member == kind);
            MarkupElement? member = members.Find(known => IsNamed(known, parts[index]));
            if (member is null)
            {
                ReportUnknown(entry, kind, parts[index], members, "in '" + path + "'");
                owner.MarkBroken();
                return;
            }

            at = Own(at, wrapper, member, entry);
            path += "." + member.Name;
        }

        if (at != owner)
        {
            ApplyTo(entry, at, path, outerSource);
        }
    }

    private MarkupElement? Find(MarkupElement entry, List<MarkupElement> known, string where)
    {
        if (entry.Attribute(OverlayGrammar.Of) is not { } of)
        {
            return null;
        }

        MarkupElement? found = known.Find(candidate => IsNamed(candidate, of.Text));
        if (found is null)
        {
            ReportUnknown(entry, SvdGrammar.Peripheral, of.Text, known, "in " + where);
        }

        return found;
    }

    private void ReportUnknown(MarkupElement entry, ElementGrammar kind, string name, List<MarkupElement> known, string where)
    {
        string hint = problems.WantsSuggestion ? Spelling.DidYouMean(name, known.Select(member => Derivation.PlainName(member.Name))) : "";
        problems.Add(ProblemRules.UnknownReference, file, entry.Attribute(OverlayGrammar.Of)!.ValueRange, kind.Name, name, where, hint);
    }

    private static bool IsNamed(MarkupElement element, string name)
        => element.Name.Length != 0 && (element.Name == name || Derivation.PlainName(element.Name) == name);

    // What an owner inherits belongs to another as well, so it gets one of its own that derives from it.
    private static MarkupElement Own(MarkupElement owner, ElementGrammar? wrapper, MarkupElement member, MarkupElement entry)
    {
        MarkupElement? holder = wrapper is null ? owner : owner.Child(wrapper);
        if (member.Parent == holder)
        {
            return member;
        }

        if (holder is null)
        {
            holder = MarkupElement.Of(wrapper!, entry.File, entry.Line, entry.Column, owner);
            owner.Append(holder);
        }

        MarkupElement own = MarkupElement.Of(member.Grammar, entry.File, entry.Line, entry.Column, holder);
        own.Base = member;
        own.BaseDepth = System.Math.Max(member.BaseDepth, 0) + 1;
        own.IsBroken = member.IsBroken;
        if (member.Attribute(TrapGrammar.TypeName) is { } typeName)
        {
            own.Attributes = [typeName];
        }

        MarkupElement name = MarkupElement.Of(SvdGrammar.Name, entry.File, entry.Line, entry.Column, own);
        name.Text = member.Name;
        name.IsValid = true;
        own.Append(name);
        holder.Append(own);
        return own;
    }
}
