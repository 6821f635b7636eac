using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Finds blocks that share addresses, by the bytes from their first to their last register. A block at 0 is placed at run time.</summary>
internal sealed class BlockOverlap
{
    // Each is compared with all before it; no device has so many.
    private const int MostBlocks = 4096;

    private readonly List<(string Name, ulong Start, ulong End, bool IsAlternate)> _blocks = [];

    /// <summary>Reports a block that overlaps one before it.</summary>
    public void Check(MarkupElement peripheral, BlockModel block, BlockProblems problems)
    {
        if (block.CapabilityId is not null || block.BaseAddress == 0 || block.Registers.Count == 0 || _blocks.Count >= MostBlocks)
        {
            return;
        }

        (ulong start, ulong end) = Extent(block);
        bool isAlternate = peripheral.Inherited(SvdGrammar.AlternatePeripheral) is not null;
        foreach ((string name, ulong otherStart, ulong otherEnd, bool isOtherAlternate) in _blocks)
        {
            if (start < otherEnd && otherStart < end && !isAlternate && !isOtherAlternate)
            {
                string place = Math.Max(start, otherStart).ToString("X", CultureInfo.InvariantCulture);
                problems.Add(ProblemRules.BlocksOverlap, peripheral, block.Name, name, place);
                break;
            }
        }

        _blocks.Add((block.Name, start, end, isAlternate));
    }

    private static (ulong Start, ulong End) Extent(BlockModel block)
    {
        ulong end = 0;
        for (int index = 0; index < block.Registers.Count; index++)
        {
            RegisterModel register = block.Registers[index];
            ulong last = register.Offset + ((ulong)(register.Dimension.Count - 1) * register.Dimension.StrideBytes) + (uint)(register.WidthBits / 8);
            end = Math.Max(end, last);
        }

        ulong start = block.BaseAddress + block.Registers[0].Offset;
        return (start, unchecked(block.BaseAddress + end) < start ? ulong.MaxValue : block.BaseAddress + end);
    }
}
