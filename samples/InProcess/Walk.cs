using System.IO;

namespace Sluice.Samples.InProcess;

/// <summary>One machine from power-on to the guest's end, with what was seen of it.</summary>
internal static class Walk
{
    /// <summary>Runs the guest once.</summary>
    /// <param name="output">What the guest says, and what was seen of it.</param>
    /// <param name="quarantined">Whether its function's DMA is to abort.</param>
    /// <returns>Whether it went as it must.</returns>
    public static bool Run(TextWriter output, bool quarantined)
    {
        Board board = new(quarantined);
        if (!board.TryStart(out string problem))
        {
            output.WriteLine("cannot start the guest: " + problem);
            return false;
        }

        GuestOutcome outcome = new GuestProgram(board, output).Run();
        board.CollectFaults();
        SummaryTable.Print(board, output);
        bool copied = outcome == GuestOutcome.Copied && board.Faults.Count == 0;
        bool stopped = outcome == GuestOutcome.CopyRefused && board.Faults.Count != 0;
        return quarantined ? stopped : copied;
    }
}
