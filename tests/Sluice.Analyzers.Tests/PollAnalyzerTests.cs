using System.Globalization;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class PollAnalyzerTests
{
    private const string Endless = "while (block.Status.Read().Done) { }";

    [Fact]
    public void A_loop_that_only_the_register_can_end_is_reported()
    {
        Diagnostic diagnostic = Assert.Single(Test("while ([|!block.Status.Read().Done|]) { }").Verify());
        Assert.Equal("Only the register 'Status' can end this loop: count the rounds or check a deadline", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
    }

    [Theory]
    [InlineData("do { } while ([|block.Status.Read().Done|]);")]
    [InlineData("for (; [|block.Status.Read().Level > 3|];) { }")]
    [InlineData("while ([|block.Status.Read().Done && block.Control.Read().Level != 0|]) { System.Threading.Thread.SpinWait(4); }")]
    [InlineData("while (true) { if ([|block.Status.Read().Done|]) { break; } }")]
    [InlineData("for (;;) { Status status = block.Status.Read(); if ([|status.Done|]) { return; } }")]
    [InlineData("Status status; do { status = block.Status.Read(); } while ([|!status.Done|]);")]
    [InlineData("bool isDone = false; while ([|!isDone|]) { isDone = block.Status.Read().Done; }")]
    [InlineData("while (true) { if ([|block.Status.Read().Done|]) { return; } if (block.Status.Read().Failed) { throw new System.InvalidOperationException(); } }")]
    [InlineData("MmioBus bus = default; while ([|(bus.Read32(new RegisterAddress(4)) & 1) == 0|]) { }")]
    public void Every_kind_of_loop_is_looked_at(string statement) => Test(statement).Verify();

    [Theory]
    [InlineData("int left = 100; while (block.Status.Read().Done && left-- > 0) { }")]
    [InlineData("for (int round = 0; round < 100 && block.Status.Read().Done; round++) { }")]
    [InlineData("while (block.Status.Read().Done) { if (HasPassed()) { return; } }")]
    [InlineData("while (block.Status.Read().Done && !HasPassed()) { }")]
    [InlineData("while (block.Status.Read().Done) { break; }")]
    [InlineData("while (HasPassed()) { }")]
    [InlineData("while (true) { if (block.Status.Read().Done) { break; } if (HasPassed()) { return; } }")]
    [InlineData("for (int round = 0; round < 9; round++) { if (block.Status.Read().Done) { break; } }")]
    [InlineData("int left = 9; while (true) { Status status = block.Status.Read(); if (status.Done || --left == 0) { break; } }")]
    [InlineData("while (true) { if (block.Status.Read().Done) { break; } return; }")]
    [InlineData("foreach (int round in new int[9]) { if (block.Status.Read().Done) { break; } }")]
    [InlineData("while (true) { _ = block.Status.Read(); }")]
    public void A_loop_that_something_else_can_end_is_right(string statement) => Test(statement).Verify();

    [Fact]
    public void It_is_silenced_by_a_pragma() => Test("#pragma warning disable SLU2009 // The architecture promises an answer.\n" + Endless).Verify();

    [Fact]
    public void It_is_off_when_the_configuration_says_none() => Test(Endless).WithSeverity("SLU2009", ReportDiagnostic.Suppress).Verify();

    [Fact]
    public void It_does_not_look_into_generated_code()
        => AnalyzerTest.Of<PollAnalyzer>("SLU2009").WithSource(Source(Endless), "Code.g.cs").Verify();

    private static AnalyzerTest Test(string body) => AnalyzerTest.Of<PollAnalyzer>("SLU2009").WithSource(Source(body));

    private static string Source(string body) => DriverSources.Status + """
        public static class Driver
        {
            public static void Run<TBus>(Block<TBus> block)
                where TBus : struct, IRegisterBus
            {
        """ + "\n" + body + "\n" + """
            }

            private static bool HasPassed() => true;
        }
        """;
}
