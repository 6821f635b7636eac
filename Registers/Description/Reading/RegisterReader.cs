using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Reads a register apart from its name and place. Equal registers of lists and derived blocks are read once.</summary>
internal sealed class RegisterReader(BlockProblems problems, ReadingBudget budget)
{
    private readonly Dictionary<MarkupElement, (RegisterProperties Properties, RegisterTemplate? Template)> _read = [];
    private readonly FieldReader _fields = new(problems, budget);

    /// <summary>Reads a register.</summary>
    /// <param name="element">Its element.</param>
    /// <param name="outside">The properties in force around it.</param>
    /// <returns>The register; null when its width has no meaning.</returns>
    public RegisterTemplate? Read(MarkupElement element, RegisterProperties outside)
    {
        if (_read.TryGetValue(element, out (RegisterProperties Properties, RegisterTemplate? Template) known) && known.Properties == outside)
        {
            return known.Template;
        }

        problems.Register = element.Name;
        RegisterTemplate? template = ReadNew(element, outside.Inside(element));
        problems.Register = "";
        _read[element] = (outside, template);
        return template;
    }

    private static string Hex(ulong value) => value.ToString("X", CultureInfo.InvariantCulture);

    private static bool IsOwn(MarkupElement? property, MarkupElement register)
        => property is not null && (property.Parent == register || property.Parent?.Grammar == SvdGrammar.Register);

    private RegisterTemplate? ReadNew(MarkupElement element, RegisterProperties properties)
    {
        if (!TryReadWidth(element, properties.Size, out int width))
        {
            return null;
        }

        FieldAccess access = properties.Access is { IsValid: true } given ? (FieldAccess)given.Number : FieldAccess.ReadWrite;
        EquatableArray<FieldModel> fields = _fields.Read(element, width, access, out IReadOnlyList<(string Name, MarkupElement Element)> elements);
        WriteAction write = ActionReader.Write(element.Inherited(SvdGrammar.ModifiedWriteValues));
        ReadAction read = ActionReader.Read(element.Inherited(SvdGrammar.ReadActionElement));
        WriteConstraint constraint = ConstraintReader.Read(element, width, problems);
        bool isWrittenAsRead = constraint.Kind == WriteConstraintKind.WriteAsRead;
        BitMasks masks = fields.Count == 0 ? MaskComputation.Of(width, access, write, read, isWrittenAsRead) : MaskComputation.Of(fields, width);
        ulong mask = ReadResetMask(element, properties.ResetMask, width);
        return new RegisterTemplate(
            element,
            DescriptionText.Normalise(element.Inherited(SvdGrammar.Description)?.Text ?? ""),
            width,
            ReadReset(element, properties.ResetValue, width, fields) & mask,
            mask,
            fields,
            elements,
            masks,
            element.InheritedAttribute(TrapGrammar.Source)?.Text ?? "",
            element.InheritedAttribute(TrapGrammar.Unsure)?.Text ?? "",
            element.Attribute(TrapGrammar.TypeName) is { IsValid: true } name ? name.Text : "")
        {
            Origin = element.InheritedAttribute(TrapGrammar.Origin)?.Text ?? "",
            Constraint = constraint,
            Protection = properties.Protection is { IsValid: true } protection ? (Protection)(protection.Number + 1) : Protection.Unsaid,
            Unsaid = (properties.Access is null && !SaysAccess(elements) ? UnsaidProperties.Access : 0)
                | (properties.ResetValue is null ? UnsaidProperties.Reset : 0),
        };
    }

    private static bool SaysAccess(IReadOnlyList<(string Name, MarkupElement Element)> fields)
    {
        foreach ((string _, MarkupElement field) in fields)
        {
            bool isSaid = field.Inherited(SvdGrammar.Access) is not null
                || field.InheritedAttribute(TrapGrammar.Reserved) is not null
                || field.InheritedAttribute(TrapGrammar.HardwareInitialised) is not null;
            if (!isSaid)
            {
                return false;
            }
        }

        return fields.Count != 0;
    }

    private bool TryReadWidth(MarkupElement element, MarkupElement? size, out int width)
    {
        width = 32;
        if (size is null)
        {
            return true;
        }

        if (!size.IsValid)
        {
            return false;
        }

        if (size.Number is 0 or > 64)
        {
            if (size.File.IsVendors)
            {
                problems.Add(ProblemRules.LeftOut, size.File, size.ContentRange, element.Name, "a register of " + size.Text + " bits is not supported");
                return false;
            }

            string what = string.Format(CultureInfo.InvariantCulture, "a register of {0} bits ('{1}')", size.Number, element.Name);
            problems.Add(ProblemRules.NotSupported, size.File, size.ContentRange, what);
            return false;
        }

        width = size.Number switch { <= 8 => 8, <= 16 => 16, <= 32 => 32, _ => 64 };
        if ((ulong)width != size.Number)
        {
            string assumed = width.ToString(CultureInfo.InvariantCulture);
            problems.Add(ProblemRules.UnusualWidth, size.File, size.ContentRange, element.Name, size.Text, assumed);
        }

        return true;
    }

    private ulong ReadResetMask(MarkupElement element, MarkupElement? resetMask, int width)
    {
        ulong all = MaskComputation.All(width);
        if (resetMask is not { IsValid: true })
        {
            return all;
        }

        if ((resetMask.Number & ~all) != 0 && IsOwn(resetMask, element))
        {
            string bits = width.ToString(CultureInfo.InvariantCulture);
            problems.Add(ProblemRules.ResetMaskOutsideRegister, resetMask.File, resetMask.ContentRange, Hex(resetMask.Number), element.Name, bits);
        }

        return resetMask.Number & all;
    }

    private ulong ReadReset(MarkupElement element, MarkupElement? reset, int width, EquatableArray<FieldModel> fields)
    {
        ulong all = MaskComputation.All(width);
        if (reset is not { IsValid: true })
        {
            return 0;
        }

        if (!IsOwn(reset, element))
        {
            return reset.Number & all;
        }

        if ((reset.Number & ~all) != 0)
        {
            string bits = width.ToString(CultureInfo.InvariantCulture);
            problems.Add(ProblemRules.ResetOutsideRegister, reset.File, reset.ContentRange, Hex(reset.Number), element.Name, bits);
            return reset.Number & all;
        }

        ulong described = 0;
        for (int index = 0; index < fields.Count; index++)
        {
            described |= fields[index].Mask;
        }

        ulong stray = fields.Count == 0 ? 0 : reset.Number & ~described;
        if (stray != 0)
        {
            problems.Add(ProblemRules.ResetOutsideFields, reset.File, reset.ContentRange, Hex(reset.Number), element.Name, Hex(stray));
        }

        return reset.Number;
    }
}
