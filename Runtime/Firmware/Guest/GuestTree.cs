using System;

namespace Sluice.Runtime.Firmware;

/// <summary>
/// The device tree that a guest boots with: CPUs with PSCI over HVC, the architected timer, a GICv2 or a GICv3 with what takes messages, a PL011, and a host
/// bridge, generic or NWL.
/// </summary>
/// <remarks>
/// Sources: the Linux bindings psci, arm,arch_timer, arm,gic, arm,gic-v2m-frame, arm,gic-v3, arm,pl011, pci-host-ecam-generic, xlnx,nwl-pcie, pci-msi.
/// </remarks>
public static class GuestTree
{
    private const uint ClockHandle = 5;

    // Level low (arm,arch_timer); a GICv2 is told the CPUs too, in bits 15:8.
    private const uint LevelLow = 8;

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
        tree.Cell("interrupt-parent"u8, InterruptControllerNodes.Handle);
        tree.Empty("dma-coherent"u8);
        WriteChosen(ref tree, in platform);
        WriteMemory(ref tree, in platform);
        WriteProcessors(ref tree, in platform);
        WriteTimer(ref tree, in platform);
        InterruptControllerNodes.Write(ref tree, in platform);
        WriteSerial(ref tree, in platform);
        HostBridgeNodes.Write(ref tree, in platform);
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
            RegProperty.Write(ref tree, platform.Memory[bank]);
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

    private static void WriteTimer(ref FdtWriter tree, in GuestPlatform platform)
    {
        tree.BeginNode("timer"u8);
        tree.Text("compatible"u8, "arm,armv8-timer"u8);
        tree.Empty("always-on"u8);
        tree.BeginProperty("interrupts"u8);
        // Secure, non-secure, virtual and hypervisor timer.
        uint processors = platform.CpuCount < 8 ? (1u << (int)platform.CpuCount) - 1 : 0xFF;
        uint flags = platform.Redistributors.Length > 0 ? LevelLow : LevelLow | (processors << 8);
        InterruptCells.Append(ref tree, InterruptCells.Ppi, 13, flags);
        InterruptCells.Append(ref tree, InterruptCells.Ppi, 14, flags);
        InterruptCells.Append(ref tree, InterruptCells.Ppi, 11, flags);
        InterruptCells.Append(ref tree, InterruptCells.Ppi, 10, flags);
        tree.EndProperty();
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
        RegProperty.Write(ref tree, platform.Serial);
        tree.BeginProperty("interrupts"u8);
        InterruptCells.AppendLevel(ref tree, platform.SerialSpi);
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
}
