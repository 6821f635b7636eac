using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests.RecordedBugs;

/// <summary>Flaws of public records in what is done step by step: owners, errors, state, addresses and logs.</summary>
public sealed class RecordedStepBugTests
{
    [Fact]
    public void An_owner_that_is_switched_before_the_device_is_attached_as_in_CVE_2021_28695()
        => Refuses<OwnershipAnalyzer>("SLU2021", """
            public static bool Assign(uint domain)
            {
                [|s_owner = domain|];
                return TryStep();
            }
            """);

    [Fact]
    public void An_error_that_the_next_round_overwrites_as_in_CVE_2022_23035()
        => Refuses<OverwrittenErrorAnalyzer>("SLU2022", """
            public static bool Unmap(uint vectors)
            {
                bool isDone = true;
                for (uint vector = 0; vector < vectors; vector++)
                {
                    isDone = [|TryStep()|];
                }

                return isDone;
            }
            """);

    [Fact]
    public void An_error_of_a_step_that_nobody_looks_at_as_in_CVE_2021_28702()
        => Refuses<DroppedResultAnalyzer>("SLU2020", """
            public static void Deassign()
            {
                [|TryStep()|];
            }
            """);

    [Fact]
    public void A_flush_whose_time_ran_out_and_that_counts_as_done_as_in_CVE_2021_28692()
        => Refuses<DroppedResultAnalyzer>("SLU2020", """
            private static bool TryFlush(uint microseconds) => microseconds != 0 && TryStep();

            public static void Unmap()
            {
                [|TryFlush(1000)|];
                Note("unmapped");
            }
            """);

    [Fact]
    public void An_address_of_64_bits_that_a_cast_cuts_as_in_CVE_2025_58149()
        => Refuses<AddressNarrowingAnalyzer>("SLU2016", """
            private static void Revoke(uint first) => _ = first;

            public static void Detach(ulong barAddress) => Revoke([|(uint)barAddress|]);
            """);

    [Fact]
    public void An_offset_and_a_value_of_one_type_that_are_swapped_as_in_a_message_interrupt_of_a_fork()
        => Refuses<SwappedArgumentsAnalyzer>("SLU2017", """
            public static void Mask(uint offset, uint value) => Poke([|value|], offset);
            """);

    [Fact]
    public void A_reset_that_forgets_a_field_that_was_added_later()
        => Refuses<StateAnalyzer>("SLU2019", """
            private uint _control;
            private uint _pending;

            public bool IsPending => (_control & _pending) != 0;

            public void Raise() => _pending = 1;

            [CoversState]
            public void [|Reset|]() => _control = 0;
            """);

    [Fact]
    public void A_message_for_each_refused_access_without_a_limit_as_in_CVE_2015_4105()
        => Refuses<TrapPathAnalyzer>("SLU2012", """
            [TrapPath]
            public static void Write() => [|System.Console.WriteLine("refused")|];
            """);

    [Fact]
    public void A_kind_of_message_that_the_hardware_does_not_have()
        => Refuses<GuestUseAnalyzer>("SLU2010", """
            public static void Take([GuestControlled] uint type) => Set([|(Kind)type|]);
            """);

    [Fact]
    public void A_name_of_the_guests_that_is_taken_for_a_format()
        => Refuses<GuestUseAnalyzer>("SLU2011", """
            public static void Report([GuestControlled] string name) => System.Console.WriteLine([|name|]);
            """);

    [Fact]
    public void A_register_that_software_only_reads_and_that_is_written_all_the_same()
        => Verify<RawAccessAnalyzer>("SLU2013", RuleExamples.Raw("[|bus.Write32(new RegisterAddress(start + Timer.Offsets.Count), 1)|];"));

    [Fact]
    public void A_field_at_the_wrong_shift_that_lands_in_reserved_bits_as_in_a_header_of_the_bridge()
        => Verify<ReservedBitsAnalyzer>("SLU2014", RuleExamples.Raw("bus.Write32(new RegisterAddress(start) + Timer.Offsets.Control, [|0xC << 20|]);"));

    private static void Refuses<TAnalyzer>(string id, string members)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => Verify<TAnalyzer>(id, RuleExamples.Guest(members));

    private static void Verify<TAnalyzer>(string id, string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => Assert.NotEmpty(AnalyzerTest.Of<TAnalyzer>(id).WithSource(source).Verify());
}
