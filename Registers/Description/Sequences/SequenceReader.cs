using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>Reads the sequences of a block.</summary>
internal sealed class SequenceReader(BlockProblems problems, string block, EquatableArray<RegisterModel> registers)
{
    /// <summary>The name in code of a sequence's method; empty when the sequence has no usable name.</summary>
    public static string MethodName(MarkupElement sequence)
    {
        string name = DotNetName.From(sequence.Attribute(TrapGrammar.Name)?.Text ?? "");
        return name.Length == 0 ? "" : "Try" + name;
    }

    /// <summary>Reads the sequences, in order. A second one with the same name in code is left out.</summary>
    public EquatableArray<SequenceModel> Read(List<MarkupElement> elements)
    {
        if (elements.Count == 0)
        {
            return default;
        }

        Dictionary<string, int> indices = new(StringComparer.Ordinal);
        for (int index = 0; index < registers.Count; index++)
        {
            indices[registers[index].Name] = index;
        }

        StepReader steps = new(problems, block, registers, indices);
        HashSet<string> names = new(StringComparer.Ordinal);
        List<SequenceModel> sequences = [];
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
            else if (!names.Add(typeName))
            {
                problems.Add(ProblemRules.DuplicateName, name.File, name.ValueRange, "Sequence", name.Text, block);
            }
            else
            {
                string description = DescriptionText.Normalise(element.Attribute(TrapGrammar.About)?.Text ?? "");
                string source = element.Attribute(TrapGrammar.From)?.Text ?? "";
                sequences.Add(new SequenceModel(name.Text, typeName, description, source, steps.Read(element)));
            }
        }

        return new EquatableArray<SequenceModel>(sequences.ToArray());
    }
}
