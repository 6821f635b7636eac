using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class OwnershipAnalyzerTests
{
    [Theory]
    [InlineData("static bool Run(uint owner) { [|s_owner = owner|]; return TryStep(); }")]
    [InlineData("static bool Run(uint owner) { [|s_owner = owner|]; if (owner > 4) { return TryStep(); } return true; }")]
    [InlineData("static bool Run(uint owner) { [|Commit(owner)|]; return TryStep(); } [CommitsOwnership] static void Commit(uint owner) => _ = owner;")]
    [InlineData("static void Run(uint[] aliases) { foreach (uint alias in aliases) { [|s_owner = alias|]; if (!TryStep()) { return; } } }")]
    [InlineData("[CommitsOwnership] static uint[] s_owners = new uint[4]; static bool Run(uint owner) { [|s_owners[1] = owner|]; return TryStep(); }")]
    [InlineData("struct Entry { [CommitsOwnership] public uint Owner { get; set; } } static bool Run(uint owner) { Entry entry = new() { [|Owner = owner|] }; return TryStep() && entry.Owner != 0; }")]
    [InlineData("private uint _owner; bool Run(uint next) { [|_owner = next|]; if (!TryStep()) { return false; } return _owner != 0; }")]
    [InlineData("struct Entry { public uint Owner; } private readonly Entry[] _entries = new Entry[4]; bool Run(uint next) { [|_entries[2].Owner = next|]; return TryStep(); }")]
    [InlineData("private readonly uint[] _owners = new uint[4]; bool Run(uint next) { [|_owners[1] = next|]; return TryStep(); }")]
    public void A_step_that_can_fail_after_the_change_is_reported(string members) => Test(members).Verify();

    [Theory]
    [InlineData("static bool Run(uint owner) { if (!TryStep()) { return false; } s_owner = owner; return true; }")]
    [InlineData("static bool Run(uint owner) { s_owner = 0; return TryStep(); }")]
    [InlineData("static bool Run(uint owner) { s_owner = default; return TryStep() && owner > 0; }")]
    [InlineData("static void Run(uint owner) { s_owner = owner; _ = TryStep(); }")]
    [InlineData("static bool Run(uint owner) { if (owner > 4) { s_owner = owner; return true; } return TryStep(); }")]
    [InlineData("static void Run(uint[] devices) { foreach (uint device in devices) { if (TryStep()) { s_owner = device; } } }")]
    [InlineData("private uint _owner; bool Run(uint next) { if (!TryStep()) { return false; } _owner = next; return _owner != 0; }")]
    [InlineData("private uint _owner; bool Run() { _owner = 0; return TryStep() && _owner == 0; }")]
    [InlineData("struct Entry { public uint Owner; } static bool Run(uint next) { Entry entry = new() { Owner = next }; return TryStep() && entry.Owner != 0; }")]
    [InlineData("private static uint s_other; static bool Run(uint owner) { s_other = owner; return TryStep(); }")]
    public void A_change_after_the_last_step_is_right(string members) => Test(members).Verify();

    private static AnalyzerTest Test(string members) => AnalyzerTest.Of<OwnershipAnalyzer>("SLU2021").WithSource(RuleExamples.Guest(members));
}
