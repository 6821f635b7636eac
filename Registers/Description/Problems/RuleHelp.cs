namespace Sluice.Registers.Description;

/// <summary>Where the help page of a rule is.</summary>
public static class RuleHelp
{
    /// <summary>What stands before the rule's id.</summary>
    public const string Prefix = "https://github.com/sluice-dev/sluice/blob/main/docs/rules/";

    /// <summary>The help page of a rule.</summary>
    /// <param name="id">The rule's id, such as <c>SLU1001</c>.</param>
    public static string Link(string id) => Prefix + id + ".md";
}
