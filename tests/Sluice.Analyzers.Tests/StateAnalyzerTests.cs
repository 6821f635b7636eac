using System.Globalization;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class StateAnalyzerTests
{
    [Theory]
    [InlineData("private uint _mask, _latched; [CoversState] void [|Reset|]() => _mask = 0; uint Latched() => _latched;")]
    [InlineData("public uint Mask { get; set; } [CoversState] void [|Reset|]() { } ")]
    [InlineData("private uint _mask; [CoversState] uint [|Save|](Code other) => other._mask;")]
    [InlineData("readonly struct Saved(uint mask, uint level) { private readonly uint _mask = mask; private readonly uint _level = level; [CoversState] public void [|Restore|](uint[] words) => words[0] = _mask; uint Level() => _level; }")]
    [InlineData("private uint _mask, _latched; void [|Reset|]() => _mask = 0; uint Latched() => _latched;")]
    [InlineData("private uint _mask, _latched; uint [|Snapshot|]() => _mask; uint Latched() => _latched;")]
    [InlineData("private uint _mask, _latched; void [|Restore|](uint mask) => _mask = mask; uint Latched() => _latched;")]
    [InlineData("private uint _mask, _latched; void [|Reset|]() => Clear(); void Clear() => _mask = 0; uint Latched() => _latched;")]
    public void A_field_that_is_not_touched_is_reported(string members) => Test(members).Verify();

    [Theory]
    [InlineData("private uint _mask; void Reset() { } uint Mask() => _mask;")]
    [InlineData("private uint _words, _latched, _dropped; uint Save() => _words; uint Latched() => _latched + _dropped;")]
    [InlineData("private uint _mask, _latched; void Clear() => _mask = 0; uint Latched() => _latched;")]
    [InlineData("private uint _mask, _latched; void Reset(uint line) { _mask &= ~line; _latched &= ~line; }")]
    [InlineData("private uint _mask, _dropped; [CoversState(Except = [nameof(_dropped)])] void Reset() => _mask = 0; uint Dropped() => _dropped++;")]
    [InlineData("private uint _mask; [CoversState] void Reset() => Clear(); void Clear() => _mask = 0;")]
    [InlineData("private uint _mask; [CoversState] void Reset() => Mask = 0; uint Mask { get => _mask; set => _mask = value; }")]
    [InlineData("private uint _dropped; [CoversState(Except = [nameof(_dropped)])] void Reset() { } uint Dropped() => _dropped++;")]
    [InlineData("private readonly uint _size = 4; private static uint s_count; public uint Given { get; init; } [CoversState] uint Save() => s_count; uint Size() => _size;")]
    [InlineData("struct Inner { private uint _mask; [CoversState] public void Reset() => this = default; uint Mask() => _mask++; }")]
    [InlineData("private uint _mask; [CoversState] void Reset() => Set(ref _mask); static void Set(ref uint word) => word = 0;")]
    [InlineData("readonly struct Saved(uint mask) { private readonly uint _mask = mask; [CoversState] public void Restore(uint[] words) => words[0] = _mask; }")]
    [InlineData("readonly struct Port(uint bus, bool own) { private readonly uint _bus = bus; private readonly bool _own = own; public void Restore(uint[] words) => words[_bus] = 0; bool Own() => _own; }")]
    public void A_field_that_is_touched_named_or_cannot_change_is_right(string members) => Test(members).Verify();

    [Fact]
    public void Each_forgotten_field_is_named()
    {
        Diagnostic diagnostic = Assert.Single(Test("private uint _mask; [CoversState] void [|Reset|]() { } uint Mask() => _mask++;").Verify());
        Assert.Equal("'Reset' is to cover the state of 'Code' and forgets '_mask': cover it too, or name it in [CoversState(Except = …)]", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    private static AnalyzerTest Test(string members) => AnalyzerTest.Of<StateAnalyzer>("SLU2019").WithSource(RuleExamples.Guest(members));
}
