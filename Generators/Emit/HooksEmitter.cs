using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>The interface of a view's hooks. A hook that is missing is a compile error, and one that nothing calls does not exist.</summary>
internal static class HooksEmitter
{
    /// <summary>The parameter that says which element of an array is meant.</summary>
    public static string ElementParameter(RegisterModel register) => register.Dimension.IsArray ? "uint element, " : "";

    /// <summary>The name of the method that a sanitizer asks.</summary>
    public static string Question(RegisterModel register, SanitizerModel sanitizer) => sanitizer.Kind switch
    {
        SanitizerKind.GuestAddress => "Accepts" + register.TypeName + register.Fields[sanitizer.Field].TypeName,
        SanitizerKind.OwnedIndex => "Owns" + register.TypeName + register.Fields[sanitizer.Field].TypeName,
        _ => sanitizer.Method,
    };

    /// <summary>Writes the interface.</summary>
    public static void Emit(SourceWriter writer, ViewContext view)
    {
        ViewLayout layout = view.Layout;
        HashSet<string> declared = new(StringComparer.Ordinal);
        bool reachesHardware = layout.Policies.Any(static policy => policy.IsPassthrough);
        XmlDoc.Summary(writer, "What " + layout.View.Name + "'s view of " + layout.Block.Name + " needs beyond its tables.");
        writer.Line(Library.TrapPath);
        using (writer.Block("public interface " + view.HooksInterface + (reachesHardware ? " : " + Library.Namespace + "IPassthroughHooks" : "")))
        {
            foreach (RegisterPolicy policy in layout.Policies)
            {
                EmitRegister(writer, view.Name, policy);
                foreach (SanitizerModel sanitizer in policy.Policy.Sanitizers)
                {
                    EmitSanitizer(writer, policy.Register, sanitizer, declared);
                }
            }
        }

        writer.Line();
    }

    private static void EmitRegister(SourceWriter writer, string view, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        string type = register.TypeName;
        if (register.Window is not null)
        {
            EmitWindow(writer, view, policy);
            return;
        }

        if (policy.Policy.HooksRead && (register.Fifo & FifoKind.Pop) != 0)
        {
            XmlDoc.Summary(writer, "A read of " + register.Name + ", which takes the oldest entry out of the queue behind it.");
            XmlDoc.Parameter(writer, "view", "The state.");
            EmitElement(writer, register);
            XmlDoc.Returns(writer, "The entry, or what an empty queue shows.");
            writer.Line(type + " Pop" + type + "(ref " + view + " view" + (register.Dimension.IsArray ? ", uint element" : "") + ");");
            writer.Line();
        }
        else if (policy.Policy.HooksRead)
        {
            XmlDoc.Summary(writer, "A read of " + register.Name + ".");
            XmlDoc.Parameter(writer, "view", "The state.");
            EmitElement(writer, register);
            XmlDoc.Parameter(writer, "stored", "What is stored; what a read of it clears or sets is cleared or set already, but not in here.");
            XmlDoc.Parameter(writer, "lanes", "The bytes of the register that are read.");
            XmlDoc.Returns(writer, "What the read shows; bits that the view does not make visible are taken out afterwards.");
            writer.Line(type + " Read" + type + "(ref " + view + " view, " + ElementParameter(register) + type + " stored, " + Library.Lanes + " lanes);");
            writer.Line();
        }

        if (policy.Policy.HooksWrite && (register.Fifo & FifoKind.Push) != 0)
        {
            XmlDoc.Summary(writer, "A write of " + register.Name + ", which puts an entry into the queue behind it.");
            XmlDoc.Parameter(writer, "view", "The state.");
            EmitElement(writer, register);
            XmlDoc.Parameter(writer, "value", "The entry, sanitized.");
            writer.Line("void Push" + type + "(ref " + view + " view, " + ElementParameter(register) + type + " value);");
            writer.Line();
        }
        else if (policy.Policy.HooksWrite)
        {
            XmlDoc.Summary(writer, "A write of " + register.Name + ", after it was merged, sanitized and stored.");
            XmlDoc.Parameter(writer, "view", "The state; the hook may set the stored value back.");
            EmitElement(writer, register);
            XmlDoc.Parameter(writer, "old", "What was stored before.");
            XmlDoc.Parameter(writer, "value", "What is stored now.");
            XmlDoc.Parameter(writer, "lanes", "The bytes of the register that were written.");
            writer.Line("void Write" + type + "(ref " + view + " view, " + ElementParameter(register) + type + " old, " + type + " value, " + Library.Lanes + " lanes);");
            writer.Line();
        }
    }

