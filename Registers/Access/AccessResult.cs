namespace Sluice.Registers;

/// <summary>What became of a guest's access. A guest's bad access is never an error of ours: it is answered and counted.</summary>
public enum AccessResult : byte
{
    /// <summary>Every byte was described and was served.</summary>
    Done = 0,

    /// <summary>At least one byte is not described, or is denied in this view: it read as the view's absent value, a write to it was dropped.</summary>
    Denied = 1,

    /// <summary>Misaligned, or it passes the end of the block: all of it was answered with the absent value or dropped.</summary>
    Rejected = 2,
}
