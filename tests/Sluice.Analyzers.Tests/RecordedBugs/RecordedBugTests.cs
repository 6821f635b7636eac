using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Compilation;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests.RecordedBugs;

/// <summary>Flaws that public records tell of, made again as small as they can be: each is refused by a rule or by the compiler.</summary>
public sealed class RecordedBugTests
{
    [Fact]
    public void An_entry_beyond_the_interrupt_table_as_in_CVE_2015_8554()
        => Refuses<GuestUseAnalyzer>("SLU2004", """
            private static readonly uint[] s_control = new uint[8];

            public static void WriteEntry([GuestControlled] uint offset, uint value) => s_control[[|offset / 16|]] = value;
            """);

    [Fact]
    public void An_index_that_may_be_one_past_the_end_of_its_table()
        => Refuses<GuestUseAnalyzer>("SLU2004", """
            private static readonly uint[] s_control = new uint[8];

            public static void WriteEntry([GuestControlled] uint entry, uint value)
            {
                if (entry > s_control.Length)
                {
                    return;
                }

                s_control[[|entry|]] = value;
            }
            """);

    [Fact]
    public void A_list_of_capabilities_that_leads_back_into_itself()
        => Refuses<GuestUseAnalyzer>("SLU2005", """
            [GuestControlled]
            private static uint ReadConfig(uint offset) => offset;

            public static uint Find(uint wanted)
            {
                uint place = ReadConfig(0x34) & 0xFC;
                while ([|place|] != 0)
                {
                    uint header = ReadConfig(place);
                    if ((header & 0xFF) == wanted)
                    {
                        return place;
                    }

                    place = ReadConfig(place + 1) & 0xFC;
                }

                return 0;
            }
            """);

    [Fact]
    public void A_lock_in_shared_memory_that_the_guest_never_gives_back()
        => Refuses<GuestUseAnalyzer>("SLU2005", """
            public static void Take([GuestControlled] ref uint held)
            {
                while ([|System.Threading.Volatile.Read(ref held)|] != 0)
                {
                }
            }
            """);

    [Fact]
    public void A_first_and_a_count_whose_sum_wraps_around_as_in_CVE_2016_9083()
        => Refuses<GuestUseAnalyzer>("SLU2005", """
            public static uint Mask(uint[] vectors, [GuestControlled] uint first, [GuestControlled] uint count)
            {
                if (first + count > vectors.Length)
                {
                    return 0;
                }

                uint masked = 0;
                for (uint vector = 0; vector < [|count|]; vector++)
                {
                    masked++;
                }

                return masked;
            }
            """);

    [Fact]
    public void Work_that_is_as_long_as_the_guest_says_as_in_XSA_125()
        => Refuses<GuestUseAnalyzer>("SLU2005", """
            public static void Map(GuestAddress first, [GuestControlled] ulong pages)
            {
                for (ulong page = 0; page < [|pages|]; page++)
                {
                    System.Threading.Thread.SpinWait(1);
                }
            }
            """);

    [Fact]
    public void A_descriptor_that_is_read_again_after_its_check_as_in_XSA_155()
        => Refuses<GuestUseAnalyzer>("SLU2004", """
            [GuestControlled]
            private static uint Segments() => 0;

            public static uint Take(uint[] requests) => Segments() < requests.Length ? requests[[|Segments()|]] : 0;
            """);

    [Fact]
    public void An_interrupt_pin_that_is_shifted_by_one_less_as_in_the_first_bridge_driver()
        => Refuses<GuestUseAnalyzer>("SLU2007", """
            public static uint MaskOf([GuestControlled] uint pin) => pin < 4 ? 1u << [|(int)(pin - 1)|] : 0;
            """);

    [Fact]
    public void An_address_that_is_read_back_from_the_guests_own_device_as_in_XSA_337()
        => Refuses<GuestValueAnalyzer>("SLU2001", """
            [GuestControlled]
            private static ulong ReadBack() => 0;

            private static void MapFrame([HardwareSink] ulong address) => _ = address;

            public static void Enable() => MapFrame([|ReadBack() & ~0xFFFul|]);
            """);

    [Fact]
    public void A_register_that_nobody_mediates_as_in_CVE_2015_4106()
        => Refuses<GuestValueAnalyzer>("SLU2001", """
            public static void WriteConfig<TBus>(TBus bus, GuestValue value)
                where TBus : struct, IRegisterBus
                => bus.Write32(new RegisterAddress(0x50), [|(uint)value.Untrusted|]);
            """);

    [Fact]
    public void A_mask_of_the_host_that_the_guest_clears_as_in_CVE_2015_4104()
        => Refuses<GuestValueAnalyzer>("SLU2001", """
            private static void WriteMask([HardwareSink] uint mask) => _ = mask;

            public static void Write([GuestControlled] uint mask) => WriteMask([|mask|]);
            """);

    [Fact]
    public void A_pending_error_that_is_lost_when_its_neighbour_changes()
        => Refuses<ReadModifyWriteAnalyzer>("SLU2002", DriverSources.Status, """
            public static void Raise<TBus>(Block<TBus> block)
                where TBus : struct, IRegisterBus
                => block.Status.Write([|block.Status.Read() with { Level = 3 }|]);
            """);

