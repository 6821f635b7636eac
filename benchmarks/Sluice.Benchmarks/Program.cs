using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Sluice.Benchmarks;
using Sluice.Benchmarks.Dispatch;
using Sluice.Benchmarks.Guests;
using Sluice.Benchmarks.Hardware;

if (args is ["count", ..])
{
    return InstructionCount.Print();
}

if (args is ["hardware", ..])
{
    return HardwareFigures.Print();
}

if (args is ["guest", ..])
{
    return GuestFigures.Print();
}

// In this process: the peers share one JIT, one heap and one trace, and no project has to be generated and restored.
IConfig config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddExporter(MarkdownExporter.GitHub)
    .AddLogger(ConsoleLogger.Default);
BenchmarkSwitcher.FromAssembly(typeof(PlainTraps).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
return 0;
