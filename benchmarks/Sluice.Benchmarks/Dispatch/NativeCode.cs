using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>A C file beside the benchmarks, compiled by the machine's gcc when it is needed.</summary>
public static class NativeCode
{
    /// <summary>Compiles and loads a file.</summary>
    /// <exception cref="InvalidOperationException">gcc is missing or failed.</exception>
    public static nint Load(string file)
    {
        string source = Path.Combine(AppContext.BaseDirectory, file);
        string target = Path.Combine(Path.GetTempPath(), $"sluice-{file}-{Environment.ProcessId}.so");
        using Process? gcc = Process.Start("gcc", ["-O2", "-shared", "-fPIC", "-o", target, source]);
        gcc?.WaitForExit();
        if (gcc is not { ExitCode: 0 })
        {
            throw new InvalidOperationException($"gcc could not compile {file}: install gcc, or leave out with --filter what needs it.");
        }

        nint library = NativeLibrary.Load(target);
        File.Delete(target);
        return library;
    }
}
