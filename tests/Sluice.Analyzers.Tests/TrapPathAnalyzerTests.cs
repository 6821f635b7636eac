using System.Globalization;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class TrapPathAnalyzerTests
{
    [Theory]
    [InlineData("_ = [|new object()|];")]
    [InlineData("_ = [|new int[4]|];")]
    [InlineData("int[] table = [|[1, 2]|]; _ = table;")]
    [InlineData("object boxed = [|value|]; _ = boxed;")]
    [InlineData("[|throw new System.InvalidOperationException();|]")]
    [InlineData("[|lock (s_gate) { }|]")]
    [InlineData("System.Func<int> get = [|() => value|]; _ = get;")]
    [InlineData("System.Func<int> get = [|Give|]; _ = get;")]
    [InlineData("_ = [|$\"{value}\"|];")]
    [InlineData("_ = [|\"a\" + s_text|];")]
    [InlineData("_ = [|s_table.Sum()|];")]
    [InlineData("_ = [|s_get()|];")]
    [InlineData("_ = [|s_gate.GetHashCode()|];")]
    [InlineData("[|s_disposable.Dispose()|];")]
    [InlineData("_ = [|s_list.Count|];")]
    [InlineData("[|foreach (int item in s_list) { }|]")]
    [InlineData("_ = [|value.ToString()|];")]
    [InlineData("_ = [|string.Concat(s_text, s_text)|];")]
    [InlineData("[|System.Threading.Monitor.Enter(s_gate)|];")]
    [InlineData("[|System.ArgumentOutOfRangeException.ThrowIfNegative(value)|];")]
    [InlineData("_ = [|new System.Span<int>(s_table).ToArray()|];")]
    [InlineData("_ = [|s_entry with { Value = 1 }|];")]
    [InlineData("_ = [|new Number(value).GetHashCode()|];")]
    [InlineData("_ = [|value.GetType()|];")]
    [InlineData("_ = [|System.Buffers.ArrayPool<int>.Shared.Rent(4)|];")]
    [InlineData("int[] table = s_table; [|System.Array.Resize(ref table, 4)|];")]
    [InlineData("[|System.Threading.Thread.Sleep(1)|];")]
    [InlineData("_ = [|[|System.Linq.ParallelEnumerable.AsParallel(s_table)|].Sum()|];")]
    [InlineData("[|foreach (int item in new Chain()) { }|]")]
    [InlineData("dynamic number = [|value|]; _ = [|number.Digits|];")]
    [InlineData("Box(value); static object Box<T>(T item) => [|item|];")]
    public void What_takes_memory_or_time_that_nobody_bounds_is_reported(string statement) => Test(statement).Verify();

    [Theory]
    [InlineData("_ = new Number(4);")]
    [InlineData("System.Span<int> span = stackalloc int[4]; _ = span;")]
    [InlineData("System.ReadOnlySpan<int> span = new int[] { 1, 2 }; _ = span;")]
    [InlineData("System.ReadOnlySpan<int> span = [1, 2]; _ = span;")]
    [InlineData("_ = \"a\" + \"b\";")]
    [InlineData("_ = nameof(value) + \"b\";")]
    [InlineData("_ = s_table[value & 1];")]
    [InlineData("foreach (int item in s_table) { }")]
    [InlineData("_ = s_text.Length;")]
    [InlineData("_ = Use(new Number(value));")]
    [InlineData("_ = new Number(value) with { };")]
    [InlineData("foreach (char letter in s_text) { }")]
    [InlineData("foreach (int item in new System.Span<int>(s_table)) { }")]
    [InlineData("Same(value); static T Same<T>(T item) => item;")]
    [InlineData("_ = System.Threading.Interlocked.Increment(ref s_count);")]
    public void What_stays_in_registers_and_on_the_stack_is_right(string statement) => Test(statement).Verify();

    [Fact]
    public void The_same_code_elsewhere_is_left_alone()
        => AnalyzerTest.Of<TrapPathAnalyzer>("SLU2008").WithSource(Source("_ = new object();").Replace("[TrapPath]", "", System.StringComparison.Ordinal)).Verify();

    [Fact]
    public void What_the_trap_path_calls_belongs_to_it_however_far_away()
    {
        AnalyzerTest test = AnalyzerTest.Of<TrapPathAnalyzer>("SLU2008").WithSource("""
            using Sluice.Registers;

            public static class Trap
            {
                [TrapPath]
                public static void Run() => Near();

                private static void Near()
                {
                    Near();
                    _ = Far;
                }

                private static object Far => [|new object()|];

                private static object Unreached() => new object();
            }
            """);

        Diagnostic diagnostic = Assert.Single(test.Verify());
        Assert.Equal(
            "An object that is allocated is forbidden on the trap path, to which 'Trap.Far' belongs because 'Trap.Run' calls it",
            diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
    }

    [Fact]
    public void A_mark_on_a_type_or_on_an_interfaces_member_holds_for_the_methods()
        => AnalyzerTest.Of<TrapPathAnalyzer>("SLU2008").WithSource("""
            using Sluice.Registers;

            public interface IHooks
            {
                [TrapPath]
                void Written();
            }

            public struct Hooks : IHooks
            {
                public void Written() => _ = [|new object()|];
            }

            [TrapPath]
            public struct View
            {
                public object Read() => [|new object()|];
            }
            """).Verify();

    [Fact]
    public void Attributes_and_static_constructors_are_not_run_by_a_trap()
        => AnalyzerTest.Of<TrapPathAnalyzer>("SLU2008").WithSource("""
            using Sluice.Registers;

            [TrapPath]
            public static class View
            {
                private static readonly object s_state;

                static View()
                {
                    s_state = new object();
                }

                [System.Obsolete("Use nothing.")]
                public static bool Read() => s_state is null;
            }
            """).Verify();

    [Fact]
    public void It_does_not_look_into_generated_views_and_follows_the_hooks_that_they_call()
        => AnalyzerTest.Of<TrapPathAnalyzer>("SLU2008")
            .WithSource("""
                // <auto-generated/>
                using Sluice.Registers;

                [TrapPath]
                public interface IGuestHooks
                {
                    void Written();
                    uint Value { get; }
                }

                [TrapPath]
                public struct View
                {
                    public object Read<THooks>(ref THooks hooks)
                        where THooks : struct, IGuestHooks
                    {
                        hooks.Written();
                        return new object();
                    }
                }
                """, "View.g.cs")
            .WithSource("""
                public struct Hooks : IGuestHooks
                {
                    public object Last;
                    public void Written() => Keep();
                    uint IGuestHooks.Value => [|new object()|] is null ? 0u : 1u;
                    private void Keep() => Last = [|new object()|];
                    public object NoHook() => new object();
                }
                """)
            .Verify();

    [Fact]
    public void What_waits_for_others_is_reported()
        => AnalyzerTest.Of<TrapPathAnalyzer>("SLU2008").WithSource("""
            using Sluice.Registers;

            public static class Trap
            {
                [TrapPath]
                public static async System.Threading.Tasks.Task Run()
                {
                    [|await System.Threading.Tasks.Task.Yield()|];
                }

                [TrapPath]
                public static System.Collections.Generic.IEnumerable<int> Each()
                {
                    [|yield return 1;|]
                }
            }
            """).Verify();

    [Theory]
    [InlineData("[|System.Console.Write('x')|];")]
    [InlineData("[|Say(\"refused\")|];")]
    [InlineData("Far();")]
    public void A_log_without_a_rate_limit_is_reported(string statement) => Logs(statement).Verify();

    [Theory]
    [InlineData("Note(\"refused\");")]
    [InlineData("s_refused++;")]
    public void A_counter_and_a_log_that_limits_its_rate_are_right(string statement)
        => Logs(statement).Verify();

    [Fact]
    public void It_is_silenced_by_a_pragma()
        => Test("#pragma warning disable SLU2008 // Runs once, before any guest.\n_ = new object();").Verify();

    [Fact]
    public void It_is_off_when_the_configuration_says_none()
        => Test("_ = new object();").WithSeverity("SLU2008", ReportDiagnostic.Suppress).Verify();

    private static AnalyzerTest Logs(string statement) => AnalyzerTest.Of<TrapPathAnalyzer>("SLU2012").WithSource("""
        using Sluice.Registers;

        public static class Trap
        {
            private static int s_refused;

            [TrapPath]
            public static void Run()
            {
        """ + "\n" + statement + "\n" + """
            }

            [LogSink]
            private static void Say(string text) => s_refused += text.Length;

            [LogSink(IsRateLimited = true)]
            private static void Note(string text) => s_refused += text.Length;

            private static void Far() => FAR;
        }
        """.Replace("FAR", statement.StartsWith("Far", System.StringComparison.Ordinal) ? "[|Say(\"far\")|]" : "s_refused++", System.StringComparison.Ordinal));

    private static AnalyzerTest Test(string statement) => AnalyzerTest.Of<TrapPathAnalyzer>("SLU2008").WithSource(Source(statement));

    private static string Source(string statement) => """
        using System.Linq;
        using Sluice.Registers;

        public readonly struct Number(int value)
        {
            public int Value { get; } = value;
        }

        public sealed record Entry(int Value);

        public struct Chain
        {
            public readonly Walk GetEnumerator() => s_walk;

            private static readonly Walk s_walk = new();
        }

        public sealed class Walk
        {
            public int Current => 0;

            public bool MoveNext() => false;
        }

        public static class Trap
        {
            private static int s_count;
            private static readonly Entry s_entry = new(0);
            private static readonly object s_gate = new();
            private static readonly int[] s_table = [1, 2];
            private static readonly string s_text = s_gate.ToString()!;
            private static readonly System.Collections.Generic.IReadOnlyList<int> s_list = s_table;
            private static readonly System.Func<int> s_get = () => 1;
            private static readonly System.IDisposable s_disposable = new System.IO.MemoryStream();

            [TrapPath]
            public static void Run(int value)
            {
        """ + "\n" + statement + "\n" + """
            }

            public static int Use(Number number) => number.Value;

            private static int Give() => 1;
        }
        """;
}
