using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Reads one block: an SVD peripheral, or one element of a dimension of it.</summary>
internal sealed class BlockReader(BlockProblems problems, RegisterReader registerReader, ReadingBudget budget)
{
    /// <summary>The names that are taken in a block's class, so that neither a register of it nor the class itself can have one.</summary>
    public static readonly string[] MemberNames =
    [
        "BaseAddress", "SizeBytes", "CapabilityId", "Offsets", "Registers", "Tables", "Storage", "SlotCount", "SnapshotBytes", "MapHash",
        "Reset", "Read", "Write", "ReadWord", "WriteWord", "Peek", "TrySave", "Restore", "Conformance",
        "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals",
    ];

    /// <summary>Reads a block.</summary>
    /// <param name="peripheral">Its element.</param>
    /// <param name="name">Its name, with the index of its dimension in place.</param>
    /// <param name="typeName">Its name in code.</param>
    /// <param name="shift">What its dimension adds to the base address.</param>
    /// <param name="outside">The register properties in force in the device.</param>
    /// <param name="positions">Where its parts stand.</param>
    public BlockModel Read(
        MarkupElement peripheral,
        string name,
        string typeName,
        ulong shift,
        RegisterProperties outside,
        out BlockPositions positions)
    {
        positions = new BlockPositions(name, peripheral);
        uint? capability = peripheral.InheritedAttribute(TrapGrammar.Capability) is { IsValid: true } id ? (uint)id.Number : null;
        ulong baseAddress = ReadBaseAddress(peripheral, capability is not null) + shift;
        List<PendingRegister> pending = new RegisterFlattener(problems, registerReader, budget).Flatten(peripheral, outside.Inside(peripheral));
        RemoveDuplicates(pending, name);
        RegisterLayout.Check(pending, problems, new RegisterOverlap(budget));
        Alternates.Check(peripheral, pending, problems);
        uint size = AddressBlocks.Check(peripheral, name, pending, problems);

        List<MarkupElement> views = PartsOf(peripheral, TrapGrammar.View);
        List<MarkupElement> sequences = PartsOf(peripheral, TrapGrammar.Sequence);
        EquatableArray<RegisterModel> registers = NameAll(peripheral, pending, typeName, views, sequences, positions);
        ViewReader viewReader = new(problems, budget, registers, pending, positions, typeName);
        EquatableArray<ViewModel> viewModels = viewReader.Read(views);
        string description = DescriptionText.Normalise(peripheral.Inherited(SvdGrammar.Description)?.Text ?? "");
        string source = peripheral.InheritedAttribute(TrapGrammar.Source)?.Text ?? "";
        return new BlockModel(name, typeName, description, baseAddress, size, capability, registers, viewModels, source)
        {
            Unsure = peripheral.InheritedAttribute(TrapGrammar.Unsure)?.Text ?? "",
            Origin = peripheral.InheritedAttribute(TrapGrammar.Origin)?.Text ?? "",
            Sequences = new SequenceReader(problems, SequenceScope.OfBlock(name, registers), name).Read(sequences),
        };
    }

    // A view or sequence that a block declares itself takes the place of an inherited one of its name.
    private static List<MarkupElement> PartsOf(MarkupElement peripheral, ElementGrammar kind)
    {
        List<MarkupElement> parts = peripheral.Base is null ? [] : PartsOf(peripheral.Base, kind);
        int inherited = parts.Count;
        for (MarkupElement? child = peripheral.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child.Grammar == kind)
            {
                string? name = child.Attribute(TrapGrammar.Name)?.Text;
                int place = parts.FindIndex(0, inherited, part => part.Attribute(TrapGrammar.Name)?.Text == name);
                if (place >= 0)
                {
                    parts[place] = child;
                }
                else
                {
                    parts.Add(child);
                }
            }
        }

