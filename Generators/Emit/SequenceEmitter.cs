using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>A sequence as a method over typed registers: any bus, any clock, nothing allocated.</summary>
/// <param name="writer">Where it is written.</param>
/// <param name="target">What it reaches.</param>
/// <param name="device">The device whose sequence it is; null for a block's.</param>
/// <param name="names">The names of its parameters.</param>
internal sealed class SequenceEmitter(SourceWriter writer, SequenceTarget target, DeviceModel? device, SequenceNames names)
{
    // The names that stand for numbers; the other arguments are registers' bits.
    private readonly HashSet<string> _numbers = [];
    private bool _isUndoing;

    /// <summary>The name of the method.</summary>
    public static string MethodName(SequenceModel sequence) => "Try" + sequence.TypeName;

    /// <summary>The names of all methods.</summary>
    public static IEnumerable<string> MethodNames(SequenceModel sequence) => ["Try" + sequence.TypeName, "Undo" + sequence.TypeName, "Run" + sequence.TypeName];

    /// <summary>Writes the methods.</summary>
    public void Emit(SequenceModel sequence)
    {
        foreach (ArgumentModel argument in sequence.Arguments)
        {
            names.Of(argument.Name);
            if (argument.Register < 0)
            {
                _numbers.Add(argument.Name);
            }
        }

        bool undoes = sequence.Undo.Count != 0;
        Document(sequence, XmlDoc.Sentences(sequence.Name + ": " + sequence.Description), RegisterText.Remarks(sequence.Source, sequence.Unsure));
        XmlDoc.Parameter(writer, "failure", "Where it stopped; nothing when it did not.");
        string rest = undoes ? "the steps behind a failed one are not, and those before it were undone" : "the steps behind a failed one are not";
        XmlDoc.Returns(writer, "Whether all steps were done; " + rest + ".");
        using (Method(sequence, "public static bool " + MethodName(sequence), ", out " + Library.Namespace + "SequenceFailure failure"))
        {
            EmitBounds(sequence);
            if (undoes)
            {
                using (writer.Block("if (Run" + sequence.TypeName + "(" + Handed(sequence) + ", out failure))"))
                {
                    writer.Line("return true;");
                }

                writer.Line();
                writer.Line("Undo" + sequence.TypeName + "(" + Handed(sequence) + ");");
                writer.Line("return false;");
            }
            else
            {
                EmitSteps(sequence.Steps);
                EmitEnd();
            }
        }

        writer.Line();
        if (undoes)
        {
            EmitParts(sequence);
        }
    }

    private void EmitParts(SequenceModel sequence)
    {
        Document(sequence, "Undoes what " + sequence.Name + " did: it does so itself when it fails.", "");
        using (Method(sequence, "public static void Undo" + sequence.TypeName, ""))
        {
            _isUndoing = true;
            EmitSteps(sequence.Undo);
            _isUndoing = false;
        }

        writer.Line();
        using (Method(sequence, "private static bool Run" + sequence.TypeName, ", out " + Library.Namespace + "SequenceFailure failure"))
        {
            EmitSteps(sequence.Steps);
            EmitEnd();
        }

        writer.Line();
    }

    private void Document(SequenceModel sequence, string summary, string remarks)
    {
        XmlDoc.Summary(writer, summary, remarks);
        writer.Line("/// <typeparam name=\"TBus\">How the registers are reached.</typeparam>");
        writer.Line("/// <typeparam name=\"TClock\">What tells the time for bounded waits.</typeparam>");
        foreach ((_, string name, string documentation) in target.Parameters())
        {
            XmlDoc.Parameter(writer, name, documentation);
        }

        XmlDoc.Parameter(writer, "clock", "The clock.");
        foreach (ArgumentModel argument in sequence.Arguments)
        {
            string text = argument.Register >= 0
                ? "What is written to " + target.Register(argument.Block, argument.Register).Name + "."
                : XmlDoc.Sentences(argument.Description, "From " + Literal.Hex(argument.Minimum) + " to " + Literal.Hex(argument.Maximum));
            XmlDoc.Parameter(writer, names.Of(argument.Name).TrimStart('@'), text);
        }
    }

