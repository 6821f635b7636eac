using System;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>SVD's <c>dim</c> and what belongs to it: how often an element stands.</summary>
internal sealed class Dimension
{
    private readonly DimensionIndex _index;

    private Dimension(uint count, uint stride, DimensionIndex index, bool isArray)
    {
        Count = count;
        Stride = stride;
        _index = index;
        IsArray = isArray;
    }

    public uint Count { get; }

    /// <summary>The distance of two elements: bytes, or bits for fields.</summary>
    public uint Stride { get; }

    /// <summary>Whether the name has <c>[%s]</c>, which makes one array; else it is a list of elements with names of their own.</summary>
    public bool IsArray { get; }

    /// <summary>Whether the description does not say how far apart the elements are, and they are taken to stand side by side.</summary>
    public bool IsSideBySide { get; private init; }

    /// <summary>The names of an array's elements; null when they have only numbers.</summary>
    public ElementNames? Names { get; private init; }

    /// <summary>What one element of an array is called in code (<c>dimName</c>); empty when the description does not say.</summary>
    public string ElementName { get; private init; } = "";

    /// <summary>Reads the dimension of an element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="dimension">The dimension; null when the element has none.</param>
    /// <returns>Whether its dimension, or that it has none, has a meaning.</returns>
    public static bool TryRead(MarkupElement element, BlockProblems problems, out Dimension? dimension)
    {
        dimension = null;
        string name = element.Name;
        bool isIndexed = name.IndexOf("%s", StringComparison.Ordinal) >= 0;
        MarkupElement? dim = isIndexed ? element.Inherited(SvdGrammar.Dim) : element.Child(SvdGrammar.Dim);
        if (dim is null && isIndexed && element.File.IsVendors)
        {
            Repair(element, problems, "its name has %s, which stands for an index, and there is no usable dim", "it is taken for one element, of index 0");
            dimension = new Dimension(1, 0, DimensionIndex.Numbers(1), isArray: false);
            return true;
        }

        if (dim is null)
        {
            return !isIndexed || Refuse(element, problems, "its name has %s, which stands for an index, and there is no dim");
        }

        if (!isIndexed && element.File.IsVendors)
        {
            Repair(element, problems, "its name has no %s or [%s] where the index would stand", "the index is put behind the name");
        }
        else if (!isIndexed)
        {
            return Refuse(element, problems, "its name has no %s or [%s] where the index would stand");
        }

        MarkupElement? increment = element.Inherited(SvdGrammar.DimIncrement);
        bool isSideBySide = increment is null && element.File.IsVendors && (element.Grammar == SvdGrammar.Register || element.Grammar == SvdGrammar.Field);
        if (increment is null && !isSideBySide)
        {
            return Refuse(element, problems, "dim needs dimIncrement");
        }

        if (!dim.IsValid || increment is { IsValid: false })
        {
            return false;
        }

        uint stride = (uint)Math.Min(increment?.Number ?? 0, uint.MaxValue);
        if (dim.Number is 0 or >= uint.MaxValue || increment?.Number > uint.MaxValue)
        {
            return Refuse(element, problems, "dim lies between 1 and 0xFFFFFFFE, dimIncrement below 0x100000000");
        }

        // Names that were given for another number of elements are not for these.
        MarkupElement? names = element.Inherited(SvdGrammar.DimIndex);
        DimensionIndex? index = names is null ? DimensionIndex.Numbers(dim.Number) : DimensionIndex.Parse(names.Text);
        if (index is not null && index.Count != dim.Number && names?.Parent != element && dim.Parent == element)
        {
            index = DimensionIndex.Numbers(dim.Number);
        }

        if (index is null)
        {
            return false;
        }

        if (index.Count != dim.Number)
        {
            string counts = string.Format(CultureInfo.InvariantCulture, "dim is {0} and dimIndex names {1}", dim.Number, index.Count);
            if (!element.File.IsVendors)
            {
                return Refuse(element, problems, counts);
            }

            Repair(element, problems, counts, "the elements are numbered from 0");
            index = DimensionIndex.Numbers(dim.Number);
        }

        if (isSideBySide)
        {
            Repair(element, problems, "dim has no dimIncrement", "the elements are taken to stand side by side");
        }

        bool isArray = name.IndexOf("[%s]", StringComparison.Ordinal) >= 0;
        dimension = !isArray
            ? new Dimension((uint)dim.Number, stride, index, false) { IsSideBySide = isSideBySide }
            : new Dimension((uint)dim.Number, stride, index, true)
            {
                IsSideBySide = isSideBySide,
                Names = ElementNames.Read(element, dim.Number, index, problems),
                ElementName = element.Inherited(SvdGrammar.DimName) is { IsValid: true } given ? given.Text : "",
            };
        return true;
    }

    /// <summary>The same with a distance of its elements.</summary>
    /// <param name="stride">The distance: bytes, or bits for fields.</param>
    public Dimension Every(uint stride) => new(Count, stride, _index, IsArray) { Names = Names, ElementName = ElementName };

    /// <summary>The name of one element.</summary>
    public string Expand(string name, uint element)
        => name.IndexOf("%s", StringComparison.Ordinal) < 0 ? name + _index.Name(element) : name.Replace("[%s]", "%s").Replace("%s", _index.Name(element));

    /// <summary>Whether an element with a dimension has one of an index.</summary>
    /// <param name="element">The element, with its own dimension.</param>
    /// <param name="index">What stands for <c>%s</c>.</param>
    public static bool Has(MarkupElement element, string index)
    {
        if (element.Child(SvdGrammar.Dim) is not { IsValid: true } dim)
        {
            return false;
        }

        MarkupElement? names = element.Child(SvdGrammar.DimIndex);
        return (names is null ? DimensionIndex.Numbers(dim.Number) : DimensionIndex.Parse(names.Text))?.Has(index) ?? false;
    }

    /// <summary>The name of an array as a whole.</summary>
    public static string Strip(string name) => name.Replace("[%s]", "");

    private static bool Refuse(MarkupElement element, BlockProblems problems, string why)
    {
        (MarkupFile file, TextRange at) = PlaceOf(element);
        if (element.File.IsVendors)
        {
            problems.Add(ProblemRules.LeftOut, file, at, element.Name, "its dimension has no meaning, " + why);
        }
        else
        {
            problems.Add(ProblemRules.BadDimension, file, at, element.Name, why);
        }

        return false;
    }

    private static void Repair(MarkupElement element, BlockProblems problems, string why, string assumed)
    {
        (MarkupFile file, TextRange at) = PlaceOf(element);
        problems.Add(ProblemRules.RepairedDimension, file, at, element.Name, why, assumed);
    }

    private static (MarkupFile File, TextRange At) PlaceOf(MarkupElement element)
    {
        MarkupElement at = element.Child(SvdGrammar.Dim) ?? element.Child(SvdGrammar.Name) ?? element;
        return (at.File, at == element ? at.NameRange : at.ContentRange);
    }
}
