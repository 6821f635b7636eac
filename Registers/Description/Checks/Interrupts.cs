using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>Holds the interrupts of a device against each other: a name has one value, a value one name.</summary>
internal sealed class Interrupts
{
    private readonly Dictionary<string, (string Value, string Block)> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, string Block)> _names = new(StringComparer.Ordinal);

    /// <summary>Reports interrupts of a block that contradict one before them.</summary>
    public void Check(MarkupElement peripheral, BlockProblems problems)
    {
        for (MarkupElement? child = peripheral.FirstChild; child is not null; child = child.NextSibling)
        {
            MarkupElement? name = child.Grammar == SvdGrammar.Interrupt ? child.Child(SvdGrammar.InterruptName) : null;
            MarkupElement? value = child.Grammar == SvdGrammar.Interrupt ? child.Child(SvdGrammar.InterruptValue) : null;
            if (name is not { Text.Length: > 0 } || value is not { IsValid: true })
            {
                continue;
            }

            string number = NumberText.Canonical(value.Text);
            if (!_values.TryGetValue(name.Text, out (string Value, string Block) known))
            {
                _values.Add(name.Text, (number, peripheral.Name));
            }
            else if (known.Value != number)
            {
                problems.Add(ProblemRules.DuplicateInterrupt, value.File, value.ContentRange, "Interrupt '" + name.Text + "'", number, known.Value, known.Block);
                continue;
            }

            if (!_names.TryGetValue(number, out (string Name, string Block) other))
            {
                _names.Add(number, (name.Text, peripheral.Name));
            }
            else if (other.Name != name.Text)
            {
                problems.Add(ProblemRules.DuplicateInterrupt, name.File, name.ContentRange, "Interrupt value " + number, "'" + name.Text + "'", "'" + other.Name + "'", other.Block);
            }
        }
    }
}
