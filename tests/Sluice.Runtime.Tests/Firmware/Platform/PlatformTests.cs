using System;
using System.Text;
using Sluice.Runtime.Firmware;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Smmu;
using Xunit;

namespace Sluice.Runtime.Tests.Firmware.Platform;

/// <summary>From a device tree to the platform; each refusal names path and property. The trees are compiled by dtc.</summary>
public sealed class PlatformTests
{
    /// <summary>A ZynqMP cut down to what passthrough leans on.</summary>
    private const string Zynq = """
        /dts-v1/;
        / {
            #address-cells = <2>; #size-cells = <2>;
            gic: gic { interrupt-controller; #interrupt-cells = <3>; phandle = <4>; };
            memory@0 { device_type = "memory"; reg = <0 0 0 0x80000000>, <8 0 0 0x80000000>; };
            axi {
                compatible = "simple-bus"; #address-cells = <2>; #size-cells = <2>; ranges;
                interrupt-parent = <4>;
                smmu: smmu@fd800000 { #iommu-cells = <1>; phandle = <14>; status = "disabled"; };
                gtr: phy@fd400000 {
                    compatible = "xlnx,zynqmp-psgtr-v1.1"; #phy-cells = <4>; phandle = <28>;
                };
                sata@fd0c0000 { phys = <28 3 1 1 1>; };
                usb@ff9e0000 { phys = <28 0 4 1 0>; status = "disabled"; };
                pcie@fd0e0000 {
                    compatible = "xlnx,nwl-pcie-2.11";
                    #address-cells = <3>; #size-cells = <2>; #interrupt-cells = <1>;
                    msi-controller; msi-parent = <25>; phandle = <25>;
                    interrupts = <0 118 4 0 117 4 0 116 4 0 115 4 0 114 4>;
                    interrupt-names = "misc", "dummy", "intx", "msi1", "msi0";
                    reg = <0 0xfd0e0000 0 0x1000 0 0xfd480000 0 0x1000 0x80 0 0 0x1000000>;
                    reg-names = "breg", "pcireg", "cfg";
                    ranges = <0x2000000 0 0xe0000000 0 0xe0000000 0 0x10000000 0x43000000 6 0 6 0 2 0>;
                    bus-range = <0 255>;
                    interrupt-map-mask = <0 0 0 7>;
                    interrupt-map = <0 0 0 1 26 1 0 0 0 2 26 2 0 0 0 3 26 3 0 0 0 4 26 4>;
                    iommus = <14 0x4d0>;
                    phys = <28 0 2 0 0>, <28 1 2 1 0>;
                    legacy-interrupt-controller { interrupt-controller; #address-cells = <0>; #interrupt-cells = <1>; phandle = <26>; };
                };
            };
        };
        """;

    /// <summary>A generic bridge with a stream and a device id for each function.</summary>
    private const string Ecam = """
        /dts-v1/;
        / {
            #address-cells = <2>; #size-cells = <2>;
            intc { interrupt-controller; #interrupt-cells = <3>; #address-cells = <2>; phandle = <1>; };
            memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x10000000>; };
            its { msi-controller; #msi-cells = <1>; phandle = <2>; };
            smmu { #iommu-cells = <1>; phandle = <3>; };
            pcie@10000000 {
                compatible = "pci-host-ecam-generic"; device_type = "pci";
                #address-cells = <3>; #size-cells = <2>; #interrupt-cells = <1>;
                reg = <0 0x3f000000 0 0x1000000>;
                bus-range = <0 15>;
                ranges = <0x1000000 0 0 0 0x3eff0000 0 0x10000>, <0x2000000 0 0x10000000 0 0x10000000 0 0x2eff0000>;
                msi-map = <0 2 0x100 0x10000>;
                iommu-map = <0 3 0x1000 0x100>, <0x200 3 0x5000 0xfe00>;
                interrupt-map-mask = <0x1800 0 0 7>;
                interrupt-map = <0 0 0 1 1 0 0 0 3 4>, <0 0 0 2 1 0 0 0 4 4>, <0x800 0 0 1 1 0 0 0 4 4>;
                dma-coherent;
            };
        };
        """;

