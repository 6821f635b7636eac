using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;

namespace Sluice.Samples.InProcess;

/// <summary>The board's streams as an assignment drives them.</summary>
/// <param name="board">The board.</param>
internal readonly struct BoardStreams(Board board) : IStreamIsolation
{
    public bool TryQuarantine(uint stream, OwnerId owner) => board.TryQuarantine(stream);

    public bool TryAttach(uint stream, OwnerId owner) => board.TryAttach(stream);
}
