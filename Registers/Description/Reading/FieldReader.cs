using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Reads the fields of a register.</summary>
internal sealed class FieldReader(BlockProblems problems, ReadingBudget budget)
{
    // What a register's value type has besides its fields.
    private static readonly HashSet<string> _reserved = new(StringComparer.Ordinal)
    {
        "Value", "Shape", "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals",
    };

    private static readonly Comparison<(FieldModel Model, MarkupElement Element)> _byPlace = (left, right) =>
    {
        int order = left.Model.LowBit.CompareTo(right.Model.LowBit);
        return order != 0 ? order : string.CompareOrdinal(left.Model.Name, right.Model.Name);
    };

    private readonly NameMemory _typeNames = new();
    private readonly EnumerationReader _enumerations = new(problems);

    // Used again for each register: most registers have few fields and there are many registers.
    private readonly List<(FieldModel Model, MarkupElement Element)> _fields = [];
    private readonly NameScope _names = new(_reserved, "Field");
    private readonly HashSet<string> _hardwareNames = new(StringComparer.Ordinal);

    /// <summary>Reads the fields of a register, sorted by lowest bit.</summary>
    /// <param name="register">The register's element.</param>
    /// <param name="widthBits">The register's width.</param>
    /// <param name="registerAccess">The access that fields inherit.</param>
    /// <param name="elements">The elements that describe the fields, in the same order.</param>
    public EquatableArray<FieldModel> Read(
        MarkupElement register,
        int widthBits,
        FieldAccess registerAccess,
        out IReadOnlyList<(string Name, MarkupElement Element)> elements)
    {
        _fields.Clear();
        _names.Clear();
        _hardwareNames.Clear();
        foreach (MarkupElement element in Derivation.Members(register, SvdGrammar.Fields, kind => kind == SvdGrammar.Field))
        {
            if (budget.Fields <= 0)
            {
                problems.Add(ProblemRules.LimitExceeded, element, "The number of fields", Number(ReadingLimits.Fields));
                break;
            }

            ReadField(element, register, widthBits, registerAccess);
        }

        _fields.Sort(_byPlace);
        FieldOverlap.Check(_fields, register.Name, problems);

        FieldModel[] models = new FieldModel[_fields.Count];
        (string, MarkupElement)[] places = new (string, MarkupElement)[_fields.Count];
        for (int index = 0; index < models.Length; index++)
        {
            models[index] = _fields[index].Model;
            places[index] = (_fields[index].Model.Name, _fields[index].Element);
        }

        elements = places;
        return new EquatableArray<FieldModel>(models);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void ReadField(
        MarkupElement element,
        MarkupElement register,
        int registerWidth,
        FieldAccess registerAccess)
    {
        if (!Dimension.TryRead(element, problems, out Dimension? dimension) || !FieldPlace.TryRead(element, problems, out int low, out int width))
        {
            return;
        }

        dimension = dimension is { IsSideBySide: true } ? dimension.Every((uint)width) : dimension;
        if (dimension is { Count: > 64 } && element.File.IsVendors)
        {
            problems.Add(ProblemRules.LeftOut, element, element.Name, "a register has at most 64 bits, and its dimension has more elements");
            return;
        }

        if (dimension is { Count: > 64 })
        {
            problems.Add(ProblemRules.BadDimension, element, element.Name, "a register has at most 64 bits");
            return;
        }

        FieldModel? model = null;
        for (uint index = 0; index < (dimension?.Count ?? 1); index++)
        {
            ulong place = (ulong)low + ((ulong)index * (dimension?.Stride ?? 0));
            string name = dimension?.Expand(element.Name, index) ?? element.Name;
            if (place + (uint)width > (uint)registerWidth)
            {
                string high = (place + (uint)width - 1).ToString(CultureInfo.InvariantCulture);
                string lowest = place.ToString(CultureInfo.InvariantCulture);
                problems.Add(
                    ProblemRules.FieldOutsideRegister,
                    element.File,
                    FieldPlace.RangeOf(element),
                    name,
                    high,
                    lowest,
                    register.Name,
                    Number(registerWidth - 1));
                _ = model ?? Model(name, "", low);
                return;
            }

            // Vendors call several fields of one register RESERVED; nobody refers to them.
            if (!_hardwareNames.Add(name) && !name.StartsWith("reserved", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(ProblemRules.DuplicateName, element, "Field", name, register.Name);
                _ = model ?? Model(name, "", low);
                return;
            }

            string wanted = element.Attribute(TrapGrammar.TypeName) is { IsValid: true } given ? given.Text : _typeNames.From(name);
            string typeName = _names.Take(wanted, name, out string? clash);
            if (clash is not null)
            {
                problems.Add(ProblemRules.NameClash, element, name, clash, typeName);
            }

            budget.Fields--;
            model = model is null ? Model(name, typeName, (int)place) : model with { Name = name, TypeName = typeName, LowBit = (int)place };
            _fields.Add((model, element));
        }

        // Also of a field that is dropped: there may be more wrong with it.
        FieldModel Model(string name, string typeName, int lowBit) => ReadModel(element, register, registerAccess, name, typeName, lowBit, width);
    }

    private FieldModel ReadModel(MarkupElement element, MarkupElement register, FieldAccess registerAccess, string name, string typeName, int low, int width)
    {
        MarkupElement? ownAccess = element.Inherited(SvdGrammar.Access);
        FieldAccess access = ownAccess is { IsValid: true } ? (FieldAccess)ownAccess.Number : registerAccess;
        MarkupElement? ownWrite = element.Inherited(SvdGrammar.ModifiedWriteValues);
        MarkupElement? ownRead = element.Inherited(SvdGrammar.ReadActionElement);
        WriteAction write = ActionReader.Write(ownWrite ?? register.Inherited(SvdGrammar.ModifiedWriteValues));
        ReadAction read = ActionReader.Read(ownRead ?? register.Inherited(SvdGrammar.ReadActionElement));
        string accessWord = SvdWords.Access.Words[(int)access];
        if (access == FieldAccess.ReadOnly && element.Child(SvdGrammar.ModifiedWriteValues) is { } pointlessWrite)
        {
            Conflict(pointlessWrite, "modifiedWriteValues", element.Name, accessWord);
        }

        if (access is FieldAccess.WriteOnly or FieldAccess.WriteOnce && element.Child(SvdGrammar.ReadActionElement) is { } pointlessRead)
        {
            Conflict(pointlessRead, "readAction", element.Name, accessWord);
        }

        EquatableArray<EnumeratedValueModel> values = _enumerations.Read(element, element.Name, width, out string defaultName, out string enumName);
        return new FieldModel(
            name,
            typeName,
            DescriptionText.Normalise(element.Inherited(SvdGrammar.Description)?.Text ?? ""),
            low,
            width,
            access,
            access == FieldAccess.ReadOnly ? WriteAction.Store : write,
            access is FieldAccess.WriteOnly or FieldAccess.WriteOnce ? ReadAction.None : read,
            element.InheritedAttribute(TrapGrammar.Reserved) is { IsValid: true } reserved ? (ReservedKind)(reserved.Number + 1) : ReservedKind.None,
            element.InheritedAttribute(TrapGrammar.Sticky) is { Number: 1 },
            element.InheritedAttribute(TrapGrammar.HardwareInitialised) is { Number: 1 },
            values,
            enumName)
        {
            DefaultName = defaultName,
            Provenance = ReadProvenance(element),
            Constraint = ConstraintReader.Read(element, register, width, values.Any(static value => value.Usage != ValueUsage.Read), problems),
        };
    }

    private static Provenance ReadProvenance(MarkupElement element)
    {
        string source = element.InheritedAttribute(TrapGrammar.Source)?.Text ?? "";
        string unsure = element.InheritedAttribute(TrapGrammar.Unsure)?.Text ?? "";
        string origin = element.InheritedAttribute(TrapGrammar.Origin)?.Text ?? "";
        return source.Length + unsure.Length + origin.Length == 0 ? Provenance.None : new Provenance(source, unsure, origin);
    }

    private void Conflict(MarkupElement at, string what, string field, string access)
        => problems.Add(ProblemRules.AccessConflict, at.File, at.ContentRange, what + " '" + at.Text + "'", field, access, "the action is ignored");
}
