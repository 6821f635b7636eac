using System;

namespace Sluice.Registers;

/// <summary>Where a sequence of steps stopped: at a register that did not come to show what was waited for, or at an argument out of its bounds.</summary>
public readonly ref struct SequenceFailure
{
    /// <summary>Makes a failure at a register.</summary>
    /// <param name="name">The hardware's names of block and register, joined by a dot, as UTF-8.</param>
    /// <param name="offset">Byte offset of the register in its block; of the element, in an array.</param>
    /// <param name="mask">The bits that were looked at.</param>
    /// <param name="expected">What they should have been.</param>
    public SequenceFailure(ReadOnlySpan<byte> name, uint offset, ulong mask, ulong expected)
    {
        Name = name;
        Offset = offset;
        Mask = mask;
        Expected = expected;
    }

    /// <summary>The hardware's names of block and register, joined by a dot, as UTF-8; the argument's name where <see cref="Mask"/> is zero.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Byte offset of the register in its block.</summary>
    public uint Offset { get; }

    /// <summary>The bits of the register that were looked at; zero when it was an argument that stopped the sequence, before its first step.</summary>
    public ulong Mask { get; }

    /// <summary>What these bits should have been, in their place in the register.</summary>
    public ulong Expected { get; }
}
