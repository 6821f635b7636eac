using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Reads how a view treats one register.</summary>
internal sealed class PolicyReader(BlockProblems problems, string block)
{
    private readonly SanitizerReader _sanitizers = new(problems);

    /// <summary>Reads a policy.</summary>
    /// <param name="element">Its element.</param>
    /// <param name="index">Which register of the block it is about.</param>
    /// <param name="register">That register.</param>
    /// <param name="view">The view's name.</param>
    public PolicyModel Read(MarkupElement element, int index, RegisterModel register, string view)
    {
        if (element.Grammar == TrapGrammar.Denied)
        {
            return new PolicyModel(index, PolicyKind.Denied, 0, 0, 0, false, false, default);
        }

        if (element.Grammar == TrapGrammar.Constant)
        {
            ulong constant = Value(element, TrapGrammar.Value, "The value", register.ResetValue, register);
            return new PolicyModel(index, PolicyKind.Constant, MaskComputation.All(register.WidthBits), 0, constant, false, false, default)
            {
                HasOwnReset = element.Attribute(TrapGrammar.Value) is { IsValid: true },
            };
        }

        PolicyKind kind = element.Grammar == TrapGrammar.Emulated
            ? PolicyKind.Emulated
            : element.Grammar == TrapGrammar.Hooked ? PolicyKind.Hooked : PolicyKind.Passthrough;
        ulong events = element.Attribute(TrapGrammar.On) is { IsValid: true } on ? on.Number + 1 : 3;
        bool hooksRead = kind == PolicyKind.Hooked && (events & 1) != 0;
        bool hooksWrite = kind == PolicyKind.Hooked && (events & 2) != 0;
        if (kind == PolicyKind.Passthrough)
        {
            RequireMask(element, TrapGrammar.Visible, "sees", register);
            RequireMask(element, TrapGrammar.Writable, "moves", register);
        }

        ulong visible = Value(element, TrapGrammar.Visible, "The visible mask", register.Masks.Readable, register);
        ulong writable = Value(element, TrapGrammar.Writable, "The writable mask", register.Masks.Writable, register);
        ulong reset = Value(element, TrapGrammar.Reset, "The reset value", register.ResetValue, register);
        CheckMask(element, TrapGrammar.Visible, visible, hooksRead ? ulong.MaxValue : register.Masks.Readable, "show", register);
        CheckMask(element, TrapGrammar.Writable, writable, register.Masks.Writable, "take", register);
        if (kind == PolicyKind.Passthrough)
        {
            CheckReach(element, register, visible, writable);
        }
        else
        {
            CheckHooks(element, register, visible, writable, hooksRead, hooksWrite);
        }

        EquatableArray<SanitizerModel> sanitizers = _sanitizers.Read(element, register, writable);
        CheckSanitizers(element, register, writable, sanitizers, view);
        CheckHalves(element, register, kind, hooksRead || hooksWrite, sanitizers, writable, view);
        return new PolicyModel(index, kind, visible, writable, reset, hooksRead, hooksWrite, sanitizers)
        {
            HasOwnReset = element.Attribute(TrapGrammar.Reset) is { IsValid: true },
        };
    }

    private static string Hex(ulong value) => value.ToString("X", CultureInfo.InvariantCulture);

    private void RequireMask(MarkupElement element, AttributeGrammar attribute, string verb, RegisterModel register)
    {
        if (element.Attribute(attribute) is null)
        {
            problems.Add(ProblemRules.PassthroughWithoutMask, element, register.Name, attribute.Name, verb);
        }
    }

    private ulong Value(MarkupElement element, AttributeGrammar kind, string what, ulong otherwise, RegisterModel register)
    {
        if (element.Attribute(kind) is not { IsValid: true } attribute)
        {
            return otherwise;
        }

        ulong all = MaskComputation.All(register.WidthBits);
        if ((attribute.Number & ~all) != 0)
        {
            string width = register.WidthBits.ToString(CultureInfo.InvariantCulture);
            problems.Add(ProblemRules.MaskOutsideRegister, attribute.File, attribute.ValueRange, what, Hex(attribute.Number), width, register.Name);
        }

        return attribute.Number & all;
    }

    private void CheckMask(MarkupElement element, AttributeGrammar kind, ulong mask, ulong able, string verb, RegisterModel register)
    {
        ulong beyond = mask & ~able;
        if (beyond != 0 && element.Attribute(kind) is { } attribute)
        {
            problems.Add(ProblemRules.MaskConflict, attribute.File, attribute.ValueRange, kind.Name, register.Name, Hex(beyond), verb);
        }
    }

