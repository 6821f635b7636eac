using System.Collections.Generic;
using Sluice.Runtime.Memory;
using Sluice.Simulation;

namespace Sluice.Runtime.Tests.Memory;

/// <summary>
/// A walker that caches whatever it can get hold of: after each write of the core it walks every address of interest and keeps the result until it is told to
/// forget it. It also watches that no valid translation is replaced by another one in place.
/// </summary>
internal sealed class SuspiciousWalker
{
    private readonly TableWalk _walk;
    private readonly ulong[] _inputs;
    private readonly Dictionary<ulong, (ulong Output, ulong Leaf, bool Write)> _cached = [];

    public SuspiciousWalker(SimulatedMachine machine, TableWalk walk, ulong[] inputs)
    {
        _walk = walk;
        _inputs = inputs;
        machine.Memory.Written = _ => Look();
        machine.Memory.Settled = Look;
    }

    /// <summary>Translations that were replaced by others of another place or size without having been invalid in between.</summary>
    public List<string> ReplacedInPlace { get; } = [];

    /// <summary>How often <see cref="Complete"/> fails, counted from the next call: 0 never.</summary>
    public int FailCompletionAfter { get; set; }

    public int Completions { get; private set; }

    public List<(ulong Input, ulong Length, int Level, bool LeafOnly)> Ranges { get; } = [];

    public IReadOnlyDictionary<ulong, (ulong Output, ulong Leaf, bool Write)> Cached => _cached;

    public void Look()
    {
        foreach (ulong input in _inputs)
        {
            if (_walk.Translate(input, write: false, out ulong output, out ulong leaf) != WalkFault.None)
            {
                continue;
            }

            bool write = _walk.Translate(input, write: true, out _, out _) == WalkFault.None;
            if (_cached.TryGetValue(input, out (ulong Output, ulong Leaf, bool Write) old) && (old.Output != output || old.Leaf != leaf))
            {
                ReplacedInPlace.Add($"0x{input:x}: 0x{old.Output:x}/0x{old.Leaf:x} by 0x{output:x}/0x{leaf:x}");
            }

            _cached.TryAdd(input, (output, leaf, write));
        }
    }

    public void Invalidate(in InvalidationRange range)
    {
        Ranges.Add((range.Input, range.Length, range.Level, range.LeafOnly));
        foreach (ulong input in _inputs)
        {
            if (input >= range.Input && input - range.Input < range.Length && _cached.TryGetValue(input, out var kept) && kept.Leaf == range.LeafBytes)
            {
                _cached.Remove(input);
            }
        }

        Look();
    }

    public bool Complete() => ++Completions != FailCompletionAfter;
}
