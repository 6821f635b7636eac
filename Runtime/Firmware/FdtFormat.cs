using System;

namespace Sluice.Runtime.Firmware;

/// <summary>The flattened format: big-endian cells, tokens, alignment (Devicetree Specification 0.4, chapter 5).</summary>
internal static class FdtFormat
{
    internal const uint Magic = 0xD00D_FEED;
    internal const uint Version = 17;
    internal const uint LastCompatibleVersion = 16;
    internal const int HeaderBytes = 40;
    internal const int ReservationBytes = 16;
    internal const int MostDepth = 32;

    internal const uint BeginNode = 1;
    internal const uint EndNode = 2;
    internal const uint Property = 3;
    internal const uint Nop = 4;
    internal const uint End = 9;

    internal static uint ReadCell(ReadOnlySpan<byte> bytes, int offset) =>
        ((uint)bytes[offset] << 24) | ((uint)bytes[offset + 1] << 16) | ((uint)bytes[offset + 2] << 8) | bytes[offset + 3];

    internal static void WriteCell(Span<byte> bytes, int offset, uint value)
    {
        bytes[offset] = (byte)(value >> 24);
        bytes[offset + 1] = (byte)(value >> 16);
        bytes[offset + 2] = (byte)(value >> 8);
        bytes[offset + 3] = (byte)value;
    }

    internal static int Align(int offset) => (offset + 3) & ~3;

    /// <summary>Where the next zero byte stands; -1 when there is none.</summary>
    internal static int IndexOfZero(ReadOnlySpan<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] == 0)
            {
                return index;
            }
        }

        return -1;
    }

    internal static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int index = 0; index < left.Length; index++)
        {
            if (left[index] != right[index])
            {
                return false;
            }
        }

        return true;
    }
}
