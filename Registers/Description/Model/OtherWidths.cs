namespace Sluice.Registers.Description;

/// <summary>What becomes of an access whose width a register does not permit.</summary>
public enum OtherWidths
{
    /// <summary>As if the register were not there: it reads as the view's absent value, a write is dropped, and both are counted.</summary>
    Absent,

    /// <summary>It reads as zero, a write is dropped.</summary>
    Zero,

    /// <summary>The bytes that it touches are served, as if every width were permitted. What drives the hardware keeps to the widths all the same.</summary>
    Lanes,
}
