using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>
/// Flaws of values, which are found while a file is read. Those that a description may suppress wait until it is known whether it does; the others are
/// reported at once.
/// </summary>
internal sealed class DeferredProblems(ProblemList problems)
{
    private readonly List<(MarkupElement Element, ValueFlaw Flaw, MarkupFile File, TextRange At)> _waiting = [];

    public void Add(MarkupElement element, ValueFlaw flaw, MarkupFile file, TextRange at)
    {
        if (flaw.Rule.IsFatal || _waiting.Count >= ReadingLimits.Waiting)
        {
            problems.Add(flaw.Rule, file, at, flaw.Arguments);
        }
        else
        {
            _waiting.Add((element, flaw, file, at));
        }
    }

    /// <summary>Reports the flaws that stand in an element.</summary>
    /// <param name="holder">A block; null for all that is left.</param>
    /// <param name="report">Where problems go.</param>
    public void Report(MarkupElement? holder, BlockProblems report)
    {
        foreach ((MarkupElement element, ValueFlaw flaw, MarkupFile file, TextRange at) in _waiting)
        {
            if (holder is null || IsIn(element, holder))
            {
                report.Register = RegisterOf(element);
                report.Add(flaw.Rule, file, at, flaw.Arguments);
            }
        }

        report.Register = "";
        _waiting.RemoveAll(waiting => holder is null || IsIn(waiting.Element, holder));
    }

    private static bool IsIn(MarkupElement element, MarkupElement holder)
    {
        MarkupElement? at = element;
        while (at is not null && at != holder)
        {
            at = at.Parent;
        }

        return at is not null;
    }

    private static string RegisterOf(MarkupElement element)
    {
        MarkupElement? at = element;
        while (at is not null && at.Grammar != SvdGrammar.Register)
        {
            at = at.Parent;
        }

        return at?.Name ?? "";
    }
}
