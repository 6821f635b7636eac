using System.Collections.Generic;
using System.Linq;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>What a view must do directly after a reset, as data: made of the description, not of the tables that are tested by it.</summary>
internal static class ConformanceEmitter
{
    private const ulong ReadElsewhere = 1;
    private const ulong WrittenElsewhere = 2;
    private const ulong Absent = 4;
    private const ulong WholeOnly = 8;
    private const ulong NotWhole = 16;
    private const ulong ElementResets = 32;
    private const ulong HoldsHalves = 64;

    /// <summary>Writes the cases of a view.</summary>
    public static void Emit(SourceWriter writer, ViewLayout layout)
    {
        XmlDoc.Summary(writer, "What the view must do after a reset, to be tested.");
        using (writer.Block("public readonly struct Conformance : " + Library.Namespace + "IConformanceCases"))
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line("public static " + Library.ReadOnlySpan + "<ulong> Cases =>");
            writer.Line("[");
            using (writer.Indent())
            {
                foreach (RegisterPolicy policy in layout.Policies)
                {
                    writer.Line(string.Join(", ", Case(layout, policy).Select(static value => Literal.Hex(value))) + ",");
                }
            }

            writer.Line("];");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line("public static ulong Absent => " + (layout.View.AbsentOnes ? "ulong.MaxValue" : "0") + ";");
        }

        writer.Line();
    }

    private static IEnumerable<ulong> Case(ViewLayout layout, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        BitMasks masks = register.Masks;
        ulong reset = policy.Policy.ResetOf(register, 0);
        ulong open = Open(layout, policy) & policy.Policy.Writable;
        ulong unforeseen = policy.IsConstant ? 0 : masks.Writable & policy.Policy.Writable & Unforeseen(layout, policy);
        ulong changes = policy.IsConstant ? 0 : (masks.Writable & open) | unforeseen;
        yield return register.Offset | ((ulong)register.WidthBits / 8 << 32) | (Traits(layout, policy) << 40);
        yield return register.Dimension.Count | ((ulong)register.Dimension.StrideBytes << 32);
        yield return reset & policy.Readable;
        yield return policy.Readable;
        yield return changes;
        yield return policy.IsConstant ? 0 : masks.Store & ~masks.ReadEffects & open & ~unforeseen;
        yield return changes & masks.OneToClear & ~unforeseen;
        yield return changes & masks.OneToSet & ~unforeseen;
    }

    private static ulong Traits(ViewLayout layout, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        uint permitted = register.Widths.Otherwise == OtherWidths.Lanes ? 0 : register.Widths.Permitted;
        uint own = (uint)register.WidthBits / 8;
        return (policy.SeesReads || AsksElements(layout, policy) ? ReadElsewhere : 0)
            | (policy.SeesWrites ? WrittenElsewhere : 0)
            | (register.Present is { } present && !Holds(layout, present) ? Absent : 0)
            | (permitted != 0 && (permitted & 1) == 0 ? WholeOnly : 0)
            | (permitted != 0 && (permitted & own) == 0 ? NotWhole : 0)
            | (register.ElementResets.Count != 0 && !policy.Policy.HasOwnReset ? ElementResets : 0)
            | (policy.HoldsHalves ? HoldsHalves : 0);
    }

    // Whether a condition has another answer for each element.
    private static bool AsksElements(ViewLayout layout, RegisterPolicy policy)
        => policy.Register.Fields.Select(static field => field.WriteEnable).Append(policy.Register.WriteEnable).Append(policy.Register.Present)
            .Any(condition => condition is not null && layout.Block.Registers[condition.Register].ElementResets.Count != 0);

    // The bits that no lock closes after a reset.
    private static ulong Open(ViewLayout layout, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        if (register.WriteEnable is { } enable && !Holds(layout, enable))
        {
            return 0;
        }

        return register.Fields.Where(field => field.WriteEnable is { } condition && !Holds(layout, condition)).Aggregate(ulong.MaxValue, static (bits, field) => bits & ~field.Mask);
    }

    // The bits whose lock lies in the other half of the register: the write that tries them may move the lock before it reaches them.
    private static ulong Unforeseen(ViewLayout layout, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        return register.Fields.Select(static field => (Lock: field.WriteEnable, field.Mask)).Append((Lock: register.WriteEnable, Mask: policy.AllBits))
            .Where(locked => locked.Lock is not null && layout.Block.Registers[locked.Lock.Register] == register)
            .Aggregate(0ul, (bits, locked) => bits | (locked.Mask & OtherHalf(register.Fields[locked.Lock!.Field].Mask)));
    }

    private static ulong OtherHalf(ulong bits)
        => ((bits & uint.MaxValue) != 0 ? ~(ulong)uint.MaxValue : 0) | (bits > uint.MaxValue ? uint.MaxValue : 0);

    private static bool Holds(ViewLayout layout, ConditionModel condition)
    {
        RegisterPolicy? asked = layout.Policies.FirstOrDefault(policy => policy.Register == layout.Block.Registers[condition.Register]);
        FieldModel field = layout.Block.Registers[condition.Register].Fields[condition.Field];
        return asked is not null && ((asked.Policy.ResetOf(asked.Register, 0) & field.Mask) >> field.LowBit == condition.Value) != condition.IsNegated;
    }
}
