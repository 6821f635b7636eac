using Sluice.Analyzers.CodeFixes;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests.Fixes;

public sealed class EnumCheckCodeFixTests
{
    [Fact]
    public void A_number_that_is_no_member_leaves_the_method()
        => Fix(
            """
            static void Run([GuestControlled] uint value)
                {
                    Set([|(Kind)value|]);
                }
            """).VerifyFixes(Source(
            """
            static void Run([GuestControlled] uint value)
                {
                    if (!System.Enum.IsDefined((Kind)value))
                    {
                        return;
                    }

                    Set((Kind)value);
                }
            """));

    [Fact]
    public void A_variable_of_the_enum_is_asked_itself()
        => Fix(
            """
            static bool Run([GuestControlled] uint value)
                {
                    Kind kind = (Kind)value;
                    Set([|kind|]);
                    return true;
                }
            """).VerifyFixes(Source(
            """
            static bool Run([GuestControlled] uint value)
                {
                    Kind kind = (Kind)value;
                    if (!System.Enum.IsDefined(kind))
                    {
                        return false;
                    }

                    Set(kind);
                    return true;
                }
            """));

    [Theory]
    [InlineData("static void Run([GuestControlled] uint value) => Set([|(Kind)value|]);")]
    [InlineData("static void Run([GuestControlled] uint value, bool isOn) { _ = isOn && IsSet([|(Kind)value|]); } static bool IsSet(Kind kind) => kind == 0;")]
    [InlineData("static void Run([GuestControlled] uint value) { Set([|(Kind)(value >> 4)|]); }")]
    public void No_check_is_offered_where_it_would_mean_something_else(string member) => Fix(member).VerifyNotOffered();

    private static CodeFixTest Fix(string member) => new(AnalyzerTest.Of<GuestUseAnalyzer>("SLU2010").WithSource(Source(member)), new EnumCheckCodeFix());

    private static string Source(string member)
        => "using Sluice.Registers;\n\npublic enum Kind { First, Second }\n\npublic static class Trap\n{\n    static void Set(Kind kind) => _ = kind;\n\n    " + member + "\n}\n";
}
