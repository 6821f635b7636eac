using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Reads the named values of a field.</summary>
internal sealed class EnumerationReader(BlockProblems problems)
{
    // A field with more named values gets sets of its own: to clear large ones takes long, however few are in them the next time.
    private const int MostKept = 256;

    private static readonly HashSet<string> _reserved = [];

    // Used again for each field.
    private readonly NameMemory _typeNames = new();
    private readonly List<EnumeratedValueModel> _values = [];
    private readonly HashSet<ulong> _usages = [];
    private NameScope _names = new(_reserved, "Value");
    private Dictionary<string, ulong> _taken = new(StringComparer.Ordinal);
    private Dictionary<ulong, string> _met = [];

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

        Clear();
        for (MarkupElement? set = owner.FirstChild; set is not null; set = set.NextSibling)
        {
            if (set.Grammar != SvdGrammar.EnumeratedValues)
            {
                continue;
            }

            ulong usage = set.Inherited(SvdGrammar.Usage) is { IsValid: true } element ? element.Number : 0;
            bool isAgain = !_usages.Add(usage);
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
            ReadSet(set, (ValueUsage)usage, name, widthBits, ref defaultName);
        }

        return new EquatableArray<EnumeratedValueModel>(_values.ToArray());
    }

    private void Clear()
    {
        if (_values.Count > MostKept)
        {
            _names = new(_reserved, "Value");
            _taken = new(StringComparer.Ordinal);
            _met = [];
        }

        _values.Clear();
        _usages.Clear();
        _names.Clear();
        _taken.Clear();
    }

    private void ReadSet(
        MarkupElement set,
        ValueUsage usage,
        string field,
        int widthBits,
        ref string defaultName)
    {
        _met.Clear();
        string? isDefault = null;
        foreach (MarkupElement element in Derivation.Members(set, null, kind => kind == SvdGrammar.EnumeratedValue))
        {
            if (element.Child(SvdGrammar.IsDefault) is { IsValid: true, Number: 1 })
            {
                if (element.Child(SvdGrammar.Value) is { } beside)
                {
                    problems.Add(ProblemRules.LeftOut, beside.File, beside.ContentRange, "value", "'" + element.Name + "' is the default, which stands for every value without a name");
                }

                if (isDefault is not null)
                {
                    problems.Add(ProblemRules.LeftOut, element, element.Name, "'" + isDefault + "' is the default already");
                    continue;
                }

                isDefault = element.Name;
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
            if (_met.TryGetValue(number, out string? other))
            {
                string shown = number.ToString(CultureInfo.InvariantCulture);
                problems.Add(ProblemRules.DuplicateEnumeratedValue, value.File, value.ContentRange, name, other, field, shown);
            }
            else
            {
                _met.Add(number, name);
            }

            // The same name for the same value in the other direction is one named value.
            if (_taken.TryGetValue(name, out ulong before) && before == number)
            {
                int index = 0;
                while (_values[index].Name != name)
                {
                    index++;
                }

                _values[index] = _values[index] with { Usage = _values[index].Usage == usage ? usage : ValueUsage.ReadWrite };
                return;
            }

            _taken[name] = number;
            string typeName = _names.Take(_typeNames.From(name), name, out string? clash);
            if (clash is not null)
            {
                problems.Add(ProblemRules.NameClash, element, name, clash, typeName);
            }

            string description = DescriptionText.Normalise(element.Child(SvdGrammar.Description)?.Text ?? "");
            _values.Add(new EnumeratedValueModel(name, typeName, description, number) { Usage = usage });
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
