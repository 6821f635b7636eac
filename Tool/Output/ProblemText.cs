using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sluice.Registers.Description;
using Sluice.Tool.Input;

namespace Sluice.Tool.Output;

/// <summary>Problems as compilers print them, one a line, and a last line that counts them.</summary>
internal static class ProblemText
{
    public static string Write(IReadOnlyList<CheckedDescription> descriptions)
    {
        StringBuilder text = new();
        Append(text, descriptions);
        return text.ToString();
    }

    /// <summary>Appends the problems of descriptions, each once.</summary>
    public static void Append(StringBuilder text, IReadOnlyList<CheckedDescription> descriptions)
    {
        List<Problem> problems = descriptions.SelectMany(description => description.Result.Problems).Distinct().ToList();
        foreach (Problem problem in problems)
        {
            text.Append(problem).Append(" [").Append(problem.Rule.HelpLink).Append("]\n");
        }

        int suppressed = descriptions.SelectMany(description => description.Result.Suppressed).Distinct().Count();
        text.Append(Amount.Of(descriptions.Count, "description")).Append(": ")
            .Append(Amount.Of(problems.Count(problem => problem.Severity == ProblemSeverity.Error), "error")).Append(", ")
            .Append(Amount.Of(problems.Count(problem => problem.Severity == ProblemSeverity.Warning), "warning")).Append(", ")
            .Append(Amount.Of(problems.Count(problem => problem.Severity == ProblemSeverity.Information), "note")).Append(", ")
            .Append(Amount.Of(suppressed, "suppressed problem")).Append('\n');
    }
}
