using Sluice.Generators.Layout;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>The stored value of each register, as the device's own side reads and sets it: no masks, no effects, no hooks.</summary>
internal static class StateEmitter
{
    /// <summary>Writes a property, or two methods for an array.</summary>
    public static void Emit(SourceWriter writer, ViewLayout layout, RegisterPolicy policy)
    {
        if (policy.Register.Dimension.IsArray)
        {
            EmitArray(writer, policy);
        }
        else
        {
            EmitSingle(writer, layout, policy);
        }

        writer.Line();
    }

    private static void EmitSingle(SourceWriter writer, ViewLayout layout, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        string slot = Literal.Number(layout.SlotOf(register.Offset));
        string next = Literal.Number(layout.SlotOf(register.Offset) + 1);
        XmlDoc.Summary(writer, "The stored value of " + register.Name + ", for hooks and the device's own side.");
        string shift = Literal.Number((register.Offset & 3) * 8);
        if (policy.IsConstant)
        {
            writer.Line("public readonly " + register.TypeName + " " + register.TypeName + " => " + Get(register, slot, next, shift) + ";");
            return;
        }

        using (writer.Block("public " + register.TypeName + " " + register.TypeName))
        {
            writer.Line("readonly get => " + Get(register, slot, next, shift) + ";");
            writer.Line(Library.Inline);
            using (writer.Block("set"))
            {
                EmitSet(writer, register, slot, next, shift);
            }
        }
    }

    private static void EmitArray(SourceWriter writer, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        string offset = Literal.UInt(register.Offset) + " + (element * " + Literal.UInt(register.Dimension.StrideBytes) + ")";
        XmlDoc.Summary(writer, "The stored value of an element of " + register.Name + ", for hooks and the device's own side.");
        XmlDoc.Parameter(writer, "element", "Which element; one that does not exist reads zero.");
        using (writer.Block("public readonly " + register.TypeName + " Get" + register.TypeName + "(uint element)"))
        {
            EmitElement(writer, register, offset, "return default;");
            writer.Line("return " + Get(register, "slot", "slot + 1", "shift") + ";");
        }

        if (policy.IsConstant)
        {
            return;
        }

        writer.Line();
        XmlDoc.Summary(writer, "Sets the stored value of an element of " + register.Name + ".");
        XmlDoc.Parameter(writer, "element", "Which element; nothing happens for one that does not exist.");
        XmlDoc.Parameter(writer, "value", "The value.");
        using (writer.Block("public void Set" + register.TypeName + "(uint element, " + register.TypeName + " value)"))
        {
            EmitElement(writer, register, offset, "return;");
            EmitSet(writer, register, "slot", "slot + 1", "shift");
        }
    }

    private static void EmitElement(SourceWriter writer, RegisterModel register, string offset, string leave)
    {
        using (writer.Block("if (element >= " + Literal.UInt(register.Dimension.Count) + ")"))
        {
            writer.Line(leave);
        }

        writer.Line();
        writer.Line("uint offset = " + offset + ";");
        writer.Line("int slot = (int)Tables.Slot(offset);");
        if (register.WidthBits < 32)
        {
            writer.Line("int shift = (int)(offset & 3u) * 8;");
        }
    }

    private static string Get(RegisterModel register, string slot, string next, string shift) => register.WidthBits switch
    {
        64 => "new(_words[" + slot + "] | ((ulong)_words[" + next + "] << 32))",
        32 => "new(_words[" + slot + "])",
        _ => "new((" + RegisterText.Carrier(register.WidthBits) + ")(_words[" + slot + "] >> " + shift + "))",
    };

    private static void EmitSet(SourceWriter writer, RegisterModel register, string slot, string next, string shift)
    {
        switch (register.WidthBits)
        {
            case 64:
                writer.Line("_words[" + slot + "] = (uint)value.Value;");
                writer.Line("_words[" + next + "] = (uint)(value.Value >> 32);");
                break;
            case 32:
                writer.Line("_words[" + slot + "] = value.Value;");
                break;
            default:
                string mask = register.WidthBits == 8 ? "0xFFu" : "0xFFFFu";
                writer.Line("_words[" + slot + "] = (_words[" + slot + "] & ~(" + mask + " << " + shift + ")) | ((uint)value.Value << " + shift + ");");
                break;
        }
    }
}
