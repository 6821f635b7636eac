using System;

namespace Sluice.Runtime.Firmware;

/// <summary>
/// The device tree that a guest boots with: CPUs with PSCI over HVC, the architected timer, GICv2 with a GICv2m frame, a PL011, and a generic host bridge whose
/// functions send their messages to that frame.
/// </summary>
/// <remarks>Sources: the Linux bindings psci, arm,arch_timer, arm,gic, arm,gic-v2m-frame, arm,pl011, pci-host-ecam-generic, pci-msi.</remarks>
public static class GuestTree
{
    private const uint GicHandle = 1;
    private const uint FrameHandle = 2;
    private const uint ClockHandle = 3;

    private const uint Spi = 0;
    private const uint Ppi = 1;
    private const uint LevelHigh = 4;

    // PPIs of the timer: secure, non-secure, virtual, hypervisor; level low, on the first CPU (arm,arch_timer).
    private const uint TimerFlags = 0xF08;

    /// <summary>Writes the tree.</summary>
    /// <param name="buffer">Where it goes; 16 KiB are enough for a guest with a few devices.</param>
    /// <param name="platform">What the guest is told.</param>
    /// <param name="bytes">Its length; 0 after an error.</param>
    /// <returns>The first error.</returns>
    public static FdtError Write(Span<byte> buffer, in GuestPlatform platform, out int bytes)
    {
        FdtWriter tree = new(buffer);
        tree.BeginNode(""u8);
        tree.Text("compatible"u8, "linux,dummy-virt"u8);
        tree.Text("model"u8, "Sluice guest"u8);
        tree.Cell("#address-cells"u8, 2);
        tree.Cell("#size-cells"u8, 2);
        tree.Cell("interrupt-parent"u8, GicHandle);
        tree.Empty("dma-coherent"u8);
        WriteChosen(ref tree, in platform);
        WriteMemory(ref tree, in platform);
        WriteProcessors(ref tree, in platform);
        WriteTimer(ref tree);
        WriteInterruptController(ref tree, in platform);
        WriteSerial(ref tree, in platform);
        WriteHostBridge(ref tree, in platform);
        tree.EndNode();
        return tree.Finish(out bytes);
    }

    private static void WriteChosen(ref FdtWriter tree, in GuestPlatform platform)
    {
        tree.BeginNode("chosen"u8);
        if (platform.BootArguments.Length > 0)
        {
            tree.Text("bootargs"u8, platform.BootArguments);
        }

        if (platform.Serial.Length > 0)
        {
            tree.Text("stdout-path"u8, "serial0"u8);
        }

        if (platform.RamDisk.Length > 0)
        {
            tree.Number("linux,initrd-start"u8, platform.RamDisk.Start);
            tree.Number("linux,initrd-end"u8, platform.RamDisk.Start + platform.RamDisk.Length);
        }

        tree.EndNode();
    }

    private static void WriteMemory(ref FdtWriter tree, in GuestPlatform platform)
    {
        for (int bank = 0; bank < platform.Memory.Length; bank++)
        {
            tree.BeginNode("memory"u8, platform.Memory[bank].Start);
            tree.Text("device_type"u8, "memory"u8);
            WriteReg(ref tree, platform.Memory[bank], default);
            tree.EndNode();
        }
    }

    private static void WriteProcessors(ref FdtWriter tree, in GuestPlatform platform)
    {
        tree.BeginNode("cpus"u8);
        tree.Cell("#address-cells"u8, 1);
        tree.Cell("#size-cells"u8, 0);
        for (uint cpu = 0; cpu < platform.CpuCount; cpu++)
        {
            tree.BeginNode("cpu"u8, cpu);
            tree.Text("device_type"u8, "cpu"u8);
            tree.Text("compatible"u8, platform.CpuCompatible);
            tree.Cell("reg"u8, cpu);
            tree.Text("enable-method"u8, "psci"u8);
            tree.EndNode();
        }

        tree.EndNode();

        tree.BeginNode("psci"u8);
        tree.Text("compatible"u8, "arm,psci-1.0\0arm,psci-0.2"u8);
        tree.Text("method"u8, "hvc"u8);
        tree.EndNode();
    }

    private static void WriteTimer(ref FdtWriter tree)
    {
        tree.BeginNode("timer"u8);
        tree.Text("compatible"u8, "arm,armv8-timer"u8);
        tree.Empty("always-on"u8);
        tree.BeginProperty("interrupts"u8);
        AppendInterrupt(ref tree, Ppi, 13, TimerFlags);
        AppendInterrupt(ref tree, Ppi, 14, TimerFlags);
        AppendInterrupt(ref tree, Ppi, 11, TimerFlags);
        AppendInterrupt(ref tree, Ppi, 10, TimerFlags);
        tree.EndProperty();
        tree.EndNode();
    }

    private static void AppendInterrupt(ref FdtWriter tree, uint kind, uint number, uint flags)
    {
        tree.AppendCell(kind);
        tree.AppendCell(number);
        tree.AppendCell(flags);
    }

