using System;
using System.Collections.Generic;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Memory;

public class PagePoolTests
{
    [Theory]
    [InlineData(0x8000_0000, 64)]
    [InlineData(0x8000_1000, 64)]
    [InlineData(0x8003_F000, 200)]
    public void Every_page_is_handed_out_once_and_comes_back(ulong start, uint pages)
    {
        SimulatedMachine machine = new(new RandomAccessMemory(start, (int)pages * 0x1000));
        Assert.True(PagePool<SimulatedMemory>.TryCreate(new SimulatedMemory(machine), new MachineAddress(start), pages * 0x1000UL, out var pool));
        uint free = pool.FreePages;
        Assert.Equal(pages - 1, free);
        HashSet<ulong> handed = [];
        while (pool.TryAllocate(1, out MachineAddress page))
        {
            Assert.True(page.Value > start && page.Value < start + (pages * 0x1000UL) && page.IsAligned(0x1000));
            Assert.True(handed.Add(page.Value));
        }

        Assert.Equal(free, (uint)handed.Count);
        Assert.Equal(0u, pool.FreePages);
        foreach (ulong page in handed)
        {
            Assert.True(pool.TryFree(new MachineAddress(page), 1));
        }

        Assert.Equal(free, pool.FreePages);
    }

    [Fact]
    public void Pages_side_by_side_are_aligned_to_their_size_and_zeroed()
    {
        const ulong Start = 0x8000_5000;
        SimulatedMachine machine = new(new RandomAccessMemory(Start, 512 * 0x1000));
        machine.Memory.Cached(Start, 512 * 0x1000).Fill(0xA5);
        Assert.True(PagePool<SimulatedMemory>.TryCreate(new SimulatedMemory(machine), new MachineAddress(Start), 512 * 0x1000, out var pool));
        foreach (uint count in new uint[] { 128, 2, 16, 64, 4, 1 })
        {
            Assert.True(pool.TryAllocate(count, out MachineAddress block));
            Assert.True(block.IsAligned(count * 0x1000UL));
            Assert.Equal(-1, machine.Memory.Cached(block.Value, (int)count * 0x1000).IndexOfAnyExcept((byte)0));
            machine.Memory.Cached(block.Value, (int)count * 0x1000).Fill(0x5A);
        }
    }

    [Fact]
    public void What_was_not_handed_out_cannot_come_back()
    {
        MachineFixture fixture = new(poolPages: 100);
        Assert.True(fixture.Pool.TryAllocate(2, out MachineAddress pages));
        uint free = fixture.Pool.FreePages;
        Assert.False(fixture.Pool.TryFree(new MachineAddress(MachineFixture.MemoryStart), 1));
        Assert.False(fixture.Pool.TryFree(new MachineAddress(MachineFixture.MemoryStart + (101 * 0x1000)), 1));
        Assert.False(fixture.Pool.TryFree(new MachineAddress(0), 1));
        Assert.False(fixture.Pool.TryFree(pages + 8, 1));
        Assert.False(fixture.Pool.TryFree(pages, 4));
        Assert.False(fixture.Pool.TryFree(pages, 3));
        Assert.True(fixture.Pool.TryFree(pages, 2));
        Assert.False(fixture.Pool.TryFree(pages, 2));
        Assert.Equal(free + 2, fixture.Pool.FreePages);
    }

    [Theory]
    [InlineData(0x8000_0800, 0x10000)]
    [InlineData(0x8000_0000, 0x10800)]
    [InlineData(0x8000_0000, 0x1000)]
    [InlineData(0x8000_0000, 0)]
    [InlineData(0xFFFF_FFFF_FFFF_0000, 0x20000)]
    public void A_region_that_cannot_hold_a_pool_is_refused(ulong start, ulong length)
    {
        SimulatedMachine machine = new(new RandomAccessMemory(0x8000_0000, 0x20000));
        Assert.False(PagePool<SimulatedMemory>.TryCreate(new SimulatedMemory(machine), new MachineAddress(start), length, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_use_agrees_with_a_set(int seed)
    {
        Random random = new(seed);
        MachineFixture fixture = new(poolPages: 300);
        List<(MachineAddress Start, uint Pages)> held = [];
        HashSet<ulong> used = [];
        for (int step = 0; step < 3000; step++)
        {
            if (random.Next(2) == 0)
            {
                uint pages = 1u << random.Next(6);
                if (fixture.Pool.TryAllocate(pages, out MachineAddress start))
                {
                    for (uint page = 0; page < pages; page++)
                    {
                        Assert.True(used.Add(start.Value + (page * 0x1000UL)), $"seed {seed}, step {step}");
                    }

                    held.Add((start, pages));
                }
            }
            else if (held.Count > 0)
            {
                int at = random.Next(held.Count);
                (MachineAddress start, uint pages) = held[at];
                held.RemoveAt(at);
                Assert.True(fixture.Pool.TryFree(start, pages), $"seed {seed}, step {step}");
                for (uint page = 0; page < pages; page++)
                {
                    used.Remove(start.Value + (page * 0x1000UL));
                }
            }

            Assert.Equal(300u - (uint)used.Count, fixture.Pool.FreePages);
        }
    }
}
