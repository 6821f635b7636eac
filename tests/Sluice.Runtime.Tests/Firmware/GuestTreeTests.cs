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
    public void A_GICv3_has_its_redistributors_and_its_translation_service_takes_the_messages()
    {
        byte[] blob = Write(GuestPlatforms.Third);
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.True(tree.TryNextCompatible(tree.Root, "arm,gic-v3"u8, out FdtNode gic));
        Assert.True(tree.TryGetReg(gic, 1, out FdtRange redistributors));
        Assert.Equal((0x080A_0000u, 0x4_0000u), (redistributors.Start, redistributors.Length));
        Assert.True(tree.TryNextCompatible(tree.Root, "arm,gic-v3-its"u8, out FdtNode service));
        Assert.True(tree.TryGetCell(service, "phandle"u8, out uint handle));
        Assert.True(tree.TryFind("/pcie"u8, out FdtNode bridge));
        Assert.True(tree.TryGetProperty(bridge, "msi-map"u8, out FdtProperty map));
        Assert.Equal([0u, handle, 0x100, 8, 0x20, handle, 0x200, 16], Cells(map));

        // A GICv3's private interrupts name no processors.
        Assert.True(tree.TryGetProperty(TheNode(tree, "/timer"u8), "interrupts"u8, out FdtProperty timer));
        Assert.Equal([1u, 13, 8, 1, 14, 8, 1, 11, 8, 1, 10, 8], Cells(timer));
    }

    [Fact]
    public void A_GICv2_is_told_the_processors_of_private_interrupts()
    {
        byte[] blob = Write();
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.True(tree.TryGetProperty(TheNode(tree, "/timer"u8), "interrupts"u8, out FdtProperty timer));
        Assert.Equal([1u, 13, 0x308, 1, 14, 0x308, 1, 11, 0x308, 1, 10, 0x308], Cells(timer));
    }

    [Fact]
    public void Our_platform_reader_finds_the_NWL_bridge_that_a_guest_is_told_of()
    {
        byte[] blob = Write(GuestPlatforms.Nwl);
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.True(tree.TryNextCompatible(tree.Root, "xlnx,nwl-pcie-2.11"u8, out FdtNode bridge));
        Assert.True(tree.TryGetProperty(bridge, "reg-names"u8, out FdtProperty names));
        Assert.True(names.HasText("breg"u8) && names.HasText("pcireg"u8) && names.HasText("cfg"u8));
        Assert.True(tree.TryGetReg(bridge, 2, out FdtRange config));
        Assert.Equal((0x80_0000_0000u, 0x100_0000u), (config.Start, config.Length));
        Assert.True(tree.TryGetCell(bridge, "phandle"u8, out uint handle));
        Assert.True(tree.TryGetCell(bridge, "msi-parent"u8, out uint parent));
        Assert.Equal(handle, parent);
        Assert.True(tree.TryGetProperty(bridge, "interrupts"u8, out FdtProperty interrupts));
        Assert.Equal([0u, 118, 4, 0, 117, 4, 0, 116, 4, 0, 115, 4, 0, 114, 4], Cells(interrupts));
        Assert.True(tree.TryGetProperty(bridge, "interrupt-map"u8, out FdtProperty wires));
        uint[] rows = Cells(wires);
        Assert.Equal(4 * 6, rows.Length);
        Assert.True(tree.TryFindHandle(rows[4], out FdtNode controller));
        Assert.True(tree.TryParent(controller, out FdtNode owner));
        Assert.Equal("pcie@fd0e0000", Encoding.UTF8.GetString(tree.Name(owner)));

        PlatformProblem problem = MachinePlatform.TryRead(tree, out MachinePlatform platform);
        Assert.True(problem.IsNone, problem.Kind.ToString());
        FdtNode after = tree.Root;
        Assert.True(platform.TryNextBridge(ref after, out HostBridgeNode read, out bool found).IsNone && found);
        Assert.Equal(HostBridgeKind.Nwl, read.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Dtc_reads_the_tree_and_loses_nothing_on_the_way_back(int guest)
    {
        byte[] blob = guest switch { 0 => Write(), 1 => Write(GuestPlatforms.Third), _ => Write(GuestPlatforms.Nwl) };
        string source = DeviceTreeCompiler.Run("dtb", "dts", blob, out byte[] text);
        Assert.DoesNotContain("ERROR", source, StringComparison.Ordinal);
        string dts = Encoding.UTF8.GetString(text);
        Assert.Contains(guest == 2 ? "xlnx,nwl-pcie-2.11" : "pci-host-ecam-generic", dts, StringComparison.Ordinal);
        _ = DeviceTreeCompiler.Run("dts", "dtb", text, out byte[] again);
        _ = DeviceTreeCompiler.Run("dtb", "dts", again, out byte[] twice);
        Assert.Equal(dts, Encoding.UTF8.GetString(twice));
    }

    private static FdtNode TheNode(FdtReader tree, ReadOnlySpan<byte> path)
    {
        Assert.True(tree.TryFind(path, out FdtNode node));
        return node;
    }

    private static byte[] Write() => Write(GuestPlatforms.Full);

    private static byte[] Write(in GuestPlatform platform)
    {
        byte[] buffer = new byte[0x4000];
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
