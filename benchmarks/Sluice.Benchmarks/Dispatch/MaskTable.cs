using System;
using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>What an expert writes by hand: masks in a table, no branch on the kind of word, one test for the hook.</summary>
public struct MaskTable(int registers) : IDevice
{
    private static readonly WordKind[] Kinds = [.. Kind()];

    private readonly uint[] _words = new uint[registers];

    /// <summary>How often the hook was called.</summary>
    public uint Hooked { get; private set; }

    /// <inheritdoc/>
    public readonly uint Read(uint offset, AccessWidth width)
    {
        uint[] words = _words;
        uint word = offset >> 2;
        if (word >= (uint)words.Length || ((offset & 3) + (uint)width) > 4)
        {
            return 0;
        }

        uint value = words[word] & Kinds[word % WordKind.Count].Readable;
        return (value >> (int)((offset & 3) * 8)) & (uint)((1ul << (8 * (int)width)) - 1);
    }

    /// <inheritdoc/>
    public void Write(uint offset, AccessWidth width, uint value)
    {
        uint[] words = _words;
        uint word = offset >> 2;
        if (word >= (uint)words.Length || ((offset & 3) + (uint)width) > 4)
        {
            return;
        }

        int shift = (int)((offset & 3) * 8);
        uint lanes = (uint)((1ul << (8 * (int)width)) - 1) << shift;
        uint shifted = value << shift;
        ref readonly WordKind kind = ref Kinds[word % WordKind.Count];
        uint writable = kind.Writable & lanes;
        words[word] = ((words[word] & ~writable) | (shifted & writable)) & ~(shifted & kind.OneToClear & lanes);
        if (word % WordKind.Count == WordKind.Count - 1)
        {
            Hooked++;
        }
    }

    private static WordKind[] Kind()
    {
        WordKind[] kinds = new WordKind[WordKind.Count];
        for (uint word = 0; word < WordKind.Count; word++)
        {
            kinds[word] = WordKind.Of(word);
        }

        return kinds;
    }
}
