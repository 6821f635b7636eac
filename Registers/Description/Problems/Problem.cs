using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>One violation of a rule, at its place.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Path">The path of the file, as given.</param>
/// <param name="Range">Where in the file.</param>
/// <param name="Arguments">What the rule's message is filled with.</param>
public sealed record Problem(ProblemRule Rule, string Path, TextRange Range, EquatableArray<string> Arguments)
{
    /// <summary>How bad it is unless the project says otherwise: as its rule says, and milder for some in a vendor's file.</summary>
    public ProblemSeverity Severity => Rule.SeverityIn(Path);

    /// <summary>The message: what is wrong, where and why, and what to do or what was assumed.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.MessageFormat, Arguments.ToArray<object>());

    /// <summary>The problem as compilers print it.</summary>
    public override string ToString()
        => string.Format(
            CultureInfo.InvariantCulture,
            "{0}({1},{2}): {3} {4}: {5}",
            Path,
            Range.Line,
            Range.Column,
            Severity switch { ProblemSeverity.Error => "error", ProblemSeverity.Warning => "warning", _ => "info" },
            Rule.Id,
            Message);
}
