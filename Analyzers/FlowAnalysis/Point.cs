using System;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>The beginning of a block, in one of the contexts in which it runs.</summary>
internal readonly struct Point : IEquatable<Point>, IComparable<Point>
{
    public Point(int block, int context)
    {
        Block = block;
        Context = context;
    }

    public int Block { get; }

    /// <summary>0 outside of finally blocks.</summary>
    public int Context { get; }

    public bool Equals(Point other) => Block == other.Block && Context == other.Context;

    public override bool Equals(object? obj) => obj is Point other && Equals(other);

    public override int GetHashCode() => (Block * 397) ^ Context;

    public int CompareTo(Point other) => Block != other.Block ? Block.CompareTo(other.Block) : Context.CompareTo(other.Context);
}
