using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>
/// Turns a block's registers and clusters into a flat list. Lists (<c>%s</c>) become registers with names of their own; an array (<c>[%s]</c>) stays one
/// register, whatever its count. Where arrays nest, the outer one is expanded; if it is long and what is in it is not, the inner ones are; an inner one
/// that fills the outer one is one array with it.
/// </summary>
internal sealed class RegisterFlattener(BlockProblems problems, RegisterReader reader, ReadingBudget budget)
{
    // As many elements of an outer array become registers of their own.
    private const uint LongestExpanded = 256;

    private readonly Dictionary<MarkupElement, ulong> _inner = [];
    private readonly List<PendingRegister> _registers = [];
    private readonly Dictionary<MarkupElement, bool> _hasArray = [];
    private int _clusters;
    private bool _isStopped;

    /// <summary>Flattens the registers of a block.</summary>
    /// <param name="peripheral">The block's element.</param>
    /// <param name="properties">The register properties in force in it.</param>
    public List<PendingRegister> Flatten(MarkupElement peripheral, RegisterProperties properties)
    {
        Place place = new("", "", 0, null, false, 0);
        foreach (MarkupElement member in Derivation.Members(peripheral, SvdGrammar.Registers, IsMember))
        {
            Flatten(member, place, properties);
        }

        // A block whose reading was stopped is not used: nothing of it is worth checking.
        return _isStopped ? [] : _registers;
    }

    private static bool IsMember(ElementGrammar kind) => kind == SvdGrammar.Register || kind == SvdGrammar.Cluster;

    private bool HasArray(MarkupElement cluster)
    {
        if (_hasArray.TryGetValue(cluster, out bool known))
        {
            return known;
        }

        // Clusters that derive from each other can hold each other; the way round adds nothing.
        _hasArray[cluster] = false;
        bool hasArray = false;
        foreach (MarkupElement member in Derivation.Members(cluster, null, IsMember))
        {
            hasArray |= member.Name.Contains("[%s]") || (member.Grammar == SvdGrammar.Cluster && HasArray(member));
        }

        _hasArray[cluster] = hasArray;
        return hasArray;
    }

    // How often a register may stand in one element of a cluster, at most.
    private ulong InnerElements(MarkupElement cluster, uint stride)
    {
        if (_inner.TryGetValue(cluster, out ulong known))
        {
            return known;
        }

        _inner[cluster] = 1;
        ulong most = 1;
        foreach (MarkupElement member in Derivation.Members(cluster, null, IsMember))
        {
            ulong count = member.Name.Contains("%s") && member.Inherited(SvdGrammar.Dim) is { IsValid: true } dim ? Math.Min(dim.Number, uint.MaxValue) : 1;
            ulong inside = member.Grammar == SvdGrammar.Cluster ? InnerElements(member, stride) : 1;
            bool isArray = member.Grammar == SvdGrammar.Register && member.Name.Contains("[%s]");
            if (isArray && member.Inherited(SvdGrammar.DimIncrement) is { IsValid: true, Number: <= uint.MaxValue } increment && IsJoined(count, increment.Number, stride))
            {
                continue;
            }

            most = Math.Max(most, Math.Min(count * inside, uint.MaxValue));
        }

        _inner[cluster] = most;
        return most;
    }

    private void Flatten(MarkupElement member, Place place, RegisterProperties properties)
    {
        if (_isStopped || problems.IsFull || !TryReadOffset(member, place.Offset, out ulong offset) || !Dimension.TryRead(member, problems, out Dimension? dimension))
        {
            return;
        }

        Place at = place with { Offset = offset };
        if (member.Grammar == SvdGrammar.Cluster)
        {
            FlattenCluster(member, at, dimension, properties);
        }
        else
        {
            FlattenRegister(member, at, dimension, properties);
        }
    }