    private static void WriteInterruptController(ref FdtWriter tree, in GuestPlatform platform)
    {
        tree.BeginNode("interrupt-controller"u8, platform.Distributor.Start);
        tree.Text("compatible"u8, "arm,cortex-a15-gic"u8);
        tree.Cell("phandle"u8, GicHandle);
        tree.Empty("interrupt-controller"u8);
        tree.Cell("#interrupt-cells"u8, 3);
        tree.Cell("#address-cells"u8, 2);
        tree.Cell("#size-cells"u8, 2);
        tree.Empty("ranges"u8);
        WriteReg(ref tree, platform.Distributor, platform.CpuInterface);
        if (platform.MessageFrame.Length > 0)
        {
            tree.BeginNode("v2m"u8, platform.MessageFrame.Start);
            tree.Text("compatible"u8, "arm,gic-v2m-frame"u8);
            tree.Cell("phandle"u8, FrameHandle);
            tree.Empty("msi-controller"u8);
            WriteReg(ref tree, platform.MessageFrame, default);
            tree.EndNode();
        }

        tree.EndNode();
    }

    private static void WriteSerial(ref FdtWriter tree, in GuestPlatform platform)
    {
        if (platform.Serial.Length == 0)
        {
            return;
        }

        tree.BeginNode("apb-pclk"u8);
        tree.Text("compatible"u8, "fixed-clock"u8);
        tree.Cell("phandle"u8, ClockHandle);
        tree.Cell("#clock-cells"u8, 0);
        tree.Cell("clock-frequency"u8, platform.SerialClockHertz);
        tree.EndNode();

        tree.BeginNode("aliases"u8);
        tree.BeginProperty("serial0"u8);
        WriteSerialPath(ref tree, platform.Serial.Start);
        tree.EndProperty();
        tree.EndNode();

        tree.BeginNode("pl011"u8, platform.Serial.Start);
        tree.Text("compatible"u8, "arm,pl011\0arm,primecell"u8);
        WriteReg(ref tree, platform.Serial, default);
        tree.BeginProperty("interrupts"u8);
        AppendInterrupt(ref tree, Spi, platform.SerialSpi, LevelHigh);
        tree.EndProperty();
        tree.BeginProperty("clocks"u8);
        tree.AppendCell(ClockHandle);
        tree.AppendCell(ClockHandle);
        tree.EndProperty();
        tree.Text("clock-names"u8, "uartclk\0apb_pclk"u8);
        tree.EndNode();
    }

    private static void WriteSerialPath(ref FdtWriter tree, ulong address)
    {
        tree.AppendText("/pl011@"u8);
        tree.AppendHexadecimal(address);
        tree.AppendText("\0"u8);
    }

    private static void WriteHostBridge(ref FdtWriter tree, in GuestPlatform platform)
    {
        if (platform.ConfigSpace.Length == 0)
        {
            return;
        }

        tree.BeginNode("pcie"u8, platform.ConfigSpace.Start);
        tree.Text("compatible"u8, "pci-host-ecam-generic"u8);
        tree.Text("device_type"u8, "pci"u8);
        tree.Cell("#address-cells"u8, 3);
        tree.Cell("#size-cells"u8, 2);
        WriteReg(ref tree, platform.ConfigSpace, default);
        tree.BeginProperty("bus-range"u8);
        tree.AppendCell(0);
        tree.AppendCell(platform.LastBus);
        tree.EndProperty();
        tree.Cell("linux,pci-domain"u8, 0);
        tree.Empty("dma-coherent"u8);
        tree.BeginProperty("ranges"u8);
        for (int window = 0; window < platform.Windows.Length; window++)
        {
            tree.AppendCell((uint)platform.Windows[window].Space);
            tree.AppendNumber(platform.Windows[window].PciAddress);
            tree.AppendNumber(platform.Windows[window].Guest.Start);
            tree.AppendNumber(platform.Windows[window].Guest.Length);
        }

        tree.EndProperty();
        if (platform.MessageFrame.Length > 0)
        {
            tree.BeginProperty("msi-map"u8);
            tree.AppendCell(0);
            tree.AppendCell(FrameHandle);
            tree.AppendCell(0);
            tree.AppendCell(0x10000);
            tree.EndProperty();
        }

        WriteInterruptMap(ref tree, in platform);
        tree.EndNode();
    }

    private static void WriteInterruptMap(ref FdtWriter tree, in GuestPlatform platform)
    {
        if (platform.Interrupts.Length == 0)
        {
            return;
        }

        tree.Cell("#interrupt-cells"u8, 1);
        tree.BeginProperty("interrupt-map-mask"u8);
        tree.AppendCell(0xF800);
        tree.AppendNumber(0);
        tree.AppendCell(7);
        tree.EndProperty();
        tree.BeginProperty("interrupt-map"u8);
        for (int row = 0; row < platform.Interrupts.Length; row++)
        {
            PciInterrupt interrupt = platform.Interrupts[row];
            tree.AppendCell(interrupt.Device << 11);
            tree.AppendNumber(0);
            tree.AppendCell(interrupt.Pin);
            tree.AppendCell(GicHandle);
            tree.AppendNumber(0);
            AppendInterrupt(ref tree, Spi, interrupt.Spi, LevelHigh);
        }

        tree.EndProperty();
    }

    private static void WriteReg(ref FdtWriter tree, GuestRange first, GuestRange second)
    {
        tree.BeginProperty("reg"u8);
        tree.AppendNumber(first.Start);
        tree.AppendNumber(first.Length);
        if (second.Length > 0)
        {
            tree.AppendNumber(second.Start);
            tree.AppendNumber(second.Length);
        }

        tree.EndProperty();
    }
}
