using System.Collections.Generic;
using Sluice.Analyzers.Rules;

namespace Sluice.Analyzers.Tests;

/// <summary>One example for each rule on code, from which the same five tests are made for all of them.</summary>
internal static class RuleExamples
{
    public static IReadOnlyList<RuleExample> All { get; } =
    [
        new("SLU2001", new GuestValueAnalyzer(),
            Guest("static void Run([GuestControlled] uint value) => Store([|value|]);"),
            Guest("static void Run([GuestControlled] uint value) => Store(value & 0xF);")),
        new("SLU2002", new ReadModifyWriteAnalyzer(),
            Driver("block.Status.Write([|block.Status.Read()|]);"),
            Driver("block.Status.Modify(block.Status.Read());")),
        new("SLU2003", new FieldConstantAnalyzer(),
            Driver("_ = default(Status) with { Level = [|0x10|] };"),
            Driver("_ = default(Status) with { Level = 0xF };")),
        new("SLU2004", new GuestUseAnalyzer(),
            Guest("static uint Run(uint[] table, [GuestControlled] uint value) => table[[|value|]];"),
            Guest("static uint Run(uint[] table, [GuestControlled] uint value) => value < (uint)table.Length ? table[value] : 0;")),
        new("SLU2005", new GuestUseAnalyzer(),
            Guest("static void Run([GuestControlled] uint count) { for (uint index = 0; index < [|count|]; index++) { } }"),
            Guest("static void Run(uint count) { for (uint index = 0; index < count; index++) { } }")),
        new("SLU2006", new GuestUseAnalyzer(),
            Guest("static byte[] Run([GuestControlled] uint size) => new byte[[|size|]];"),
            Guest("static byte[] Run([GuestControlled] uint size) => size < 64 ? new byte[size] : [];")),
        new("SLU2007", new GuestUseAnalyzer(),
            Guest("static uint Run([GuestControlled] int bit) => 1u << [|bit|];"),
            Guest("static uint Run([GuestControlled] int bit) => 1u << (bit & 31);")),
        new("SLU2008", new TrapPathAnalyzer(),
            Guest("[TrapPath] static object Run() => [|new object()|];"),
            Guest("static object Run() => new object();")),
        new("SLU2009", new PollAnalyzer(),
            Driver("while ([|!block.Status.Read().Done|]) { }"),
            Driver("for (int round = 0; round < 9 && !block.Status.Read().Done; round++) { }")),
        new("SLU2010", new GuestUseAnalyzer(),
            Guest("static void Run([GuestControlled] uint value) => Set([|(Kind)value|]);"),
            Guest("static void Run([GuestControlled] uint value) => Set(value == 1 ? Kind.Second : Kind.First);")),
        new("SLU2011", new GuestUseAnalyzer(),
            Guest("static void Run([GuestControlled] string name) => System.Console.WriteLine([|name|]);"),
            Guest("static void Run([GuestControlled] uint value) => System.Console.WriteLine($\"{value}\");")),
        new("SLU2012", new TrapPathAnalyzer(),
            Guest("[TrapPath] static void Run() => [|System.Console.WriteLine(\"refused\")|];"),
            Guest("[TrapPath] static void Run() => Note(\"refused\");")),
        new("SLU2013", new RawAccessAnalyzer(),
            Raw("[|bus.Write32(new RegisterAddress(start + Timer.Offsets.Count), 1)|];"),
            Raw("bus.Write32(new RegisterAddress(start + Timer.Offsets.Control), 1);")),
        new("SLU2014", new ReservedBitsAnalyzer(),
            Raw("bus.Write32(new RegisterAddress(start) + Timer.Offsets.Control, [|0x101|]);"),
            Raw("bus.Write32(new RegisterAddress(start) + Timer.Offsets.Control, 0x1);")),
        new("SLU2015", new MagicOffsetAnalyzer(),
            Raw("_ = bus.Read32(new RegisterAddress(Timer.BaseAddress) + [|0x4|]);"),
            Raw("_ = bus.Read32(new RegisterAddress(Timer.BaseAddress) + Timer.Offsets.Count);")),
        new("SLU2016", new AddressNarrowingAnalyzer(),
            Guest("static uint Run(ulong busAddress) => [|(uint)busAddress|];"),
            Guest("static (uint Low, uint High) Run(ulong busAddress) => ((uint)busAddress, (uint)(busAddress >> 32));")),
        new("SLU2017", new SwappedArgumentsAnalyzer(),
            Guest("static void Run(uint offset, uint value) => Poke([|value|], offset);"),
            Guest("static void Run(uint offset, uint value) => Poke(offset, value);")),
        new("SLU2018", new PeekAnalyzer(),
            Raw("[|new Timer.Guest().Peek(Timer.Offsets.Events)|];"),
            Raw("uint count = new Timer.Guest().Peek(Timer.Offsets.Events); _ = count;")),
        new("SLU2019", new StateAnalyzer(),
            Guest("private uint _first, _second; [CoversState] void [|Reset|]() => _first = _second - _second; uint Sum() => _third; private uint _third;"),
            Guest("private uint _first, _second; [CoversState] void Reset() { _first = 0; _second = 0; }")),
        new("SLU2020", new DroppedResultAnalyzer(),
            Guest("static void Run() { [|TryStep()|]; }"),
            Guest("static bool Run() => TryStep();")),
        new("SLU2021", new OwnershipAnalyzer(),
            Guest("static bool Run(uint owner) { [|s_owner = owner|]; return TryStep(); }"),
            Guest("static bool Run(uint owner) { if (!TryStep()) { return false; } s_owner = owner; return true; }")),
        new("SLU2022", new OverwrittenErrorAnalyzer(),
            Guest("static bool Run() { bool done = true; for (int at = 0; at < 4; at++) { done = [|TryStep()|]; } return done; }"),
            Guest("static bool Run() { bool done = true; for (int at = 0; at < 4; at++) { done &= TryStep(); } return done; }")),
        new("SLU2023", new GuestUseAnalyzer(),
            Guest("static void Run([GuestControlled] uint value) => Keep([|value|]); private static void Keep(uint word) => _ = word;"),
            Guest("static void Run([GuestControlled] uint value) => Keep(value); private static void Keep([GuestControlled] uint word) => _ = word;")),
        new("SLU2024", new WriteConstraintAnalyzer(),
            Driver("_ = default(Rate) with { Divider = [|12|] };"),
            Driver("_ = default(Rate) with { Divider = 9 };")),
    ];