    [Fact]
    public void A_ZynqMP_is_read_whole()
    {
        byte[] blob = Compile(Zynq);
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.True(MachinePlatform.TryRead(tree, out MachinePlatform platform).IsNone);
        Assert.Equal(2, platform.BankCount);
        Assert.Equal((0x8_0000_0000UL, 0x8000_0000UL), (platform.Banks[1].Start.Value, platform.Banks[1].Bytes));

        FdtNode after = tree.Root;
        Assert.True(platform.TryNextBridge(ref after, out HostBridgeNode bridge, out bool found).IsNone);
        Assert.True(found);
        Assert.Equal(HostBridgeKind.Nwl, bridge.Kind);
        Assert.Equal(0xFD0E_0000UL, bridge.Registers.Start.Value);
        Assert.Equal(0xFD48_0000UL, bridge.Attributes.Start.Value);
        Assert.Equal((0x80_0000_0000UL, 0x100_0000UL), (bridge.Config.Start.Value, bridge.Config.Bytes));
        Assert.Equal((0u, 255u), (bridge.FirstBus, bridge.LastBus));
        Assert.False(bridge.IsCoherent);

        Assert.Equal(2, bridge.WindowCount);
        Assert.Equal((PciSpace.Memory32, false, 0xE000_0000UL), (bridge.Windows[0].Space, bridge.Windows[0].IsPrefetchable, bridge.Windows[0].PciAddress));
        Assert.Equal((PciSpace.Memory64, true, 0x2_0000_0000UL), (bridge.Windows[1].Space, bridge.Windows[1].IsPrefetchable, bridge.Windows[1].Machine.Bytes));

        Assert.True(bridge.HasSharedStream);
        foreach (ushort function in new ushort[] { 0x0100, 0x0200 })
        {
            Assert.True(bridge.TryGetStream(new RequesterId(function), out FdtNode smmu, out StreamId stream));
            Assert.Equal(0x4D0u, stream.Value);
            Assert.Equal("/axi/smmu@fd800000", Path(tree, smmu));
            Assert.False(tree.IsEnabled(smmu));
        }

        Assert.True(bridge.TryGetMessageController(new RequesterId(0x0100), out FdtNode controller, out uint device));
        Assert.True(controller.IsSame(bridge.Node));
        Assert.Equal(0x0100u, device);

        Assert.Equal(2, bridge.PhyCount);
        Assert.Equal((1u, PhyProtocol.Pcie, 1u, 0u), (bridge.Phys[1].Lane, bridge.Phys[1].Protocol, bridge.Phys[1].Instance, bridge.Phys[1].ReferenceClock));

        Assert.True(bridge.TryGetInterrupt(new RequesterId(0x0108), 3, out GicInterrupt wire).IsNone);
        Assert.Equal("/axi/pcie@fd0e0000/legacy-interrupt-controller", Path(tree, wire.Controller));
        Assert.Equal(3u, wire.First);
        Assert.False(wire.IsGic);
        Assert.True(platform.TryGetInterrupt(bridge.Node, "msi0"u8, out GicInterrupt message).IsNone);
        Assert.True(message.IsGic && message.IsLevel);
        Assert.Equal(114u + 32, message.Number);
        Assert.Equal("/gic", Path(tree, message.Controller));
    }

    [Fact]
    public void A_generic_bridge_gives_each_function_its_stream_device_id_and_wire()
    {
        byte[] blob = Compile(Ecam);
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.True(MachinePlatform.TryRead(tree, out MachinePlatform platform).IsNone);
        FdtNode after = tree.Root;
        Assert.True(platform.TryNextBridge(ref after, out HostBridgeNode bridge, out _).IsNone);

        Assert.True(bridge.TryGetStream(new RequesterId(0x0018), out _, out StreamId first));
        Assert.Equal(0x1018u, first.Value);
        Assert.True(bridge.TryGetStream(new RequesterId(0x0200), out _, out StreamId second));
        Assert.Equal(0x5000u, second.Value);
        Assert.False(bridge.TryGetStream(new RequesterId(0x0100), out _, out _));

        Assert.True(bridge.TryGetMessageController(new RequesterId(0x0018), out FdtNode its, out uint device));
        Assert.Equal((0x118u, "/its"), (device, Path(tree, its)));

        Assert.True(bridge.TryGetInterrupt(new RequesterId(0, 4, 0), 2, out GicInterrupt wire).IsNone);
        Assert.Equal(36u, wire.Number);
        Assert.Equal(PlatformProblemKind.Missing, bridge.TryGetInterrupt(new RequesterId(0, 2, 0), 1, out _).Kind);
        Assert.True(bridge.IsCoherent);
    }

    [Fact]
    public void A_map_s_mask_decides_which_functions_share_a_stream()
    {
        WithBridge(Ecam.Replace("iommu-map = <0 3 0x1000 0x100>, <0x200 3 0x5000 0xfe00>", "iommu-map-mask = <0xfff8>; iommu-map = <0 3 0x1000 0x10000>", StringComparison.Ordinal), (in HostBridgeNode bridge) =>
        {
            Assert.True(bridge.TryGetStream(new RequesterId(0x001B), out _, out StreamId stream));
            Assert.Equal(0x1018u, stream.Value);
        });
    }

