using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Runtime.Tests.Memory;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Runtime.Tests.Smmu;

public unsafe class SmmuV2FootprintTests(ITestOutputHelper output)
{
    [Fact]
    public void Nothing_is_allocated_from_the_start_to_the_release_of_a_space()
    {
        // Registers that keep what is written to them are enough of an SMMU to drive.
        const nuint TableBytes = 32 * 0x1000;
        byte* region = (byte*)NativeMemory.AlignedAlloc(Smmu500.SizeBytes + TableBytes, 0x1000);
        try
        {
            new Span<byte>(region, (int)Smmu500.SizeBytes).Clear();
            *(uint*)(region + Smmu500.Offsets.Sidr0) = 0xFC013E30;
            *(uint*)(region + Smmu500.Offsets.Sidr1) = 0x30000F10;
            *(uint*)(region + Smmu500.Offsets.Sidr2) = 0x5555;
            MachineAddress tables = new((ulong)region + Smmu500.SizeBytes);
            Assert.True(PagePool<DirectMemory>.TryCreate(default, tables, TableBytes, out PagePool<DirectMemory> pool));
            Assert.Equal(SmmuResult.Done, Live(region, ref pool));
            long least = long.MaxValue;
            for (int attempt = 0; attempt < 5; attempt++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                SmmuResult result = Live(region, ref pool);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                Assert.Equal(SmmuResult.Done, result);
            }

            Assert.Equal(0, least);
        }
        finally
        {
            NativeMemory.AlignedFree(region);
        }
    }

    [Fact]
    public void A_stream_takes_no_table_and_a_context_its_root()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        uint free = fixture.Pool.FreePages;
        BankSpace space = fixture.NewSpace(1);
        ulong context = (free - fixture.Pool.FreePages) * 0x1000UL;
        free = fixture.Pool.FreePages;
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(1), in space));
        ulong stream = (free - fixture.Pool.FreePages) * 0x1000UL;
        output.WriteLine($"MMU-500: {stream} bytes of tables a stream, {context} a context of 40 bits, {Unsafe.SizeOf<SmmuV2Driver>()} the driver itself");
        Assert.Equal(0u, stream);
        Assert.Equal(0x2000u, context);
        Assert.InRange(Unsafe.SizeOf<SmmuV2Driver>(), 500, 1500);
    }

    private static SmmuResult Live(byte* registers, ref PagePool<DirectMemory> pool)
    {
        SmmuResult result = SmmuV2<MmioBus, DirectMemory, StoppedClock>.TryStart(
            default, new RegisterAddress((ulong)registers), default, default, default, ref pool, out SmmuV2<MmioBus, DirectMemory, StoppedClock> smmu, out _);
        if (result != SmmuResult.Done
            || smmu.TryCreateSpace(ref pool, 1, 40, LeafSize.TwoMegabytes, out SmmuV2Space<DirectMemory> space) != SmmuResult.Done)
        {
            return result;
        }

        SmmuResult attached = smmu.Attach(new StreamId(1), in space);
        MappingResult mapped = smmu.Map(ref space, ref pool, 0x1000, new MachineAddress(0x5000), 0x20_0000, PageAttributes.DmaRam);
        _ = smmu.TryTakeFault(out _);
        MappingResult unmapped = smmu.Unmap(ref space, ref pool, 0x1000, 0x20_0000);
        SmmuResult detached = smmu.Detach(new StreamId(1), in space);
        SmmuResult released = smmu.TryReleaseSpace(in space, ref pool);
        return mapped != MappingResult.Done || unmapped != MappingResult.Done ? SmmuResult.Broken : attached | detached | released | smmu.TryStop(ref pool);
    }

    private readonly struct StoppedClock : IClock
    {
        public ulong Microseconds => 0;
    }
}
