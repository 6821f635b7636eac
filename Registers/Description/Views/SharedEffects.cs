using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>
/// Finds side effects of the hardware that two views of a block share. A W1C bit, or one that a read clears, tells of an event once: whoever
/// clears it takes it from the other.
/// </summary>
internal sealed class SharedEffects(BlockProblems problems, EquatableArray<RegisterModel> registers)
{
    private readonly List<(string View, int Register, PolicyModel Policy)> _seen = [];

    /// <summary>Compares a view with those that came before it.</summary>
    /// <param name="view">The view's name.</param>
    /// <param name="policies">Its policies with their elements, by register.</param>
    public void Check(string view, SortedDictionary<int, (PolicyModel Policy, MarkupElement Element)> policies)
    {
        int before = _seen.Count;
        foreach (KeyValuePair<int, (PolicyModel Policy, MarkupElement Element)> entry in policies)
        {
            PolicyModel policy = entry.Value.Policy;
            BitMasks masks = registers[entry.Key].Masks;
            if (policy.Kind != PolicyKind.Passthrough || (masks.WriteEffects | masks.ReadEffects) == 0)
            {
                continue;
            }

            for (int index = 0; index < before; index++)
            {
                (string otherView, int register, PolicyModel other) = _seen[index];
                if (register == entry.Key)
                {
                    Compare(entry.Value.Element, registers[register], view, policy, otherView, other);
                }
            }

            _seen.Add((view, entry.Key, policy));
        }
    }

    private void Compare(MarkupElement element, RegisterModel register, string view, PolicyModel policy, string otherView, PolicyModel other)
    {
        ulong written = ((policy.Writable & (other.Writable | other.Visible)) | (other.Writable & policy.Visible)) & register.Masks.WriteEffects;
        ulong read = policy.Visible == 0 || other.Visible == 0 ? 0 : (policy.Visible | other.Visible) & register.Masks.ReadEffects;
        if ((written | read) != 0)
        {
            string verb = written == 0 ? "reads" : read == 0 ? "writes" : "reads or writes";
            string bits = (written | read).ToString("X", CultureInfo.InvariantCulture);
            problems.Register = register.Name;
            problems.Add(ProblemRules.SharedEffect, element, bits, register.Name, otherView, view, verb);
            problems.Register = "";
        }
    }
}
