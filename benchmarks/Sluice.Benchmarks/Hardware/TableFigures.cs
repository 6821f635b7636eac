using System;
using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using V2 = Sluice.Runtime.Smmu.SmmuV2<Sluice.Registers.MmioBus, Sluice.Benchmarks.Hardware.ProcessMemory, Sluice.Benchmarks.Hardware.NoTime>;
using V3 = Sluice.Runtime.Smmu.SmmuV3<Sluice.Benchmarks.Hardware.PromptSmmuBus, Sluice.Benchmarks.Hardware.ProcessMemory, Sluice.Benchmarks.Hardware.NoTime>;

namespace Sluice.Benchmarks.Hardware;

/// <summary>Map and unmap with their invalidation, through both drivers, on registers that answer at once; and what streams and contexts take.</summary>
internal static class TableFigures
{
    private const ulong Page = 0x1000;
    private const ulong Megabytes2 = 0x20_0000;
    private const ulong Gigabyte = 0x4000_0000;
    private const nuint TableBytes = 16 << 20;
    private const int Pages = 512;
    private const int Blocks = 100;

    public static void Print()
    {
        PrintV2();
        PrintV3();
    }

    private static void PrintV2()
    {
        using NativeMemoryRegion registers = new(Smmu500.SizeBytes, 0x1000);
        using NativeMemoryRegion tables = new(TableBytes, 0x1000);
        registers.Set(Smmu500.Offsets.Sidr0, 0xFC01_3E30);
        registers.Set(Smmu500.Offsets.Sidr1, 0x3000_0F10);
        registers.Set(Smmu500.Offsets.Sidr2, 0x5555);
        PagePool<ProcessMemory> pool = Pool(tables);
        Require(V2.TryStart(default, new RegisterAddress(registers.Start), default, default, default, ref pool, out V2 smmu, out _));
        uint free = pool.FreePages;
        Require(smmu.TryCreateSpace(ref pool, 1, 40, LeafSize.OneGigabyte, out SmmuV2Space<ProcessMemory> space));
        ulong context = (free - pool.FreePages) * Page;
        free = pool.FreePages;
        Require(smmu.Attach(new StreamId(0x4D0), in space));
        ulong stream = (free - pool.FreePages) * Page;
        Require(smmu.TryCreateSpace(ref pool, 2, 40, LeafSize.FourKilobytes, out SmmuV2Space<ProcessMemory> small));
        Require(smmu.TryCreateSpace(ref pool, 3, 40, LeafSize.TwoMegabytes, out SmmuV2Space<ProcessMemory> middle));
        Stopwatches.Print("MMU-500: map and unmap one page of 4 KiB, invalidated by address", Pages, () =>
        {
            for (ulong page = 0; page < Pages; page++)
            {
                Require(smmu.Map(ref small, ref pool, Gigabyte + (page * Page), new MachineAddress(Gigabyte + (page * Page)), Page, PageAttributes.DmaRam));
                Require(smmu.Unmap(ref small, ref pool, Gigabyte + (page * Page), Page));
            }
        });
        Stopwatches.Print("MMU-500: map and unmap 1 GiB as one block", Blocks, () =>
        {
            for (int block = 0; block < Blocks; block++)
            {
                Require(smmu.Map(ref space, ref pool, Gigabyte, new MachineAddress(Gigabyte), Gigabyte, PageAttributes.DmaRam));
                Require(smmu.Unmap(ref space, ref pool, Gigabyte, Gigabyte));
            }
        });
        Stopwatches.Print("MMU-500: map and unmap 1 GiB as 512 blocks of 2 MiB", 1, () =>
        {
            Require(smmu.Map(ref middle, ref pool, Gigabyte, new MachineAddress(Gigabyte), Gigabyte, PageAttributes.DmaRam));
            Require(smmu.Unmap(ref middle, ref pool, Gigabyte, Gigabyte));
        });
        Stopwatches.Print("MMU-500: map and unmap 1 GiB as 262,144 pages of 4 KiB", 1, () =>
        {
            Require(smmu.Map(ref small, ref pool, Gigabyte, new MachineAddress(Gigabyte), Gigabyte, PageAttributes.DmaRam));
            Require(smmu.Unmap(ref small, ref pool, Gigabyte, Gigabyte));
        });
        Stopwatches.PrintBytes("MMU-500: tables a stream", stream);
        Stopwatches.PrintBytes("MMU-500: tables a context of 40 bits, with nothing mapped", context);
        Stopwatches.PrintBytes("MMU-500: the driver", (ulong)Unsafe.SizeOf<V2>());
    }

