using System;
using System.IO;
using System.Text;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Smmu;

namespace Sluice.Samples.InProcess;

/// <summary>What was seen of the guest, in the rows that the EL2 image prints: what kind, of what, how many.</summary>
internal static class SummaryTable
{
    private const int KindWidth = 10;
    private const int NameWidth = 36;

    public static void Print(Board board, TextWriter output)
    {
        output.WriteLine("sluice: summary");
        PrintedTraps traps = new(output);
        board.Function.VisitTraps(ref traps);
        board.Frame.VisitTraps(ref traps);
        Row(output, "message", "delivered", board.Function.Delivered);
        Row(output, "message", "dropped", board.Function.Dropped);
        Row(output, "pages", "mapped for the device", board.PagesMappedForDevice);
        Row(output, "pages", "of the device mapped for the guest", board.Function.MappedPages);
        Row(output, "faults", "of the device", (ulong)board.Faults.Count);
        foreach (SmmuFault fault in board.Faults)
        {
            string direction = fault.IsWrite ? "write" : "read";
            output.WriteLine($"{"fault",-KindWidth}stream 0x{fault.Stream.Value:x8} address 0x{fault.Address.Untrusted:x16} {direction} event 0x{(uint)fault.Kind:x2}");
        }

        Row(output, "exit", "loads and stores", board.Processor?.Traps ?? 0);
        Row(output, "denied", "accesses to described blocks", board.Function.Counts.Denied + board.Bridge.Denied + board.Frame.Denied);
        Row(output, "denied", "accesses where nothing is", board.Processor?.Aborted ?? 0);
        output.WriteLine("sluice: end");
    }

    private static void Row(TextWriter output, string kind, string name, ulong count) => output.WriteLine($"{kind,-KindWidth}{name,-NameWidth}{count}");

    private readonly struct PrintedTraps(TextWriter output) : ITrapVisitor
    {
        public void Visit(ReadOnlySpan<byte> block, ReadOnlySpan<byte> register, uint count)
            => Row(output, "trap", Encoding.UTF8.GetString(block) + "." + Encoding.UTF8.GetString(register), count);
    }
}
