namespace Sluice.Registers.Description;

/// <summary>A <c>trap:suppress</c>: a rule that does not hold somewhere, with the reason.</summary>
internal sealed class Suppression(ProblemRule rule, string view, string register, MarkupElement element)
{
    public ProblemRule Rule { get; } = rule;

    public MarkupElement Element { get; } = element;

    /// <summary>Why the rule does not hold.</summary>
    public string Reason => Element.Attribute(TrapGrammar.Reason)?.Text ?? "";

    /// <summary>Whether it has suppressed something.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Whether a problem is one that it suppresses.</summary>
    public bool Covers(ProblemRule reported, string inView, string atRegister)
        => Rule == reported && (view.Length == 0 || view == inView) && (register.Length == 0 || register == atRegister);
}
