using System.Collections.Generic;
using System.Linq;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>The check of one field, over the register's merged value in a local <c>bits</c>.</summary>
internal static class CheckEmitter
{
    /// <summary>Writes the check.</summary>
    public static void Emit(SourceWriter writer, RegisterPolicy policy, WriteCheck check, string former)
    {
        RegisterModel register = policy.Register;
        FieldModel field = check.Field;
        SanitizerModel sanitizer = check.Sanitizer;
        string mask = Literal.Unsigned(check.Bits, register.WidthBits);
        string keep = "bits = (bits & ~" + mask + ") | (" + former + " & " + mask + ");";
        string question = sanitizer.Kind is SanitizerKind.Range or SanitizerKind.Enumerated
            ? ""
            : "hooks." + HooksEmitter.Question(register, sanitizer) + "(" + (register.Dimension.IsArray ? "element, " : "");
        switch (sanitizer.Kind)
        {
            case SanitizerKind.Range:
                EmitRange(writer, register, check, mask, keep);
                break;
            case SanitizerKind.Enumerated:
                writer.Line(Field(register, check));
                Unless(writer, "field is not (" + string.Join(" or ", field.WrittenValues.Select(value => Literal.Unsigned(value, field.WidthBits))) + ")", keep);
                break;
            case SanitizerKind.GuestAddress:
                writer.Line("ulong address = bits & " + Literal.Unsigned(field.Mask, register.WidthBits) + ";");
                string aligned = sanitizer.AlignmentBytes > 1 ? "(address & " + Literal.ULong(sanitizer.AlignmentBytes - 1) + ") != 0 || " : "";
                Unless(writer, aligned + "!" + question + "new " + Library.GuestAddress + "(address), " + Literal.ULong(sanitizer.SizeBytes) + ")", keep);
                break;
            case SanitizerKind.OwnedIndex:
                writer.Line(Field(register, check));
                Unless(writer, "!" + question + "field)", keep);
                break;
            default:
                writer.Line(Field(register, check));
                writer.Line("bits = (bits & ~" + mask + ") | (((" + RegisterText.Number(register.WidthBits) + ")" + question + "field) << " + Literal.Number(field.LowBit) + ") & " + mask + ");");
                break;
        }
    }

    private static void EmitRange(SourceWriter writer, RegisterModel register, WriteCheck check, string mask, string keep)
    {
        FieldModel field = check.Field;
        SanitizerModel sanitizer = check.Sanitizer;
        List<string> outside = [];
        string below = "field < " + Literal.Unsigned(sanitizer.Minimum, field.WidthBits);
        if (sanitizer.Minimum != 0)
        {
            outside.Add(below);
        }

        if (sanitizer.Maximum < field.Mask >> field.LowBit)
        {
            outside.Add("field > " + Literal.Unsigned(sanitizer.Maximum, field.WidthBits));
        }

        if (outside.Count == 0)
        {
            return;
        }

        string minimum = Literal.Unsigned(sanitizer.Minimum << field.LowBit, register.WidthBits);
        string maximum = Literal.Unsigned(sanitizer.Maximum << field.LowBit, register.WidthBits);
        string nearest = outside.Count == 2 ? "(" + below + " ? " + minimum + " : " + maximum + ")" : sanitizer.Minimum != 0 ? minimum : maximum;
        writer.Line(Field(register, check));
        Unless(writer, string.Join(" || ", outside), sanitizer.Clamps ? "bits = (bits & ~" + mask + ") | (" + nearest + " & " + mask + ");" : keep);
    }

    // Of a register as one, what is stored of a write: the rest is not the writer's to say.
    private static string Field(RegisterModel register, WriteCheck check)
    {
        FieldModel field = check.Field;
        ulong mask = check.IsOfWhole ? check.Bits : field.Mask;
        string bits = (field.LowBit == 0 ? "bits" : "(bits >> " + Literal.Number(field.LowBit) + ")") + " & " + Literal.Unsigned(mask >> field.LowBit, register.WidthBits);
        string number = RegisterText.Number(field.WidthBits);
        return number + " field = " + (register.WidthBits > 32 && field.WidthBits <= 32 ? "(uint)(" + bits + ")" : bits) + ";";
    }

    private static void Unless(SourceWriter writer, string condition, string consequence)
    {
        using (writer.Block("if (" + condition + ")"))
        {
            writer.Line(consequence);
        }
    }
}
