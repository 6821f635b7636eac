namespace Sluice.Registers;

/// <summary>What a register did not do.</summary>
public enum ConformanceRule : byte
{
    /// <summary>It reads as its reset value after a reset; bits that are reserved or not shown read as zero.</summary>
    Reset,

    /// <summary>What is not there reads as absent and is denied.</summary>
    Absence,

    /// <summary>A bit that is read-only, locked or reserved does not change when it is written.</summary>
    ReadOnly,

    /// <summary>A bit that is stored takes the value written.</summary>
    Store,

    /// <summary>A one clears, a zero leaves.</summary>
    OneToClear,

    /// <summary>A one sets, a zero leaves.</summary>
    OneToSet,

    /// <summary>A write of one byte changes no other.</summary>
    Lanes,
}
