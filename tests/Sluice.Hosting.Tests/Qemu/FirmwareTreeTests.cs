using System;
using System.Diagnostics;
using System.IO;
using Sluice.Registers;
using Sluice.Runtime.Firmware;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Phy;
using Sluice.Runtime.Smmu;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>Real trees: the one that QEMU makes of "virt", and those of the ZCU102 in the distribution's kernel package.</summary>
public sealed class FirmwareTreeTests
{
    [Fact]
    public void The_tree_that_QEMU_leaves_in_memory_leads_our_drivers_to_the_devices()
    {
        using VirtMachine virt = VirtMachine.Start("virt,gic-version=2,highmem=off,iommu=smmuv3");
        byte[] blob = virt.ReadMemory(VirtMachine.Memory, 0x10_0000);
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        PlatformProblem problem = MachinePlatform.TryRead(tree, out MachinePlatform platform);
        Assert.True(problem.IsNone, problem.Property.ToString());
        Assert.Equal((VirtMachine.Memory, 0x1000_0000UL), (platform.Banks[0].Start.Value, platform.Banks[0].Bytes));

        FdtNode after = tree.Root;
        Assert.True(platform.TryNextBridge(ref after, out HostBridgeNode bridge, out bool found).IsNone && found);
        Assert.Equal(HostBridgeKind.Ecam, bridge.Kind);
        EcamHostBridge<QtestBus> driver = new(virt.Bus, new EcamWindow(bridge.Config.Start.Value, bridge.Config.Bytes, bridge.FirstBus, bridge.LastBus));
        Assert.Equal(0x11E8_1234u, driver.ReadConfig(VirtMachine.Edu, 0, AccessWidth.Word));

        Assert.True(bridge.TryGetStream(VirtMachine.Edu, out FdtNode smmu, out StreamId stream));
        Assert.Equal(VirtMachine.Edu.Value, stream.Value);
        Assert.True(tree.TryGetMachineRange(smmu, 0, out Runtime.Memory.MachineAddress registers, out _));
        Assert.Equal(VirtMachine.SmmuRegisters, registers.Value);

        Assert.True(bridge.TryGetMessageController(VirtMachine.Edu, out FdtNode frame, out _));
        Assert.True(tree.TryGetMachineRange(frame, 0, out Runtime.Memory.MachineAddress place, out _));
        Assert.True(GicV2mController.TryProbe(virt.Bus, new RegisterAddress(place.Value), out _));

        Assert.True(bridge.TryGetInterrupt(VirtMachine.Edu, 1, out GicInterrupt wire).IsNone);
        Assert.Equal(32u + 3 + 3, wire.Number);
    }

    [Fact]
    public void The_tree_of_virt_with_an_ITS_gives_each_function_its_device_id()
    {
        string file = Path.GetTempFileName();
        try
        {
            using Process qemu = Process.Start("qemu-system-aarch64", ["-M", "virt,gic-version=3,iommu=smmuv3,dumpdtb=" + file, "-cpu", "cortex-a57", "-display", "none", "-nodefaults"]);
            qemu.WaitForExit();
            byte[] blob = File.ReadAllBytes(file);
            Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
            Assert.True(MachinePlatform.TryRead(tree, out MachinePlatform platform).IsNone);
            FdtNode after = tree.Root;
            Assert.True(platform.TryNextBridge(ref after, out HostBridgeNode bridge, out bool found).IsNone && found);
            Assert.True(bridge.TryGetMessageController(VirtMachine.Edu, out FdtNode its, out uint device));
            Assert.Equal(VirtMachine.Edu.Value, device);
            Assert.True(tree.TryGetProperty(its, "compatible"u8, out FdtProperty compatible) && compatible.HasText("arm,gic-v3-its"u8));
            Assert.Equal(3, bridge.WindowCount);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("zynqmp-zcu102-rev1.0.dtb")]
    [InlineData("zynqmp-zcu102-rev1.1.dtb")]
    [InlineData("zynqmp-zcu102-revA.dtb")]
    [InlineData("zynqmp-zcu102-revB.dtb")]
    public void The_kernel_s_trees_of_the_ZCU102_are_read(string name)
    {
        byte[] blob = File.ReadAllBytes(Path.Combine(QemuPrograms.GuestAssets, "trees", name));
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        PlatformProblem problem = MachinePlatform.TryRead(tree, out MachinePlatform platform);
        Assert.True(problem.IsNone, $"{problem.Kind} {problem.Property}");
        Assert.Equal(2, platform.BankCount);

        FdtNode after = tree.Root;
        Assert.True(platform.TryNextBridge(ref after, out HostBridgeNode bridge, out bool found).IsNone && found);
        Assert.Equal(HostBridgeKind.Nwl, bridge.Kind);
        Assert.Equal((0xFD0E_0000UL, 0xFD48_0000UL, 0x80_0000_0000UL), (bridge.Registers.Start.Value, bridge.Attributes.Start.Value, bridge.Config.Start.Value));
        Assert.True(bridge.HasSharedStream);
        Assert.True(bridge.TryGetStream(new RequesterId(0x0100), out _, out StreamId stream));
        Assert.Equal(0x4D0u, stream.Value);
        Assert.True(bridge.TryGetMessageController(new RequesterId(0x0100), out FdtNode controller, out _));
        Assert.True(controller.IsSame(bridge.Node));
        Assert.True(platform.TryGetInterrupt(bridge.Node, "msi1"u8, out GicInterrupt high).IsNone);
        Assert.Equal(115u + 32, high.Number);
        Assert.True(platform.TryGetInterrupt(bridge.Node, "intx"u8, out GicInterrupt wires).IsNone);
        Assert.Equal(116u + 32, wires.Number);

        // The tree promises 256 buses, its window holds 16: the window decides.
        EcamWindow window = new(bridge.Config.Start.Value, bridge.Config.Bytes, bridge.FirstBus, bridge.LastBus);
        Assert.Equal(15, window.LastBus);
        Assert.Equal(255u, bridge.LastBus);
    }

    [Theory]
    [InlineData("zynqmp-zcu102-rev1.0.dtb")]
    [InlineData("zynqmp-zcu102-rev1.1.dtb")]
    public void The_kernel_s_trees_of_the_ZCU102_say_what_each_lane_is_for(string name)
    {
        byte[] blob = File.ReadAllBytes(Path.Combine(QemuPrograms.GuestAssets, "trees", name));
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        ReferenceClocks clocks = default;
        clocks[0] = 100_000_000;
        clocks[1] = 125_000_000;
        clocks[2] = 26_000_000;
        clocks[3] = 27_000_000;
        Assert.True(LanePlanReader.TryRead(tree, in clocks, out LanePlan plan, out PlatformProblem problem), $"{problem.Kind} {problem.Property}");
        Assert.Equal(
            [LaneProtocol.None, LaneProtocol.DisplayPort, LaneProtocol.Usb3, LaneProtocol.Sata],
            (LaneProtocol[])[plan[0].Protocol, plan[1].Protocol, plan[2].Protocol, plan[3].Protocol]);

        // This kernel's trees leave the lane of PCI Express out, which firmware brought up: it is still free for the board to add.
        Assert.Equal(LaneProblem.None, plan.Add(0, new LaneSetup { Protocol = LaneProtocol.Pcie, ReferenceHertz = 100_000_000 }));
        Assert.Equal((27_000_000u, 26_000_000u, 125_000_000u), (plan[1].ReferenceHertz, plan[2].ReferenceHertz, plan[3].ReferenceHertz));
    }
}
