using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>
/// What one reading of a description leaves for the next one of nearly the same files: a block that is a file of its own is not read again while
/// the file's text is the same. What comes of a reading does not depend on it. Several threads may read with the same memory.
/// </summary>
public sealed class ReadingMemory
{
    private const int MostRoots = 64;

    private readonly object _gate = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, RememberedBlock>> _roots = new(StringComparer.Ordinal);

    /// <summary>The blocks of the last reading of a root, by the paths of their files.</summary>
    internal IReadOnlyDictionary<string, RememberedBlock>? Find(string root)
    {
        lock (_gate)
        {
            return _roots.TryGetValue(root, out IReadOnlyDictionary<string, RememberedBlock>? blocks) ? blocks : null;
        }
    }

    /// <summary>Puts the blocks of a reading in the place of those before it, so that what is gone is forgotten.</summary>
    internal void Replace(string root, IReadOnlyDictionary<string, RememberedBlock> blocks)
    {
        lock (_gate)
        {
            if (_roots.Count >= MostRoots && !_roots.ContainsKey(root))
            {
                _roots.Clear();
            }

            _roots[root] = blocks;
        }
    }
}
