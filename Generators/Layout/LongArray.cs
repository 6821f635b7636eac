using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Generators.Layout;

/// <summary>
/// The registers that repeat themselves over one long stretch: an array, or those of a cluster. The words of the first repetition stand for all others.
/// </summary>
internal sealed class LongArray(uint start, RegisterDimension dimension)
{
    /// <summary>Byte offset of the first repetition; a whole word.</summary>
    public uint Start { get; } = start;

    /// <summary>How often it repeats itself, element by element.</summary>
    public RegisterDimension Dimension { get; } = dimension;

    /// <summary>Bytes of a repetition.</summary>
    public uint UnitBytes { get; } = LongArrays.UnitBytes(dimension);

    /// <summary>The last byte that belongs to it, from its start.</summary>
    public uint LastByte { get; } = (uint)(((ulong)dimension.Count * dimension.StrideBytes) - 1);

    /// <summary>The words of the first repetition, by offset in the block.</summary>
    public SortedDictionary<uint, WordLayout> Words { get; } = [];

    /// <summary>The slot of its first word.</summary>
    public int FirstSlot { get; set; }

    /// <summary>Whether a register repeats itself in step with it.</summary>
    public bool Holds(RegisterModel register) => register.Dimension == Dimension && register.Offset - Start < UnitBytes;

    /// <summary>Whether a word lies where one of its own lies.</summary>
    public bool Meets(uint offset) => offset - Start <= LastByte && Words.ContainsKey(Start + ((offset - Start) % UnitBytes));

    /// <summary>Whether all its words lie in one repetition.</summary>
    public bool IsWhole => Words.Keys.All(offset => offset - Start < UnitBytes);

    /// <summary>Words that follow one another: the byte from the start of a repetition, the bytes, and the slot of the first.</summary>
    public IEnumerable<(uint First, uint Bytes, int Slot)> Runs()
    {
        uint[] offsets = [.. Words.Keys.Select(offset => offset - Start)];
        for (int begin = 0, end; begin < offsets.Length; begin = end)
        {
            for (end = begin + 1; end < offsets.Length && offsets[end] == offsets[end - 1] + 4; end++)
            {
            }

            yield return (offsets[begin], (uint)(end - begin) * 4, FirstSlot + begin);
        }
    }
}
