using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Holds registers against the address blocks that their block claims.</summary>
internal static class AddressBlocks
{
    /// <summary>Reports registers outside the address blocks.</summary>
    /// <returns>The block's size in bytes: to the end of its address blocks or its last register, whichever is further, in whole words.</returns>
    public static uint Check(MarkupElement peripheral, string name, List<PendingRegister> registers, BlockProblems problems)
    {
        List<(ulong Start, ulong End)> blocks = Read(peripheral, problems);
        ulong size = 0;
        foreach ((ulong _, ulong end) in blocks)
        {
            size = Math.Max(size, end);
        }

        foreach (PendingRegister register in registers)
        {
            bool isInside = blocks.Count == 0 || (IsInside(blocks, register.Offset) && IsInside(blocks, register.End - 1));
            if (!isInside)
            {
                string offset = register.Offset.ToString("X", CultureInfo.InvariantCulture);
                problems.Register = register.Name;
                problems.Add(ProblemRules.RegisterOutsideBlock, register.Template.Element, register.Name, offset, name);
                problems.Register = "";
            }

            size = Math.Max(size, register.End);
        }

        return (uint)((size + 3) & ~3UL);
    }

    private static List<(ulong Start, ulong End)> Read(MarkupElement peripheral, BlockProblems problems)
    {
        List<(ulong Start, ulong End)> blocks = [];
        MarkupElement? owner = peripheral;
        while (owner is not null && owner.Child(SvdGrammar.AddressBlock) is null)
        {
            owner = owner.Base;
        }

        for (MarkupElement? child = owner?.FirstChild; child is not null; child = child.NextSibling)
        {
            MarkupElement? offset = child.Grammar == SvdGrammar.AddressBlock ? child.Child(SvdGrammar.BlockOffset) : null;
            MarkupElement? size = child.Grammar == SvdGrammar.AddressBlock ? child.Child(SvdGrammar.Size) : null;
            if (offset is not { IsValid: true } || size is not { IsValid: true })
            {
                continue;
            }

            if (offset.Number > uint.MaxValue || size.Number > uint.MaxValue || offset.Number + size.Number > uint.MaxValue - 3)
            {
                if (size.File.IsVendors)
                {
                    problems.Add(ProblemRules.LeftOut, size.File, size.ContentRange, "addressBlock", "it ends beyond 32 bits of its block");
                }
                else
                {
                    problems.Add(ProblemRules.LimitExceeded, size.File, size.ContentRange, "The end of an address block", "0xFFFFFFFC");
                }

                continue;
            }

            blocks.Add((offset.Number, offset.Number + size.Number));
        }

        return blocks;
    }

    private static bool IsInside(List<(ulong Start, ulong End)> blocks, ulong address)
    {
        foreach ((ulong start, ulong end) in blocks)
        {
            if (address >= start && address < end)
            {
                return true;
            }
        }

        return false;
    }
}
