using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Reads the steps of a sequence and holds each against its register.</summary>
internal sealed class StepReader(BlockProblems problems, string block, EquatableArray<RegisterModel> registers, IReadOnlyDictionary<string, int> indices)
{
    // A longer wait is a mistake in the unit, and its end could no longer be told by a clock of 64 bits.
    private const ulong LongestMicroseconds = 3_600_000_000;

    private readonly Dictionary<string, int> _arguments = new(StringComparer.Ordinal);

    /// <summary>Reads the steps of one sequence, in order.</summary>
    public EquatableArray<StepModel> Read(MarkupElement sequence)
    {
        _arguments.Clear();
        List<StepModel> steps = [];
        for (MarkupElement? element = sequence.FirstChild; element is not null; element = element.NextSibling)
        {
            if ((element.Grammar == TrapGrammar.DelayStep ? ReadDelay(element) : ReadAccess(element)) is { } step)
            {
                steps.Add(step);
            }
        }

        return new EquatableArray<StepModel>(steps.ToArray());
    }

    private static StepModel Empty(StepKind kind, int register) => new(kind, register, null, 0, 0, "", default, 0, 0);

    private StepModel ReadDelay(MarkupElement element)
        => Empty(StepKind.Delay, -1) with { Microseconds = Time(element, TrapGrammar.Microseconds) };

    private StepModel? ReadAccess(MarkupElement element)
    {
        if (element.Attribute(TrapGrammar.Register) is not { } name)
        {
            return null;
        }

        if (!indices.TryGetValue(name.Text, out int index))
        {
            string hint = Spelling.DidYouMean(name.Text, registers.Select(register => register.Name));
            problems.Add(ProblemRules.UnknownReference, name.File, name.ValueRange, "register", name.Text, "in '" + block + "'", hint);
            return null;
        }

        RegisterModel register = registers[index];
        problems.Register = register.Name;
        StepModel step = element.Grammar == TrapGrammar.PollStep
            ? ReadPoll(element, index, register)
            : element.Grammar == TrapGrammar.WriteStep ? ReadWrite(element, index, register) : ReadModify(element, index, register);
        step = step with { Element = ReadElement(element, register) };
        problems.Register = "";
        return step;
    }

    private uint? ReadElement(MarkupElement element, RegisterModel register)
    {
        if (element.Attribute(TrapGrammar.ElementIndex) is not { IsValid: true } index)
        {
            return null;
        }

        if (!register.Dimension.IsArray)
        {
            Refuse(index, element, register, "it is no array and has no elements");
        }
        else if (index.Number >= register.Dimension.Count)
        {
            Refuse(index, element, register, "it has " + register.Dimension.Count.ToString(CultureInfo.InvariantCulture) + " elements, counted from 0");
        }

        return (uint)index.Number;
    }

    private StepModel ReadPoll(MarkupElement element, int index, RegisterModel register)
    {
        RequireReadable(element, register);
        ulong mask = MaskComputation.All(register.WidthBits);
        ulong value = Number(element, TrapGrammar.Value, register);
        if (element.Attribute(TrapGrammar.Field) is { } name && TryFindField(name, register, out int fieldIndex))
        {
            FieldModel field = register.Fields[fieldIndex];
            mask = field.Mask;
            value = Fit(element, value, register, field) << field.LowBit;
        }

        if (element.Attribute(TrapGrammar.Timeout) is null)
        {
            problems.Add(ProblemRules.UnboundedPoll, element, register.Name);
        }

        return Empty(StepKind.Poll, index) with
        {
            Mask = mask,
            Value = value,
            Microseconds = Time(element, TrapGrammar.Timeout),
            IntervalMicroseconds = Time(element, TrapGrammar.Interval),
        };
    }

    private StepModel ReadWrite(MarkupElement element, int index, RegisterModel register)
    {
        RequireWritable(element, register);
        MarkupAttribute? value = element.Attribute(TrapGrammar.Value);
        MarkupAttribute? argument = element.Attribute(TrapGrammar.Argument);
        EquatableArray<FieldSetting> settings = ReadSettings(element, register, isModify: false);
        int ways = (value is null ? 0 : 1) + (argument is null ? 0 : 1) + (element.FirstChild is null ? 0 : 1);
        if (ways != 1)
        {
            problems.Add(ProblemRules.UnfitStep, element, element.Grammar.Name, register.Name, "what is written is one of value, argument and trap:set");
        }

        if (argument is { IsValid: true })
        {
            if (_arguments.TryGetValue(argument.Text, out int other) && other != index)
            {
                Refuse(argument, element, register, "the argument '" + argument.Text + "' is a value of '" + registers[other].Name + "' already");
            }

            _arguments[argument.Text] = index;
        }

        return Empty(StepKind.Write, index) with
        {
            Value = Number(element, TrapGrammar.Value, register),
            Argument = argument?.Text ?? "",
            Settings = settings,
        };
    }

