using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>The names of an array's elements: those of <c>dimArrayIndex</c>, or a <c>dimIndex</c> that lists names instead of numbers.</summary>
/// <param name="At">What gives the names; who is given the same ones shares one type.</param>
/// <param name="Wanted">The name in code that the type of the names should have.</param>
/// <param name="Values">The names.</param>
internal sealed record ElementNames(MarkupElement At, string Wanted, EquatableArray<EnumeratedValueModel> Values)
{
    private static readonly HashSet<string> _reserved = [];

    /// <summary>Reads the names.</summary>
    /// <param name="element">The element that is an array.</param>
    /// <param name="count">How many elements it has.</param>
    /// <param name="index">Its <c>dimIndex</c>, as far as it is used.</param>
    /// <param name="problems">Where problems go.</param>
    /// <returns>The names; null when the elements have only numbers.</returns>
    public static ElementNames? Read(MarkupElement element, ulong count, DimensionIndex index, BlockProblems problems)
    {
        MarkupElement? given = element.Inherited(SvdGrammar.DimArrayIndex);
        List<EnumeratedValueModel> values = [];
        NameScope names = new(_reserved, "Value");
        if (given is null)
        {
            if (!index.HasNames || element.Inherited(SvdGrammar.DimIndex) is not { } list)
            {
                return null;
            }

            for (uint number = 0; number < count; number++)
            {
                values.Add(new EnumeratedValueModel(index.Name(number), names.TakeQuietly(DotNetName.From(index.Name(number)), "Value"), "", number));
            }

            return new ElementNames(list, TypeName(element, ""), new EquatableArray<EnumeratedValueModel>(values.ToArray()));
        }

        for (MarkupElement? value = given.FirstChild; value is not null; value = value.NextSibling)
        {
            if (value.Grammar == SvdGrammar.EnumeratedValue && IsNumber(value, element, count, problems, out ulong number))
            {
                string description = DescriptionText.Normalise(value.Child(SvdGrammar.Description)?.Text ?? "");
                values.Add(new EnumeratedValueModel(value.Name, names.TakeQuietly(DotNetName.From(value.Name), "Value"), description, number));
            }
        }

        string wanted = TypeName(element, given.Child(SvdGrammar.HeaderEnumName)?.Text ?? "");
        return values.Count == 0 ? null : new ElementNames(given, wanted, new EquatableArray<EnumeratedValueModel>(values.ToArray()));
    }

    private static string TypeName(MarkupElement element, string asked)
    {
        string name = DotNetName.From(asked);
        return name.Length != 0 ? name : DotNetName.From(Dimension.Strip(element.Name)) + "Index";
    }

    // A name is for one element that is there.
    private static bool IsNumber(MarkupElement named, MarkupElement array, ulong count, BlockProblems problems, out ulong number)
    {
        number = 0;
        MarkupElement? value = named.Child(SvdGrammar.Value);
        if (value is { IsValid: false } || named.Name.Length == 0)
        {
            return false;
        }

        string why = "a name in dimArrayIndex needs a value, the number of an element";
        bool isOne = value is not null && NumberText.TryParsePattern(value.Text, out number, out ulong dontCare) && dontCare == 0;
        if (isOne && number < count)
        {
            return true;
        }

        if (isOne)
        {
            why = string.Format(CultureInfo.InvariantCulture, "dimArrayIndex names element {0}, and the last one is {1}", number, count - 1);
        }

        MarkupElement at = value ?? named;
        TextRange place = value?.ContentRange ?? named.NameRange;
        if (named.File.IsVendors)
        {
            problems.Add(ProblemRules.RepairedDimension, at.File, place, array.Name, why, "'" + named.Name + "' is left out");
        }
        else
        {
            problems.Add(ProblemRules.BadDimension, at.File, place, array.Name, why);
        }

        return false;
    }
}