    private bool TryReadOffset(MarkupElement member, ulong start, out ulong offset)
    {
        MarkupElement? element = member.Inherited(SvdGrammar.AddressOffset);
        offset = start;
        if (element is null)
        {
            if (member.File.IsVendors)
            {
                problems.Add(ProblemRules.LeftOut, member, member.Name, "it has no usable 'addressOffset'");
            }
            else
            {
                problems.Add(ProblemRules.MissingElement, member, member.Grammar.Name, "addressOffset", "");
            }

            return false;
        }

        if (!element.IsValid)
        {
            return false;
        }

        if (element.Number > uint.MaxValue && member.File.IsVendors)
        {
            problems.Add(ProblemRules.LeftOut, element.File, element.ContentRange, member.Name, "its offset needs more than 32 bits");
            return false;
        }

        if (element.Number > uint.MaxValue)
        {
            problems.Add(ProblemRules.LimitExceeded, element.File, element.ContentRange, "The offset of '" + member.Name + "'", "0xFFFFFFFF");
            return false;
        }

        offset += element.Number;
        return true;
    }

    private void FlattenCluster(MarkupElement cluster, Place place, Dimension? dimension, RegisterProperties properties)
    {
        if (++_clusters > ReadingLimits.Registers || place.Depth > ReadingLimits.Depth)
        {
            Stop(cluster, "The depth or number of clusters", ReadingLimits.Depth);
            return;
        }

        RegisterProperties inside = properties.Inside(cluster);
        Place within = place with { Depth = place.Depth + 1, IsAlternate = place.IsAlternate || cluster.Inherited(SvdGrammar.AlternateCluster) is not null };
        if (dimension is null)
        {
            FlattenMembers(cluster, within with { Prefix = place.Prefix + cluster.Name + "_", CodePrefix = place.CodePrefix + cluster.Name + "_" }, inside);
        }
        else if (dimension.IsArray && place.Outer is null && StaysArray(cluster, dimension))
        {
            string name = Dimension.Strip(cluster.Name);
            string code = dimension.ElementName.Length == 0 ? name : dimension.ElementName;
            FlattenMembers(cluster, within with { Prefix = place.Prefix + name + "_", CodePrefix = place.CodePrefix + code + "_", Outer = dimension }, inside);
        }
        else if (!IsExpansionWithin(cluster, dimension))
        {
            return;
        }
        else
        {
            for (uint index = 0; index < dimension.Count && !_isStopped; index++)
            {
                string name = dimension.Expand(cluster.Name, index) + "_";
                ulong offset = place.Offset + ((ulong)index * dimension.Stride);
                FlattenMembers(cluster, within with { Prefix = place.Prefix + name, CodePrefix = place.CodePrefix + name, Offset = offset }, inside);
            }
        }
    }

    // Of an array in an array one is expanded: the shorter one, and the outer one as long as it is short.
    private bool StaysArray(MarkupElement cluster, Dimension dimension)
        => !HasArray(cluster) || (dimension.Count > LongestExpanded && InnerElements(cluster, dimension.Stride) <= Math.Max(LongestExpanded, dimension.Count));

    // An array that fills each element of the array around it goes on from one to the next, as one array of all.
    private static bool IsJoined(ulong count, ulong stride, ulong outerStride) => count > LongestExpanded && count * stride == outerStride;

    private void FlattenMembers(MarkupElement cluster, Place place, RegisterProperties properties)
    {
        foreach (MarkupElement member in Derivation.Members(cluster, null, IsMember))
        {
            Flatten(member, place, properties);
        }
    }

    private void FlattenRegister(MarkupElement register, Place place, Dimension? dimension, RegisterProperties properties)
    {
        RegisterTemplate? template = reader.Read(register, properties);
        if (template is null)
        {
            return;
        }

        string group = register.Inherited(SvdGrammar.AlternateGroup) is { Text.Length: > 0 } alternate ? "_" + alternate.Text : "";
        bool isAlternate = place.IsAlternate || group.Length != 0 || register.Inherited(SvdGrammar.AlternateRegister) is not null;
        RegisterDimension outer = place.Outer is null ? RegisterDimension.Single : new RegisterDimension(place.Outer.Count, place.Outer.Stride);
        if (dimension is null)
        {
            Add(place, register.Name + group, register.Name + group, place.Offset, outer, place.Outer?.Names, template, isAlternate);
        }
        else if (dimension.IsSideBySide)
        {
            FlattenRegister(register, place, dimension.Every((uint)template.WidthBits / 8), properties);
        }
        else if (dimension.IsArray && place.Outer is not null && IsJoined(dimension.Count, dimension.Stride, place.Outer.Stride) && (ulong)dimension.Count * place.Outer.Count < uint.MaxValue)
        {
            RegisterDimension joined = new(dimension.Count * place.Outer.Count, dimension.Stride);
            Add(place, Dimension.Strip(register.Name) + group, CodeName(register, dimension) + group, place.Offset, joined, null, template, isAlternate);
        }
        else if (dimension.IsArray && place.Outer is null)
        {
            // An array of one may say 0, which would make it no array.
            RegisterDimension array = new(dimension.Count, dimension.Count == 1 && dimension.Stride == 0 ? (uint)template.WidthBits / 8 : dimension.Stride);
            Add(place, Dimension.Strip(register.Name) + group, CodeName(register, dimension) + group, place.Offset, array, dimension.Names, template, isAlternate);
        }
        else if (IsExpansionWithin(register, dimension))
        {
            for (uint index = 0; index < dimension.Count && !_isStopped; index++)
            {
                string name = dimension.Expand(register.Name, index) + group;
                Add(place, name, name, place.Offset + ((ulong)index * dimension.Stride), outer, place.Outer?.Names, template, isAlternate);
            }
        }
    }