    private SourceWriter.Scope Method(SequenceModel sequence, string head, string failure)
    {
        string blocks = string.Join(", ", target.Parameters().Select(static parameter => parameter.Declaration));
        string arguments = string.Concat(sequence.Arguments.Select(argument => ", " + Library.HardwareSink + " " + TypeOf(argument) + " " + names.Of(argument.Name)));
        writer.Line(head + "<TBus, TClock>(" + blocks + (blocks.Length == 0 ? "" : ", ") + "scoped in TClock clock" + arguments + failure + ")");
        using (writer.Indent())
        {
            writer.Line("where TBus : struct, " + Library.Namespace + "IRegisterBus");
            writer.Line("where TClock : struct, " + Library.Namespace + "IClock");
        }

        return writer.Block();
    }

    private string Handed(SequenceModel sequence)
        => string.Join(", ", target.Parameters().Select(static parameter => parameter.Declaration.Substring(parameter.Declaration.LastIndexOf(' ') + 1))
            .Append("clock")
            .Concat(sequence.Arguments.Select(argument => names.Of(argument.Name))));

    private string TypeOf(ArgumentModel argument)
        => argument.Register >= 0 ? target.Qualifier(argument.Block) + target.Register(argument.Block, argument.Register).TypeName : Number(argument.Maximum);

    private static string Number(ulong maximum) => maximum > uint.MaxValue ? "ulong" : "uint";

    private static string NumberLiteral(ulong value, ulong maximum) => maximum > uint.MaxValue ? Literal.ULong(value) : Literal.UInt((uint)value);

    private void EmitBounds(SequenceModel sequence)
    {
        foreach (ArgumentModel argument in sequence.Arguments.Where(static argument => argument.Register < 0))
        {
            List<string> outside = [];
            string name = names.Of(argument.Name);
            if (argument.Minimum != 0)
            {
                outside.Add(name + " < " + NumberLiteral(argument.Minimum, argument.Maximum));
            }

            if (argument.Maximum is not (uint.MaxValue or ulong.MaxValue))
            {
                outside.Add(name + " > " + NumberLiteral(argument.Maximum, argument.Maximum));
            }

            if (outside.Count != 0)
            {
                using (writer.Block("if (" + string.Join(" || ", outside) + ")"))
                {
                    writer.Line("failure = new(" + Literal.Text(argument.Name) + "u8, 0u, 0ul, 0ul);");
                    writer.Line("return false;");
                }

                writer.Line();
            }
        }
    }

    private void EmitEnd()
    {
        writer.Line("failure = default;");
        writer.Line("return true;");
    }

    private void EmitSteps(EquatableArray<StepModel> steps)
    {
        foreach (StepModel step in steps)
        {
            switch (step.Kind)
            {
                case StepKind.Delay:
                    writer.Line(Library.Namespace + "Wait.For(clock, " + Literal.Number((long)step.Microseconds) + "ul);");
                    break;
                case StepKind.Call:
                    EmitCall(step);
                    break;
                case StepKind.If:
                    EmitIf(step);
                    break;
                case StepKind.Read:
                    EmitRead(step);
                    break;
                default:
                    EmitAccesses(step);
                    break;
            }
        }
    }

    // Inside what undoes, a failure has no taker.
    private void EmitCall(StepModel step)
    {
        SequenceModel callee = target.Callee(step);
        string head = step.Block >= 0 ? target.Qualifier(step.Block) : "";
        string arguments = string.Concat(step.Passes.Select((pass, index) => ", " + Passed(pass, callee.Arguments[index], step.Block)));
        string call = head + MethodName(callee) + "(" + target.Handed(step, device) + ", clock" + arguments + ", out ";
        if (_isUndoing)
        {
            writer.Line("_ = " + call + "_);");
            return;
        }

        using (writer.Block("if (!" + call + "failure))"))
        {
            writer.Line("return false;");
        }

        writer.Line();
    }

