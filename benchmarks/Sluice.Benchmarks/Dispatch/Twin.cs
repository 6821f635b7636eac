using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>The C twin, compiled by the machine's gcc when the benchmark starts.</summary>
public sealed unsafe class Twin : IDisposable
{
    private readonly nint _library;
    private readonly delegate* unmanaged<uint*, uint, uint*, Access*, nuint, uint> _run;

    /// <summary>Compiles and loads it.</summary>
    /// <exception cref="InvalidOperationException">gcc is missing or failed.</exception>
    public Twin()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "twin.c");
        string target = Path.Combine(Path.GetTempPath(), "sluice-twin-" + Environment.ProcessId + ".so");
        using Process? gcc = Process.Start("gcc", ["-O2", "-shared", "-fPIC", "-o", target, source]);
        gcc?.WaitForExit();
        if (gcc is not { ExitCode: 0 })
        {
            throw new InvalidOperationException("gcc could not compile twin.c: install gcc, or leave the C twin out with --filter.");
        }

        _library = NativeLibrary.Load(target);
        File.Delete(target);
        _run = (delegate* unmanaged<uint*, uint, uint*, Access*, nuint, uint>)NativeLibrary.GetExport(_library, "run");
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

    /// <inheritdoc/>
    public void Dispose() => NativeLibrary.Free(_library);
}
