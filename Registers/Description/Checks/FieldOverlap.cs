using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Finds fields that share bits. A field that is only read and one that is only written may: they are two faces of the same bits.</summary>
internal static class FieldOverlap
{
    public static void Check(List<(FieldModel Model, MarkupElement Element)> fields, string register, BlockProblems problems)
    {
        FieldModel?[] readers = new FieldModel?[64];
        FieldModel?[] writers = new FieldModel?[64];
        foreach ((FieldModel field, MarkupElement element) in fields)
        {
            bool isRead = field.Reserved != ReservedKind.None || field.Access is not (FieldAccess.WriteOnly or FieldAccess.WriteOnce);
            bool isWritten = field.Reserved != ReservedKind.None || field.Access != FieldAccess.ReadOnly;
            FieldModel? other = null;
            for (int bit = field.LowBit; bit < field.LowBit + field.WidthBits; bit++)
            {
                other ??= (isRead ? readers[bit] : null) ?? (isWritten ? writers[bit] : null);
                readers[bit] ??= isRead ? field : null;
                writers[bit] ??= isWritten ? field : null;
            }

            if (other is not null)
            {
                Report(field, other, element, register, problems);
            }
        }
    }

    private static void Report(FieldModel field, FieldModel other, MarkupElement element, string register, BlockProblems problems)
        => problems.Add(
            ProblemRules.FieldsOverlap,
            element.File,
            FieldPlace.RangeOf(element),
            field.Name,
            Number(field.LowBit + field.WidthBits - 1),
            Number(field.LowBit),
            other.Name,
            Number(other.LowBit + other.WidthBits - 1),
            Number(other.LowBit),
            register);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