    [Theory]
    [InlineData(
        """
        phy: phy@fd400000 {
            compatible = "xlnx,zynqmp-psgtr";
            lane0: lane0 { #phy-cells = <4>; phandle = <40>; };
            lane1: lane1 { #phy-cells = <4>; phandle = <41>; };
        };
        """,
        "<40 2 0 0 100000000>, <41 2 1 0 100000000>",
        100_000_000u,
        0u)]
    [InlineData(
        """
        phy: phy@fd400000 {
            compatible = "xlnx,zynqmp-psgtr";
            lane0: lane0 { #phy-cells = <2>; phandle = <40>; };
            lane1: lane1 { #phy-cells = <2>; phandle = <41>; };
        };
        """,
        "<40 2 0>, <41 2 1>",
        0u,
        1u)]
    public void Both_older_forms_of_phys_are_read(string block, string phys, uint hertz, uint clockOfLane1)
    {
        int start = Zynq.IndexOf("gtr: phy@", StringComparison.Ordinal);
        int end = Zynq.IndexOf("sata@", StringComparison.Ordinal);
        string source = Zynq.Remove(start, end - start).Insert(start, block + "\n")
            .Replace("sata@fd0c0000 { phys = <28 3 1 1 1>; };", "", StringComparison.Ordinal)
            .Replace("usb@ff9e0000 { phys = <28 0 4 1 0>; status = \"disabled\"; };", "", StringComparison.Ordinal)
            .Replace("<28 0 2 0 0>, <28 1 2 1 0>", phys, StringComparison.Ordinal);
        WithBridge(source, (in HostBridgeNode bridge) =>
        {
            Assert.Equal(2, bridge.PhyCount);
            PhyReference lane = bridge.Phys[1];
            Assert.Equal((1u, PhyProtocol.Pcie, 1u, hertz, clockOfLane1), (lane.Lane, lane.Protocol, lane.Instance, lane.ReferenceHertz, lane.ReferenceClock));
        });
    }

    [Theory]
    [InlineData("reg-names = \"breg\", \"pcireg\", \"cfg\"", "reg-names = \"breg\", \"pcireg\"", PlatformProblemKind.Missing, "/axi/pcie@fd0e0000: reg-names")]
    [InlineData("0x80 0 0 0x1000000>", "0 0xfd480800 0 0x1000>", PlatformProblemKind.Contradiction, "/axi/pcie@fd0e0000: reg")]
    [InlineData("0x80 0 0 0x1000000>", "0 0x70000000 0 0x1000000>", PlatformProblemKind.Contradiction, "/axi/pcie@fd0e0000: reg")]
    [InlineData("bus-range = <0 255>", "bus-range = <5 4>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: bus-range")]
    [InlineData("bus-range = <0 255>", "bus-range = <0>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: bus-range")]
    [InlineData("#address-cells = <3>", "#address-cells = <2>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: #address-cells")]
    [InlineData("0x43000000 6 0 6 0 2 0>", "0x43000000 6 0 0 0xe8000000 2 0>", PlatformProblemKind.Contradiction, "/axi/pcie@fd0e0000: ranges")]
    [InlineData("0x43000000 6 0 6 0 2 0>", "0x43000000 6 0 0 0x10000000 0 0x1000>", PlatformProblemKind.Contradiction, "/axi/pcie@fd0e0000: ranges")]
    [InlineData("0x43000000 6 0 6 0 2 0>", "0x42000000 6 0 6 0 2 0>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: ranges")]
    [InlineData("0x43000000 6 0 6 0 2 0>", "0x43000000 6 0 6 0 2>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: ranges")]
    [InlineData("0x43000000 6 0 6 0 2 0>", "0x43000000 6 0 0xffffffff 0xffff0000 2 0>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: ranges")]
    [InlineData("iommus = <14 0x4d0>", "iommus = <99 0x4d0>", PlatformProblemKind.Missing, "/axi/pcie@fd0e0000: iommus")]
    [InlineData("iommus = <14 0x4d0>", "iommus = <14>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: iommus")]
    [InlineData("iommus = <14 0x4d0>", "iommus = <14 0x4d0>; iommu-map = <0 14 0 0x10000>", PlatformProblemKind.Contradiction, "/axi/pcie@fd0e0000: iommus")]
    [InlineData("#iommu-cells = <1>;", "", PlatformProblemKind.Missing, "/axi/smmu@fd800000: #iommu-cells")]
    [InlineData("#iommu-cells = <1>", "#iommu-cells = <2>", PlatformProblemKind.Unsupported, "/axi/smmu@fd800000: #iommu-cells")]
    [InlineData("msi-parent = <25>", "msi-parent = <14>", PlatformProblemKind.Missing, "/axi/smmu@fd800000: msi-controller")]
    [InlineData("phys = <28 3 1 1 1>", "phys = <28 1 1 1 1>", PlatformProblemKind.Contradiction, "/axi/sata@fd0c0000: phys")]
    [InlineData("<28 1 2 1 0>", "<28 0 2 1 0>", PlatformProblemKind.Contradiction, "/axi/pcie@fd0e0000: phys")]
    [InlineData("<28 1 2 1 0>", "<28 4 2 1 0>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: phys")]
    [InlineData("<28 1 2 1 0>", "<28 1 9 1 0>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: phys")]
    [InlineData("<28 1 2 1 0>", "<28 1 2 1>", PlatformProblemKind.Malformed, "/axi/pcie@fd0e0000: phys")]
    [InlineData("#phy-cells = <4>", "#phy-cells = <3>", PlatformProblemKind.Unsupported, "/axi/phy@fd400000: #phy-cells")]
    [InlineData("<8 0 0 0x80000000>", "<0 0x7fff0000 0 0x20000>", PlatformProblemKind.Contradiction, "/memory@0: reg")]
    public void A_tree_that_contradicts_itself_is_refused_with_path_and_property(string from, string to, PlatformProblemKind kind, string where)
    {
        Assert.Contains(from, Zynq, StringComparison.Ordinal);
        Refused(Zynq.Replace(from, to, StringComparison.Ordinal), kind, where);
    }

