using Sluice.Analyzers.CodeFixes;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests.Fixes;

public sealed class MaskCodeFixTests
{
    [Fact]
    public void A_field_is_given_the_bits_that_it_has()
        => OnHardware("timer.Control.Write([|default(Timer.Control) with { Level = (uint)value.Untrusted }|]);")
            .VerifyFixes(Source("timer.Control.Write(default(Timer.Control) with { Level = (uint)value.Untrusted & 0xF });"));

    [Fact]
    public void What_is_computed_is_masked_as_a_whole()
        => OnHardware("timer.Control.Modify([|timer.Control.Read() with { Level = (uint)value.Untrusted + 1 }|]);")
            .VerifyFixes(Source("timer.Control.Modify(timer.Control.Read() with { Level = ((uint)value.Untrusted + 1) & 0xF });"));

    [Fact]
    public void A_whole_register_is_given_the_bits_that_can_be_written()
        => OnHardware("timer.Control.Write([|new Timer.Control((uint)value.Untrusted)|]);")
            .VerifyFixes(Source("timer.Control.Write(new Timer.Control((uint)value.Untrusted & 0xFF));"));

    [Fact]
    public void So_is_one_that_is_written_through_a_bus()
        => OnHardware("bus.Write32(new RegisterAddress(start) + Timer.Offsets.Control, [|(uint)value.Untrusted|]);")
            .VerifyFixes(Source("bus.Write32(new RegisterAddress(start) + Timer.Offsets.Control, (uint)value.Untrusted & 0xFF);"));

    [Fact]
    public void All_are_masked_at_once()
        => OnHardware(
            """
            timer.Control.Write([|default(Timer.Control) with { Level = (uint)value.Untrusted }|]);
            timer.Control.Write([|new Timer.Control((uint)value.Untrusted)|]);
            """).VerifyFixes(Source(
            """
            timer.Control.Write(default(Timer.Control) with { Level = (uint)value.Untrusted & 0xF });
            timer.Control.Write(new Timer.Control((uint)value.Untrusted & 0xFF));
            """));

    [Theory]
    [InlineData("bus.Write32(new RegisterAddress(start), [|(uint)value.Untrusted|]);")]
    [InlineData("Timer.Control control = new((uint)value.Untrusted); timer.Control.Write([|control|]);")]
    [InlineData("bus.Write32([|new RegisterAddress(value.Untrusted)|], 1);")]
    public void No_mask_is_offered_where_the_description_names_none(string statement) => OnHardware(statement).VerifyNotOffered();

    [Theory]
    [InlineData("1u << [|bit|]", "1u << (bit & 31)")]
    [InlineData("(uint)(1ul >> [|bit|])", "(uint)(1ul >> (bit & 63))")]
    [InlineData("1u << [|bit + 1|]", "1u << ((bit + 1) & 31)")]
    public void A_shift_is_given_the_bits_of_the_count_that_it_looks_at(string shift, string masked)
        => OnShift("static uint Run([GuestControlled] int bit) => " + shift + ";")
            .VerifyFixes(RuleExamples.Guest("static uint Run([GuestControlled] int bit) => " + masked + ";"));

    [Fact]
    public void A_shift_in_place_too()
        => OnShift("static uint Run(uint word, [GuestControlled] int bit) { word <<= [|bit|]; return word; }")
            .VerifyFixes(RuleExamples.Guest("static uint Run(uint word, [GuestControlled] int bit) { word <<= bit & 31; return word; }"));

    [Fact]
    public void A_shift_of_a_type_of_ones_own_is_left_alone()
        => OnShift("static System.UInt128 Run(System.UInt128 word, [GuestControlled] int bit) => word << [|bit|];").VerifyNotOffered();

    private static CodeFixTest OnShift(string member)
        => new(AnalyzerTest.Of<GuestUseAnalyzer>("SLU2007").WithSource(RuleExamples.Guest(member)), new MaskCodeFix());

    private static CodeFixTest OnHardware(string statements) => new(AnalyzerTest.Of<GuestValueAnalyzer>("SLU2001").WithSource(Source(statements)), new MaskCodeFix());

    private static string Source(string statements) => BlockSources.Timer + """
        public static class Driver
        {
            public static void Run<TBus>(TBus bus, ulong start, Timer.Registers<TBus> timer, GuestValue value)
                where TBus : struct, IRegisterBus
            {
        """ + "\n" + statements + "\n    }\n}\n";
}
