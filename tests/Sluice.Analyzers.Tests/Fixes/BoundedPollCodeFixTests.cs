using Sluice.Analyzers.CodeFixes;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests.Fixes;

public sealed class BoundedPollCodeFixTests
{
    [Fact]
    public void A_field_is_waited_for_until_a_deadline_where_there_is_a_clock()
        => Fix("bool", "Clock clock, ",
            """
                    while ([|!block.Status.Read().Done|])
                    {
                    }

                    while ([|block.Status.Read().Failed|]);

                    return true;
            """).VerifyFixes(Source("bool", "Clock clock, ",
            """
                    if (!block.Status.TryWait(clock, mask: 0x1, expected: 0x1, timeoutMicroseconds: 100_000, intervalMicroseconds: 10))
                    {
                        return false;
                    }

                    if (!block.Status.TryWait(clock, mask: 0x2, expected: 0, timeoutMicroseconds: 100_000, intervalMicroseconds: 10))
                    {
                        return false;
                    }

                    return true;
            """));

    [Fact]
    public void Rounds_are_counted_where_there_is_none()
        => Fix("bool", "",
            """
                    while ([|block.Status.Read().Level != 3|])
                    {
                        System.Threading.Thread.SpinWait(4);
                    }

                    return true;
            """).VerifyFixes(Source("bool", "",
            """
                    for (int polls = 0; block.Status.Read().Level != 3; polls++)
                    {
                        if (polls == 1_000_000)
                        {
                            return false;
                        }

                        System.Threading.Thread.SpinWait(4);
                    }

                    return true;
            """));

    [Theory]
    [InlineData("void", "        while ([|!block.Status.Read().Done|]) { }")]
    [InlineData("uint", "        while ([|!block.Status.Read().Done|]) { }\n        return 0;")]
    [InlineData("bool", "        do { } while ([|!block.Status.Read().Done|]);\n        return true;")]
    [InlineData("bool", "        if (block.Control.Read().Level == 0) while ([|!block.Status.Read().Done|]) { }\n        return true;")]
    [InlineData("bool", "        int polls = 4; while ([|!block.Status.Read().Done|]) { }\n        return polls == 4;")]
    public void Nothing_is_offered_where_the_method_could_not_say_that_it_failed_or_it_is_no_simple_loop(string answer, string statements)
        => Fix(answer, "", statements).VerifyNotOffered();

    private static CodeFixTest Fix(string answer, string parameters, string statements)
        => new(AnalyzerTest.Of<PollAnalyzer>("SLU2009").WithSource(Source(answer, parameters, statements)), new BoundedPollCodeFix());

    private static string Source(string answer, string parameters, string statements) => DriverSources.Status + $$"""
        public readonly struct Clock : IClock
        {
            public ulong Microseconds => 0;
        }

        public static class Driver
        {
            public static {{answer}} Run<TBus>({{parameters}}Block<TBus> block)
                where TBus : struct, IRegisterBus
            {

        """ + statements + "\n    }\n}\n";
}
