using System;
using System.Text;
using Sluice.Runtime.Firmware;
using Sluice.Runtime.Memory;
using Xunit;

namespace Sluice.Runtime.Tests.Firmware;

public class GuestTreeTests
{
    [Fact]
    public void Our_reader_finds_everything_that_was_written()
    {
        byte[] blob = Write();
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.Equal(blob.Length, tree.TotalBytes);

        Assert.True(tree.TryFind("/chosen"u8, out FdtNode chosen));
        Assert.Equal("console=ttyAMA0 quiet", Text(tree, chosen, "bootargs"u8));
        Assert.Equal("serial0", Text(tree, chosen, "stdout-path"u8));
        Assert.Equal(0x4800_0000u, Number(tree, chosen, "linux,initrd-start"u8));
        Assert.Equal(0x4812_3456u, Number(tree, chosen, "linux,initrd-end"u8));

        Assert.True(tree.TryFind("/memory@100000000"u8, out FdtNode memory));
        Assert.True(tree.TryGetMachineRange(memory, 0, out MachineAddress start, out ulong length));
        Assert.Equal(0x1_0000_0000u, start.Value);
        Assert.Equal(0x4000_0000u, length);

        Assert.True(tree.TryFind("/cpus/cpu@1"u8, out FdtNode cpu));
        Assert.True(tree.TryGetCell(cpu, "reg"u8, out uint affinity));
        Assert.Equal(1u, affinity);
        Assert.Equal("psci", Text(tree, cpu, "enable-method"u8));
        Assert.False(tree.TryFind("/cpus/cpu@2"u8, out _));

        Assert.True(tree.TryNextCompatible(tree.Root, "arm,psci-0.2"u8, out FdtNode psci));
        Assert.Equal("hvc", Text(tree, psci, "method"u8));

        Assert.True(tree.TryNextCompatible(tree.Root, "arm,gic-v2m-frame"u8, out FdtNode frame));
        Assert.True(tree.TryGetMachineRange(frame, 0, out start, out length));
        Assert.Equal(0x0802_0000u, start.Value);
        Assert.True(tree.TryParent(frame, out FdtNode gic));
        Assert.True(tree.TryGetReg(gic, 1, out FdtRange cpuInterface));
        Assert.Equal(0x0801_0000u, cpuInterface.Start);
        Assert.False(tree.TryGetReg(gic, 2, out _));

        Assert.True(tree.TryFind("/pl011@9000000"u8, out FdtNode serial));
        Assert.True(tree.TryGetProperty(serial, "compatible"u8, out FdtProperty compatible));
        Assert.True(compatible.HasText("arm,pl011"u8));
        Assert.True(compatible.HasText("arm,primecell"u8));
        Assert.False(compatible.HasText("arm,prime"u8));
        Assert.Equal("/pl011@9000000", tree.TryFind("/aliases"u8, out FdtNode aliases) ? Text(tree, aliases, "serial0"u8) : "");
    }

    [Fact]
    public void The_host_bridge_sends_messages_to_the_frame_and_wires_to_the_controller()
    {
        byte[] blob = Write();
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.True(tree.TryFind("/pcie"u8, out FdtNode bridge));
        Assert.True(tree.TryGetProperty(bridge, "msi-map"u8, out FdtProperty map));
        Assert.Equal([0u, 2u, 0u, 0x10000u], Cells(map));
        Assert.True(tree.TryFindHandle(2, out FdtNode frame));
        Assert.Equal("v2m@8020000", Encoding.UTF8.GetString(tree.Name(frame)));
        Assert.True(tree.TryGetProperty(bridge, "ranges"u8, out FdtProperty ranges));
        Assert.Equal(
            [0x0200_0000u, 0, 0x1000_0000, 0, 0x1000_0000, 0, 0x2EFF_0000, 0x4300_0000, 0x80, 0, 0x80, 0, 0x80, 0],
            Cells(ranges));
        Assert.True(tree.TryGetProperty(bridge, "interrupt-map"u8, out FdtProperty wires));
        Assert.Equal([0x800u, 0, 0, 1, 1, 0, 0, 0, 3, 4, 0x800, 0, 0, 2, 1, 0, 0, 0, 4, 4], Cells(wires));
        Assert.True(tree.TryGetProperty(bridge, "bus-range"u8, out FdtProperty buses));
        Assert.Equal([0u, 0u], Cells(buses));
    }

    [Fact]
    public void A_machine_without_devices_has_no_nodes_for_them()
    {
        byte[] buffer = new byte[0x4000];
        GuestPlatform platform = new()
        {
            Memory = new GuestRange[] { new(0x4000_0000, 0x1000_0000) },
            CpuCount = 1,
            CpuCompatible = "arm,cortex-a57"u8,
            Distributor = new GuestRange(0x0800_0000, 0x1_0000),
            CpuInterface = new GuestRange(0x0801_0000, 0x1_0000),
        };
        Assert.Equal(FdtError.None, GuestTree.Write(buffer, in platform, out int bytes));
        Assert.Equal(FdtError.None, FdtReader.TryOpen(buffer.AsSpan(0, bytes), out FdtReader tree));
        Assert.False(tree.TryFind("/pcie"u8, out _));
        Assert.False(tree.TryFind("/pl011"u8, out _));
        Assert.False(tree.TryNextCompatible(tree.Root, "arm,gic-v2m-frame"u8, out _));
    }

    [Fact]
    public void Every_buffer_that_is_too_small_is_an_error_and_nothing_more()
    {
        GuestPlatform platform = GuestPlatforms.Full;
        byte[] enough = Write();
        for (int length = 0; length < enough.Length; length++)
        {
            Assert.Equal(FdtError.BufferFull, GuestTree.Write(new byte[length], in platform, out int bytes));
            Assert.Equal(0, bytes);
        }
    }

    [Fact]
    public void Dtc_reads_the_tree_and_loses_nothing_on_the_way_back()
    {
        byte[] blob = Write();
        string source = DeviceTreeCompiler.Run("dtb", "dts", blob, out byte[] text);
        Assert.DoesNotContain("ERROR", source, StringComparison.Ordinal);
        string dts = Encoding.UTF8.GetString(text);
        Assert.Contains("pci-host-ecam-generic", dts, StringComparison.Ordinal);
        _ = DeviceTreeCompiler.Run("dts", "dtb", text, out byte[] again);
        _ = DeviceTreeCompiler.Run("dtb", "dts", again, out byte[] twice);
        Assert.Equal(dts, Encoding.UTF8.GetString(twice));
    }

    private static byte[] Write()
    {
        byte[] buffer = new byte[0x4000];
        GuestPlatform platform = GuestPlatforms.Full;
        Assert.Equal(FdtError.None, GuestTree.Write(buffer, in platform, out int bytes));
        return buffer[..bytes];
    }

    private static string Text(FdtReader tree, FdtNode node, ReadOnlySpan<byte> name)
    {
        Assert.True(tree.TryGetProperty(node, name, out FdtProperty property));
        Assert.True(property.TryGetText(out ReadOnlySpan<byte> text));
        return Encoding.UTF8.GetString(text);
    }

    private static ulong Number(FdtReader tree, FdtNode node, ReadOnlySpan<byte> name)
    {
        Assert.True(tree.TryGetProperty(node, name, out FdtProperty property));
        Assert.True(property.TryGetNumber(out ulong value));
        return value;
    }

    private static uint[] Cells(FdtProperty property)
    {
        uint[] cells = new uint[property.CellCount];
        for (int index = 0; index < cells.Length; index++)
        {
            Assert.True(property.TryGetCell(index, out cells[index]));
        }

        return cells;
    }
}
