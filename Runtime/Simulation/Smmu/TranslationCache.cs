using System.Collections.Generic;

namespace Sluice.Simulation;

/// <summary>Translations that an SMMU has cached. It forgets nothing by itself, so that a missing invalidation always shows.</summary>
internal sealed class TranslationCache
{
    private readonly List<Entry> _entries = [];

    public bool TryFind(bool stage2, ushort tag, ulong input, bool write, out ulong output)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Stage2 == stage2 && entry.Tag == tag && entry.Covers(input) && entry.Write == write)
            {
                output = entry.Output + (input - entry.Input);
                return true;
            }
        }

        output = 0;
        return false;
    }

    public void Add(bool stage2, ushort tag, ulong input, ulong output, ulong leafBytes, bool write)
    {
        ulong offset = input & (leafBytes - 1);
        _entries.Add(new Entry(stage2, tag, input - offset, output - offset, leafBytes, write));
    }

    public void Remove(bool stage2, ushort? tag = null, ulong? input = null) =>
        _entries.RemoveAll(entry => entry.Stage2 == stage2 && (tag is null || entry.Tag == tag) && (input is null || entry.Covers(input.Value)));

    public void Clear() => _entries.Clear();

    private sealed record Entry(bool Stage2, ushort Tag, ulong Input, ulong Output, ulong LeafBytes, bool Write)
    {
        public bool Covers(ulong input) => input >= Input && input - Input < LeafBytes;
    }
}
