using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class DroppedResultAnalyzerTests
{
    [Theory]
    [InlineData("static void Run() { [|TryStep()|]; }")]
    [InlineData("[CanFail] static int Step() => 0; static void Run() { [|Step()|]; }")]
    [InlineData("[CanFail] enum Answer { Done, Failed } static Answer Step() => Answer.Done; static void Run() { [|Step()|]; }")]
    [InlineData("static void Run(Code? code) { code?[|.TryOwn()|]; } bool TryOwn() => false;")]
    [InlineData("static async System.Threading.Tasks.Task Run() { await [|StepAsync()|]; } [CanFail] static System.Threading.Tasks.Task<int> StepAsync() => System.Threading.Tasks.Task.FromResult(1);")]
    public void A_failure_that_nobody_asks_about_is_reported(string members) => Test(members).Verify();

    [Theory]
    [InlineData("static void Run() { _ = TryStep(); }")]
    [InlineData("static bool Run() => TryStep();")]
    [InlineData("static void Run() { if (!TryStep()) { Set(Kind.First); } }")]
    [InlineData("static void Run(System.Collections.Generic.Dictionary<int, int> table) { table.TryAdd(1, 2); }")]
    [InlineData("static bool TryTake(out uint taken) { taken = 0; return false; } static void Run() { _ = TryTake(out _); }")]
    [InlineData("static bool Trying() => true; static void Run() { Trying(); }")]
    [InlineData("static void TryNothing() { } static void Run() { TryNothing(); }")]
    public void A_failure_that_is_asked_about_or_dropped_on_purpose_is_right(string members) => Test(members).Verify();

    private static AnalyzerTest Test(string members) => AnalyzerTest.Of<DroppedResultAnalyzer>("SLU2020").WithSource(RuleExamples.Guest(members));
}
