using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Makes of a sequence, and of those that it calls, one list of operations with addresses and values in place.</summary>
internal sealed class ScriptPlanner(DeviceModel device)
{
    // Calls can double at every level; nobody reads a script of this length.
    private const int MostOperations = 100_000;

    private int _operations;
    private int _variables;

    /// <summary>Why there is no plan; null as long as there is one.</summary>
    public string? Problem { get; private set; }

    /// <summary>Plans a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="block">Index of the block whose sequence it is; -1 for the device's.</param>
    /// <param name="numbers">The value of each argument.</param>
    public ScriptOperation.Group Plan(SequenceModel sequence, int block, IReadOnlyDictionary<string, ulong> numbers)
        => Group(sequence, block, numbers.ToDictionary(pair => pair.Key, pair => new ScriptValue(pair.Value), StringComparer.Ordinal), isUndoing: false);

    private ScriptOperation.Group Group(SequenceModel sequence, int block, Dictionary<string, ScriptValue> numbers, bool isUndoing)
    {
        Dictionary<string, ScriptValue> given = new(numbers, StringComparer.Ordinal);
        List<ScriptOperation> operations = Steps(sequence.Steps, block, numbers, isUndoing: false);
        List<ScriptOperation> undo = Steps(sequence.Undo, block, given, isUndoing: true);
        return new ScriptOperation.Group(sequence.Name, operations, undo, isUndoing);
    }

    private List<ScriptOperation> Steps(EquatableArray<StepModel> steps, int block, Dictionary<string, ScriptValue> numbers, bool isUndoing)
    {
        List<ScriptOperation> operations = [];
        foreach (StepModel step in steps)
        {
            if (++_operations > MostOperations)
            {
                Problem ??= "the script would have more than 100000 steps";
            }

            if (Problem is not null)
            {
                break;
            }

            Add(operations, step, step.Block >= 0 ? step.Block : block, numbers, isUndoing, block);
        }

        return operations;
    }

    private void Add(List<ScriptOperation> operations, StepModel step, int block, Dictionary<string, ScriptValue> numbers, bool isUndoing, int own)
    {
        switch (step.Kind)
        {
            case StepKind.Delay:
                operations.Add(new ScriptOperation.Delay(step.Microseconds));
                return;
            case StepKind.Call:
                operations.Add(Call(step, step.Block >= 0 ? step.Block : own, numbers, isUndoing));
                return;
            case StepKind.If when step.Register < 0:
                AddArgumentIf(operations, step, own, numbers);
                return;
        }

        RegisterModel register = device.Blocks[block].Registers[step.Register];
        if (Place(step, block, register, numbers) is not { } place)
        {
            return;
        }

        switch (step.Kind)
        {
            case StepKind.Write:
                operations.Add(new ScriptOperation.Write(place, Written(step, register, numbers)));
                break;
            case StepKind.Modify:
                operations.Add(Modify(place, step, register, numbers));
                break;
            case StepKind.Poll:
                operations.Add(new ScriptOperation.Poll(place, step.Mask, step.Value, step.Microseconds, step.IntervalMicroseconds));
                break;
            case StepKind.Read:
                string variable = "v" + (++_variables).ToString(CultureInfo.InvariantCulture);
                operations.Add(new ScriptOperation.Read(place, step.Mask, variable));
                ulong bits = step.Mask / (step.Mask & (~step.Mask + 1));
                numbers[step.Argument] = new ScriptValue(0, [new ScriptTerm(variable, 0, bits, 0)]);
                break;
            default:
                List<ScriptOperation> then = Steps(step.Steps, own, numbers, isUndoing: false);
                List<ScriptOperation> otherwise = Steps(step.Otherwise, own, numbers, isUndoing: false);
                operations.Add(new ScriptOperation.If(place, "", step.Mask, step.Value, then, otherwise));
                break;
        }
    }

