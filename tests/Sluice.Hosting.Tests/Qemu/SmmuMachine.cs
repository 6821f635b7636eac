using System;
using System.Collections.Generic;
using System.Diagnostics;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>"virt" with an SMMUv3 that our driver has taken over, and one address space.</summary>
internal sealed class SmmuMachine : IDisposable
{
    public SmmuV3<QtestBus, QtestMemory, SystemClock> Smmu;

    private PagePool<QtestMemory> _pool;
    private SmmuAddressSpace<QtestMemory> _space;

    private SmmuMachine(VirtMachine virt)
    {
        Virt = virt;
    }

    public VirtMachine Virt { get; }

    public static SmmuMachine Start(bool stage2, bool twoLevelStreams = false)
    {
        VirtMachine virt = VirtMachine.Start("virt,gic-version=2,highmem=off,iommu=smmuv3", stage2 ? QemuPrograms.WithStage2 : null);
        SmmuMachine machine = new(virt);
        try
        {
            machine.TakeOver(stage2, twoLevelStreams);
            return machine;
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    public void Reserve(RequesterId function) => Assert.Equal(SmmuResult.Done, Smmu.TryReserve(new StreamId(function.Value), ref _pool));

    public void Attach(RequesterId function) => Assert.Equal(SmmuResult.Done, Smmu.Attach(new StreamId(function.Value), in _space));

    public void Detach(RequesterId function) => Assert.Equal(SmmuResult.Done, Smmu.Detach(new StreamId(function.Value), in _space));

    public void Map(ulong input, ulong output, ulong length, PageAccess access = PageAccess.ReadWrite, MemoryType type = MemoryType.Normal)
        => Assert.Equal(MappingResult.Done, Smmu.Map(ref _space, ref _pool, input, new MachineAddress(output), length, new PageAttributes(access, type)));

    public void Unmap(ulong input, ulong length) => Assert.Equal(MappingResult.Done, Smmu.Unmap(ref _space, ref _pool, input, length));

    /// <summary>All reports there are: the SMMU may still be writing the last one when the device is done.</summary>
    public List<SmmuFault> Faults()
    {
        List<SmmuFault> faults = [];
        long quietSince = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(quietSince) < TimeSpan.FromMilliseconds(20))
        {
            if (Smmu.TryTakeFault(out SmmuFault fault))
            {
                faults.Add(fault);
                quietSince = Stopwatch.GetTimestamp();
            }
        }

        return faults;
    }

    /// <summary>The machine address of the descriptor that leads to a page, found by looking through the tables.</summary>
    public ulong FindLeaf(ulong output)
    {
        const int Chunk = 0x10000;
        for (ulong at = VirtMachine.Tables; at < VirtMachine.Tables + 0x40_0000; at += Chunk)
        {
            byte[] tables = Virt.ReadMemory(at, Chunk);
            for (int index = 0; index < Chunk; index += 8)
            {
                ulong descriptor = BitConverter.ToUInt64(tables, index);
                if ((descriptor & 3) == 3 && (descriptor & 0x0000_FFFF_FFFF_F000) == output)
                {
                    return at + (ulong)index;
                }
            }
        }

        Assert.Fail($"no descriptor leads to 0x{output:x}");
        return 0;
    }

    public void Dispose() => Virt.Dispose();

    private void TakeOver(bool stage2, bool twoLevelStreams)
    {
        Assert.True(PagePool<QtestMemory>.TryCreate(Virt.Machine.Memory, new MachineAddress(VirtMachine.Tables), VirtMachine.TableBytes, out _pool));

        // The QEMU of Debian 12 has no abort bit that stays; no function here masters its bus yet.
        SmmuResult started = SmmuV3<QtestBus, QtestMemory, SystemClock>.TryStart(
            Virt.Bus,
            new RegisterAddress(VirtMachine.SmmuRegisters),
            Virt.Machine.Memory,
            default,
            new SmmuOptions
            {
                StreamBits = twoLevelStreams ? 16 : 8,
                TwoLevelStreams = twoLevelStreams,
                Interrupts = true,
                DevicesAreSilent = !stage2,
                PatienceMicroseconds = 5_000_000,
            },
            ref _pool,
            out Smmu,
            out uint failed);
        Assert.True(started == SmmuResult.Done, $"{started} at register 0x{failed:x}");
        Assert.Equal(SmmuResult.Done, Smmu.TryCreateSpace(ref _pool, 1, 39, LeafSize.OneGigabyte, out _space));
    }
}