    [Fact]
    public void A_size_at_the_shift_of_another_field_as_in_the_bridges_window()
        => Refuses<FieldConstantAnalyzer>("SLU2003", DriverSources.Status, """
            public static Control Window() => default(Control) with { Level = [|12 << 4|] };
            """);

    [Fact]
    public void A_wait_for_a_device_that_is_gone()
        => Refuses<PollAnalyzer>("SLU2009", DriverSources.Status, """
            public static void Reset<TBus>(Block<TBus> block)
                where TBus : struct, IRegisterBus
            {
                while ([|!block.Status.Read().Done|])
                {
                }
            }
            """);

    [Fact]
    public void A_malformed_request_that_ends_the_host_as_in_CVE_2013_3495()
        => Refuses<TrapPathAnalyzer>("SLU2008", """
            [TrapPath]
            public static uint Read(uint offset)
                => offset % 4 == 0 ? offset : [|throw new System.ArgumentException(nameof(offset))|];
            """);

    [Fact]
    public void A_message_for_each_refused_access_as_in_CVE_2015_4105()
        => Refuses<TrapPathAnalyzer>("SLU2008", """
            private static int s_written;

            [TrapPath]
            public static void Write(uint offset) => Log([|$"refused {offset}"|]);

            private static void Log(string message) => s_written += message.Length;
            """);

    [Fact]
    public void A_register_and_a_value_that_are_swapped_as_in_a_message_interrupt_of_a_fork()
        => DoesNotCompile("CS1503", """
            public static void Mask<TBus>(TBus bus, RegisterAddress mask, uint value)
                where TBus : struct, IRegisterBus
                => bus.Write32(value, mask);
            """);

    [Fact]
    public void An_address_of_64_bits_that_is_cut_in_half_as_in_CVE_2025_58149()
        => DoesNotCompile("CS0266", """
            public static uint Bar(RegisterAddress bar) => bar.Value;
            """);

    [Fact]
    public void A_number_of_the_guest_that_is_taken_for_one_of_the_host()
        => DoesNotCompile("CS0029", """
            public static uint Vector(GuestValue value)
            {
                uint vector = value;
                return vector;
            }
            """);

    [Fact]
    public void A_status_of_the_upper_vectors_that_is_taken_for_the_lower_as_in_the_bridges_driver()
        => DoesNotCompile("CS1503", DriverSources.Status, """
            public static void Acknowledge<TBus>(Block<TBus> block)
                where TBus : struct, IRegisterBus
                => block.Status.Write(block.Control.Read());
            """);

    [Fact]
    public void A_size_that_is_set_on_top_of_the_old_one_as_in_the_bridges_window()
        => DoesNotCompile("CS8852", DriverSources.Status, """
            public static void Open<TBus>(Block<TBus> block)
                where TBus : struct, IRegisterBus
            {
                Control control = block.Control.Read();
                control.Level |= 8;
                block.Control.Write(control);
            }
            """);

    [Fact]
    public void An_access_whose_first_byte_alone_decides_as_in_a_partitioning_hypervisor()
        => DoesNotCompile("CS7036", """
            public static bool IsOwn(GuestAddress address) => address.TryWithin(0x1000, 0x1000, out ulong _);
            """);

    [Fact]
    public void A_length_that_was_checked_without_the_address_before_it()
        => Refuses<GuestValueAnalyzer>("SLU2001", """
            private static void Map([HardwareSink] ulong address, [HardwareSink] ulong length) => _ = address + length;

            public static void Enter([GuestControlled] ulong address, [GuestControlled] ulong length)
            {
                if (length <= 0x1000)
                {
                    Map([|address|], length);
                }
            }
            """);

    [Fact]
    public void A_message_with_the_guests_address_and_data_as_in_CVE_2011_1898()
        => Refuses<GuestValueAnalyzer>("SLU2001", """
            public static void Program<TBus>(TBus bus, [GuestControlled] uint data)
                where TBus : struct, IRegisterBus
                => bus.Write32(new RegisterAddress(0x498), [|data|]);
            """);

    private static void Refuses<TAnalyzer>(string id, string members)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => Refuses<TAnalyzer>(id, "using Sluice.Registers;\n\n", members);

    private static void Refuses<TAnalyzer>(string id, string before, string members)
        where TAnalyzer : DiagnosticAnalyzer, new()
        => Assert.NotEmpty(AnalyzerTest.Of<TAnalyzer>(id).WithSource(before + Wrap(members)).Verify());

    private static void DoesNotCompile(string id, string members) => DoesNotCompile(id, "using Sluice.Registers;\n\n", members);

    private static void DoesNotCompile(string id, string before, string members)
    {
        Compilation compilation = TestCompilation.Of([("Code.cs", before + Wrap(members))]);
        Assert.All(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), error => Assert.Equal(id, error.Id));
        Assert.Contains(compilation.GetDiagnostics(), diagnostic => diagnostic.Id == id);
    }

    private static string Wrap(string members) => "public static class Recorded\n{\n" + members + "\n}\n";
}
