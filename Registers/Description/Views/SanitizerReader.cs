using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Reads the sanitizers of a policy and holds each against its field.</summary>
internal sealed class SanitizerReader(BlockProblems problems)
{
    /// <summary>Whether a write acts on a field at all.</summary>
    public static bool IsWritable(FieldModel field)
        => field.Access != FieldAccess.ReadOnly && field.Reserved == ReservedKind.None && !field.IsHardwareInitialised && !field.IsWrittenAsRead;

    /// <summary>Reads the sanitizers of a policy, in the order of the register's fields.</summary>
    /// <param name="policy">The policy's element.</param>
    /// <param name="register">The register.</param>
    /// <param name="writable">The bits that the view's party may write.</param>
    public EquatableArray<SanitizerModel> Read(MarkupElement policy, RegisterModel register, ulong writable)
    {
        SortedDictionary<int, SanitizerModel> sanitizers = [];
        for (MarkupElement? element = policy.FirstChild; element is not null; element = element.NextSibling)
        {
            if (element.Attribute(TrapGrammar.Field) is not { } name || !TryFindField(name, register, out int index))
            {
                continue;
            }

            FieldModel field = register.Fields[index];
            if (sanitizers.ContainsKey(index))
            {
                problems.Add(ProblemRules.DuplicateSanitizer, name.File, name.ValueRange, field.Name);
            }
            else if (!IsWritable(field) || (field.Mask & writable) == 0)
            {
                Refuse(name, element, field, "no write to it passes in this view, so there is nothing to sanitize");
            }
            else
            {
                sanitizers.Add(index, ReadOne(element, index, field, writable));
            }
        }

        bool masksTheRest = policy.Attribute(TrapGrammar.Sanitize) is { IsValid: true };
        for (int index = 0; masksTheRest && index < register.Fields.Count; index++)
        {
            FieldModel field = register.Fields[index];
            if (IsWritable(field) && (field.Mask & writable) != 0 && !sanitizers.ContainsKey(index))
            {
                sanitizers.Add(index, new SanitizerModel(index, SanitizerKind.Mask, 0, 0, false, "", 0, 0, ""));
            }
        }

        return new EquatableArray<SanitizerModel>(sanitizers.Values.ToArray());
    }

    private bool TryFindField(MarkupAttribute name, RegisterModel register, out int index)
    {
        for (index = 0; index < register.Fields.Count; index++)
        {
            if (register.Fields[index].Name == name.Text)
            {
                return true;
            }
        }

        string hint = Spelling.DidYouMean(name.Text, register.Fields.Select(field => field.Name));
        problems.Add(ProblemRules.UnknownReference, name.File, name.ValueRange, "field", name.Text, "in '" + register.Name + "'", hint);
        return false;
    }

    private SanitizerModel ReadOne(MarkupElement element, int index, FieldModel field, ulong writable)
    {
        SanitizerModel sanitizer = new(index, SanitizerKind.Mask, 0, 0, false, "", 0, 0, "");
        if (element.Grammar == TrapGrammar.Mask)
        {
            return sanitizer;
        }

        if (element.Grammar == TrapGrammar.Method)
        {
            return sanitizer with { Kind = SanitizerKind.Method, Method = element.Attribute(TrapGrammar.MethodName)?.Text ?? "" };
        }

        MarkupAttribute name = element.Attribute(TrapGrammar.Field)!;
        if (field.Write != WriteAction.Store)
        {
            Refuse(name, element, field, "what is written to it is not stored (modifiedWriteValues), so it has no value to check; use trap:mask or trap:method");
        }

        if (element.Grammar == TrapGrammar.Range)
        {
            return ReadRange(element, field, sanitizer, writable);
        }

        if (element.Grammar == TrapGrammar.Enumerated)
        {
            if (!field.WrittenValues.Any())
            {
                Refuse(name, element, field, field.Values.Count == 0 ? "it has no enumeratedValues" : "its enumeratedValues are for reads only");
            }

            return sanitizer with { Kind = SanitizerKind.Enumerated };
        }

        return element.Grammar == TrapGrammar.GuestAddress
            ? ReadGuestAddress(element, field, sanitizer)
            : sanitizer with { Kind = SanitizerKind.OwnedIndex, Subject = Subject(element, TrapGrammar.IndexSubject) };
    }

    private SanitizerModel ReadRange(MarkupElement element, FieldModel field, SanitizerModel sanitizer, ulong writable)
    {
        MarkupAttribute? minimum = element.Attribute(TrapGrammar.Minimum);
        MarkupAttribute? maximum = element.Attribute(TrapGrammar.Maximum);
        if (minimum is not { IsValid: true } || maximum is not { IsValid: true })
        {
            return sanitizer;
        }

        if (minimum.Number > maximum.Number)
        {
            Refuse(minimum, element, field, "its minimum is above its maximum");
        }
        else if (maximum.Number > MaskComputation.All(field.WidthBits))
        {
            Refuse(maximum, element, field, "the field has " + Number(field.WidthBits) + " bits only");
        }
        else if (field.Constraint is { Kind: WriteConstraintKind.Range } constraint && (minimum.Number < constraint.Minimum || maximum.Number > constraint.Maximum))
        {
            string most = string.Format(CultureInfo.InvariantCulture, "the field's writeConstraint lets in {0} to {1} only", constraint.Minimum, constraint.Maximum);
            Refuse(minimum.Number < constraint.Minimum ? minimum : maximum, element, field, most);
        }

        MarkupAttribute? otherwise = element.Attribute(TrapGrammar.Otherwise);
        bool clamps = otherwise is { Number: 1 };
        if (clamps && (field.Mask & ~writable) != 0)
        {
            Refuse(otherwise!, element, field, "only part of it is writable in this view, so it may not come to the nearest bound; use otherwise=\"ignore\"");
        }

        return sanitizer with { Kind = SanitizerKind.Range, Minimum = minimum.Number, Maximum = maximum.Number, Clamps = clamps };
    }

    private SanitizerModel ReadGuestAddress(MarkupElement element, FieldModel field, SanitizerModel sanitizer)
    {
        MarkupAttribute? size = element.Attribute(TrapGrammar.SizeBytes);
        MarkupAttribute? alignment = element.Attribute(TrapGrammar.Alignment);
        ulong sizeBytes = size is { IsValid: true } ? size.Number : 1;
        ulong alignmentBytes = alignment is { IsValid: true } ? alignment.Number : 1;
        if (alignmentBytes == 0 || (alignmentBytes & (alignmentBytes - 1)) != 0)
        {
            Refuse(alignment!, element, field, "its alignment is not a power of two");
        }

        if (sizeBytes == 0)
        {
            Refuse(size!, element, field, "its size is zero, so nothing would be checked");
        }

        if (size is null || alignment is null)
        {
            string missing = size is null ? alignment is null ? "a size and an alignment" : "a size" : "an alignment";
            problems.Add(ProblemRules.IncompleteGuestAddress, element, field.Name, missing);
        }

        return sanitizer with
        {
            Kind = SanitizerKind.GuestAddress,
            Subject = Subject(element, TrapGrammar.AddressSubject),
            SizeBytes = sizeBytes,
            AlignmentBytes = alignmentBytes,
        };
    }

    private static string Subject(MarkupElement element, AttributeGrammar kind) => element.Attribute(kind)?.Text ?? "";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Refuse(MarkupAttribute at, MarkupElement element, FieldModel field, string why)
        => problems.Add(ProblemRules.UnfitSanitizer, at.File, at.ValueRange, element.Grammar.Name, field.Name, why);
}