    private static void PrintV3()
    {
        using NativeMemoryRegion registers = new(0x2_0000, 0x1_0000);
        using NativeMemoryRegion tables = new(TableBytes, 0x10_0000);
        registers.Set(Smmuv3.Offsets.Idr0, 1 | (2 << 2) | (1 << 4) | (1 << 12) | (1 << 18) | (2 << 21) | (1 << 24) | (1 << 26) | (1 << 27));
        registers.Set(Smmuv3.Offsets.Idr1, 16 | (8 << 16) | (8 << 21));
        registers.Set(Smmuv3.Offsets.Idr5, 5 | (1 << 4));
        PagePool<ProcessMemory> pool = Pool(tables);
        Require(V3.TryStart(
            new PromptSmmuBus(registers.Start), new RegisterAddress(registers.Start), default, default, new SmmuOptions { StreamBits = 8 }, ref pool, out V3 smmu, out _));
        uint free = pool.FreePages;
        Require(smmu.TryCreateSpace(ref pool, 1, 40, LeafSize.OneGigabyte, out SmmuAddressSpace<ProcessMemory> space));
        ulong context = (free - pool.FreePages) * Page;
        Require(smmu.Attach(new StreamId(8), in space));
        Require(smmu.TryCreateSpace(ref pool, 2, 40, LeafSize.FourKilobytes, out SmmuAddressSpace<ProcessMemory> small));
        Require(smmu.TryCreateSpace(ref pool, 3, 40, LeafSize.TwoMegabytes, out SmmuAddressSpace<ProcessMemory> middle));
        Stopwatches.Print("SMMUv3: map and unmap one page of 4 KiB, invalidated by address", Pages, () =>
        {
            for (ulong page = 0; page < Pages; page++)
            {
                Require(smmu.Map(ref small, ref pool, Gigabyte + (page * Page), new MachineAddress(Gigabyte + (page * Page)), Page, PageAttributes.DmaRam));
                Require(smmu.Unmap(ref small, ref pool, Gigabyte + (page * Page), Page));
            }
        });
        Stopwatches.Print("SMMUv3: map and unmap 1 GiB as one block", Blocks, () =>
        {
            for (int block = 0; block < Blocks; block++)
            {
                Require(smmu.Map(ref space, ref pool, Gigabyte, new MachineAddress(Gigabyte), Gigabyte, PageAttributes.DmaRam));
                Require(smmu.Unmap(ref space, ref pool, Gigabyte, Gigabyte));
            }
        });
        Stopwatches.Print("SMMUv3: map and unmap 1 GiB as 512 blocks of 2 MiB", 1, () =>
        {
            Require(smmu.Map(ref middle, ref pool, Gigabyte, new MachineAddress(Gigabyte), Gigabyte, PageAttributes.DmaRam));
            Require(smmu.Unmap(ref middle, ref pool, Gigabyte, Gigabyte));
        });
        Stopwatches.Print("SMMUv3: map and unmap 1 GiB as 262,144 pages of 4 KiB", 1, () =>
        {
            Require(smmu.Map(ref small, ref pool, Gigabyte, new MachineAddress(Gigabyte), Gigabyte, PageAttributes.DmaRam));
            Require(smmu.Unmap(ref small, ref pool, Gigabyte, Gigabyte));
        });
        Stopwatches.PrintBytes("SMMUv3: tables a stream, in a linear table", 64);
        Stopwatches.PrintBytes("SMMUv3: tables a context of 40 bits, with nothing mapped", context);
        Stopwatches.PrintBytes("SMMUv3: the driver", (ulong)Unsafe.SizeOf<V3>());
    }

    private static PagePool<ProcessMemory> Pool(NativeMemoryRegion tables)
        => PagePool<ProcessMemory>.TryCreate(default, new MachineAddress(tables.Start), TableBytes, out PagePool<ProcessMemory> pool)
            ? pool
            : throw new InvalidOperationException("no pool");

    private static void Require(SmmuResult result)
    {
        if (result != SmmuResult.Done)
        {
            throw new InvalidOperationException(result.ToString());
        }
    }

    private static void Require(MappingResult result)
    {
        if (result != MappingResult.Done)
        {
            throw new InvalidOperationException(result.ToString());
        }
    }
}
