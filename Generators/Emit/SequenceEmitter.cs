using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>A sequence as a method over the block's typed registers: any bus, any clock, nothing allocated.</summary>
internal static class SequenceEmitter
{
    // What the method calls its own parameters and locals.
    private static readonly HashSet<string> s_ownNames = new(StringComparer.Ordinal) { "registers", "clock", "failedOffset", "element", "index" };

    /// <summary>The name of the method.</summary>
    public static string MethodName(SequenceModel sequence) => "Try" + sequence.TypeName;

    /// <summary>Writes the method.</summary>
    public static void Emit(SourceWriter writer, BlockModel block, SequenceModel sequence)
    {
        List<StepModel> arguments = Arguments(sequence);
        XmlDoc.Summary(writer, XmlDoc.Sentences(sequence.Name + ": " + sequence.Description), RegisterText.Remarks(sequence.Source, ""));
        writer.Line("/// <typeparam name=\"TBus\">How the registers are reached.</typeparam>");
        writer.Line("/// <typeparam name=\"TClock\">What tells the time for bounded waits.</typeparam>");
        XmlDoc.Parameter(writer, "registers", "The block.");
        XmlDoc.Parameter(writer, "clock", "The clock.");
        foreach (StepModel step in arguments)
        {
            XmlDoc.Parameter(writer, Camel(step.Argument), "What is written to " + block.Registers[step.Register].Name + ".");
        }

        XmlDoc.Parameter(writer, "failedOffset", "Byte offset in the block of the register that did not come to show what was waited for; 0 when all did.");
        XmlDoc.Returns(writer, "Whether all steps were done; the steps behind a failed wait are not.");
        string parameters = string.Concat(arguments.Select(step
            => ", " + Library.HardwareSink + " " + block.Registers[step.Register].TypeName + " " + Parameter(step.Argument)));
        string head = "public static bool " + MethodName(sequence) + "<TBus, TClock>(Registers<TBus> registers, in TClock clock";
        writer.Line(head + parameters + ", out uint failedOffset)");
        using (writer.Indent())
        {
            writer.Line("where TBus : struct, " + Library.Namespace + "IRegisterBus");
            writer.Line("where TClock : struct, " + Library.Namespace + "IClock");
        }

        using (writer.Block())
        {
            foreach (StepModel step in sequence.Steps)
            {
                EmitStep(writer, block, step);
            }

            writer.Line("failedOffset = 0;");
            writer.Line("return true;");
        }

        writer.Line();
    }

    private static List<StepModel> Arguments(SequenceModel sequence)
    {
        HashSet<string> met = new(StringComparer.Ordinal);
        return [.. sequence.Steps.Where(step => step.Argument.Length != 0 && met.Add(step.Argument))];
    }

    private static void EmitStep(SourceWriter writer, BlockModel block, StepModel step)
    {
        if (step.Kind == StepKind.Delay)
        {
            writer.Line(Library.Namespace + "Wait.For(clock, " + Literal.Number((long)step.Microseconds) + "ul);");
            return;
        }

        RegisterModel register = block.Registers[step.Register];
        string accessor = "registers." + register.TypeName;
        if (!register.Dimension.IsArray)
        {
            EmitAccess(writer, register, step, accessor + (DriverEmitter.IsWindow(block, register) ? ".Data" : ""), "Offsets." + register.TypeName);
            return;
        }

        string which = step.Element is uint one ? Literal.Number(one) : "element";
        string find = accessor + ".TryIndex(" + which + ", out " + Library.Namespace + "RegisterIndex<" + register.TypeName + "> index)";
        string offset = "Offsets." + register.TypeName + " + (" + which + " * " + Literal.UInt(register.Dimension.StrideBytes) + ")";
        if (step.Element is null)
        {
            using (writer.Block("for (uint element = 0; " + find + "; element++)"))
            {
                EmitAccess(writer, register, step, accessor + "[index]", offset);
            }
        }
        else
        {
            // A scope of its own: steps for two elements both declare the index.
            using (writer.Block())
            using (writer.Block("if (" + find + ")"))
            {
                EmitAccess(writer, register, step, accessor + "[index]", offset);
            }
        }

        writer.Line();
    }

    private static void EmitAccess(SourceWriter writer, RegisterModel register, StepModel step, string accessor, string offset)
    {
        if (step.Kind == StepKind.Modify)
        {
            writer.Line(accessor + ".Modify(" + accessor + ".Read()" + With(register, step) + ");");
            return;
        }

        if (step.Kind == StepKind.Write)
        {
            bool isQueue = (register.Fifo & FifoKind.Push) != 0 && !register.Dimension.IsArray;
            writer.Line(accessor + (isQueue ? ".Push(" : ".Write(") + Written(register, step) + ");");
            return;
        }

        string wait = ".TryWait(clock, " + Literal.ULong(step.Mask) + ", " + Literal.ULong(step.Value) + ", "
            + Literal.Number((long)step.Microseconds) + "ul, " + Literal.Number((long)step.IntervalMicroseconds) + "ul)";
        using (writer.Block("if (!" + accessor + wait + ")"))
        {
            writer.Line("failedOffset = " + offset + ";");
            writer.Line("return false;");
        }

        writer.Line();
    }

    private static string Written(RegisterModel register, StepModel step)
    {
        if (step.Argument.Length != 0)
        {
            return Parameter(step.Argument);
        }

        return step.Settings.Count != 0
            ? "default(" + register.TypeName + ")" + With(register, step)
            : "new " + register.TypeName + "(" + (register.WidthBits >= 32 ? Literal.Unsigned(step.Value, register.WidthBits) : Literal.Hex(step.Value)) + ")";
    }

    private static string With(RegisterModel register, StepModel step)
        => " with { " + string.Join(", ", step.Settings.Select(setting => Setting(register.Fields[setting.Field], setting.Value))) + " }";

    private static string Setting(FieldModel field, ulong value) => field.TypeName + " = " + Value(field, value);

    private static string Value(FieldModel field, ulong value)
    {
        if (field.EnumName.Length == 0)
        {
            return RegisterText.FieldType(field) == "bool" ? (value != 0 ? "true" : "false") : Literal.Unsigned(value, field.WidthBits);
        }

        EnumeratedValueModel? named = field.Values.FirstOrDefault(known => known.Value == value);
        return named is null ? "(" + field.EnumName + ")" + Literal.Unsigned(value, field.WidthBits) : field.EnumName + "." + named.TypeName;
    }

    private static string Camel(string name)
    {
        string camel = char.ToLower(name[0], CultureInfo.InvariantCulture) + name.Substring(1);
        return s_ownNames.Contains(camel) ? camel + "Value" : camel;
    }

    private static string Parameter(string name)
    {
        string camel = Camel(name);
        return SyntaxFacts.GetKeywordKind(camel) == SyntaxKind.None ? camel : "@" + camel;
    }
}
