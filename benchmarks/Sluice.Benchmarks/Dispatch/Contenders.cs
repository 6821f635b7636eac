using System;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>All contenders for one size of block, each with a state of its own, in the order of the tables that are printed.</summary>
public sealed class Contenders
{
    private readonly int _registers;
    private readonly uint[] _words;
    private readonly Func<Access[], uint> _switch;
    private readonly Twin _twin = new();
    private readonly Generated16[] _generated16 = new Generated16[1];
    private readonly Generated64[] _generated64 = new Generated64[1];
    private readonly Generated256[] _generated256 = new Generated256[1];
    private readonly Generated1024[] _generated1024 = new Generated1024[1];
    private readonly MaskTable[] _masks;
    private readonly DelegateTable[] _delegates;
    private readonly ObjectDictionary[] _objects;

    /// <summary>Makes them.</summary>
    public Contenders(int registers)
    {
        _registers = registers;
        _masks = [new MaskTable(registers)];
        _delegates = [new DelegateTable(registers)];
        _objects = [new ObjectDictionary(registers)];
        _switch = SwitchCompiler.Compile(registers);
        _words = new uint[registers];
    }

    /// <summary>Each contender's run over a trace.</summary>
    public Func<Access[], uint>[] All =>
    [
        GeneratedTables,
        HandWrittenMasks,
        CTwin,
        Switch,
        Delegates,
        DictionaryOfObjects,
    ];

    /// <summary>The generated tables.</summary>
    public uint GeneratedTables(Access[] trace) => _registers switch
    {
        16 => Runner.Run(_generated16, trace),
        64 => Runner.Run(_generated64, trace),
        256 => Runner.Run(_generated256, trace),
        _ => Runner.Run(_generated1024, trace),
    };

    /// <summary>A hand-written branch-free table.</summary>
    public uint HandWrittenMasks(Access[] trace) => Runner.Run(_masks, trace);

    /// <summary>A switch with an arm for each register.</summary>
    public uint Switch(Access[] trace) => _switch(trace);

    /// <summary>A delegate for each register.</summary>
    public uint Delegates(Access[] trace) => Runner.Run(_delegates, trace);

    /// <summary>A dictionary of objects.</summary>
    public uint DictionaryOfObjects(Access[] trace) => Runner.Run(_objects, trace);

    /// <summary>The hand-written table in C, gcc -O2, its loop in C too.</summary>
    public uint CTwin(Access[] trace) => _twin.Run(_words, trace);
}
