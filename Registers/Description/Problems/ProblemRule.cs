namespace Sluice.Registers.Description;

/// <summary>A rule that descriptions are held to.</summary>
public sealed class ProblemRule
{
    internal ProblemRule(string id, string title, string messageFormat, ProblemSeverity defaultSeverity, string category, bool isFatal)
    {
        Id = id;
        Title = title;
        MessageFormat = messageFormat;
        DefaultSeverity = defaultSeverity;
        Category = category;
        IsFatal = isFatal;
    }

    /// <summary>Its id, <c>SLU1001</c> and following; never reused.</summary>
    public string Id { get; }

    /// <summary>What it is about, in a few words.</summary>
    public string Title { get; }

    /// <summary>The message, with <c>{0}</c> and following for the arguments.</summary>
    public string MessageFormat { get; }

    /// <summary>How bad a violation is unless the project says otherwise.</summary>
    public ProblemSeverity DefaultSeverity { get; }

    /// <summary>The group of rules that it belongs to.</summary>
    public string Category { get; }

    /// <summary>
    /// Whether the description has no meaning where the rule is violated. The block in which that happens is left out of the model; such a rule can
    /// neither be suppressed nor made milder.
    /// </summary>
    public bool IsFatal { get; }

    /// <summary>Whether a violation is a warning only where it stands in a vendor's file (<c>.svd</c>), unless the project says otherwise.</summary>
    public bool IsMildInVendorsFiles { get; internal set; }

    /// <summary>How bad a violation in a file is unless the project says otherwise.</summary>
    internal ProblemSeverity SeverityIn(string path)
        => IsMildInVendorsFiles && DescriptionRoots.IsVendors(path) ? ProblemSeverity.Warning : DefaultSeverity;

    /// <summary>Its help page.</summary>
    public string HelpLink => RuleHelp.Link(Id);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