    private static void EmitWindow(SourceWriter writer, string view, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        string type = register.TypeName;
        if (policy.Policy.HooksRead)
        {
            XmlDoc.Summary(writer, "A read of " + register.Name + ": of what is selected.");
            XmlDoc.Parameter(writer, "view", "The state.");
            EmitElement(writer, register);
            XmlDoc.Parameter(writer, "index", "Which one is selected; there is such a one.");
            XmlDoc.Returns(writer, "What the read shows; bits that the view does not make visible are taken out afterwards.");
            writer.Line(type + " Read" + type + "(ref " + view + " view, " + ElementParameter(register) + "uint index);");
            writer.Line();
        }

        if (policy.Policy.HooksWrite)
        {
            XmlDoc.Summary(writer, "A write of " + register.Name + ": of what is selected.");
            XmlDoc.Parameter(writer, "view", "The state.");
            EmitElement(writer, register);
            XmlDoc.Parameter(writer, "index", "Which one is selected; there is such a one.");
            XmlDoc.Parameter(writer, "value", "What is written, sanitized.");
            writer.Line("void Write" + type + "(ref " + view + " view, " + ElementParameter(register) + "uint index, " + type + " value);");
            writer.Line();
        }
    }

    private static void EmitSanitizer(SourceWriter writer, RegisterModel register, SanitizerModel sanitizer, HashSet<string> declared)
    {
        FieldModel field = register.Fields[sanitizer.Field];
        string number = RegisterText.Number(field.WidthBits);
        string full = register.Name + "." + field.Name;
        string name = Question(register, sanitizer);
        string element = ElementParameter(register);
        if (sanitizer.Kind is SanitizerKind.Mask or SanitizerKind.Range or SanitizerKind.Enumerated || !declared.Add(name + "(" + element + number))
        {
            return;
        }

        switch (sanitizer.Kind)
        {
            case SanitizerKind.GuestAddress:
                XmlDoc.Summary(writer, "Whether " + full + " may point to an address of the guest: " + sanitizer.Subject + ".");
                EmitElement(writer, register);
                XmlDoc.Parameter(writer, "address", "The guest's address: the field's bits where they lie in the register.");
                XmlDoc.Parameter(writer, "sizeBytes", "How many bytes from there on must be the guest's.");
                XmlDoc.Returns(writer, "False leaves the field as it was.");
                writer.Line("bool " + name + "(" + element + Library.GuestAddress + " address, ulong sizeBytes);");
                break;
            case SanitizerKind.OwnedIndex:
                XmlDoc.Summary(writer, "Whether the guest owns what " + full + " names: a " + sanitizer.Subject + ".");
                EmitElement(writer, register);
                XmlDoc.Parameter(writer, "index", "Which one the guest means; not checked yet.");
                XmlDoc.Returns(writer, "False leaves the field as it was.");
                writer.Line("bool " + name + "(" + element + Library.GuestControlled + " " + number + " index);");
                break;
            default:
                XmlDoc.Summary(writer, "Makes a guest's value of " + full + " fit.");
                EmitElement(writer, register);
                XmlDoc.Parameter(writer, "value", "What the guest wrote, right-aligned.");
                XmlDoc.Returns(writer, "What is stored instead.");
                writer.Line(Library.Sanitizes);
                writer.Line(number + " " + name + "(" + element + Library.GuestControlled + " " + number + " value);");
                break;
        }

        writer.Line();
    }

    private static void EmitElement(SourceWriter writer, RegisterModel register)
    {
        if (register.Dimension.IsArray)
        {
            XmlDoc.Parameter(writer, "element", "Which element of the array.");
        }
    }
}
