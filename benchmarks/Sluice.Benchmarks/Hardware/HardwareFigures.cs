namespace Sluice.Benchmarks.Hardware;

/// <summary>The hardware side in one run: tables and invalidation, messages, config space, memory.</summary>
internal static class HardwareFigures
{
    public static int Print()
    {
        TableFigures.Print();
        MessageFigures.Print();
        ConfigFigures.Print();
        return 0;
    }
}
