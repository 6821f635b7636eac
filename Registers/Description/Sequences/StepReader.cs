using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Reads one sequence and holds each step against its register.</summary>
internal sealed class StepReader(BlockProblems problems, SequenceScope scope, SequenceReader sequences)
{
    // A longer wait is a mistake in the unit, and its end could no longer be told by a clock of 64 bits.
    private const ulong LongestMicroseconds = 3_600_000_000;

    private readonly SequenceNames _names = new();

    /// <summary>Reads a sequence: what it is given, its steps in order, and what undoes them. One in which something has no meaning has no steps.</summary>
    public SequenceModel Read(MarkupElement sequence, string name, string typeName)
    {
        int fatalBefore = problems.FatalCount;
        for (MarkupElement? child = sequence.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child.Grammar == TrapGrammar.SequenceArgument)
            {
                Declare(child);
            }
        }

        EquatableArray<StepModel> steps = ReadSteps(sequence);
        _names.Leave(0);
        MarkupElement? undo = sequence.Child(TrapGrammar.Undo);
        EquatableArray<StepModel> back = undo is null ? default : ReadSteps(undo);
        if (problems.FatalCount != fatalBefore)
        {
            steps = default;
            back = default;
        }

        string description = DescriptionText.Normalise(sequence.Attribute(TrapGrammar.About)?.Text ?? "");
        string source = sequence.Attribute(TrapGrammar.From)?.Text ?? "";
        return new SequenceModel(name, typeName, description, source, steps)
        {
            Unsure = sequence.Attribute(TrapGrammar.InDoubt)?.Text ?? "",
            Arguments = _names.Arguments,
            Undo = back,
        };
    }

    private static StepModel Empty(StepKind kind, int register) => new(kind, register, null, 0, 0, "", default, 0, 0);

    private void Declare(MarkupElement element)
    {
        if (element.Attribute(TrapGrammar.ArgumentName) is not { IsValid: true } name)
        {
            return;
        }

        ulong minimum = element.Attribute(TrapGrammar.Minimum) is { IsValid: true } least ? least.Number : 0;
        ulong maximum = element.Attribute(TrapGrammar.Maximum) is { IsValid: true } most ? most.Number : ulong.MaxValue;
        if (minimum > maximum)
        {
            Refuse(name, element, name.Text, "its minimum is above its maximum");
        }

        string description = DescriptionText.Normalise(element.Attribute(TrapGrammar.About)?.Text ?? "");
        if (!_names.TryAdd(new ArgumentModel(name.Text, description, minimum, Math.Max(minimum, maximum), -1, -1)))
        {
            Refuse(name, element, name.Text, "the sequence has an argument of this name already");
        }
    }

    private EquatableArray<StepModel> ReadSteps(MarkupElement holder)
    {
        List<StepModel> steps = [];
        int depth = _names.Depth;
        for (MarkupElement? element = holder.FirstChild; element is not null; element = element.NextSibling)
        {
            if (ReadStep(element) is { } step)
            {
                steps.Add(step);
            }
        }

        _names.Leave(depth);
        return new EquatableArray<StepModel>(steps.ToArray());
    }

    private StepModel? ReadStep(MarkupElement element)
    {
        if (element.Grammar == TrapGrammar.DelayStep)
        {
            return Empty(StepKind.Delay, -1) with { Microseconds = Time(element, TrapGrammar.Microseconds) };
        }

        if (element.Grammar == TrapGrammar.CallStep)
        {
            return ReadCall(element);
        }

        if (element.Grammar == TrapGrammar.IfStep && element.Attribute(TrapGrammar.Register) is null)
        {
            return ReadArgumentIf(element);
        }

        bool isStep = element.Grammar != TrapGrammar.SequenceArgument && element.Grammar != TrapGrammar.Undo && element.Grammar != TrapGrammar.OtherwiseSteps;
        return isStep ? ReadAccess(element) : null;
    }

    private StepModel? ReadAccess(MarkupElement element)
    {
        if (element.Attribute(TrapGrammar.Register) is not { } name
            || !scope.TryFindBlock(problems, element, name.Text, mayBeOwn: false, out int block)
            || !scope.TryFindRegister(problems, name, block, out int index))
        {
            return null;
        }

        RegisterModel register = scope.Registers(block)[index];
        problems.Register = register.Name;
        StepModel step = element.Grammar switch
        {
            var kind when kind == TrapGrammar.PollStep => ReadPoll(element, index, register),
            var kind when kind == TrapGrammar.WriteStep => ReadWrite(element, index, block, register),
            var kind when kind == TrapGrammar.ModifyStep => ReadModify(element, index, register),
            var kind when kind == TrapGrammar.IfStep => ReadIf(element, index, register),
            _ => ReadRead(element, index, register),
        };
        step = ReadElement(element, register, step with { Block = block });
        problems.Register = "";
        return step;
    }

    private StepModel ReadElement(MarkupElement element, RegisterModel register, StepModel step)
    {
        MarkupAttribute? number = element.Attribute(TrapGrammar.ElementIndex);
        MarkupAttribute? argument = element.Attribute(TrapGrammar.ElementArgument);
        if ((number ?? argument) is not { } given)
        {
            if (register.Dimension.IsArray && step.Kind is StepKind.If or StepKind.Read)
            {
                problems.Add(ProblemRules.UnfitStep, element, element.Grammar.Name, register.Name, "it is an array, and one element is meant (element or index)");
            }

            return step;
        }

        string count = register.Dimension.Count.ToString(CultureInfo.InvariantCulture);
        if (!register.Dimension.IsArray)
        {
            Refuse(given, element, register.Name, "it is no array and has no elements");
        }
        else if (number is not null && argument is not null)
        {
            Refuse(argument, element, register.Name, "which element is said twice");
        }
        else if (number is { IsValid: true } && number.Number >= register.Dimension.Count)
        {
            Refuse(number, element, register.Name, "it has " + count + " elements, counted from 0");
        }
        else if (argument is { IsValid: true } && TryNumber(argument, out ulong maximum) && maximum >= register.Dimension.Count)
        {
            Refuse(argument, element, register.Name, "it has " + count + " elements, counted from 0, and the argument may be more");
        }

        return step with { Element = number is { IsValid: true } ? (uint)number.Number : null, Index = argument?.Text ?? "" };
    }

    private StepModel ReadPoll(MarkupElement element, int index, RegisterModel register)
    {
        RequireReadable(element, register);
        (ulong mask, ulong value) = Wanted(element, register);
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

    private StepModel ReadIf(MarkupElement element, int index, RegisterModel register)
    {
        RequireReadable(element, register);
        if (element.Attribute(TrapGrammar.Argument) is { } argument)
        {
            Refuse(argument, element, register.Name, "it looks at a register or at an argument, not at both");
        }

        (ulong mask, ulong value) = Wanted(element, register);
        return WithBranches(element, Empty(StepKind.If, index) with { Mask = mask, Value = value });
    }

    private StepModel? ReadArgumentIf(MarkupElement element)
    {
        if (element.Attribute(TrapGrammar.Argument) is not { } argument)
        {
            problems.Add(ProblemRules.UnfitStep, element, element.Grammar.Name, "?", "it names a register or an argument to look at");
            return null;
        }

        foreach (AttributeGrammar other in new[] { TrapGrammar.Block, TrapGrammar.Field, TrapGrammar.ElementIndex, TrapGrammar.ElementArgument })
        {
            if (element.Attribute(other) is { } misplaced)
            {
                Refuse(misplaced, element, argument.Text, "an argument has no " + other.Name);
            }
        }

        if (!TryNumber(argument, out ulong maximum))
        {
            return null;
        }

        ulong value = element.Attribute(TrapGrammar.Value) is { IsValid: true } wanted ? wanted.Number : 0;
        if (value > maximum)
        {
            Refuse(argument, element, argument.Text, "it never has this value");
        }

        return WithBranches(element, Empty(StepKind.If, -1) with { Argument = argument.Text, Mask = ulong.MaxValue, Value = value });
    }

    private StepModel WithBranches(MarkupElement element, StepModel step)
    {
        MarkupElement? otherwise = element.Child(TrapGrammar.OtherwiseSteps);
        EquatableArray<StepModel> steps = ReadSteps(element);
        return step with { Steps = steps, Otherwise = otherwise is null ? default : ReadSteps(otherwise) };
    }

    private StepModel ReadRead(MarkupElement element, int index, RegisterModel register)
    {
        RequireReadable(element, register);
        ulong mask = MaskComputation.All(register.WidthBits);
        ulong maximum = mask;
        if (element.Attribute(TrapGrammar.Field) is { } name && TryFindField(name, register, out int fieldIndex))
        {
            mask = register.Fields[fieldIndex].Mask;
            maximum = MaskComputation.All(register.Fields[fieldIndex].WidthBits);
        }

        MarkupAttribute? into = element.Attribute(TrapGrammar.Into);
        if (into is { IsValid: true } && !_names.TryAddRead(into.Text, maximum))
        {
            Refuse(into, element, register.Name, "the sequence has a number of this name already");
        }

        return Empty(StepKind.Read, index) with { Mask = mask, Argument = into?.Text ?? "" };
    }

    private StepModel ReadWrite(MarkupElement element, int index, int block, RegisterModel register)
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
            TakeBits(argument, element, index, block, register);
        }

        return Empty(StepKind.Write, index) with
        {
            Value = Number(element, TrapGrammar.Value, register),
            Argument = argument?.Text ?? "",
            Settings = settings,
        };
    }

    // A name that nothing declares stands for the register's bits.
    private void TakeBits(MarkupAttribute name, MarkupElement element, int index, int block, RegisterModel register)
    {
        ulong all = MaskComputation.All(register.WidthBits);
        if (_names.TryNumber(name.Text, out _, out ulong maximum))
        {
            if (maximum > all)
            {
                Refuse(name, element, register.Name, "the argument may be more than " + register.WidthBits.ToString(CultureInfo.InvariantCulture) + " bits hold");
            }
        }
        else if (_names.Argument(name.Text) is { } known)
        {
            if (known.Register != index || known.Block != block)
            {
                string other = scope.Registers(known.Block)[known.Register].Name;
                Refuse(name, element, register.Name, "the argument '" + name.Text + "' is a value of '" + other + "' already");
            }
        }
        else if (!_names.TryAdd(new ArgumentModel(name.Text, "", 0, all, index, block)))
        {
            Refuse(name, element, register.Name, "the number '" + name.Text + "' cannot be used here any more");
        }
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
                Refuse(name, element, register.Name, "'" + field.Name + "' is set already");
            }
            else if (!SanitizerReader.IsWritable(field))
            {
                Refuse(name, element, register.Name, "software cannot write '" + field.Name + "'");
            }
            else if (isModify && field.Write != WriteAction.Store)
            {
                Refuse(name, element, register.Name, "a modify leaves fields alone in which a write acts (modifiedWriteValues of '" + field.Name + "'); use trap:write");
            }

            settings.Add(ReadSetting(element, register, field, index));
        }

        return new EquatableArray<FieldSetting>(settings.ToArray());
    }

    private FieldSetting ReadSetting(MarkupElement element, RegisterModel register, FieldModel field, int index)
    {
        MarkupAttribute? value = element.Attribute(TrapGrammar.Value);
        MarkupAttribute? argument = element.Attribute(TrapGrammar.Argument);
        MarkupAttribute? bits = element.Attribute(TrapGrammar.Bits);
        if ((value is null) == (argument is null) || (bits is not null && argument is null))
        {
            problems.Add(ProblemRules.UnfitStep, element, element.Grammar.Name, register.Name, "what '" + field.Name + "' gets is a value, or an argument or bits of one");
            return new FieldSetting(index, 0);
        }

        if (value is { IsValid: true } && value.Number <= MaskComputation.All(field.WidthBits) && !field.Takes(value.Number))
        {
            Refuse(value, element, register.Name, "the writeConstraint of '" + field.Name + "' does not let it in");
        }

        if (argument is null)
        {
            return new FieldSetting(index, Fit(element, value is { IsValid: true } ? value.Number : 0, register, field));
        }

        if (!TryNumber(argument, out ulong maximum))
        {
            return new FieldSetting(index, 0);
        }

        int low = bits is { IsValid: true } ? BitRangeText.Low(bits.Number) : 0;
        int width = bits is { IsValid: true } ? BitRangeText.High(bits.Number) - low + 1 : field.WidthBits;
        if (bits is null ? maximum > MaskComputation.All(field.WidthBits) : width > field.WidthBits)
        {
            string have = field.WidthBits.ToString(CultureInfo.InvariantCulture);
            Refuse(bits ?? argument, element, register.Name, "'" + field.Name + "' has " + have + " bits only, and the argument may be more (bits says which are taken)");
        }

        return new FieldSetting(index, 0) { Argument = argument.Text, ArgumentLowBit = low, ArgumentWidthBits = width };
    }

    private StepModel? ReadCall(MarkupElement element)
    {
        if (element.Attribute(TrapGrammar.Callee) is not { } name || !scope.TryFindBlock(problems, element, name.Text, mayBeOwn: true, out int block))
        {
            return null;
        }

        bool isKnown = block < 0 ? sequences.Has(name.Text) : scope.FindSequence(block, name.Text) is not null;
        if (!isKnown)
        {
            string hint = Spelling.DidYouMean(name.Text, block < 0 ? sequences.Names : scope.SequencesOf(block));
            problems.Add(ProblemRules.UnknownReference, name.File, name.ValueRange, "sequence", name.Text, "in this " + (block < 0 && scope.IsDevice ? "device" : "block"), hint);
            return null;
        }

        if (block < 0 && sequences.WhyNotCalled(name.Text) is { } why)
        {
            Refuse(name, element, name.Text, why);
            return null;
        }

        SequenceModel callee = block < 0 ? sequences.Resolve(name.Text) : scope.FindSequence(block, name.Text)!;
        return Empty(StepKind.Call, -1) with { Block = block, Callee = name.Text, Passes = ReadPasses(element, callee, block) };
    }

    private EquatableArray<ArgumentPass> ReadPasses(MarkupElement call, SequenceModel callee, int block)
    {
        Dictionary<string, MarkupElement> given = new(StringComparer.Ordinal);
        for (MarkupElement? element = call.FirstChild; element is not null; element = element.NextSibling)
        {
            if (element.Attribute(TrapGrammar.Argument) is not { IsValid: true } name)
            {
                continue;
            }

            if (!callee.Arguments.Any(argument => argument.Name == name.Text))
            {
                string hint = Spelling.DidYouMean(name.Text, callee.Arguments.Select(argument => argument.Name));
                problems.Add(ProblemRules.UnknownReference, name.File, name.ValueRange, "argument", name.Text, "in '" + callee.Name + "'", hint);
            }
            else if (given.ContainsKey(name.Text))
            {
                Refuse(name, element, callee.Name, "the argument is given already");
            }
            else
            {
                given.Add(name.Text, element);
            }
        }

        List<ArgumentPass> passes = [];
        foreach (ArgumentModel argument in callee.Arguments)
        {
            if (given.TryGetValue(argument.Name, out MarkupElement? element))
            {
                passes.Add(ReadPass(element, callee, argument, block));
            }
            else
            {
                problems.Add(ProblemRules.UnfitStep, call, call.Grammar.Name, callee.Name, "the argument '" + argument.Name + "' is not given (trap:pass)");
            }
        }

        return new EquatableArray<ArgumentPass>(passes.ToArray());
    }

    private ArgumentPass ReadPass(MarkupElement element, SequenceModel callee, ArgumentModel argument, int block)
    {
        MarkupAttribute? value = element.Attribute(TrapGrammar.Value);
        MarkupAttribute? from = element.Attribute(TrapGrammar.FromArgument);
        if ((value is null) == (from is null))
        {
            problems.Add(ProblemRules.UnfitStep, element, element.Grammar.Name, callee.Name, "what '" + argument.Name + "' gets is either a value or from an argument");
        }
        else if (value is { IsValid: true } && (value.Number < argument.Minimum || value.Number > argument.Maximum))
        {
            Refuse(value, element, callee.Name, "'" + argument.Name + "' " + Bounds(argument));
        }
        else if (from is { IsValid: true })
        {
            TakeFrom(from, element, callee, argument, block);
        }

        return new ArgumentPass(argument.Name, value is { IsValid: true } ? value.Number : 0, from?.Text ?? "");
    }

    // A name that nothing declares is the called sequence's argument, handed on.
    private void TakeFrom(MarkupAttribute from, MarkupElement element, SequenceModel callee, ArgumentModel argument, int block)
    {
        if (_names.TryNumber(from.Text, out ulong minimum, out ulong maximum))
        {
            if (minimum < argument.Minimum || maximum > argument.Maximum)
            {
                Refuse(from, element, callee.Name, "'" + argument.Name + "' " + Bounds(argument) + ", and '" + from.Text + "' may be something else");
            }

            return;
        }

        int place = argument.Register < 0 ? -1 : block < 0 ? argument.Block : block;
        if (_names.Argument(from.Text) is { } known)
        {
            if (argument.Register < 0 || known.Register != argument.Register || known.Block != place)
            {
                Refuse(from, element, callee.Name, "'" + from.Text + "' is a value of '" + scope.Registers(known.Block)[known.Register].Name + "'");
            }
        }
        else if (!_names.TryAdd(argument with { Name = from.Text, Block = place }))
        {
            Refuse(from, element, callee.Name, "the number '" + from.Text + "' cannot be used here any more");
        }
    }

    private static string Bounds(ArgumentModel argument)
        => "lies between " + argument.Minimum.ToString(CultureInfo.InvariantCulture) + " and " + argument.Maximum.ToString(CultureInfo.InvariantCulture);

    private bool TryNumber(MarkupAttribute name, out ulong maximum)
    {
        if (_names.TryNumber(name.Text, out _, out maximum))
        {
            return true;
        }

        string hint = Spelling.DidYouMean(name.Text, _names.Visible);
        problems.Add(ProblemRules.UnknownReference, name.File, name.ValueRange, "argument", name.Text, "as a number in this sequence (trap:argument, trap:read)", hint);
        return false;
    }

    private (ulong Mask, ulong Value) Wanted(MarkupElement element, RegisterModel register)
    {
        ulong mask = MaskComputation.All(register.WidthBits);
        ulong value = Number(element, TrapGrammar.Value, register);
        if (element.Attribute(TrapGrammar.Field) is { } name && TryFindField(name, register, out int fieldIndex))
        {
            FieldModel field = register.Fields[fieldIndex];
            mask = field.Mask;
            value = Fit(element, value, register, field) << field.LowBit;
        }

        return (mask, value);
    }

    private ulong Fit(MarkupElement element, ulong value, RegisterModel register, FieldModel field)
    {
        ulong most = MaskComputation.All(field.WidthBits);
        if (value > most && element.Attribute(TrapGrammar.Value) is { } at)
        {
            Refuse(at, element, register.Name, "'" + field.Name + "' has " + field.WidthBits.ToString(CultureInfo.InvariantCulture) + " bits only");
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

    private void Refuse(MarkupAttribute at, MarkupElement element, string subject, string why)
        => problems.Add(ProblemRules.UnfitStep, at.File, at.ValueRange, element.Grammar.Name, subject, why);
}
