using System;
using System.Linq;
using BenchmarkDotNet.Attributes;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>One register access, dispatched in six ways, over the same trace; time and allocation are per access.</summary>
[MemoryDiagnoser]
public class DispatchBenchmarks
{
    private Access[] _trace = [];
    private Generated16 _generated16;
    private Generated64 _generated64;
    private Generated256 _generated256;
    private Generated1024 _generated1024;
    private MaskTable _masks;
    private DelegateTable _delegates;
    private ObjectDictionary _objects;
    private Func<Access[], uint> _switch = _ => 0;
    private Twin? _twin;
    private uint[] _words = [];

    /// <summary>Registers of the block.</summary>
    [Params(16, 64, 256, 1024)]
    public int Registers { get; set; }

    /// <summary>Makes the contenders.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _trace = Trace.Make(Registers);
        _masks = new MaskTable(Registers);
        _delegates = new DelegateTable(Registers);
        _objects = new ObjectDictionary(Registers);
        _switch = SwitchCompiler.Compile(Registers);
        _words = new uint[Registers];
        _twin = new Twin();
        RequireAgreement();
    }

    /// <summary>Lets the C twin go.</summary>
    [GlobalCleanup]
    public void Cleanup() => _twin?.Dispose();

    /// <summary>The generated tables.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint GeneratedTables() => Registers switch
    {
        16 => Runner.Run(ref _generated16, _trace),
        64 => Runner.Run(ref _generated64, _trace),
        256 => Runner.Run(ref _generated256, _trace),
        _ => Runner.Run(ref _generated1024, _trace),
    };

    /// <summary>A hand-written branch-free table.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Trace.Length)]
    public uint HandWrittenMasks() => Runner.Run(ref _masks, _trace);

    /// <summary>A switch with an arm for each register.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint Switch() => _switch(_trace);

    /// <summary>A delegate for each register.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint Delegates() => Runner.Run(ref _delegates, _trace);

    /// <summary>A dictionary of objects.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint DictionaryOfObjects() => Runner.Run(ref _objects, _trace);

    /// <summary>The hand-written table in C, gcc -O2, its loop in C too.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint CTwin() => _twin!.Run(_words, _trace);

    // Contenders that do not do the same are not worth comparing. Each is fresh here; their states stay alike from here on.
    private void RequireAgreement()
    {
        uint expected = HandWrittenMasks();
        uint[] sums = [GeneratedTables(), Switch(), Delegates(), DictionaryOfObjects(), CTwin()];
        if (sums.Any(sum => sum != expected))
        {
            throw new InvalidOperationException($"The contenders disagree: {expected:X8} by hand, {string.Join(", ", sums.Select(sum => sum.ToString("X8")))}");
        }
    }
}
