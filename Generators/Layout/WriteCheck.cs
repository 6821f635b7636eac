using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Generators.Layout;

/// <summary>What a write of a field must pass before anything behind the view sees it; else the field stays as it was.</summary>
/// <param name="Field">The field; the register as one, for what is asked of its whole value.</param>
/// <param name="Bits">Those of its bits that may stay as they were.</param>
/// <param name="Sanitizer">What is asked, in the words of a sanitizer.</param>
internal sealed record WriteCheck(FieldModel Field, ulong Bits, SanitizerModel Sanitizer)
{
    /// <summary>Whether it is about the value of the register as one.</summary>
    public bool IsOfWhole => Sanitizer.Field < 0;

    /// <summary>The checks of a register: of each field whether the party may, then whether the hardware takes what came of it; of the whole value last.</summary>
    public static IEnumerable<WriteCheck> Of(RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        ulong stored = register.Masks.Store & policy.Policy.Writable;
        if (policy.IsConstant || policy.Policy.Writable == 0)
        {
            yield break;
        }

        SanitizerModel[] sanitizers = [.. policy.Policy.Sanitizers];
        for (int index = 0; index < register.Fields.Count; index++)
        {
            FieldModel field = register.Fields[index];
            SanitizerModel? sanitizer = sanitizers.FirstOrDefault(one => one.Field == index);
            ulong bits = field.Mask & policy.Policy.Writable;
            if (sanitizer is not null && sanitizer.Kind != SanitizerKind.Mask)
            {
                yield return new WriteCheck(field, bits, sanitizer);
            }

            bool isConstrained = (field.Mask & stored) != 0 && field.Constraint.Kind is WriteConstraintKind.Range or WriteConstraintKind.EnumeratedValues;
            if (isConstrained && !Covers(sanitizer, field.Constraint))
            {
                yield return new WriteCheck(field, bits, Constrained(index, field.Constraint));
            }
        }

        if (register.Constraint.Kind == WriteConstraintKind.Range && stored != 0)
        {
            FieldModel whole = new(register.Name, register.TypeName, "", 0, register.WidthBits, FieldAccess.ReadWrite, WriteAction.Store, ReadAction.None, ReservedKind.None, false, false, default, "");
            yield return new WriteCheck(whole, stored, Constrained(-1, register.Constraint));
        }
    }

    // A sanitizer of the constraint's own kind lets in no more than it, and may say what else becomes of other values.
    private static bool Covers(SanitizerModel? sanitizer, WriteConstraint constraint) => sanitizer?.Kind switch
    {
        SanitizerKind.Range => constraint.Kind == WriteConstraintKind.Range,
        SanitizerKind.Enumerated => constraint.Kind == WriteConstraintKind.EnumeratedValues,
        _ => false,
    };

    private static SanitizerModel Constrained(int field, WriteConstraint constraint)
        => new(field, constraint.Kind == WriteConstraintKind.Range ? SanitizerKind.Range : SanitizerKind.Enumerated, constraint.Minimum, constraint.Maximum, false, "", 0, 0, "");
}
