using System;

namespace Sluice.Registers;

/// <summary>What a view must do, register by register, as the description says it: generated beside the tables and not from them, and read by <see cref="ConformanceRun"/>.</summary>
public interface IConformanceCases
{
    /// <summary>
    /// Eight entries a register: offset | width in bytes &lt;&lt; 32 | <see cref="ConformanceTraits"/> &lt;&lt; 40; element count | stride &lt;&lt; 32; the value that a read
    /// shows after a power-on reset; bits that a read shows; bits that a write can change; bits that take the value written; write-one-to-clear bits;
    /// write-one-to-set bits. All of it holds directly after a power-on reset.
    /// </summary>
    static abstract ReadOnlySpan<ulong> Cases { get; }

    /// <summary>What a byte that is not there reads as, in each byte.</summary>
    static abstract ulong Absent { get; }
}
