using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Reads what SVD cannot say of a register and its accesses, once all registers of the block have their names.</summary>
internal sealed class SemanticsReader(BlockProblems problems, MarkupElement peripheral, List<PendingRegister> pending, RegisterModel[] registers)
{
    private static readonly char[] _blanks = [' ', '\t', '\r', '\n'];

    private readonly ConditionReader _conditions = new(problems, registers);

    /// <summary>Completes the registers in place.</summary>
    public void Read()
    {
        MarkupAttribute? widths = peripheral.InheritedAttribute(TrapGrammar.Widths);
        MarkupAttribute? otherWidths = peripheral.InheritedAttribute(TrapGrammar.OtherWidths);
        for (int index = 0; index < registers.Length; index++)
        {
            MarkupElement element = pending[index].Template.Element;
            if (widths is null && otherWidths is null && SaysNothing(pending[index].Template))
            {
                continue;
            }

            problems.Register = registers[index].Name;
            RegisterModel register = registers[index] with
            {
                Present = Condition(element, TrapGrammar.PresentIf, index),
                WriteEnable = Condition(element, TrapGrammar.WriteEnable, index),
                Order = element.InheritedAttribute(TrapGrammar.Order) is { IsValid: true } order ? (WideOrder)(order.Number + 1) : WideOrder.Unsaid,
                Fifo = element.InheritedAttribute(TrapGrammar.Fifo) is { IsValid: true } fifo ? (FifoKind)(fifo.Number + 1) : FifoKind.None,
                Window = Window(element, index),
                ElementResets = ElementResets(element, index),
                Fields = Fields(pending[index].Template.FieldElements, index),
            };
            registers[index] = register with
            {
                Widths = Widths(
                    element.InheritedAttribute(TrapGrammar.Widths) ?? widths,
                    element.InheritedAttribute(TrapGrammar.OtherWidths) ?? otherWidths,
                    register),
                Masks = (register.Fifo & FifoKind.Pop) == 0 ? register.Masks : register.Masks with { ReadModifies = register.Masks.Readable },
            };
            Check(element, registers[index], index);
        }

        problems.Register = "";
    }

    // A vendor's register, mostly: nothing is copied for it.
    private static bool SaysNothing(RegisterTemplate template)
    {
        bool says = HasAttributes(template.Element);
        for (int index = 0; index < template.FieldElements.Count && !says; index++)
        {
            says = HasAttributes(template.FieldElements[index].Element);
        }

        return !says;
    }

    private static bool HasAttributes(MarkupElement element)
    {
        MarkupElement? at = element;
        while (at is not null && at.Attributes.Length == 0)
        {
            at = at.Base;
        }

        return at is not null;
    }

    private ConditionModel? Condition(MarkupElement element, AttributeGrammar kind, int index)
        => element.InheritedAttribute(kind) is { } attribute ? _conditions.Read(attribute, index) : null;

    private EquatableArray<FieldModel> Fields(IReadOnlyList<(string Name, MarkupElement Element)> elements, int index)
    {
        EquatableArray<FieldModel> fields = registers[index].Fields;
        FieldModel[]? changed = null;
        for (int field = 0; field < fields.Count; field++)
        {
            if (Condition(elements[field].Element, TrapGrammar.WriteEnable, index) is not { } condition)
            {
                continue;
            }

            if (fields[field].Write == WriteAction.Modify)
            {
                MarkupAttribute at = elements[field].Element.InheritedAttribute(TrapGrammar.WriteEnable)!;
                string why = "what a write does to '" + fields[field].Name + "' is the hardware's own (modify); put the condition on the register";
                problems.Add(ProblemRules.UnfitCondition, at.File, at.ValueRange, at.Text, registers[index].Name, why);
                continue;
            }

            changed ??= [.. fields];
            changed[field] = fields[field] with { WriteEnable = condition };
        }

        return changed is null ? fields : new EquatableArray<FieldModel>(changed);
    }

    private WindowModel? Window(MarkupElement element, int index)
    {
        if (element.InheritedAttribute(TrapGrammar.Index) is not { } at || !_conditions.TryFind(at, at.Text, index, out int register, out int field))
        {
            return null;
        }

        FieldModel selector = registers[register].Fields[field];
        ulong most = MaskComputation.All(selector.WidthBits);
        MarkupAttribute? count = element.InheritedAttribute(TrapGrammar.IndexCount);
        if (selector.WidthBits > 32)
        {
            Refuse(at, index, "'" + selector.Name + "' has more than 32 bits");
        }
        else if (count is { IsValid: true } && (count.Number == 0 || count.Number - 1 > most))
        {
            Refuse(count, index, "'" + selector.Name + "' can select " + Hex(most) + " at most");
        }
        else if (register == index)
        {
            Refuse(at, index, "what selects and what is reached are one register");
        }

        return new WindowModel(register, field, count is { IsValid: true } ? count.Number : selector.WidthBits > 32 ? uint.MaxValue : most + 1);
    }

