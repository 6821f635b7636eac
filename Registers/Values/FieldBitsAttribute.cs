using System;

namespace Sluice.Registers;

/// <summary>Where a field stands in its register, on the generated property. The analyzers need it; nothing reads it at run time.</summary>
/// <param name="lowest">The field's lowest bit, counted from bit 0 of the register.</param>
/// <param name="width">How many bits it has.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldBitsAttribute(int lowest, int width) : Attribute
{
    /// <summary>The field's lowest bit.</summary>
    public int Lowest { get; } = lowest;

    /// <summary>How many bits it has.</summary>
    public int Width { get; } = width;

    /// <summary>The smallest value that software may write (SVD <c>writeConstraint</c>).</summary>
    public ulong Minimum { get; init; }

    /// <summary>The largest value that software may write.</summary>
    public ulong Maximum { get; init; } = ulong.MaxValue;

    /// <summary>Whether software may write only values that have a name.</summary>
    public bool IsNamed { get; init; }
}
