using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Whether a view keeps what the conditions of its registers ask for: whoever decides by a bit must have it.</summary>
internal sealed class ConditionCheck(BlockProblems problems, EquatableArray<RegisterModel> registers)
{
    /// <summary>Checks the conditions of a view's registers.</summary>
    public void Check(string view, SortedDictionary<int, (PolicyModel Policy, MarkupElement Element)> policies)
    {
        foreach (KeyValuePair<int, (PolicyModel Policy, MarkupElement Element)> entry in policies)
        {
            PolicyKind kind = entry.Value.Policy.Kind;
            RegisterModel register = registers[entry.Key];
            if (kind == PolicyKind.Denied)
            {
                continue;
            }

            Check(register.Present, "being there", register, entry.Value.Element, view, policies);

            // What passes through is locked by the hardware, by the hardware's own bit.
            if (kind is PolicyKind.Emulated or PolicyKind.Hooked)
            {
                Check(register.WriteEnable, "writes", register, entry.Value.Element, view, policies);
                foreach (FieldModel field in register.Fields.Where(static field => field.WriteEnable is not null))
                {
                    Check(field.WriteEnable, "writes of '" + field.Name + "'", register, entry.Value.Element, view, policies);
                }
            }

            if (register.Window is { } window && kind is PolicyKind.Hooked && !IsKept(window.Register, policies))
            {
                Report("the window", registers[window.Register], register, entry.Value.Element, view);
            }
        }
    }

    private static bool IsKept(int register, SortedDictionary<int, (PolicyModel Policy, MarkupElement Element)> policies)
        => policies.TryGetValue(register, out (PolicyModel Policy, MarkupElement Element) entry) && entry.Policy.Kind is PolicyKind.Constant or PolicyKind.Emulated or PolicyKind.Hooked;

    private void Check(
        ConditionModel? condition,
        string what,
        RegisterModel register,
        MarkupElement element,
        string view,
        SortedDictionary<int, (PolicyModel Policy, MarkupElement Element)> policies)
    {
        if (condition is not null && !IsKept(condition.Register, policies))
        {
            Report(what, registers[condition.Register], register, element, view);
        }
    }

    private void Report(string what, RegisterModel asked, RegisterModel register, MarkupElement element, string view)
        => problems.Add(
            ProblemRules.UnfitCondition,
            element,
            what,
            register.Name,
            "it depends on '" + asked.Name + "', of which the view '" + view + "' keeps no state; make that constant, emulated or hooked, or leave this one out");
}