    // The hardware knows no views: a read empties what it empties, whether or not somebody is shown it.
    private void CheckReach(MarkupElement element, RegisterModel register, ulong visible, ulong writable)
    {
        ulong read = visible == 0 ? 0 : register.Masks.ReadEffects & ~visible;
        if (read != 0)
        {
            problems.Add(ProblemRules.EffectBeyondView, element, register.Name, "read", Hex(read), "visible");
        }

        ulong written = writable == 0 ? 0 : (register.Masks.AnyClears | register.Masks.AnySets) & ~writable;
        if (written != 0)
        {
            problems.Add(ProblemRules.EffectBeyondView, element, register.Name, "write", Hex(written), "writable");
        }
    }

    private void CheckHooks(MarkupElement element, RegisterModel register, ulong visible, ulong writable, bool hooksRead, bool hooksWrite)
    {
        string policy = hooksRead ? "hooked on reads only" : hooksWrite ? "hooked on writes only" : element.Grammar.LocalName;
        ulong written = hooksWrite ? 0 : writable & register.Masks.WriteModifies;
        if (written != 0)
        {
            string why = "what a write does to it is the hardware's own (modify)";
            problems.Add(ProblemRules.HookNeeded, element, register.Name, policy, why, "write", Hex(written), "writable");
        }

        if ((register.Fifo & FifoKind.Push) != 0 && !hooksWrite && writable != 0)
        {
            problems.Add(ProblemRules.HookNeeded, element, register.Name, policy, "a write of it puts an entry into a queue", "write", Hex(writable), "writable");
        }

        if (register.Window is not null && ((!hooksWrite && writable != 0) || (!hooksRead && visible != 0)))
        {
            problems.Add(ProblemRules.HookNeeded, element, register.Name, policy, "it reaches what another register selects", "read and write", Hex(visible | writable), "visible and writable");
        }

        ulong read = hooksRead ? 0 : visible & register.Masks.ReadModifies;
        if (read != 0)
        {
            string why = "what a read of it does is the hardware's own (modify, modifyExternal)";
            problems.Add(ProblemRules.HookNeeded, element, register.Name, policy, why, "read", Hex(read), "visible");
        }
    }

    private void CheckHalves(MarkupElement element, RegisterModel register, PolicyKind kind, bool isHooked, EquatableArray<SanitizerModel> sanitizers, ulong writable, string view)
    {
        if (register.WidthBits != 64 || register.Order != WideOrder.Unsaid || register.Widths.Permitted != 0)
        {
            return;
        }

        string? what = kind == PolicyKind.Passthrough ? "reaches the hardware"
            : isHooked ? "a hook"
            : sanitizers.Any(static sanitizer => sanitizer.Kind != SanitizerKind.Mask) || HasConstraint(register, writable) ? "a field that is checked"
            : null;
        if (what is not null)
        {
            problems.Add(ProblemRules.NarrowAccess, element, register.Name, what, view);
        }
    }

    private static bool HasConstraint(RegisterModel register, ulong writable)
        => (register.Masks.Store & writable) != 0
            && (register.Constraint.Kind == WriteConstraintKind.Range
                || register.Fields.Any(field => (field.Mask & register.Masks.Store & writable) != 0 && field.Constraint.Kind is WriteConstraintKind.Range or WriteConstraintKind.EnumeratedValues));

    private void CheckSanitizers(MarkupElement element, RegisterModel register, ulong writable, EquatableArray<SanitizerModel> sanitizers, string view)
    {
        if (register.Fields.Count == 0 && writable != 0 && element.Attribute(TrapGrammar.Sanitize) is null)
        {
            string remedy = "sanitize=\"mask\" when every value is harmless, else describe its fields and sanitize them";
            problems.Add(ProblemRules.MissingSanitizer, element, register.Name, block, view, Hex(writable), remedy);
        }

        HashSet<int> sanitized = [];
        foreach (SanitizerModel sanitizer in sanitizers)
        {
            sanitized.Add(sanitizer.Field);
        }

        for (int index = 0; index < register.Fields.Count; index++)
        {
            FieldModel field = register.Fields[index];
            ulong bits = field.Mask & writable & register.Masks.Writable;
            if (bits != 0 && !sanitized.Contains(index) && SanitizerReader.IsWritable(field))
            {
                string remedy = field.Values.Count != 0
                    ? "trap:enumerated for its named values, trap:mask when every value is harmless"
                    : "trap:mask when every value is harmless, else trap:range, trap:guest-address, trap:owned-index or trap:method";
                problems.Add(ProblemRules.MissingSanitizer, element, field.Name, register.Name, view, Hex(bits), remedy);
            }
        }
    }
}