    [Theory]
    [InlineData("<0x200 3 0x5000 0xfe00>", "<0x80 3 0x5000 0x100>", PlatformProblemKind.Contradiction, "/pcie@10000000: iommu-map")]
    [InlineData("<0x200 3 0x5000 0xfe00>", "<0x200 3 0x5000 0xff00>", PlatformProblemKind.Malformed, "/pcie@10000000: iommu-map")]
    [InlineData("<0x200 3 0x5000 0xfe00>", "<0x200 3 0xffffff00 0x200>", PlatformProblemKind.Malformed, "/pcie@10000000: iommu-map")]
    [InlineData("<0x200 3 0x5000 0xfe00>", "<0x200 3 0x5000 0>", PlatformProblemKind.Malformed, "/pcie@10000000: iommu-map")]
    [InlineData("<0x200 3 0x5000 0xfe00>", "<0x200 3 0x5000>", PlatformProblemKind.Malformed, "/pcie@10000000: iommu-map")]
    [InlineData("<0x200 3 0x5000 0xfe00>", "<0x200 7 0x5000 0x100>", PlatformProblemKind.Missing, "/pcie@10000000: iommu-map")]
    [InlineData("msi-map = <0 2 ", "msi-map = <0 3 ", PlatformProblemKind.Missing, "/smmu: msi-controller")]
    [InlineData("reg = <0 0x3f000000 0 0x1000000>;", "", PlatformProblemKind.Missing, "/pcie@10000000: reg")]
    [InlineData("device_type = \"memory\";", "", PlatformProblemKind.Missing, "/: reg")]
    public void A_generic_bridge_that_contradicts_itself_is_refused_with_path_and_property(string from, string to, PlatformProblemKind kind, string where)
    {
        Assert.Contains(from, Ecam, StringComparison.Ordinal);
        Refused(Ecam.Replace(from, to, StringComparison.Ordinal), kind, where);
    }