    private static string CodeName(MarkupElement register, Dimension dimension)
        => dimension.ElementName.Length == 0 ? Dimension.Strip(register.Name) : dimension.ElementName;

    private void Add(Place place, string ownName, string codeName, ulong offset, RegisterDimension dimension, ElementNames? elements, RegisterTemplate template, bool isAlternate)
    {
        string name = place.Prefix + ownName;
        ulong end = offset + ((ulong)(dimension.Count - 1) * dimension.StrideBytes) + (uint)(template.WidthBits / 8);
        if (end > uint.MaxValue - 3 && template.Element.File.IsVendors)
        {
            problems.Add(ProblemRules.LeftOut, template.Element, name, "it ends beyond 32 bits of its block");
            return;
        }

        if (end > uint.MaxValue - 3)
        {
            problems.Add(ProblemRules.LimitExceeded, template.Element, "The end of '" + name + "' in its block", "0xFFFFFFFC");
            return;
        }

        if (budget.Registers-- <= 0)
        {
            Stop(template.Element, "The number of registers", ReadingLimits.Registers);
            return;
        }

        if (dimension.Count > 1 && dimension.StrideBytes < template.WidthBits / 8)
        {
            string stride = dimension.StrideBytes.ToString(CultureInfo.InvariantCulture);
            string width = Number(template.WidthBits / 8);
            if (!template.Element.File.IsVendors)
            {
                problems.Add(ProblemRules.StrideTooSmall, template.Element, name, stride, width);
                return;
            }

            string why = "its elements are " + stride + " bytes apart and " + width + " bytes long";
            problems.Add(ProblemRules.RepairedDimension, template.Element, name, why, "they are taken to stand side by side");
            dimension = dimension with { StrideBytes = (uint)template.WidthBits / 8 };
        }

        _registers.Add(new PendingRegister(name, (uint)offset, dimension, template, isAlternate) { CodeName = place.CodePrefix + codeName, Elements = elements });
    }

    private bool IsExpansionWithin(MarkupElement element, Dimension dimension)
    {
        if (dimension.Count <= ReadingLimits.Expansion)
        {
            return true;
        }

        string what = element.Grammar == SvdGrammar.Cluster
            ? "arrays in arrays, where the outer one ('" + element.Name + "') has more than " + Number(ReadingLimits.Expansion) + " elements"
            : "a list of more than " + Number(ReadingLimits.Expansion) + " registers ('" + element.Name + "'); an array ([%s]) has no such bound";
        if (element.File.IsVendors)
        {
            problems.Add(ProblemRules.LeftOut, element, element.Name, "not supported are " + what);
        }
        else
        {
            problems.Add(ProblemRules.NotSupported, element, what);
        }

        return false;
    }

    private void Stop(MarkupElement at, string what, int limit)
    {
        _isStopped = true;
        problems.Add(ProblemRules.LimitExceeded, at, what, Number(limit));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the flattening is: names before it, in the hardware and in code, offset in the block, the array around it.</summary>
    private sealed record Place(string Prefix, string CodePrefix, ulong Offset, Dimension? Outer, bool IsAlternate, int Depth);
}
