using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class OverwrittenErrorAnalyzerTests
{
    [Theory]
    [InlineData("bool done = true; foreach (uint item in items) { done = [|TryStep()|]; } return done;")]
    [InlineData("bool done = [|TryStep()|]; done = TryStep(); return done;")]
    [InlineData("bool done = [|TryStep()|]; if (items.Length > 4) { done = TryStep(); } return done;")]
    [InlineData("bool done; int at = 0; do { done = [|TryStep()|]; at++; } while (at < 4); return done;")]
    public void An_answer_that_the_next_one_replaces_is_reported(string statements) => Test(statements).Verify();

    [Theory]
    [InlineData("bool done = true; foreach (uint item in items) { done &= TryStep(); } return done;")]
    [InlineData("bool done = true; foreach (uint item in items) { done = TryStep() && done; } return done;")]
    [InlineData("foreach (uint item in items) { bool done = TryStep(); if (!done) { return false; } } return true;")]
    [InlineData("bool done = false; for (int at = 0; at < 4 && !done; at++) { done = TryStep(); } return done;")]
    [InlineData("bool done = TryStep(); if (!done) { done = TryStep(); } return done;")]
    [InlineData("bool done = false; if (items.Length > 4) { done = TryStep(); } else { done = TryStep(); } return done;")]
    [InlineData("bool done = false; System.Action look = () => s_owner = done ? 1u : 0u; done = TryStep(); done = TryStep(); look(); return true;")]
    public void An_answer_that_is_looked_at_or_kept_is_right(string statements) => Test(statements).Verify();

    private static AnalyzerTest Test(string statements)
        => AnalyzerTest.Of<OverwrittenErrorAnalyzer>("SLU2022").WithSource(RuleExamples.Guest("static bool Run(uint[] items) {\n" + statements + "\n}"));
}
