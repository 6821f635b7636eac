using System;
using System.Collections.Generic;
using Sluice.Registers.Description;

namespace Sluice.Generators.Layout;

/// <summary>What the accesses of a word depend on, as rows of <c>Sluice.Registers.WordGates</c>.</summary>
internal sealed class GateRows(BlockModel block, IReadOnlyDictionary<uint, int> slots)
{
    private const uint WriteEnable = 0;
    private const uint Presence = 1;
    private const uint WidthsOrAbsent = 2;
    private const uint WidthsOrZero = 3;
    private const uint FirstHalf = 4;
    private const uint SecondHalf = 5;
    private const uint Negated = 1 << 4;
    private const uint Whole = 1 << 5;

    /// <summary>Whether a row says anything about reads.</summary>
    public static bool ActsOnReads(uint[] row) => (row[1] & 0xF) != WriteEnable;

    /// <summary>The rows of one register's part of a word.</summary>
    /// <param name="policy">The register and how it is treated.</param>
    /// <param name="part">Its part of the word.</param>
    /// <param name="memory">Where the memory of its element begins, when its halves wait for each other.</param>
    public IEnumerable<uint[]> Of(RegisterPolicy policy, WordPart part, int memory)
    {
        RegisterModel register = policy.Register;
        uint bits = part.InWord(policy.AllBits);
        if (register.Present is { } present && Row(present, part.Element, bits, Presence | Whole) is { } presence)
        {
            yield return presence;
        }

        if (register.Widths.Permitted != 0 && register.Widths.Otherwise != OtherWidths.Lanes)
        {
            yield return [bits, (register.Widths.Otherwise == OtherWidths.Zero ? WidthsOrZero : WidthsOrAbsent) | Whole, 0, register.Widths.Permitted, 0];
        }

        if (policy.IsLockable)
        {
            if (register.WriteEnable is { } enable && Row(enable, part.Element, bits, WriteEnable | Whole) is { } wholeLock)
            {
                yield return wholeLock;
            }

            foreach (FieldModel field in register.Fields)
            {
                if (field.WriteEnable is { } fieldEnable && part.InWord(field.Mask) is not 0 and uint mask && Row(fieldEnable, part.Element, mask, WriteEnable) is { } fieldLock)
                {
                    yield return fieldLock;
                }
            }
        }

        if (policy.HoldsHalves)
        {
            uint offset = register.Offset + (part.Element * register.Dimension.StrideBytes);
            bool isFirst = (part.RegisterByte == 0) != policy.IsHighFirst;
            yield return [bits, (isFirst ? FirstHalf : SecondHalf) | Whole, (uint)memory, (uint)slots[offset + (part.RegisterByte == 0 ? 4u : 0u)], 0];
        }
    }

    private uint[]? Row(ConditionModel condition, uint element, uint bits, uint kind)
    {
        RegisterModel asked = block.Registers[condition.Register];
        FieldModel field = asked.Fields[condition.Field];
        uint offset = asked.Offset + (asked.Dimension.IsArray ? element * asked.Dimension.StrideBytes : 0) + ((uint)field.LowBit / 32 * 4);
        if (!slots.TryGetValue(offset & ~3u, out int slot))
        {
            return null;
        }

        int shift = (int)((offset & 3) * 8) + (field.LowBit % 32);
        uint mask = (uint)(field.Mask >> field.LowBit) << shift;
        return [bits, kind | (condition.IsNegated ? Negated : 0), (uint)slot, mask, (uint)condition.Value << shift];
    }
}
