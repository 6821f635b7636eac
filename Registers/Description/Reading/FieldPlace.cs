namespace Sluice.Registers.Description;

/// <summary>Reads where a field is in its register; SVD has three ways to say it.</summary>
internal static class FieldPlace
{
    private static readonly ElementGrammar[] _ways = [SvdGrammar.BitRange, SvdGrammar.BitOffset, SvdGrammar.Lsb, SvdGrammar.Msb, SvdGrammar.BitWidth];

    public static bool TryRead(MarkupElement element, BlockProblems problems, out int low, out int width)
    {
        low = 0;
        width = 0;
        MarkupElement? range = null;
        MarkupElement? offset = null;
        MarkupElement? bits = null;
        MarkupElement? lsb = null;
        MarkupElement? msb = null;
        for (MarkupElement? owner = element; owner is not null && (range ?? offset ?? bits ?? lsb ?? msb) is null; owner = owner.Base)
        {
            range = owner.Child(SvdGrammar.BitRange);
            offset = owner.Child(SvdGrammar.BitOffset);
            bits = owner.Child(SvdGrammar.BitWidth);
            lsb = owner.Child(SvdGrammar.Lsb);
            msb = owner.Child(SvdGrammar.Msb);
        }

        if (element.File.IsVendors)
        {
            CountFirst(element, problems, range, ref offset, ref bits, ref lsb, ref msb);
        }

        int ways = (range is null ? 0 : 1) + (offset is null && bits is null ? 0 : 1) + (lsb is null && msb is null ? 0 : 1);
        if (ways != 1)
        {
            return Refuse(element, problems, ways == 0 ? "it has neither bitRange, nor bitOffset and bitWidth, nor lsb and msb" : "it is said in more than one way");
        }

        if (range is not null)
        {
            low = BitRangeText.Low(range.Number);
            width = BitRangeText.High(range.Number) - low + 1;
            return range.IsValid;
        }

        if (offset is { IsValid: true } && bits is null && offset.Number < 64)
        {
            problems.Add(ProblemRules.FieldWidthAssumed, offset.File, offset.ContentRange, element.Name);
            low = (int)offset.Number;
            width = 1;
            return true;
        }

        (MarkupElement? first, MarkupElement? second) = offset is not null || bits is not null ? (offset, bits) : (lsb, msb);
        if (first is null || second is null)
        {
            return Refuse(element, problems, offset is not null || bits is not null ? "bitOffset and bitWidth belong together" : "lsb and msb belong together");
        }

        if (!first.IsValid || !second.IsValid)
        {
            return false;
        }

        bool isFromLsb = first == lsb;
        if (first.Number > 63 || second.Number > 64 || (isFromLsb ? second.Number < first.Number : second.Number == 0))
        {
            return Refuse(element, problems, isFromLsb ? "msb is below lsb, or a bit is above 63" : "it has no bit, or bits above 63");
        }

        low = (int)first.Number;
        width = isFromLsb ? (int)(second.Number - first.Number) + 1 : (int)second.Number;
        return true;
    }

    // Where a vendor says it in several ways, one of them must count.
    private static void CountFirst(
        MarkupElement element,
        BlockProblems problems,
        MarkupElement? range,
        ref MarkupElement? offset,
        ref MarkupElement? bits,
        ref MarkupElement? lsb,
        ref MarkupElement? msb)
    {
        if (range is not null)
        {
            LeaveOut(ref offset);
            LeaveOut(ref bits);
        }

        if (range is not null || (offset is not null && (bits is not null || lsb is null || msb is null)))
        {
            LeaveOut(ref lsb);
            LeaveOut(ref msb);
        }
        else if (lsb is not null && msb is not null)
        {
            LeaveOut(ref offset);
            LeaveOut(ref bits);
        }

        void LeaveOut(ref MarkupElement? place)
        {
            if (place is not null)
            {
                problems.Add(ProblemRules.LeftOut, place, place.Grammar.Name, "the place of '" + element.Name + "' is said in more than one way, and the other counts");
                place = null;
            }
        }
    }

    /// <summary>The text that says where a field is.</summary>
    public static TextRange RangeOf(MarkupElement element)
    {
        foreach (ElementGrammar way in _ways)
        {
            if (element.Child(way) is { } place)
            {
                return place.ContentRange;
            }
        }

        return element.NameRange;
    }

    private static bool Refuse(MarkupElement element, BlockProblems problems, string why)
    {
        if (element.File.IsVendors)
        {
            problems.Add(ProblemRules.LeftOut, element.File, RangeOf(element), element.Name, "its place is unclear, " + why);
        }
        else
        {
            problems.Add(ProblemRules.FieldPlaceUnclear, element.File, RangeOf(element), element.Name, why);
        }

        return false;
    }
}
