using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>Reads the sequences of a block or of a device. One that another calls is read before it.</summary>
internal sealed class SequenceReader(BlockProblems problems, SequenceScope scope, string owner)
{
    // Each nested call is a nested read; more is a mistake, or wants the stack.
    private const int MostNestedCalls = 16;

    private readonly Dictionary<string, (MarkupElement Element, string TypeName)> _elements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SequenceModel> _read = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];

    /// <summary>The names in code of a sequence's methods; none when the sequence has no usable name.</summary>
    public static IEnumerable<string> MethodNames(MarkupElement sequence)
    {
        string name = DotNetName.From(sequence.Attribute(TrapGrammar.Name)?.Text ?? "");
        return name.Length == 0 ? [] : ["Try" + name, "Undo" + name, "Run" + name];
    }

    /// <summary>The names of the sequences that are read here.</summary>
    public IEnumerable<string> Names => _elements.Keys;

    /// <summary>Reads the sequences, in order. A second one with the same name in code is left out.</summary>
    public EquatableArray<SequenceModel> Read(List<MarkupElement> elements)
    {
        if (elements.Count == 0)
        {
            return default;
        }

        HashSet<string> typeNames = new(StringComparer.Ordinal);
        List<string> order = [];
        foreach (MarkupElement element in elements)
        {
            if (element.Attribute(TrapGrammar.Name) is not { } name)
            {
                continue;
            }

            string typeName = DotNetName.From(name.Text);
            if (typeName.Length == 0)
            {
                problems.Add(ProblemRules.BadName, name.File, name.ValueRange, name.Text, "trap:sequence", "it has neither a letter nor a digit of ASCII");
            }
            else if (!typeNames.Add(typeName))
            {
                problems.Add(ProblemRules.DuplicateName, name.File, name.ValueRange, "Sequence", name.Text, owner);
            }
            else
            {
                _elements.Add(name.Text, (element, typeName));
                order.Add(name.Text);
            }
        }

        SequenceModel[] sequences = new SequenceModel[order.Count];
        for (int index = 0; index < sequences.Length; index++)
        {
            sequences[index] = Resolve(order[index]);
        }

        return new EquatableArray<SequenceModel>(sequences);
    }

    /// <summary>Whether there is a sequence of a name.</summary>
    public bool Has(string name) => _elements.ContainsKey(name);

    /// <summary>Why a sequence cannot be called from the one that is being read; null when it can.</summary>
    public string? WhyNotCalled(string name)
        => _open.Contains(name) ? "it is this sequence, or one that calls it"
            : _open.Count >= MostNestedCalls ? "calls nest deeper than 16"
            : null;

    /// <summary>The sequence of a name, read now if it has not been yet.</summary>
    public SequenceModel Resolve(string name)
    {
        if (_read.TryGetValue(name, out SequenceModel? known))
        {
            return known;
        }

        (MarkupElement element, string typeName) = _elements[name];
        string register = problems.Register;
        _open.Add(name);
        SequenceModel sequence = new StepReader(problems, scope, this).Read(element, name, typeName);
        _open.RemoveAt(_open.Count - 1);
        problems.Register = register;
        _read.Add(name, sequence);
        return sequence;
    }
}
