using Sluice.Analyzers.CodeFixes;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests.Fixes;

public sealed class BoundsCheckCodeFixTests
{
    [Fact]
    public void An_index_beyond_the_length_leaves_the_method_with_its_default()
        => Fix(
            """
            public static uint Run(uint[] table, [GuestControlled] uint value)
                {
                    return table[[|value|]];
                }
            """).VerifyFixes(Source(
            """
            public static uint Run(uint[] table, [GuestControlled] uint value)
                {
                    if (value >= (uint)table.Length)
                    {
                        return default;
                    }

                    return table[value];
                }
            """));

    [Fact]
    public void A_method_that_answers_says_no()
        => Fix(
            """
            public static bool Run(System.ReadOnlySpan<uint> table, [GuestControlled] ulong value)
                {
                    uint word = table[[|(int)value|]];
                    return word != 0;
                }
            """).VerifyFixes(Source(
            """
            public static bool Run(System.ReadOnlySpan<uint> table, [GuestControlled] ulong value)
                {
                    if (value >= (ulong)table.Length)
                    {
                        return false;
                    }

                    uint word = table[(int)value];
                    return word != 0;
                }
            """));

    [Fact]
    public void A_signed_index_is_compared_without_its_sign()
        => Fix(
            """
            private static readonly uint[] s_table = new uint[4];

                public static void Run([GuestControlled] int value)
                {
                    s_table[[|value|]] = 1;
                }
            """).VerifyFixes(Source(
            """
            private static readonly uint[] s_table = new uint[4];

                public static void Run([GuestControlled] int value)
                {
                    if ((uint)value >= (uint)s_table.Length)
                    {
                        return;
                    }

                    s_table[value] = 1;
                }
            """));

    [Fact]
    public void The_elements_of_an_inline_array_are_counted()
        => Fix(
            """
            [System.Runtime.CompilerServices.InlineArray(4)]
                private struct Four { private uint _first; }

                private static Four s_four;

                public static uint Run([GuestControlled] int value)
                {
                    return s_four[[|value|]];
                }
            """).VerifyFixes(Source(
            """
            [System.Runtime.CompilerServices.InlineArray(4)]
                private struct Four { private uint _first; }

                private static Four s_four;

                public static uint Run([GuestControlled] int value)
                {
                    if ((uint)value >= 4)
                    {
                        return default;
                    }

                    return s_four[value];
                }
            """));

    [Fact]
    public void Two_uses_of_one_index_are_checked_once()
        => Fix(
            """
            public static uint Run(uint[] table, [GuestControlled] uint value)
                {
                    return table[[|value|]] + table[[|value|]];
                }
            """).VerifyFixes(Source(
            """
            public static uint Run(uint[] table, [GuestControlled] uint value)
                {
                    if (value >= (uint)table.Length)
                    {
                        return default;
                    }

                    return table[value] + table[value];
                }
            """));

    [Fact]
    public void Two_indices_in_one_statement_are_checked_each()
        => Fix(
            """
            public static uint Run(uint[] table, [GuestControlled] uint first, [GuestControlled] uint second)
                {
                    return table[[|first|]] + table[[|second|]];
                }
            """).VerifyFixes(Source(
            """
            public static uint Run(uint[] table, [GuestControlled] uint first, [GuestControlled] uint second)
                {
                    if (first >= (uint)table.Length)
                    {
                        return default;
                    }

                    if (second >= (uint)table.Length)
                    {
                        return default;
                    }

                    return table[first] + table[second];
                }
            """));

    [Theory]
    [InlineData("public static uint Run(uint[] table, [GuestControlled] uint value) => table[[|value|]];")]
    [InlineData("public static uint Run(uint[] table, [GuestControlled] uint value) { return table[[|value + 1|]]; }")]
    [InlineData("public static bool Run(uint[] table, bool isOn, [GuestControlled] uint value) { return isOn && table[[|value|]] != 0; }")]
    [InlineData("public static uint Run(uint[] table, bool isOn, [GuestControlled] uint value) { return isOn ? table[[|value|]] : 0; }")]
    [InlineData("public static void Run(uint[] table, [GuestControlled] uint value) { while (table[[|value|]] != 0) { } }")]
    [InlineData("public static void Run(uint[] table, [GuestControlled] uint value) { for (uint at = 0; at < 4; value++) table[[|value|]] = at++; }")]
    [InlineData("public static uint Run(uint[] table, [GuestControlled] uint value) { return table[[|value++|]]; }")]
    [InlineData("public static string Run(string[] table, [GuestControlled] uint value) { return table[[|value|]]; }")]
    [InlineData("public static void Run(uint[] table, [GuestControlled] uint value, out uint word) { word = table[[|value|]]; }")]
    [InlineData("public static uint Run(System.Func<uint[]> tables, [GuestControlled] uint value) { return tables()[[|value|]]; }")]
    [InlineData("public static System.Func<uint> Run(uint[] table, [GuestControlled] uint value) { return () => { return table[[|value|]]; }; }")]
    [InlineData("public static System.Collections.Generic.IEnumerable<uint> Run(uint[] table, [GuestControlled] uint value) { yield return table[[|value|]]; }")]
    public void No_check_is_offered_where_it_would_mean_something_else(string member) => Fix(member).VerifyNotOffered();

    private static CodeFixTest Fix(string member) => new(AnalyzerTest.Of<GuestUseAnalyzer>("SLU2004").WithSource(Source(member)), new BoundsCheckCodeFix());

    private static string Source(string member) => "using Sluice.Registers;\n\npublic static class Trap\n{\n    " + member + "\n}\n";
}
