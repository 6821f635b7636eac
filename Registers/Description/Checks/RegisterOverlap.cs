using System;

namespace Sluice.Registers.Description;

/// <summary>Finds bytes that two registers share; arrays are compared element by element without being expanded.</summary>
internal sealed class RegisterOverlap(ReadingBudget budget)
{
    private const uint MostElements = 4096;

    /// <summary>Whether so much has been compared that nothing more is.</summary>
    public bool IsExhausted => budget.Comparisons <= 0;

    /// <summary>The offset at which two registers overlap; null when they do not, or when it is not known because the budget is exhausted.</summary>
    public ulong? Find(PendingRegister left, PendingRegister right)
    {
        budget.Comparisons--;
        if (IsExhausted || left.End <= right.Offset || right.End <= left.Offset)
        {
            return null;
        }

        if (left.Dimension.IsArray && right.Dimension.IsArray && !CanMeet(left, right))
        {
            return null;
        }

        (PendingRegister few, PendingRegister many) = left.Dimension.Count <= right.Dimension.Count ? (left, right) : (right, left);
        if (few.Dimension.Count > MostElements)
        {
            return Math.Max(left.Offset, right.Offset);
        }

        for (uint index = 0; index < few.Dimension.Count && !IsExhausted; index++)
        {
            budget.Comparisons--;
            ulong start = few.Offset + ((ulong)index * few.Dimension.StrideBytes);
            if (FindInArray(start, start + (uint)few.WidthBytes, many) is { } offset)
            {
                return offset;
            }
        }

        return null;
    }

    // The element of the array that begins last before the end of the range is the only one that can overlap it, or one before it does.
    private static ulong? FindInArray(ulong start, ulong end, PendingRegister array)
    {
        if (end <= array.Offset || start >= array.End)
        {
            return null;
        }

        ulong stride = Math.Max(array.Dimension.StrideBytes, 1);
        ulong index = Math.Min((end - 1 - array.Offset) / stride, array.Dimension.Count - 1);
        ulong element = array.Offset + (index * stride);
        return element < end && start < element + (uint)array.WidthBytes ? Math.Max(start, element) : null;
    }

    // Two arrays that go on for ever meet when the distance of their phases, modulo the common divisor of their strides, is shorter than a register.
    // Where they do not, no two elements can; where they do, long arrays with a common range are taken to meet in it.
    private static bool CanMeet(PendingRegister left, PendingRegister right)
    {
        ulong divisor = GreatestCommonDivisor(left.Dimension.StrideBytes, right.Dimension.StrideBytes);
        ulong phase = ((left.Offset % divisor) + divisor - (right.Offset % divisor)) % divisor;
        return phase < (uint)right.WidthBytes || divisor - phase < (uint)left.WidthBytes;
    }

    private static ulong GreatestCommonDivisor(ulong left, ulong right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return Math.Max(left, 1);
    }
}