    /// <summary>Members of a type that sees guests, hardware, owners and logs.</summary>
    public static string Guest(string members) => """
        using Sluice.Registers;

        public enum Kind { First, Second }

        public class Code
        {
            [CommitsOwnership]
            private static uint s_owner;

            private static uint Owner => s_owner;

            private static void Store([HardwareSink] uint value) => _ = value;

            private static void Poke(uint offset, uint value) => _ = offset + value;

            private static void Set(Kind kind) => _ = kind;

            private static bool TryStep() => Owner == 0;

            [LogSink(IsRateLimited = true)]
            private static void Note(string message) => _ = message;

        """ + members + "\n}\n";

    /// <summary>Statements with a block of typed registers.</summary>
    public static string Driver(string statements) => DriverSources.Status + """
        public static class Driver
        {
            public static void Run<TBus>(Block<TBus> block)
                where TBus : struct, IRegisterBus
            {
        """ + "\n" + statements + "\n    }\n}\n";

    /// <summary>Statements with a bus and the address of a timer.</summary>
    public static string Raw(string statements) => BlockSources.Timer + """
        public static class Driver
        {
            public static void Run<TBus>(TBus bus, ulong start, Timer.Registers<TBus> timer)
                where TBus : struct, IRegisterBus
            {
        """ + "\n" + statements + "\n    }\n}\n";
}