    private ScriptOperation.Group Call(StepModel step, int block, Dictionary<string, ScriptValue> numbers, bool isUndoing)
    {
        IReadOnlyList<SequenceModel> siblings = block < 0 ? device.Sequences : device.Blocks[block].Sequences;
        SequenceModel callee = siblings.First(sequence => sequence.Name == step.Callee);
        Dictionary<string, ScriptValue> handed = step.Passes.ToDictionary(
            pass => pass.Name,
            pass => pass.From.Length != 0 ? numbers[pass.From] : new ScriptValue(pass.Value),
            StringComparer.Ordinal);
        return Group(callee, block, handed, isUndoing);
    }

    // What is known when the script is written is decided then.
    private void AddArgumentIf(List<ScriptOperation> operations, StepModel step, int own, Dictionary<string, ScriptValue> numbers)
    {
        ScriptValue number = numbers[step.Argument];
        if (number.Terms.Count == 0)
        {
            operations.AddRange(Steps(number.Known == step.Value ? step.Steps : step.Otherwise, own, numbers, isUndoing: false));
            return;
        }

        List<ScriptOperation> then = Steps(step.Steps, own, numbers, isUndoing: false);
        List<ScriptOperation> otherwise = Steps(step.Otherwise, own, numbers, isUndoing: false);
        operations.Add(new ScriptOperation.If(null, number.Terms[0].Variable, ulong.MaxValue, step.Value, then, otherwise));
    }

    private ScriptPlace? Place(StepModel step, int block, RegisterModel register, Dictionary<string, ScriptValue> numbers)
    {
        BlockModel owner = device.Blocks[block];
        if (owner.CapabilityId is not null)
        {
            Problem ??= "the block '" + owner.Name + "' is placed at run time, so that a script cannot know its address";
            return null;
        }

        if (register.Window is not null)
        {
            Problem ??= "'" + owner.Name + "." + register.Name + "' is reached through a window, which a script does not move";
            return null;
        }

        ulong address = owner.BaseAddress + register.Offset;
        string name = owner.Name + "." + register.Name;
        if (!register.Dimension.IsArray)
        {
            return new ScriptPlace(name, address, register.WidthBits, 1, 0);
        }

        ulong? element = step.Element;
        if (step.Index.Length != 0)
        {
            ScriptValue index = numbers[step.Index];
            if (index.Terms.Count != 0)
            {
                Problem ??= "the element of '" + name + "' is known only when the script runs";
                return null;
            }

            element = index.Known;
        }

        return element is ulong one
            ? new ScriptPlace(
                name + "." + one.ToString(CultureInfo.InvariantCulture),
                address + (one * register.Dimension.StrideBytes),
                register.WidthBits,
                1,
                0)
            : new ScriptPlace(name, address, register.WidthBits, register.Dimension.Count, register.Dimension.StrideBytes);
    }

    private static ScriptValue Written(StepModel step, RegisterModel register, Dictionary<string, ScriptValue> numbers)
        => step.Argument.Length != 0 ? numbers[step.Argument] : step.Settings.Count != 0 ? Set(step, register, numbers) : new ScriptValue(step.Value);

    private static ScriptOperation.Modify Modify(ScriptPlace place, StepModel step, RegisterModel register, Dictionary<string, ScriptValue> numbers)
    {
        ulong changed = step.Settings.Aggregate(0ul, (mask, setting) => mask | register.Fields[setting.Field].Mask);
        ScriptValue value = Set(step, register, numbers);
        return new ScriptOperation.Modify(place, register.ModifyKeeps & ~changed, value with { Known = value.Known | register.ModifySets });
    }

    private static ScriptValue Set(StepModel step, RegisterModel register, Dictionary<string, ScriptValue> numbers)
    {
        ulong known = 0;
        List<ScriptTerm> terms = [];
        foreach (FieldSetting setting in step.Settings)
        {
            FieldModel field = register.Fields[setting.Field];
            if (setting.Argument is not { } name)
            {
                known |= setting.Value << field.LowBit;
                continue;
            }

            ScriptValue number = numbers[name];
            ulong mask = MaskComputation.All(setting.ArgumentWidthBits);
            known |= ((number.Known >> setting.ArgumentLowBit) & mask) << field.LowBit;
            terms.AddRange(number.Terms.Select(term => new ScriptTerm(term.Variable, setting.ArgumentLowBit, mask, field.LowBit)));
        }

        return new ScriptValue(known, terms);
    }
}
