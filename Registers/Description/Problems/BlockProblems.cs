using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Reports the problems of one block, except those that the block, or the device that it is in, suppresses.</summary>
/// <param name="problems">Where problems go.</param>
/// <param name="outer">The device's problems, with its suppressions; null for the device itself.</param>
internal sealed class BlockProblems(ProblemList problems, BlockProblems? outer = null)
{
    private readonly List<Suppression> _suppressions = [];

    /// <summary>The block that is being read; empty before it has a name.</summary>
    public string Block { get; set; } = "";

    /// <summary>The view that is being read; empty outside views.</summary>
    public string View { get; set; } = "";

    /// <summary>The register that is being read; empty when none is.</summary>
    public string Register { get; set; } = "";

    /// <summary>Whether it took the device's suppressions to suppress something.</summary>
    public bool NeedsOuter { get; private set; }

    /// <summary>How many problems were suppressed.</summary>
    public int Suppressed { get; private set; }

    public int FatalCount => problems.FatalCount;

    public bool IsFull => problems.IsFull;

    public bool Wants(ProblemRule rule, MarkupFile file) => problems.Wants(rule, file.Path);

    public bool WantsSuggestion => problems.WantsSuggestion;

    public void Add(ProblemRule rule, MarkupFile file, TextRange at, params string[] arguments)
    {
        Suppression? own = Find(rule, View, Register);
        if ((own ?? outer?.Find(rule, "", Register)) is { } suppression)
        {
            Suppressed++;
            NeedsOuter |= own is null;
            suppression.IsUsed = true;
            problems.AddSuppressed(rule, file, at, arguments, Block, View, Register, suppression.Reason);
            return;
        }

        problems.Add(rule, file, at, arguments);
    }

    /// <summary>Whether the block itself suppresses a rule, for all of it.</summary>
    public bool SilencesItself(ProblemRule rule) => Find(rule, "", "") is not null;

    /// <summary>Whether a rule is suppressed for the whole block. For one that is only looked at when somebody asks, so that it counts as used.</summary>
    public bool Silences(ProblemRule rule)
    {
        if ((Find(rule, "", "") ?? outer?.Find(rule, "", "")) is not { } suppression)
        {
            return false;
        }

        suppression.IsUsed = true;
        return true;
    }

    public void Add(ProblemRule rule, MarkupElement element, params string[] arguments) => Add(rule, element.File, element.NameRange, arguments);

    /// <summary>Takes over the suppressions that an element holds.</summary>
    /// <param name="holder">A block or a view.</param>
    /// <param name="view">The view's name; empty for a block.</param>
    /// <param name="isInherited">Whether the block derives from the holder: then it need not use what it takes.</param>
    public void Take(MarkupElement holder, string view, bool isInherited)
    {
        for (MarkupElement? child = holder.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child.Grammar == TrapGrammar.Suppress && child.Attribute(TrapGrammar.Rule) is { } id && Read(child, id, view) is { } suppression)
            {
                suppression.IsUsed = isInherited;
                _suppressions.Add(suppression);
            }
        }
    }

    public void ReportNeedless()
    {
        foreach (Suppression suppression in _suppressions)
        {
            if (!suppression.IsUsed)
            {
                problems.Add(ProblemRules.NeedlessSuppression, suppression.Element.File, suppression.Element.NameRange, suppression.Rule.Id);
            }
        }
    }

    private Suppression? Find(ProblemRule rule, string view, string register)
    {
        foreach (Suppression suppression in _suppressions)
        {
            if (suppression.Covers(rule, view, register))
            {
                return suppression;
            }
        }

        return null;
    }

    private Suppression? Read(MarkupElement element, MarkupAttribute id, string view)
    {
        ProblemRule? rule = ProblemRules.Find(id.Text);
        if (rule is null)
        {
            string hint = Spelling.DidYouMean(id.Text, ProblemRules.All.Select(known => known.Id));
            problems.Add(ProblemRules.UnknownRule, element.File, id.ValueRange, "'" + id.Text + "'", "no rule of descriptions has this id", hint);
            return null;
        }

        if (rule.IsFatal)
        {
            string why = "where it is violated the description has no meaning";
            problems.Add(ProblemRules.UnknownRule, element.File, id.ValueRange, rule.Id, why, "");
            return null;
        }

        if (element.Attribute(TrapGrammar.Reason) is not { Text.Length: > 0 })
        {
            problems.Add(ProblemRules.SuppressionWithoutReason, element.File, element.NameRange, rule.Id);
            return null;
        }

        return new Suppression(rule, view, element.Attribute(TrapGrammar.Register)?.Text ?? "", element);
    }
}
