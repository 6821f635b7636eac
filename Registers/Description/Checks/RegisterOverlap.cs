using System;

namespace Sluice.Registers.Description;

/// <summary>Finds bytes that two registers share; arrays are compared element by element without being expanded.</summary>
internal static class RegisterOverlap
{
    private const uint MostElements = 4096;

    /// <summary>The offset at which two registers overlap; null when they do not.</summary>
    public static ulong? Find(PendingRegister left, PendingRegister right)
    {
        (PendingRegister few, PendingRegister many) = left.Dimension.Count <= right.Dimension.Count ? (left, right) : (right, left);
        if (few.Dimension.Count > MostElements)
        {
            return FindInLong(few, many);
        }

        for (uint index = 0; index < few.Dimension.Count; index++)
        {
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

    // Two long arrays meet somewhere within their common range when the distance of their phases, modulo the common divisor, is shorter than a register.
    private static ulong? FindInLong(PendingRegister left, PendingRegister right)
    {
        ulong divisor = GreatestCommonDivisor(left.Dimension.StrideBytes, right.Dimension.StrideBytes);
        ulong start = Math.Max(left.Offset, right.Offset);
        if (start >= Math.Min(left.End, right.End))
        {
            return null;
        }

        ulong phase = ((left.Offset % divisor) + divisor - (right.Offset % divisor)) % divisor;
        return phase < (uint)right.WidthBytes || divisor - phase < (uint)left.WidthBytes ? start : null;
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