    [Fact]
    public void A_handle_that_two_nodes_have_leads_nowhere()
    {
        // dtc refuses such a tree: so the transceiver's handle (28) becomes the SMMU's (14) afterwards.
        byte[] blob = Compile(Zynq);
        for (int at = 0; at < blob.Length - 12; at += 4)
        {
            bool isHandle = blob.AsSpan(at, 4).SequenceEqual<byte>([0, 0, 0, 4]) && blob.AsSpan(at + 8, 4).SequenceEqual<byte>([0, 0, 0, 28]);
            blob[at + 11] = isHandle ? (byte)14 : blob[at + 11];
        }

        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        PlatformProblem problem = MachinePlatform.TryRead(tree, out _);
        Assert.Equal(PlatformProblemKind.Missing, problem.Kind);
        Assert.Equal("/axi/pcie@fd0e0000: phys", Text(tree, problem));

        byte[] twice = Compile(Zynq.Replace("<28 0 2 0 0>, <28 1 2 1 0>", "<14 0 2 0 0>", StringComparison.Ordinal).Replace("phandle = <28>", "phandle = <29>", StringComparison.Ordinal));
        for (int at = 0; at < twice.Length - 12; at += 4)
        {
            bool isHandle = twice.AsSpan(at, 4).SequenceEqual<byte>([0, 0, 0, 4]) && twice.AsSpan(at + 8, 4).SequenceEqual<byte>([0, 0, 0, 29]);
            twice[at + 11] = isHandle ? (byte)14 : twice[at + 11];
        }

        Assert.Equal(FdtError.None, FdtReader.TryOpen(twice, out tree));
        problem = MachinePlatform.TryRead(tree, out _);
        Assert.Equal((PlatformProblemKind.Contradiction, "/axi/smmu@fd800000: phandle"), (problem.Kind, Text(tree, problem)));
    }

    [Fact]
    public void A_bridge_that_is_switched_off_is_not_looked_at()
    {
        byte[] blob = Compile(Ecam.Replace("reg = <0 0x3f000000 0 0x1000000>;", "status = \"disabled\";", StringComparison.Ordinal));
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.True(MachinePlatform.TryRead(tree, out MachinePlatform platform).IsNone);
        FdtNode after = tree.Root;
        Assert.True(platform.TryNextBridge(ref after, out _, out bool found).IsNone);
        Assert.False(found);
    }

    [Fact]
    public void Reading_a_platform_allocates_nothing()
    {
        byte[] blob = Compile(Zynq);
        ReadAll(blob);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll(blob);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Whatever_is_changed_in_a_tree_reading_it_ends_without_an_exception()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        byte[] zynq = Compile(Zynq);
        byte[] ecam = Compile(Ecam);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] blob = (byte[])(round % 2 == 0 ? zynq : ecam).Clone();
            for (int change = 0; change < 1 + (round % 4); change++)
            {
                blob[random.Next(blob.Length)] = (byte)random.Next(256);
            }

            try
            {
                ReadAll(blob);
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}, round {round}: {error}");
            }
        }
    }

    private delegate void Check(in HostBridgeNode bridge);

    private static void WithBridge(string source, Check check)
    {
        byte[] blob = Compile(source);
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        PlatformProblem problem = MachinePlatform.TryRead(tree, out MachinePlatform platform);
        Assert.True(problem.IsNone, Text(tree, problem));
        FdtNode after = tree.Root;
        Assert.True(platform.TryNextBridge(ref after, out HostBridgeNode bridge, out _).IsNone);
        check(in bridge);
    }

    private static void Refused(string source, PlatformProblemKind kind, string where)
    {
        byte[] blob = Compile(source);
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        PlatformProblem problem = MachinePlatform.TryRead(tree, out _);
        Assert.Equal((kind, where), (problem.Kind, Text(tree, problem)));
    }

    private static void ReadAll(byte[] blob)
    {
        if (FdtReader.TryOpen(blob, out FdtReader tree) != FdtError.None)
        {
            return;
        }

        Span<byte> text = stackalloc byte[64];
        PlatformProblem problem = MachinePlatform.TryRead(tree, out MachinePlatform platform);
        if (!problem.IsNone)
        {
            _ = problem.WriteTo(tree, text);
            return;
        }

        FdtNode after = tree.Root;
        while (platform.TryNextBridge(ref after, out HostBridgeNode bridge, out bool found).IsNone && found)
        {
            for (uint pin = 0; pin < 5; pin++)
            {
                _ = bridge.TryGetInterrupt(new RequesterId((ushort)(pin << 3)), pin, out _);
            }

            _ = bridge.TryGetStream(new RequesterId(0x0100), out _, out _);
            _ = bridge.TryGetMessageController(new RequesterId(0x0100), out _, out _);
            _ = platform.TryGetInterrupt(bridge.Node, "msi0"u8, out _);
        }
    }

    private static string Path(FdtReader tree, FdtNode node)
    {
        Span<byte> text = stackalloc byte[128];
        return Encoding.UTF8.GetString(text[..tree.WritePath(node, text)]);
    }

    private static string Text(FdtReader tree, PlatformProblem problem)
    {
        Span<byte> text = stackalloc byte[128];
        return Encoding.UTF8.GetString(text[..problem.WriteTo(tree, text)]);
    }

    private static byte[] Compile(string source)
    {
        _ = DeviceTreeCompiler.Run("dts", "dtb", Encoding.UTF8.GetBytes(source), out byte[] blob);
        return blob;
    }
}
