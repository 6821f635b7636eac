using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class AddressNarrowingAnalyzerTests
{
    [Theory]
    [InlineData("static uint Run(ulong address) => [|(uint)address|];")]
    [InlineData("static int Run(RegisterAddress place) => [|(int)place.Value|];")]
    [InlineData("static void Run(long baseAddress, uint size) => Poke([|(uint)baseAddress|], size);")]
    [InlineData("private ulong _busAddress; uint Run() => [|(ushort)_busAddress|] + 1u;")]
    [InlineData("static uint Run(ulong address) => [|(uint)(address + 4)|];")]
    [InlineData("static uint Run(ulong address) => [|(uint)(address & ~0xFFFul)|];")]
    [InlineData("static uint Run(GuestAddress address) => [|(uint)address.Untrusted|];")]
    [InlineData("static uint Run(ulong baseAddr) => unchecked([|(uint)baseAddr|]);")]
    public void A_cast_that_drops_the_upper_half_is_reported(string member) => Test(member).Verify();

    [Theory]
    [InlineData("static uint Run(ulong address) => address <= uint.MaxValue ? (uint)address : 0;")]
    [InlineData("static uint Run(ulong address) => address is < 0x1000 ? (uint)address : 0;")]
    [InlineData("static uint Run(ulong address) => checked((uint)address);")]
    [InlineData("static uint Run(ulong address) => (uint)address & 0xFFF;")]
    [InlineData("static uint Run(ulong address) => (uint)(address & 0xFFF);")]
    [InlineData("static uint Run(ulong address, ulong start) => (uint)(address - start);")]
    [InlineData("static uint Run(ulong address) => (uint)(address & 0xFFFF_FFFF);")]
    [InlineData("static uint Run(ulong page) => (uint)page;")]
    [InlineData("static ulong Run(uint address) => address;")]
    [InlineData("static void Run(ulong address) { Poke(0, (uint)address); Poke(4, (uint)(address >> 32)); }")]
    public void A_test_a_split_and_a_part_are_right(string member) => Test(member).Verify();

    private static AnalyzerTest Test(string member) => AnalyzerTest.Of<AddressNarrowingAnalyzer>("SLU2016").WithSource(RuleExamples.Guest(member));
}