        return parts;
    }

    private ulong ReadBaseAddress(MarkupElement peripheral, bool isPlacedLater)
    {
        MarkupElement? address = peripheral.Inherited(SvdGrammar.BaseAddress);
        if (address is null && !isPlacedLater)
        {
            problems.Add(ProblemRules.MissingElement, peripheral, "peripheral", "baseAddress", " (or trap:capability, when it is placed at run time)");
        }

        return address?.Number ?? 0;
    }

    private void RemoveDuplicates(List<PendingRegister> pending, string block)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        pending.RemoveAll(register =>
        {
            if (names.Add(register.Name))
            {
                return false;
            }

            MarkupElement at = register.Template.Element.Child(SvdGrammar.Name) ?? register.Template.Element;
            problems.Register = register.Name;
            problems.Add(ProblemRules.DuplicateName, at.File, at.ContentRange, "Register", register.Name, block);
            problems.Register = "";
            return true;
        });
    }

    private EquatableArray<RegisterModel> NameAll(
        MarkupElement peripheral,
        List<PendingRegister> pending,
        string blockTypeName,
        IReadOnlyList<MarkupElement> views,
        IReadOnlyList<MarkupElement> sequences,
        BlockPositions positions)
    {
        IEnumerable<string> viewNames = views.Select(view => DotNetName.From(view.Attribute(TrapGrammar.Name)?.Text ?? ""));
        HashSet<string> reserved = new(MemberNames, StringComparer.Ordinal) { blockTypeName };
        foreach (string view in viewNames.Where(view => view.Length != 0))
        {
            reserved.Add(view);
            reserved.Add("I" + view + "Hooks");
        }

        reserved.UnionWith(sequences.SelectMany(SequenceReader.MethodNames));
        NameScope names = new(reserved, "Register");
        string[] typeNames = new string[pending.Count];
        Dictionary<MarkupElement, string> indexNames = [];
        for (int index = 0; index < typeNames.Length; index++)
        {
            PendingRegister register = pending[index];
            MarkupElement element = register.Template.Element;
            // The name asked for stands for one register; where the element became several, each needs its own.
            bool isAskedFor = register.Template.TypeName.Length != 0 && element.Name == register.Name;
            string wanted = isAskedFor ? register.Template.TypeName : DotNetName.From(register.CodeName);
            wanted = isAskedFor || register.CodeName == register.Name || names.IsFree(wanted) ? wanted : DotNetName.From(register.Name);
            typeNames[index] = names.Take(wanted, register.Name, out string? clash);
            if (clash is not null)
            {
                problems.Register = register.Name;
                problems.Add(ProblemRules.NameClash, element, register.Name, clash, typeNames[index]);
                problems.Register = "";
            }
        }

        RegisterModel[] models = new RegisterModel[typeNames.Length];
        for (int index = 0; index < models.Length; index++)
        {
            PendingRegister register = pending[index];
            RegisterTemplate template = register.Template;
            models[index] = new RegisterModel(
                register.Name,
                typeNames[index],
                template.Description,
                register.Offset,
                template.WidthBits,
                register.Dimension,
                template.ResetValue,
                template.ResetMask,
                FieldNaming.For(template.Fields, typeNames[index], names),
                template.Masks,
                template.Source,
                template.Unsure)
            {
                Origin = template.Origin,
                Protection = template.Protection,
                ElementNames = register.Elements?.Values ?? default,
                ElementNamesTypeName = IndexName(register.Elements, indexNames, names),
                Constraint = template.Constraint,
                Unsaid = template.Unsaid,
            };
            positions.AddRegister(register.Name, template.Element, template.FieldElements);
        }

        static string IndexName(ElementNames? elements, Dictionary<MarkupElement, string> known, NameScope names)
        {
            if (elements is null)
            {
                return "";
            }

            if (!known.TryGetValue(elements.At, out string? name))
            {
                name = names.TakeQuietly(elements.Wanted, "Index");
                known.Add(elements.At, name);
            }

            return name;
        }

        new SemanticsReader(problems, peripheral, pending, models).Read();
        return new EquatableArray<RegisterModel>(models);
    }
}