    private EquatableArray<ulong> ElementResets(MarkupElement element, int index)
    {
        if (element.InheritedAttribute(TrapGrammar.ElementResets) is not { } at)
        {
            return default;
        }

        RegisterModel register = registers[index];
        string[] words = at.Text.Split(_blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != register.Dimension.Count || !register.Dimension.IsArray)
        {
            Refuse(at, index, FormattableString.Invariant($"it gives {words.Length} values, and there are {register.Dimension.Count} elements"));
            return default;
        }

        ulong[] values = new ulong[words.Length];
        for (int value = 0; value < values.Length; value++)
        {
            if (!NumberText.TryParse(words[value], out values[value]) || values[value] > MaskComputation.All(register.WidthBits))
            {
                Refuse(at, index, "'" + words[value] + "' is not a number of " + Number(register.WidthBits) + " bits");
                return default;
            }

            values[value] &= register.ResetMask;
        }

        return new EquatableArray<ulong>(values);
    }

    private AccessWidths Widths(MarkupAttribute? widths, MarkupAttribute? otherwise, RegisterModel register)
    {
        OtherWidths other = otherwise is { IsValid: true } ? (OtherWidths)otherwise.Number : OtherWidths.Absent;
        uint permitted = 0;
        foreach (string word in widths?.Text.Split(_blanks, StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            uint width = word switch { "8" => 1, "16" => 2, "32" => 4, "64" => 8, _ => 0 };
            if (width == 0 || (permitted & width) != 0)
            {
                problems.Add(ProblemRules.UnfitAccess, widths!.File, widths.ValueRange, widths.Grammar.Name, widths.Text, register.Name, "widths are 8, 16, 32 and 64, each once");
                return default;
            }

            permitted |= width;
        }

        // What must be one access is reached by no other width: the whole register, an entry of a queue, what a window shows.
        bool isWhole = register.Order == WideOrder.Single || register.Fifo != FifoKind.None || register.Window is not null;
        return new AccessWidths(permitted == 0 && isWhole ? (uint)register.WidthBits / 8 : permitted, other);
    }

    private void Check(MarkupElement element, RegisterModel register, int index)
    {
        if (element.InheritedAttribute(TrapGrammar.Order) is { IsValid: true } order)
        {
            bool isInTwoSteps = register.Order is WideOrder.LowFirst or WideOrder.HighFirst;
            if (register.WidthBits != 64)
            {
                Refuse(order, index, "it has " + Number(register.WidthBits) + " bits, and only 64 have halves that a bus may split");
            }
            else if (isInTwoSteps && register.Masks.ReadEffects != 0)
            {
                Refuse(order, index, "a read of it changes it, and what becomes of the half that is held is not clear");
            }
            else if (register.Order == WideOrder.Single ? register.Widths.Permitted != 8 : register.Order != WideOrder.Any && register.Widths.Permitted == 8)
            {
                Refuse(order, index, "trap:accessWidths says otherwise");
            }
        }

        if (element.InheritedAttribute(TrapGrammar.Fifo) is { IsValid: true } fifo)
        {
            if (((register.Fifo & FifoKind.Pop) != 0 && register.Masks.Readable == 0) || ((register.Fifo & FifoKind.Push) != 0 && register.Masks.Writable == 0))
            {
                Refuse(fifo, index, "its access is the opposite");
            }
            else if (register.Order is WideOrder.LowFirst or WideOrder.HighFirst or WideOrder.Split || register.Window is not null)
            {
                Refuse(fifo, index, "an entry is moved by one access, and it is no window");
            }
        }

        if ((register.Fifo != FifoKind.None || register.Window is not null) && (register.Widths.Permitted != (uint)register.WidthBits / 8 || register.Widths.Otherwise == OtherWidths.Lanes))
        {
            MarkupAttribute at = element.InheritedAttribute(TrapGrammar.Fifo) ?? element.InheritedAttribute(TrapGrammar.Index)!;
            Refuse(at, index, "an entry is as wide as the register, and trap:accessWidths or trap:otherWidths lets other accesses in");
        }

        if (register.Window is not null && register.Order is WideOrder.LowFirst or WideOrder.HighFirst)
        {
            Refuse(element.InheritedAttribute(TrapGrammar.Index)!, index, "the selection may change between its halves");
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Hex(ulong value) => "0x" + value.ToString("X", CultureInfo.InvariantCulture);

    private void Refuse(MarkupAttribute at, int index, string why)
        => problems.Add(ProblemRules.UnfitAccess, at.File, at.ValueRange, at.Grammar.Name, at.Text, registers[index].Name, why);
}
