using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class GuestWordsTests
{
    [Theory]
    [InlineData("static void Run([GuestControlled] uint value) { Kind kind = (Kind)value; Set([|kind|]); }")]
    [InlineData("private Kind _kind; void Run([GuestControlled] uint value) => _kind = [|(Kind)value|]; Kind Get() => _kind;")]
    [InlineData("static Kind Last { get; set; } static void Run(GuestValue value) => Last = [|(Kind)(uint)value.Untrusted|];")]
    public void A_number_that_is_passed_on_as_a_member_of_an_enum_is_reported(string members) => Enums(members).Verify();

    [Theory]
    [InlineData("static void Run([GuestControlled] uint value) { Kind kind = (Kind)value; if (kind is Kind.First or Kind.Second) { Set(kind); } }")]
    [InlineData("static void Run([GuestControlled] uint value) { if (System.Enum.IsDefined((Kind)value)) { Set((Kind)value); } }")]
    [InlineData("static void Run([GuestControlled] uint value) { switch ((Kind)value) { case Kind.First: Set(Kind.Second); break; default: break; } }")]
    [InlineData("static void Run([GuestControlled] uint value) => Set((Kind)(value & 1));")]
    [InlineData("static void Any([GuestControlled] Kind kind) => _ = kind; static void Run([GuestControlled] uint value) => Any((Kind)value);")]
    [InlineData("[System.Flags] enum Bits { None, One } static void Take(Bits bits) => _ = bits; static void Run([GuestControlled] uint value) => Take((Bits)value);")]
    [InlineData("static void Run(uint value) => Set((Kind)value);")]
    public void A_member_that_was_tested_and_a_callee_that_expects_anything_are_right(string members) => Enums(members).Verify();

    [Theory]
    [InlineData("System.Console.WriteLine([|name|]);")]
    [InlineData("System.Console.WriteLine([|$\"started {name}\"|]);")]
    [InlineData("System.Console.WriteLine([|\"started \" + name|]);")]
    [InlineData("System.Diagnostics.Trace.TraceError([|name|]);")]
    [InlineData("Note([|name|]);")]
    public void A_guests_text_in_a_log_is_reported(string statement) => Logs(statement).Verify();

    [Theory]
    [InlineData("System.Console.WriteLine(\"started {0}\", name);")]
    [InlineData("System.Console.WriteLine($\"started {number}\");")]
    [InlineData("System.Console.WriteLine(\"started \" + number);")]
    [InlineData("System.Console.WriteLine(number);")]
    [InlineData("System.Console.WriteLine(Escaped(name));")]
    public void Digits_arguments_and_what_is_escaped_are_right(string statement) => Logs(statement).Verify();

    private static AnalyzerTest Enums(string members) => AnalyzerTest.Of<GuestUseAnalyzer>("SLU2010").WithSource(RuleExamples.Guest(members));

    private static AnalyzerTest Logs(string statement) => AnalyzerTest.Of<GuestUseAnalyzer>("SLU2011").WithSource(RuleExamples.Guest(
        "[Sanitizes] static string Escaped(string text) => text; static void Run([GuestControlled] string name, [GuestControlled] uint number) {\n" + statement + "\n}"));
}
