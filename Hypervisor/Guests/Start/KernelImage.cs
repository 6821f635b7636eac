using System;
using System.Buffers.Binary;

namespace Sluice.Hypervisor.Guests.Start;

/// <summary>The header of an arm64 Linux image. Source: Linux, Documentation/arm64/booting.rst, §4.</summary>
internal readonly struct KernelImage
{
    private const int HeaderBytes = 64;
    private const uint Magic = 0x644D_5241;
    private const ulong BigEndian = 1;
    private const ulong LargestOffset = 1ul << 30;

    private KernelImage(ulong offset, ulong runBytes)
    {
        Offset = offset;
        RunBytes = runBytes;
    }

    /// <summary>Where the image goes: bytes from a boundary of 2 MiB at the start of RAM. Its first byte is the entry.</summary>
    public ulong Offset { get; }

    /// <summary>How much memory it takes there while it starts, in bytes.</summary>
    public ulong RunBytes { get; }

    /// <summary>Reads the header.</summary>
    /// <param name="image">The file.</param>
    /// <param name="kernel">What it says.</param>
    /// <returns>False when it is not an image that this processor state can start.</returns>
    public static bool TryRead(ReadOnlySpan<byte> image, out KernelImage kernel)
    {
        kernel = default;
        if (image.Length < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(image.Slice(56)) != Magic)
        {
            return false;
        }

        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(image.Slice(8));
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(image.Slice(16));
        ulong flags = BinaryPrimitives.ReadUInt64LittleEndian(image.Slice(24));
        if (size == 0 || size > LargestOffset || offset > LargestOffset || (flags & BigEndian) != 0)
        {
            return false;
        }

        kernel = new KernelImage(offset, size > (ulong)image.Length ? size : (ulong)image.Length);
        return true;
    }
}
