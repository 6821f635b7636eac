using System;
using System.Runtime.InteropServices;
using Sluice.Runtime.Firmware;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Tests.Firmware;
using Xunit;

namespace Sluice.Runtime.Tests.Memory;

public unsafe class PageTableAllocationTests
{
    [Fact]
    public void Mapping_splitting_and_unmapping_allocate_nothing()
    {
        const nuint Bytes = 64 * 0x1000;
        void* region = NativeMemory.AlignedAlloc(Bytes, 0x1000);
        try
        {
            MachineAddress start = new((ulong)region);
            Assert.True(PagePool<DirectMemory>.TryCreate(default, start, Bytes, out PagePool<DirectMemory> pool));
            Assert.True(PageTableGeometry.TryCreate<Stage2Format>(40, 48, LeafSize.OneGigabyte, out PageTableGeometry geometry));
            Assert.True(PageTable<Stage2Format, DirectMemory>.TryCreate(default, geometry, ref pool, out PageTable<Stage2Format, DirectMemory> table));
            Assert.Equal(MappingResult.Done, Exercise(ref pool, in table));
            long before = GC.GetAllocatedBytesForCurrentThread();
            MappingResult result = Exercise(ref pool, in table);
            long after = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(MappingResult.Done, result);
            Assert.Equal(0, after - before);
        }
        finally
        {
            NativeMemory.AlignedFree(region);
        }
    }

    [Fact]
    public void Writing_and_reading_a_device_tree_allocate_nothing()
    {
        byte[] buffer = new byte[0x4000];
        GuestPlatform platform = GuestPlatforms.Full;
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            // The runtime itself may allocate while it compiles a method again; it does not do so five times.
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool done = WriteAndRead(buffer, in platform);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(done);
        }

        Assert.Equal(0, least);
    }

    private static bool WriteAndRead(byte[] buffer, in GuestPlatform platform) =>
        GuestTree.Write(buffer, in platform, out int bytes) == FdtError.None
        && FdtReader.TryOpen(buffer.AsSpan(0, bytes), out FdtReader tree) == FdtError.None
        && tree.TryNextCompatible(tree.Root, "arm,gic-v2m-frame"u8, out FdtNode frame)
        && tree.TryGetMachineRange(frame, 0, out _, out _);

    private static MappingResult Exercise(ref PagePool<DirectMemory> pool, in PageTable<Stage2Format, DirectMemory> table)
    {
        NoCachedTranslations nobody = default;
        MappingResult mapped = table.Map(ref pool, ref nobody, 0x4000_0000, new MachineAddress(0x4000_0000), 0x4000_0000, PageAttributes.Ram);
        MappingResult punched = table.Unmap(ref pool, ref nobody, 0x5000_0000, 0x1000);
        MappingResult below = table.Unmap(ref pool, ref nobody, 0x4000_0000, 0x1000_0000);
        MappingResult above = table.Unmap(ref pool, ref nobody, 0x5000_1000, 0x2FFF_F000);
        return mapped | punched | below | above;
    }
}
