using System;
using System.Buffers.Binary;
using Sluice.Hypervisor.Guests.Start;
using Xunit;

namespace Sluice.Hypervisor.Tests.Start;

public sealed class KernelImageTests
{
    [Fact]
    public void The_header_says_where_the_kernel_goes_and_how_much_it_takes()
    {
        Assert.True(KernelImage.TryRead(Header(0x8_0000, 0x200_0000, 0xA), out KernelImage kernel));
        Assert.Equal(0x8_0000ul, kernel.Offset);
        Assert.Equal(0x200_0000ul, kernel.RunBytes);
    }

    [Theory]
    [InlineData(0, 0, 0xA)]
    [InlineData(0, 0x200_0000, 0xB)]
    [InlineData(0, ulong.MaxValue, 0xA)]
    [InlineData(ulong.MaxValue, 0x200_0000, 0xA)]
    public void A_kernel_that_cannot_be_started_is_refused(ulong offset, ulong size, ulong flags)
    {
        Assert.False(KernelImage.TryRead(Header(offset, size, flags), out _));
    }

    [Fact]
    public void A_file_that_is_no_kernel_is_refused_whatever_its_length()
    {
        byte[] header = Header(0, 0x200_0000, 0xA);
        for (int length = 0; length < header.Length; length++)
        {
            Assert.False(KernelImage.TryRead(header.AsSpan(0, length), out _));
        }

        header[56] ^= 1;
        Assert.False(KernelImage.TryRead(header, out _));
    }

    [Fact]
    public void Kernel_ramdisk_and_tree_never_overlap_and_stay_in_memory()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        int placed = 0;
        for (int round = 0; round < 20_000; round++)
        {
            Assert.True(KernelImage.TryRead(Header((ulong)random.Next(0, 1 << 22), (ulong)random.Next(1, 1 << 27), 0xA), out KernelImage kernel));
            ulong memory = (ulong)random.Next(0, 1 << 28);
            ulong ramDisk = (ulong)random.Next(0, 1 << 27);
            if (!GuestLayout.TryCreate(memory, kernel, ramDisk, out GuestLayout layout))
            {
                continue;
            }

            placed++;
            Assert.True(layout.Kernel + kernel.RunBytes <= layout.Tree, $"seed {seed}");
            Assert.True(layout.Tree + GuestLayout.TreeBytes <= layout.RamDisk, $"seed {seed}");
            Assert.True(layout.RamDisk + ramDisk <= memory, $"seed {seed}");
        }

        Assert.True(placed > 1000, $"only {placed} layouts were possible, seed {seed}");
    }

    private static byte[] Header(ulong offset, ulong size, ulong flags)
    {
        byte[] header = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), size);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(24), flags);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(56), 0x644D_5241);
        return header;
    }
}
