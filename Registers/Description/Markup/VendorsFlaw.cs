using System;
using System.Globalization;
using System.Text;

namespace Sluice.Registers.Description;

/// <summary>What a flaw of a value comes to in a vendor's file, which nobody here edits: it is passed over, or repaired, and says so.</summary>
internal static class VendorsFlaw
{
    /// <summary>The flaw as it is reported in a vendor's file.</summary>
    /// <param name="flaw">What is wrong with the text.</param>
    /// <param name="owner">The element or attribute that has the text.</param>
    public static ValueFlaw Of(ValueFlaw flaw, string owner)
    {
        if (flaw.Rule == ProblemRules.BadNumber)
        {
            return new ValueFlaw(ProblemRules.UnusableValue, flaw.Arguments[0], flaw.Arguments[1], owner, "");
        }

        if (flaw.Rule == ProblemRules.BadName)
        {
            return new ValueFlaw(ProblemRules.UnusableValue, flaw.Arguments[0], "a usable name (" + flaw.Arguments[2] + ")", owner, "");
        }

        if (flaw.Rule != ProblemRules.UnknownValue)
        {
            return flaw;
        }

        // What the hardware does must not be guessed; what only tools for other languages look at may be passed over.
        bool isEffect = owner == SvdGrammar.Access.Name || owner == SvdGrammar.ModifiedWriteValues.Name || owner == SvdGrammar.ReadActionElement.Name;
        bool isNothing = flaw.Arguments[0].Length == 0
            || (owner != SvdGrammar.Access.Name && string.Equals(flaw.Arguments[0], "none", StringComparison.OrdinalIgnoreCase));
        return isEffect && !isNothing
            ? new ValueFlaw(ProblemRules.UnknownEffect, flaw.Arguments[0], flaw.Arguments[1], flaw.Arguments[2], EffectOf(owner) is { } effect ? "'" + effect + "'" : "not given", flaw.Arguments[3])
            : new ValueFlaw(ProblemRules.UnusableValue, flaw.Arguments[0], "one of " + flaw.Arguments[2], owner, flaw.Arguments[3]);
    }

    /// <summary>What an effect that has no known name is taken as: one that may do anything, so that no driver writes or reads by accident. Null for an access.</summary>
    public static string? EffectOf(string owner)
        => owner == SvdGrammar.ModifiedWriteValues.Name || owner == SvdGrammar.ReadActionElement.Name ? "modify" : null;

    /// <summary>The range of bits that is meant by a notation of the vendor's own: <c>[3]</c>, <c>7:4</c>, <c>[4:7]</c>; null when there is no telling.</summary>
    public static string? BitRangeOf(string text)
    {
        string[] bits = text.Trim('[', ']').Split(':');
        if (bits.Length > 2 || !NumberText.TryParse(bits[0].Trim(), out ulong first) || !NumberText.TryParse(bits[bits.Length - 1].Trim(), out ulong last) || first > 63 || last > 63)
        {
            return null;
        }

        return string.Format(CultureInfo.InvariantCulture, "[{0}:{1}]", Math.Max(first, last), Math.Min(first, last));
    }

    /// <summary>A usable name in place of one that has line breaks or separators in it; null when nothing of it is left.</summary>
    public static string? NameOf(string text)
    {
        StringBuilder name = new();
        foreach (char character in text)
        {
            bool isUsable = !char.IsControl(character) && character is not ('\u2028' or '\u2029' or '/' or '@');
            if (isUsable || (name.Length > 0 && name[name.Length - 1] != '_'))
            {
                name.Append(isUsable ? character : '_');
            }
        }

        return DotNetName.IsIn(name.ToString().Replace("%s", "")) ? name.ToString() : null;
    }
}
