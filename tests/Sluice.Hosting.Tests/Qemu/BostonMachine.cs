using System;
using System.IO;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>
/// QEMU's MIPS "boston": three soft AXI-PCIe bridges, of which the third has an AHCI controller behind it. The places are those of QEMU's hw/mips/boston.c. Its processor
/// stands still.
/// </summary>
internal sealed class BostonMachine : IDisposable
{
    public const ulong ConfigBytes = 0x200_0000;
    public const ulong LinkedConfig = 0x1400_0000;
    public const ulong EmptyConfig = 0x1000_0000;

    /// <summary>The window onto PCI memory of the linked bridge; addresses are the same on both sides.</summary>
    private const ulong Window = 0x1600_0000;
    private const uint WindowBytes = 0x10_0000;

    private readonly string _firmware;
    private MemoryWindow _low = new(new MachineAddress(Window), Window, WindowBytes);
    private MemoryWindow _high;

    private BostonMachine(QtestMachine machine, string firmware)
    {
        Machine = machine;
        _firmware = firmware;
    }

    public static RequesterId Disks => new(1, 0, 0);

    public QtestMachine Machine { get; }

    public QtestBus Bus => Machine.Bus;

    public static AxiPcieSettings Settings(BringUpPolicy policy, ulong config = LinkedConfig)
        => new()
        {
            Policy = policy,
            Config = new EcamWindow(config, ConfigBytes, 0, 31),
            Windows = new PortWindows { Memory = Window, MemoryBytes = WindowBytes },
        };

    public static BostonMachine Start()
    {
        // The machine insists on firmware and on a gigabyte; neither is ever used.
        string firmware = Path.GetTempFileName();
        File.WriteAllBytes(firmware, new byte[64 * 1024]);
        try
        {
            return new BostonMachine(
                QtestMachine.Start(new QtestOptions
                {
                    Program = "qemu-system-mips64el",
                    Arguments = ["-accel", "tcg,thread=single", "-M", "boston", "-cpu", "I6400", "-m", "1024", "-S", "-bios", firmware],
                }),
                firmware);
        }
        catch
        {
            File.Delete(firmware);
            throw;
        }
    }

    /// <summary>A bridge that our driver brought up.</summary>
    public XilinxAxiHostBridge<QtestBus> BroughtUp()
    {
        Assert.True(XilinxAxiHostBridge<QtestBus>.TryStart(Bus, Settings(BringUpPolicy.Hypervisor), out XilinxAxiHostBridge<QtestBus> bridge, out BridgeRefusal refusal), Text(refusal));
        return bridge;
    }

    /// <summary>The AHCI controller with its memory in its place, decoding and mastering; the bridge's bring-up made the root port forward both ways.</summary>
    public HostFunction<XilinxAxiHostBridge<QtestBus>> OpenDisks(XilinxAxiHostBridge<QtestBus> bridge)
    {
        Assert.True(HostFunction<XilinxAxiHostBridge<QtestBus>>.TryProbe(bridge, Disks, out HostFunction<XilinxAxiHostBridge<QtestBus>> function));
        Assert.True(function.TryPlace(ref _low, ref _high));
        function.WriteCommand(default(PciHeader.Command) with { Memory = true, Master = true });
        return function;
    }

    public static string Text(BridgeRefusal refusal) => $"{refusal.Block} 0x{refusal.Offset:x} shows 0x{refusal.Value:x}, 0x{refusal.Mask:x} should be 0x{refusal.Expected:x}";

    public void Dispose()
    {
        Machine.Dispose();
        File.Delete(_firmware);
    }
}
