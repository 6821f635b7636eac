using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Analyzers.Tests;

/// <summary>Code that nobody writes by hand must not hold up a build.</summary>
public sealed class EffortTests(ITestOutputHelper output)
{
    private const string Device = """
        using Sluice.Registers;

        public static class Device
        {
            public static void Ring([HardwareSink] uint value) => _ = value;

            [GuestControlled]
            public static uint Read() => 0;
        }

        """;

    [Fact]
    public void A_method_of_a_thousand_branches_is_followed_to_its_end()
    {
        StringBuilder body = new();
        for (int index = 0; index < 1000; index++)
        {
            body.Append(CultureInfo.InvariantCulture, $"if (value == {index}) {{ value = Device.Read(); }}\n");
        }

        Verify(body.Append("Device.Ring([|value|]);").ToString(), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_method_of_a_hundred_flags_is_followed_to_its_end()
    {
        StringBuilder body = new();
        for (int index = 0; index < 100; index++)
        {
            body.Append(CultureInfo.InvariantCulture, $"uint value{index} = Device.Read(); bool flag{index} = value{index} < 16;\n");
        }

        for (int index = 0; index < 100; index++)
        {
            body.Append(CultureInfo.InvariantCulture, $"if (flag{index}) {{ Device.Ring(value{index}); }} else {{ Device.Ring([|value{index}|]); }}\n");
        }

        Verify(body.ToString(), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Loops_in_loops_are_followed_to_their_end()
    {
        StringBuilder body = new();
        for (int index = 0; index < 30; index++)
        {
            body.Append(CultureInfo.InvariantCulture, $"uint value{index} = value;\nwhile (value{index} < 100)\n{{\n");
        }

        for (int index = 29; index > 0; index--)
        {
            body.Append(CultureInfo.InvariantCulture, $"value{index - 1} = value{index};\nvalue{index} = Device.Read();\n}}\n");
        }

        Verify(body.Append("value0 = value;\n}\nDevice.Ring([|value0|]);").ToString(), TimeSpan.FromSeconds(20));
    }

    private void Verify(string body, TimeSpan limit)
    {
        string source = Device + "public static class Trap\n{\npublic static void Run([GuestControlled] uint value)\n{\n" + body + "\n}\n}\n";
        Stopwatch watch = Stopwatch.StartNew();
        AnalyzerTest.Of<GuestValueAnalyzer>("SLU2001").WithSource(source).Verify();
        output.WriteLine(watch.Elapsed.ToString());
        Assert.True(watch.Elapsed < limit, watch.Elapsed.ToString());
    }
}