    private string Passed(ArgumentPass pass, ArgumentModel argument, int block)
    {
        if (argument.Register < 0)
        {
            return pass.From.Length == 0 ? NumberLiteral(pass.Value, argument.Maximum) : "(" + Number(argument.Maximum) + ")" + names.Of(pass.From);
        }

        int place = argument.Block >= 0 ? argument.Block : block;
        RegisterModel register = target.Register(place, argument.Register);
        return pass.From.Length != 0 && _numbers.Contains(pass.From) ? Bits(place, register, names.Of(pass.From))
            : pass.From.Length != 0 ? names.Of(pass.From)
            : "new " + target.Qualifier(place) + register.TypeName + "(" + RegisterBits(register, pass.Value) + ")";
    }

    private void EmitIf(StepModel step)
    {
        string condition;
        if (step.Register < 0)
        {
            condition = names.Of(step.Argument) + " == " + Literal.ULong(step.Value);
        }
        else
        {
            RegisterModel register = target.Register(step.Block, step.Register);
            string Looks(string accessor) => "(" + accessor + ".Read().Value & " + Literal.ULong(step.Mask) + ") == " + Literal.ULong(step.Value);
            condition = Looks(target.Accessor(step.Block, register));
            if (register.Dimension.IsArray)
            {
                condition = names.Local("isSo");
                writer.Line("bool " + condition + " = false;");
                EmitElement(step, register, (accessor, _) => writer.Line(condition + " = " + Looks(accessor) + ";"));
            }
        }

        using (writer.Block("if (" + condition + ")"))
        {
            EmitSteps(step.Steps);
        }

        if (step.Otherwise.Count != 0)
        {
            using (writer.Block("else"))
            {
                EmitSteps(step.Otherwise);
            }
        }

        writer.Line();
    }

    private void EmitRead(StepModel step)
    {
        RegisterModel register = target.Register(step.Block, step.Register);
        ulong low = step.Mask & (~step.Mask + 1);
        string type = RegisterText.Number(register.WidthBits);
        string name = names.Of(step.Argument);
        string Value(string accessor) => "(" + type + ")((" + accessor + ".Read().Value & " + Literal.ULong(step.Mask) + ") / " + Literal.ULong(low) + ")";
        _numbers.Add(step.Argument);
        if (!register.Dimension.IsArray)
        {
            writer.Line(type + " " + name + " = " + Value(target.Accessor(step.Block, register)) + ";");
            return;
        }

        writer.Line(type + " " + name + " = 0;");
        EmitElement(step, register, (accessor, _) => writer.Line(name + " = " + Value(accessor) + ";"));
    }

    private void EmitAccesses(StepModel step)
    {
        RegisterModel register = target.Register(step.Block, step.Register);
        string accessor = target.Accessor(step.Block, register);
        string offset = target.Qualifier(step.Block) + "Offsets." + register.TypeName;
        if (!register.Dimension.IsArray)
        {
            EmitAccess(register, step, accessor, offset);
            return;
        }

        if (step.Element is null && step.Index.Length == 0)
        {
            string element = names.Local("element");
            string index = names.Local("index");
            using (writer.Block("for (uint " + element + " = 0; " + Find(step, register, element, index) + "; " + element + "++)"))
            {
                EmitAccess(register, step, accessor + "[" + index + "]", Offset(offset, element, register));
            }

            writer.Line();
            return;
        }

        EmitElement(step, register, (one, which) => EmitAccess(register, step, one, Offset(offset, which, register)));
    }