    private StepModel ReadModify(MarkupElement element, int index, RegisterModel register)
    {
        RequireReadable(element, register);
        RequireWritable(element, register);
        if (element.FirstChild is null)
        {
            problems.Add(ProblemRules.UnfitStep, element, element.Grammar.Name, register.Name, "it names no field to change (trap:set)");
        }

        return Empty(StepKind.Modify, index) with { Settings = ReadSettings(element, register, isModify: true) };
    }

    private EquatableArray<FieldSetting> ReadSettings(MarkupElement step, RegisterModel register, bool isModify)
    {
        List<FieldSetting> settings = [];
        for (MarkupElement? element = step.FirstChild; element is not null; element = element.NextSibling)
        {
            if (element.Attribute(TrapGrammar.Field) is not { } name || !TryFindField(name, register, out int index))
            {
                continue;
            }

            FieldModel field = register.Fields[index];
            if (settings.Exists(known => known.Field == index))
            {
                Refuse(name, element, register, "'" + field.Name + "' is set already");
            }
            else if (!SanitizerReader.IsWritable(field))
            {
                Refuse(name, element, register, "software cannot write '" + field.Name + "'");
            }
            else if (isModify && field.Write != WriteAction.Store)
            {
                Refuse(name, element, register, "a modify leaves fields alone in which a write acts (modifiedWriteValues of '" + field.Name + "'); use trap:write");
            }

            ulong value = element.Attribute(TrapGrammar.Value) is { IsValid: true } given ? given.Number : 0;
            settings.Add(new FieldSetting(index, Fit(element, value, register, field)));
        }

        return new EquatableArray<FieldSetting>(settings.ToArray());
    }

    private ulong Fit(MarkupElement element, ulong value, RegisterModel register, FieldModel field)
    {
        ulong most = MaskComputation.All(field.WidthBits);
        if (value > most && element.Attribute(TrapGrammar.Value) is { } at)
        {
            Refuse(at, element, register, "'" + field.Name + "' has " + field.WidthBits.ToString(CultureInfo.InvariantCulture) + " bits only");
        }

        return value & most;
    }

    private ulong Number(MarkupElement element, AttributeGrammar kind, RegisterModel register)
    {
        if (element.Attribute(kind) is not { IsValid: true } attribute)
        {
            return 0;
        }

        ulong all = MaskComputation.All(register.WidthBits);
        if (attribute.Number > all)
        {
            string width = register.WidthBits.ToString(CultureInfo.InvariantCulture);
            string number = attribute.Number.ToString("X", CultureInfo.InvariantCulture);
            problems.Add(ProblemRules.MaskOutsideRegister, attribute.File, attribute.ValueRange, "The value", number, width, register.Name);
        }

        return attribute.Number & all;
    }

    private ulong Time(MarkupElement element, AttributeGrammar kind)
    {
        if (element.Attribute(kind) is not { IsValid: true } time)
        {
            return 0;
        }

        if (time.Number > LongestMicroseconds)
        {
            string limit = LongestMicroseconds.ToString(CultureInfo.InvariantCulture);
            problems.Add(ProblemRules.LimitExceeded, time.File, time.ValueRange, "A wait of " + time.Text + " microseconds", limit);
        }

        return Math.Min(time.Number, LongestMicroseconds);
    }

    private bool TryFindField(MarkupAttribute name, RegisterModel register, out int index)
    {
        for (index = 0; index < register.Fields.Count; index++)
        {
            if (register.Fields[index].Name == name.Text)
            {
                return true;
            }
        }

        string hint = Spelling.DidYouMean(name.Text, register.Fields.Select(field => field.Name));
        problems.Add(ProblemRules.UnknownReference, name.File, name.ValueRange, "field", name.Text, "in '" + register.Name + "'", hint);
        return false;
    }

    private void RequireReadable(MarkupElement element, RegisterModel register)
    {
        if (register.Masks.Readable == 0)
        {
            problems.Add(ProblemRules.UnfitStep, element, element.Grammar.Name, register.Name, "it cannot be read");
        }
        else if ((register.Fifo & FifoKind.Pop) != 0)
        {
            problems.Add(ProblemRules.UnfitStep, element, element.Grammar.Name, register.Name, "a read of it takes an entry out of a queue");
        }
    }

    private void RequireWritable(MarkupElement element, RegisterModel register)
    {
        if (register.Masks.Writable == 0)
        {
            problems.Add(ProblemRules.UnfitStep, element, element.Grammar.Name, register.Name, "it cannot be written");
        }
    }

    private void Refuse(MarkupAttribute at, MarkupElement element, RegisterModel register, string why)
        => problems.Add(ProblemRules.UnfitStep, at.File, at.ValueRange, element.Grammar.Name, register.Name, why);
}
