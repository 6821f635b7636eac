using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Reads SVD's <c>writeConstraint</c>.</summary>
internal static class ConstraintReader
{
    /// <summary>Reads the write constraint of a register: a range is of its whole value, the others hold for each of its fields.</summary>
    public static WriteConstraint Read(MarkupElement register, int widthBits, BlockProblems problems)
        => Read(register, register.Inherited(SvdGrammar.WriteConstraint), widthBits, problems);

    /// <summary>Reads the write constraint of a field: its own, or what its register says of each.</summary>
    public static WriteConstraint Read(MarkupElement field, MarkupElement register, int widthBits, bool isNamed, BlockProblems problems)
    {
        MarkupElement? own = field.Inherited(SvdGrammar.WriteConstraint);
        MarkupElement? outer = register.Inherited(SvdGrammar.WriteConstraint);
        WriteConstraint constraint = Read(field, own ?? (outer?.Child(SvdGrammar.ConstraintRange) is null ? outer : null), widthBits, problems);
        if (constraint.Kind != WriteConstraintKind.EnumeratedValues || isNamed)
        {
            return constraint;
        }

        // A register's constraint is about those of its fields that have named values.
        return own is null ? default : Refuse(field, own.File, own.NameRange, "no value has a name for who writes it (enumeratedValues)", problems);
    }

    private static WriteConstraint Read(MarkupElement owner, MarkupElement? constraint, int widthBits, BlockProblems problems)
    {
        MarkupElement? holds = null;
        for (MarkupElement? child = constraint?.FirstChild; child is not null; child = child.NextSibling)
        {
            // A word that is false says nothing.
            if (child.Grammar != SvdGrammar.ConstraintRange && child.Number != 1)
            {
                continue;
            }

            if (holds is not null)
            {
                problems.Add(ProblemRules.LeftOut, child, child.Grammar.Name, "a writeConstraint is one of 'range', 'writeAsRead' and 'useEnumeratedValues', and '" + holds.Grammar.Name + "' stands before it");
                continue;
            }

            holds = child;
        }

        return holds is null ? default
            : holds.Grammar == SvdGrammar.ConstraintRange ? Range(owner, holds, widthBits, problems)
            : new WriteConstraint(holds.Grammar == SvdGrammar.WriteAsRead ? WriteConstraintKind.WriteAsRead : WriteConstraintKind.EnumeratedValues, 0, 0);
    }

    private static WriteConstraint Range(MarkupElement owner, MarkupElement range, int widthBits, BlockProblems problems)
    {
        MarkupElement? minimum = range.Child(SvdGrammar.Minimum);
        MarkupElement? maximum = range.Child(SvdGrammar.Maximum);
        if (minimum is not { IsValid: true } || maximum is not { IsValid: true })
        {
            return default;
        }

        if (minimum.Number > maximum.Number)
        {
            return Refuse(owner, range.File, range.NameRange, "its minimum is above its maximum", problems);
        }

        if (maximum.Number > MaskComputation.All(widthBits))
        {
            string why = string.Format(CultureInfo.InvariantCulture, "{0} needs more than {1} bits", maximum.Text, widthBits);
            return Refuse(owner, maximum.File, maximum.ContentRange, why, problems);
        }

        return new WriteConstraint(WriteConstraintKind.Range, minimum.Number, maximum.Number);
    }

    private static WriteConstraint Refuse(MarkupElement owner, MarkupFile file, TextRange at, string why, BlockProblems problems)
    {
        if (file.IsVendors)
        {
            problems.Add(ProblemRules.LeftOut, file, at, "writeConstraint", "it does not fit '" + owner.Name + "', " + why);
        }
        else
        {
            problems.Add(ProblemRules.WriteConstraintOutsideField, file, at, owner.Name, why);
        }

        return default;
    }
}
