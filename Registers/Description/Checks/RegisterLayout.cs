using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Holds the registers of a block against each other: alignment and overlap. It sorts them by offset, then by name, and drops those that no bus can reach.</summary>
internal static class RegisterLayout
{
    public static void Check(List<PendingRegister> registers, BlockProblems problems, RegisterOverlap overlaps)
    {
        registers.Sort((left, right) =>
        {
            int order = left.Offset.CompareTo(right.Offset);
            return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
        });

        registers.RemoveAll(register => !IsAligned(register, problems));
        List<PendingRegister> open = [];
        foreach (PendingRegister register in registers)
        {
            problems.Register = register.Name;
            if (!overlaps.IsExhausted && problems.Wants(ProblemRules.RegistersOverlap, register.Template.Element.File))
            {
                CheckOverlap(register, open, problems, overlaps);
            }
        }

        if (overlaps.IsExhausted && registers.Count > 0)
        {
            string limit = ReadingLimits.Comparisons.ToString(CultureInfo.InvariantCulture);
            problems.Add(ProblemRules.LimitExceeded, registers[0].Template.Element, "The number of comparisons for overlap", limit);
        }

        problems.Register = "";
    }

    // One pass over the registers that had not ended where the last one began: those that have ended by now are dropped, the others compared.
    private static void CheckOverlap(PendingRegister register, List<PendingRegister> open, BlockProblems problems, RegisterOverlap overlaps)
    {
        int kept = 0;
        bool isReported = false;
        for (int index = 0; index < open.Count; index++)
        {
            PendingRegister other = open[index];
            if (other.End <= register.Offset)
            {
                continue;
            }

            open[kept++] = other;
            if (!isReported && !AreAlternates(register, other) && overlaps.Find(other, register) is { } offset)
            {
                string place = offset.ToString("X", CultureInfo.InvariantCulture);
                problems.Add(ProblemRules.RegistersOverlap, register.Template.Element, register.Name, other.Name, place);
                isReported = true;
            }
        }

        open.RemoveRange(kept, open.Count - kept);
        open.Add(register);
    }

    private static bool IsAligned(PendingRegister register, BlockProblems problems)
    {
        bool isAligned = register.Offset % register.WidthBytes == 0
            && (register.Dimension.Count == 1 || register.Dimension.StrideBytes % register.WidthBytes == 0);
        if (!isAligned)
        {
            string width = register.WidthBytes.ToString(CultureInfo.InvariantCulture);
            string offset = register.Offset.ToString("X", CultureInfo.InvariantCulture);
            problems.Register = register.Name;
            problems.Add(ProblemRules.MisalignedRegister, register.Template.Element, register.Name, width, offset);
            problems.Register = "";
        }

        return isAligned;
    }

    // A register that is only read and one that is only written may stand at one place: they are two registers behind one address.
    private static bool AreAlternates(PendingRegister left, PendingRegister right)
    {
        BitMasks one = left.Template.Masks;
        BitMasks other = right.Template.Masks;
        return left.IsAlternate
            || right.IsAlternate
            || ((one.Readable == 0 || other.Readable == 0) && (one.Writable == 0 || other.Writable == 0));
    }
}
