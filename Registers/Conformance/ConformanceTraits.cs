using System;

namespace Sluice.Registers;

/// <summary>What keeps a register from being tested in full without knowing its hooks.</summary>
[Flags]
public enum ConformanceTraits : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A hook or the hardware supplies what is read.</summary>
    ReadElsewhere = 1,

    /// <summary>A hook or a check may make something else of what is written.</summary>
    WrittenElsewhere = 2,

    /// <summary>After a reset the register is not there.</summary>
    Absent = 4,

    /// <summary>Only accesses of its whole width reach it.</summary>
    WholeOnly = 8,

    /// <summary>No access of its own width reaches it.</summary>
    NotWhole = 16,

    /// <summary>The elements of the array begin with values of their own.</summary>
    ElementResets = 32,

    /// <summary>Accesses to its halves wait for each other.</summary>
    HoldsHalves = 64,
}
