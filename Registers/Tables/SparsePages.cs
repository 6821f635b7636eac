using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Registers;

/// <summary>Finds a page of a view whose few registers lie far apart: the numbers of its pages, sorted, are all that is kept of the distance.</summary>
public static class SparsePages
{
    /// <summary>Finds a page by halving, without a branch on what a guest chose.</summary>
    /// <param name="pages">The numbers of the pages, ascending.</param>
    /// <param name="page">The page wanted.</param>
    /// <returns>Its place among them; the greatest number when it is not there.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Find(ReadOnlySpan<uint> pages, uint page)
    {
        ref uint first = ref MemoryMarshal.GetReference(pages);
        nuint low = 0;
        for (nuint count = (nuint)pages.Length; count > 1;)
        {
            // All ones where the middle is not above the page wanted: the sign of the difference says it.
            nuint half = count >> 1;
            nuint notAbove = (nuint)(~(((long)page - Unsafe.Add(ref first, low + half)) >> 63));
            low += half & notAbove;
            count -= half;
        }

        return pages.Length != 0 && Unsafe.Add(ref first, low) == page ? (uint)low : uint.MaxValue;
    }
}
