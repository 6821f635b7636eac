using Sluice.Generators.Layout;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>Accesses to what another register selects. A selection of nothing reads zero and takes nothing.</summary>
internal static class WindowEmitter
{
    /// <summary>Writes a read into the word that is read; a local <c>element</c> is there for an array.</summary>
    public static void EmitRead(SourceWriter writer, ViewLayout layout, RegisterPolicy policy, WordPart part)
    {
        string type = policy.Register.TypeName;
        string argument = policy.Register.Dimension.IsArray ? "element, " : "";
        writer.Line("uint index = " + Index(layout, policy) + ";");
        DispatchEmitter.Show(writer, layout, policy, part, Guard(layout, policy) + "hooks.Read" + type + "(ref this, " + argument + "index).Value" + (IsTotal(layout, policy) ? "" : " : " + Zero(policy) + ")"));
    }

    /// <summary>Writes the call of a write; locals <c>element</c> and the stored value are there.</summary>
    public static void EmitWrite(SourceWriter writer, ViewLayout layout, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        string argument = register.Dimension.IsArray ? "element, " : "";
        string call = "hooks.Write" + register.TypeName + "(ref this, " + argument + "index, " + DispatchEmitter.Stored(register, "element") + ");";
        writer.Line("uint index = " + Index(layout, policy) + ";");
        if (IsTotal(layout, policy))
        {
            writer.Line(call);
            return;
        }

        using (writer.Block("if (index < " + Literal.UInt((uint)register.Window!.Count) + ")"))
        {
            writer.Line(call);
        }
    }

    private static string Guard(ViewLayout layout, RegisterPolicy policy)
        => IsTotal(layout, policy) ? "" : "(index < " + Literal.UInt((uint)policy.Register.Window!.Count) + " ? ";

    private static string Zero(RegisterPolicy policy) => "(" + RegisterText.Carrier(policy.Register.WidthBits) + ")0";

    private static bool IsTotal(ViewLayout layout, RegisterPolicy policy)
    {
        WindowModel window = policy.Register.Window!;
        return window.Count > layout.Block.Registers[window.Register].Fields[window.Field].Mask >> layout.Block.Registers[window.Register].Fields[window.Field].LowBit;
    }

    private static string Index(ViewLayout layout, RegisterPolicy policy)
    {
        WindowModel window = policy.Register.Window!;
        RegisterModel selector = layout.Block.Registers[window.Register];
        FieldModel field = selector.Fields[window.Field];
        string stored = DispatchEmitter.Stored(selector, policy.Register.Dimension.IsArray ? "element" : "0");
        return "(uint)((" + stored + ".Value >> " + Literal.Number(field.LowBit) + ") & " + Literal.Unsigned(field.Mask >> field.LowBit, selector.WidthBits) + ")";
    }
}