    private void EmitElement(StepModel step, RegisterModel register, Action<string, string> emit)
    {
        string which = step.Element is uint number ? Literal.Number(number) : names.Of(step.Index);
        string index = names.Local("index");
        using (writer.Block("if (" + Find(step, register, step.Element is null ? "(uint)" + which : which, index) + ")"))
        {
            emit(target.Accessor(step.Block, register) + "[" + index + "]", which);
        }

        writer.Line();
    }

    private string Find(StepModel step, RegisterModel register, string which, string index)
        => target.Accessor(step.Block, register) + ".TryIndex(" + which + ", out " + Library.Namespace + "RegisterIndex<" + target.Qualifier(step.Block) + register.TypeName + "> " + index + ")";

    private static string Offset(string offset, string which, RegisterModel register) => offset + " + ((uint)" + which + " * " + Literal.UInt(register.Dimension.StrideBytes) + ")";

    private void EmitAccess(RegisterModel register, StepModel step, string accessor, string offset)
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

        string mask = Literal.ULong(step.Mask);
        string value = Literal.ULong(step.Value);
        string wait = ".TryWait(clock, " + mask + ", " + value + ", "
            + Literal.Number((long)step.Microseconds) + "ul, " + Literal.Number((long)step.IntervalMicroseconds) + "ul)";
        using (writer.Block("if (!" + accessor + wait + ")"))
        {
            writer.Line("failure = new(" + Literal.Text(target.FullName(step.Block, register)) + "u8, " + offset + ", " + mask + ", " + value + ");");
            writer.Line("return false;");
        }

        writer.Line();
    }

    private string Written(RegisterModel register, StepModel step)
    {
        string type = target.Qualifier(step.Block) + register.TypeName;
        return step.Argument.Length != 0 ? _numbers.Contains(step.Argument) ? Bits(step.Block, register, names.Of(step.Argument)) : names.Of(step.Argument)
            : step.Settings.Count != 0 ? "default(" + type + ")" + With(register, step)
            : "new " + type + "(" + RegisterBits(register, step.Value) + ")";
    }

    private string Bits(int block, RegisterModel register, string number)
        => "new " + target.Qualifier(block) + register.TypeName + "((" + RegisterText.Carrier(register.WidthBits) + ")" + number + ")";

    private static string RegisterBits(RegisterModel register, ulong value)
        => register.WidthBits >= 32 ? Literal.Unsigned(value, register.WidthBits) : Literal.Hex(value);

    private string With(RegisterModel register, StepModel step)
        => " with { " + string.Join(", ", step.Settings.Select(setting => Setting(step.Block, register.Fields[setting.Field], setting))) + " }";

    private string Setting(int block, FieldModel field, FieldSetting setting)
        => field.TypeName + " = " + (setting.Argument is { } argument ? Taken(block, field, setting, names.Of(argument)) : Value(block, field, setting.Value));

    private string Taken(int block, FieldModel field, FieldSetting setting, string number)
    {
        string mask = Literal.ULong(setting.ArgumentWidthBits >= 64 ? ulong.MaxValue : (1ul << setting.ArgumentWidthBits) - 1);
        string bits = "((" + (setting.ArgumentLowBit == 0 ? number : "((ulong)" + number + " >> " + Literal.Number(setting.ArgumentLowBit) + ")") + ") & " + mask + ")";
        string type = RegisterText.FieldType(field);
        return type == "bool" ? bits + " != 0" : "(" + (field.EnumName.Length != 0 ? target.Qualifier(block) : "") + type + ")" + bits;
    }

    private string Value(int block, FieldModel field, ulong value)
    {
        if (field.EnumName.Length == 0)
        {
            return RegisterText.FieldType(field) == "bool" ? (value != 0 ? "true" : "false") : Literal.Unsigned(value, field.WidthBits);
        }

        string type = target.Qualifier(block) + field.EnumName;
        EnumeratedValueModel? named = field.Values.FirstOrDefault(known => known.Value == value);
        return named is null ? "(" + type + ")" + Literal.Unsigned(value, field.WidthBits) : type + "." + named.TypeName;
    }
}
