using System.Runtime.InteropServices;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>The C twin, compiled by the machine's gcc when the benchmark starts.</summary>
public sealed unsafe class Twin
{
    private readonly delegate* unmanaged<uint*, uint, uint*, Access*, nuint, uint> _run;

    /// <summary>Compiles and loads it.</summary>
    public Twin()
    {
        _run = (delegate* unmanaged<uint*, uint, uint*, Access*, nuint, uint>)NativeLibrary.GetExport(NativeCode.Load("twin.c"), "run");
    }

    /// <summary>Runs the trace.</summary>
    public uint Run(uint[] words, Access[] trace)
    {
        uint hooked = 0;
        fixed (uint* word = words)
        fixed (Access* first = trace)
        {
            return _run(word, (uint)words.Length, &hooked, first, (nuint)trace.Length);
        }
    }
}
