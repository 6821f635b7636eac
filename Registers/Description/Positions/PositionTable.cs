using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>
/// Where the parts of a model stand in the files. It is no part of the model: a line inserted moves positions and leaves the model equal.
/// Paths are the hardware names joined by <c>/</c>: <c>BLOCK</c>, <c>BLOCK/REGISTER</c>, <c>BLOCK/REGISTER/FIELD</c>; a view's policies are at
/// <c>BLOCK/@view</c> and <c>BLOCK/@view/REGISTER</c>.
/// </summary>
public sealed class PositionTable
{
    private readonly Lazy<Dictionary<string, FilePosition>> _positions;

    internal PositionTable(IReadOnlyList<BlockPositions> blocks)
    {
        _positions = new Lazy<Dictionary<string, FilePosition>>(() => Collect(blocks));
    }

    /// <summary>Number of parts whose place is known.</summary>
    public int Count => _positions.Value.Count;

    /// <summary>Finds the element that describes a part of the model.</summary>
    /// <param name="modelPath">The part's path.</param>
    /// <param name="position">The name of its element's start tag.</param>
    public bool TryFind(string modelPath, out FilePosition position) => _positions.Value.TryGetValue(modelPath, out position);

    internal PositionTable(Func<PositionTable> other)
    {
        _positions = new Lazy<Dictionary<string, FilePosition>>(() => other()._positions.Value);
    }

    private static Dictionary<string, FilePosition> Collect(IReadOnlyList<BlockPositions> blocks)
    {
        Dictionary<string, FilePosition> positions = new(StringComparer.Ordinal);
        foreach (BlockPositions block in blocks)
        {
            block.AddTo(positions);
        }

        return positions;
    }
}
