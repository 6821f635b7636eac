using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>
/// QEMU's "virt" with processors that never run; the places are those of QEMU's hw/arm/virt.c with the high memory off.
/// </summary>
internal sealed class VirtMachine : IDisposable
{
    public const ulong Distributor = 0x0800_0000;
    public const ulong V2mFrame = 0x0802_0000;
    public const ulong SmmuRegisters = 0x0905_0000;
    public const ulong Memory = 0x4000_0000;

    /// <summary>Memory for tables; buffers lie behind it.</summary>
    public const ulong Tables = Memory + 0x0400_0000;
    public const ulong TableBytes = 0x0100_0000;
    public const ulong Buffers = Memory + 0x0600_0000;

    private MemoryWindow _low = new(new MachineAddress(0x1000_0000), 0x1000_0000, 0x2EFF_0000);
    private MemoryWindow _high;

    private VirtMachine(QtestMachine machine)
    {
        Machine = machine;
        Bridge = new EcamHostBridge<QtestBus>(machine.Bus, new EcamWindow(0x3F00_0000, 0x100_0000, 0, 15));
    }

    public static RequesterId Edu => new(0, 3, 0);

    public static RequesterId Nvme => new(0, 4, 0);

    public static RequesterId Network => new(0, 5, 0);

    public static RequesterId Random => new(0, 6, 0);

    public QtestMachine Machine { get; }

    public EcamHostBridge<QtestBus> Bridge { get; }

    public QtestBus Bus => Machine.Bus;

    public static VirtMachine Start(string machine = "virt,gic-version=2,highmem=off", string? program = null) => new(QtestMachine.Start(new QtestOptions
    {
        Program = program ?? "qemu-system-aarch64",
        Environment = QemuPrograms.Environment(program),
        Arguments =
        [
            "-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off",
            "-M", machine, "-cpu", "cortex-a57", "-global", "arm-cpu.start-powered-off=on", "-smp", "1", "-m", "256",
            "-device", "edu,addr=3,dma_mask=0xffffffffffff",
            "-blockdev", "null-co,node-name=disk,size=1048576,read-zeroes=on", "-device", "nvme,addr=4,serial=sluice,drive=disk",
            "-device", "e1000e,addr=5,romfile=",
            "-device", "virtio-rng-pci,addr=6,iommu_platform=on,disable-legacy=on",
            "-device", "pcie-root-port,id=port1,addr=7,chassis=1", "-device", "pcie-root-port,id=port2,addr=8,chassis=2",
        ],
    }));

    public IEnumerable<RequesterId> Functions()
    {
        FunctionEnumerator<EcamHostBridge<QtestBus>> functions = new(Bridge, 0, Bridge.Window.LastBus);
        List<RequesterId> found = [];
        while (functions.MoveNext())
        {
            found.Add(functions.Current);
        }

        return found;
    }

    /// <summary>A function that was probed, has places for its memory, decodes and masters.</summary>
    public HostFunction<EcamHostBridge<QtestBus>> Open(RequesterId id)
    {
        Assert.True(HostFunction<EcamHostBridge<QtestBus>>.TryProbe(Bridge, id, out HostFunction<EcamHostBridge<QtestBus>> function));
        Assert.True(function.TryPlace(ref _low, ref _high));
        function.WriteCommand(default(PciHeader.Command) with { Memory = true, Master = true });
        return function;
    }

    /// <summary>The frame's controller. A message is a pulse: whoever drives the distributor makes its interrupts edge-triggered first.</summary>
    public GicV2mController Messages()
    {
        Assert.True(GicV2mController.TryProbe(Bus, new RegisterAddress(V2mFrame), out GicV2mController controller));
        for (uint interrupt = controller.FirstInterrupt; interrupt < controller.FirstInterrupt + controller.VectorCount; interrupt += 16)
        {
            Bus.Write32(new RegisterAddress(Distributor + GicDistributor.Offsets.Icfgr + (interrupt / 16 * 4)), 0xAAAA_AAAA);
        }

        return controller;
    }

    /// <summary>Whether the distributor holds an interrupt pending.</summary>
    public bool IsPending(uint interrupt)
        => (Bus.Read32(new RegisterAddress(Distributor + GicDistributor.Offsets.Ispendr + (interrupt / 32 * 4))) & (1u << (int)(interrupt % 32))) != 0;

    public void ClearPending(uint interrupt)
        => Bus.Write32(new RegisterAddress(Distributor + GicDistributor.Offsets.Icpendr + (interrupt / 32 * 4)), 1u << (int)(interrupt % 32));

    public byte[] ReadMemory(ulong address, int length)
    {
        byte[] bytes = new byte[length];
        Machine.Connection.ReadMemory(address, bytes);
        return bytes;
    }

    public static byte[] Pattern(int length, int seed) => [.. Enumerable.Range(0, length).Select(index => (byte)((index * 7) + seed))];

    public void Dispose() => Machine.Dispose();
}
