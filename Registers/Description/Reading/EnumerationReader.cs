using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Reads the named values of a field.</summary>
internal sealed class EnumerationReader(BlockProblems problems)
{
    private static readonly HashSet<string> _reserved = [];

    /// <summary>Reads the named values of a field.</summary>
    /// <param name="field">The field's element.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="widthBits">The field's width.</param>
    /// <param name="defaultName">The name of all other values; empty when they have none.</param>
    /// <param name="typeName">What the type of the named values should be called in code (<c>headerEnumName</c>); empty when the description does not say.</param>
    public EquatableArray<EnumeratedValueModel> Read(MarkupElement field, string name, int widthBits, out string defaultName, out string typeName)
    {
        defaultName = "";
        typeName = "";
        MarkupElement? owner = field;
        while (owner is not null && owner.Child(SvdGrammar.EnumeratedValues) is null)
        {
            owner = owner.Base;
        }

        if (owner is null)
        {
            return default;
        }

        List<EnumeratedValueModel> values = [];
        NameScope names = new(_reserved, "Value");
        Dictionary<string, ulong> taken = new(StringComparer.Ordinal);
        HashSet<ulong> usages = [];
        for (MarkupElement? set = owner.FirstChild; set is not null; set = set.NextSibling)
        {
            if (set.Grammar != SvdGrammar.EnumeratedValues)
            {
                continue;
            }

            ulong usage = set.Inherited(SvdGrammar.Usage) is { IsValid: true } element ? element.Number : 0;
            bool isAgain = !usages.Add(usage);
            if (isAgain && set.File.IsVendors)
            {
                problems.Add(ProblemRules.ForeignRepetition, set, "enumeratedValues' of usage '" + SvdWords.Usage.Words[usage], "field");
                continue;
            }

            if (isAgain)
            {
                problems.Add(ProblemRules.RepeatedElement, set, "enumeratedValues' of the same usage as before, '" + SvdWords.Usage.Words[usage], "field");
            }

            typeName = typeName.Length == 0 ? DotNetName.From(set.Inherited(SvdGrammar.HeaderEnumName)?.Text ?? "") : typeName;
            ReadSet(set, (ValueUsage)usage, name, widthBits, values, names, taken, ref defaultName);
        }

        return new EquatableArray<EnumeratedValueModel>(values.ToArray());
    }

    private void ReadSet(
        MarkupElement set,
        ValueUsage usage,
        string field,
        int widthBits,
        List<EnumeratedValueModel> values,
        NameScope names,
        Dictionary<string, ulong> taken,
        ref string defaultName)
    {
        Dictionary<ulong, string> met = [];
        foreach (MarkupElement element in Derivation.Members(set, null, kind => kind == SvdGrammar.EnumeratedValue))
        {
            if (element.Child(SvdGrammar.IsDefault) is { IsValid: true, Number: 1 })
            {
                defaultName = element.Name;
                continue;
            }

            MarkupElement? value = element.Child(SvdGrammar.Value);
            if (value is null && element.File.IsVendors)
            {
                problems.Add(ProblemRules.LeftOut, element, element.Name, "it has neither a usable 'value' nor 'isDefault'");
            }
            else if (value is null)
            {
                problems.Add(ProblemRules.MissingElement, element, "enumeratedValue", "value", " (or isDefault)");
            }
            else if (value.IsValid && NumberText.TryParsePattern(value.Text, out ulong number, out ulong dontCare))
            {
                Add(element, value, number, dontCare);
            }
        }

        void Add(MarkupElement element, MarkupElement value, ulong number, ulong dontCare)
        {
            if (BitCount(dontCare) > BitCount(ReadingLimits.DontCareValues - 1))
            {
                string limit = ReadingLimits.DontCareValues.ToString(CultureInfo.InvariantCulture);
                if (element.File.IsVendors)
                {
                    problems.Add(ProblemRules.LeftOut, value.File, value.ContentRange, element.Name, "it stands for more than " + limit + " values");
                    return;
                }

                problems.Add(ProblemRules.LimitExceeded, value.File, value.ContentRange, "What the don't-care bits stand for", limit);
                return;
            }

            if (((number | dontCare) & ~MaskComputation.All(widthBits)) != 0)
            {
                string width = widthBits.ToString(CultureInfo.InvariantCulture);
                problems.Add(ProblemRules.EnumeratedValueOutsideField, value.File, value.ContentRange, value.Text, element.Name, width, field);
                return;
            }

            // Counts through the subsets of the don't-care bits, the empty one first.
            ulong subset = 0;
            do
            {
                AddOne(element, value, number | subset, subset == 0 ? element.Name : element.Name + "_" + (number | subset).ToString(CultureInfo.InvariantCulture));
                subset = unchecked(subset - dontCare) & dontCare;
            }
            while (subset != 0);
        }

        void AddOne(MarkupElement element, MarkupElement value, ulong number, string name)
        {
            if (met.TryGetValue(number, out string? other))
            {
                string shown = number.ToString(CultureInfo.InvariantCulture);
                problems.Add(ProblemRules.DuplicateEnumeratedValue, value.File, value.ContentRange, name, other, field, shown);
            }
            else
            {
                met.Add(number, name);
            }

            // The same name for the same value in the other direction is one named value.
            if (taken.TryGetValue(name, out ulong before) && before == number)
            {
                int index = values.FindIndex(known => known.Name == name);
                values[index] = values[index] with { Usage = values[index].Usage == usage ? usage : ValueUsage.ReadWrite };
                return;
            }

            taken[name] = number;
            string typeName = names.Take(DotNetName.From(name), name, out string? clash);
            if (clash is not null)
            {
                problems.Add(ProblemRules.NameClash, element, name, clash, typeName);
            }

            string description = DescriptionText.Normalise(element.Child(SvdGrammar.Description)?.Text ?? "");
            values.Add(new EnumeratedValueModel(name, typeName, description, number) { Usage = usage });
        }
    }

    private static int BitCount(ulong bits)
    {
        int count = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            count++;
        }

        return count;
    }
}
