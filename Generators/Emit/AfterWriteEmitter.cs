using System;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>What follows a write that the tables have merged: the checks of constraints and sanitizers, then the hook or the hardware.</summary>
internal static class AfterWriteEmitter
{
    /// <summary>The call of a register's method.</summary>
    public static string Call(ViewContext view, RegisterPolicy policy, string element, string old, string lanes, string written)
        => "After" + policy.Register.TypeName + "(" + (element.Length == 0 ? "" : element + ", ") + old + ", " + lanes + (policy.IsPassthrough ? ", " + written : "") + view.Argument + ");";

    /// <summary>Writes a register's method.</summary>
    public static void Emit(SourceWriter writer, ViewContext view, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        string written = policy.IsPassthrough ? ", " + Library.GuestControlled + " ulong written" : "";
        using (writer.Block("private void After" + register.TypeName + view.Generic + "(" + HooksEmitter.ElementParameter(register) + register.TypeName + " old, " + Library.Lanes + " lanes" + written + view.Parameter + ")" + view.Constraint))
        {
            if (policy.IsPassthrough)
            {
                PassthroughEmitter.EmitWrite(writer, policy);
            }
            else
            {
                EmitStored(writer, view.Layout, policy);
            }
        }

        writer.Line();
    }

    /// <summary>Writes the checks of a write over a local <c>bits</c>; a field that does not pass takes its bits of <paramref name="former"/>.</summary>
    public static void EmitChecks(SourceWriter writer, RegisterPolicy policy, string former)
        => EmitChecks(writer, policy, former, check =>
        {
            // A field that a lock may have kept as it is, is asked about only if it changed.
            FieldModel field = check.Field;
            string mask = Literal.Unsigned(field.Mask, policy.Register.WidthBits);
            bool mayBeLocked = field.WriteEnable is not null && policy.IsLockable;
            return "(lanes.Bits & " + Literal.UInt(FieldLanes(field)) + ") != 0" + (mayBeLocked ? " && ((bits ^ " + former + ") & " + mask + ") != 0" : "");
        });

    /// <summary>Writes the checks over a local <c>bits</c>, each under a condition.</summary>
    public static void EmitChecks(SourceWriter writer, RegisterPolicy policy, string former, Func<WriteCheck, string> condition)
    {
        foreach (WriteCheck check in policy.Checks)
        {
            using (writer.Block("if (" + condition(check) + ")"))
            {
                CheckEmitter.Emit(writer, policy, check, former);
            }

            writer.Line();
        }
    }

    /// <summary>Sets the stored value of the register.</summary>
    public static string Store(RegisterModel register, string bits)
    {
        string value = "new " + register.TypeName + "(" + (register.WidthBits is 32 or 64 ? bits : "(" + RegisterText.Carrier(register.WidthBits) + ")" + bits) + ")";
        return register.Dimension.IsArray ? "Set" + register.TypeName + "(element, " + value + ");" : register.TypeName + " = " + value + ";";
    }

    private static void EmitStored(SourceWriter writer, ViewLayout layout, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        string stored = DispatchEmitter.Stored(register, "element");
        if (policy.HasChecks)
        {
            writer.Line(RegisterText.Number(register.WidthBits) + " bits = " + stored + ".Value;");
            EmitChecks(writer, policy, "old.Value");
            writer.Line(Store(register, "bits"));
        }

        if (policy.Policy.HooksWrite && register.Window is not null)
        {
            WindowEmitter.EmitWrite(writer, layout, policy);
        }
        else if (policy.Policy.HooksWrite && (register.Fifo & FifoKind.Push) != 0)
        {
            writer.Line("hooks.Push" + register.TypeName + "(ref this, " + (register.Dimension.IsArray ? "element, " : "") + stored + ");");
        }
        else if (policy.Policy.HooksWrite)
        {
            writer.Line("hooks.Write" + register.TypeName + "(ref this, " + (register.Dimension.IsArray ? "element, " : "") + "old, " + stored + ", lanes);");
        }
    }

    private static uint FieldLanes(FieldModel field)
    {
        int first = field.LowBit / 8;
        int last = (field.LowBit + field.WidthBits - 1) / 8;
        return ((1u << (last - first + 1)) - 1) << first;
    }
}
