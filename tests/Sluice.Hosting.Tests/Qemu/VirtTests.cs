using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>Our drivers against QEMU's "virt" with its GICv2m, unchanged from what runs at EL2.</summary>
public sealed class VirtTests
{
    private const uint FirstShared = 32;
    private const uint FirstPciInterrupt = FirstShared + 3;

    [Fact]
    public void Every_function_that_QEMU_was_given_is_found()
    {
        using VirtMachine virt = VirtMachine.Start();
        Assert.Equal([0x00, 0x18, 0x20, 0x28, 0x30, 0x38, 0x40], virt.Functions().Select(function => (int)function.Value));
    }

    [Fact]
    public void A_function_that_is_not_there_reads_as_all_ones()
    {
        using VirtMachine virt = VirtMachine.Start();
        Assert.Equal(uint.MaxValue, virt.Bridge.ReadConfig(new RequesterId(0, 30, 0), 0, AccessWidth.Word));
        Assert.Equal(byte.MaxValue, virt.Bridge.ReadConfig(new RequesterId(3, 0, 0), 1, AccessWidth.Byte));
        Assert.Equal(uint.MaxValue, virt.Bridge.ReadConfig(new RequesterId(200, 0, 0), 0, AccessWidth.Word));
    }

    [Fact]
    public void Memory_of_a_function_is_where_it_was_placed()
    {
        using VirtMachine virt = VirtMachine.Start();
        EduDevice edu = new(virt, virt.Open(VirtMachine.Edu));
        Assert.Equal(0x100000UL, edu.Function.Bars[0].SizeBytes);
        Assert.Equal(0x0100_00EDu, edu.Identification);
        edu.Function.WriteCommand(default);
        Assert.NotEqual(0x0100_00EDu, edu.Identification);
    }

    [Fact]
    public void Bars_of_every_kind_are_sized_as_QEMU_made_them()
    {
        using VirtMachine virt = VirtMachine.Start();
        HostFunction<EcamHostBridge<QtestBus>> nvme = virt.Open(VirtMachine.Nvme);
        Assert.Equal(BarKind.Memory64, nvme.Bars[0].Kind);
        Assert.Equal(BarKind.UpperHalf, nvme.Bars[1].Kind);
        HostFunction<EcamHostBridge<QtestBus>> network = virt.Open(VirtMachine.Network);
        Assert.Equal(
            [BarKind.Memory32, BarKind.Memory32, BarKind.Io, BarKind.Memory32],
            Enumerable.Range(0, 4).Select(index => network.Bars[index].Kind));
        Assert.Equal(0x20000UL, network.Bars[0].SizeBytes);
    }

    [Fact]
    public void An_INTx_is_level_and_stands_until_the_device_is_served()
    {
        using VirtMachine virt = VirtMachine.Start();
        EduDevice edu = new(virt, virt.Open(VirtMachine.Edu));

        // The host keeps INTx off at every function; what it is for here needs it on.
        PciHeader.Registers<FunctionConfig<EcamHostBridge<QtestBus>>> header = edu.Function.Header;
        header.Command.Modify(header.Command.Read() with { IntxDisable = false });
        uint interrupt = FirstPciInterrupt + ((VirtMachine.Edu.Device + header.InterruptPin.Read().Value - 1u) % 4);
        Assert.False(virt.IsPending(interrupt));
        edu.Raise(1);
        Assert.True(virt.IsPending(interrupt));
        virt.ClearPending(interrupt);
        Assert.True(virt.IsPending(interrupt));
        edu.Acknowledge(1);
        Assert.False(virt.IsPending(interrupt));
    }

    [Fact]
    public void An_MSI_arrives_at_the_vector_that_was_allocated()
    {
        using VirtMachine virt = VirtMachine.Start();
        EduDevice edu = new(virt, virt.Open(VirtMachine.Edu));
        GicV2mController controller = virt.Messages();
        Assert.True(controller.TryAllocate(new MsiRequest { Owner = new OwnerId(7), Count = 3 }, out _));
        Assert.True(controller.TryAllocate(new MsiRequest { Owner = new OwnerId(9), Count = 1 }, out VectorBlock block));
        MsiMessage message = controller.Message(block.First);

        MsiCapability.Registers<FunctionConfig<EcamHostBridge<QtestBus>>> msi = new(edu.Function.Config, new RegisterAddress(edu.Function.MsiOffset));
        Assert.True(msi.MsiFlags.Read().Address64bit);
        msi.MsiAddressLo.Write(new MsiCapability.MsiAddressLo((uint)message.Address.Value));
        msi.MsiAddressHi.Write(new MsiCapability.MsiAddressHi((uint)(message.Address.Value >> 32)));
        msi.MsiData64.Write(new MsiCapability.MsiData64((ushort)message.Data));
        msi.MsiFlags.Write(msi.MsiFlags.Read() with { Enable = true });

        uint interrupt = controller.FirstInterrupt + block.First;
        edu.Raise(2);
        Assert.True(virt.IsPending(interrupt));
        Assert.False(virt.IsPending(interrupt - 1));
        PendingBits raised = default;
        Assert.Equal(MsiCollection.Done, controller.Collect(interrupt, ref raised));
        Assert.True(raised.TryTakeFirst(out uint vector));
        Assert.Equal(new OwnerId(9).Value, controller.OwnerOf(vector).Value);
    }

    [Fact]
    public void An_MSI_X_entry_sends_its_message_only_while_it_is_open()
    {
        using VirtMachine virt = VirtMachine.Start();
        HostFunction<EcamHostBridge<QtestBus>> function = virt.Open(VirtMachine.Nvme);
        GicV2mController controller = virt.Messages();
        Assert.True(controller.TryAllocate(new MsiRequest { Owner = new OwnerId(1), Count = 1 }, out VectorBlock block));
        uint interrupt = controller.FirstInterrupt + block.First;
        NvmeDevice nvme = new(virt, function, VirtMachine.Buffers);

        function.ControlMsix(enabled: true, masked: false);
        function.WriteEntry(0, controller.Message(block.First), open: false);
        nvme.Enable();
        nvme.Identify(VirtMachine.Buffers + 0x10000);
        Assert.False(virt.IsPending(interrupt));
        function.WriteEntry(0, controller.Message(block.First), open: true);
        Assert.True(virt.IsPending(interrupt));
    }

    [Fact]
    public void A_reset_of_a_function_brings_its_memory_back_to_its_place()
    {
        using VirtMachine virt = VirtMachine.Start();
        HostFunction<EcamHostBridge<QtestBus>> function = virt.Open(VirtMachine.Nvme);
        NvmeDevice nvme = new(virt, function, VirtMachine.Buffers);
        nvme.Enable();
        Assert.True(nvme.IsReady);
        Assert.True(function.CanReset);
        Assert.True(function.TryReset(default(SystemClock)));
        function.WriteCommand(default(PciHeader.Command) with { Memory = true });
        Assert.False(nvme.IsReady);
        Assert.NotEqual(0u, nvme.Version);
    }

    [Fact]
    public void DMA_of_NVMe_reaches_memory()
    {
        using VirtMachine virt = VirtMachine.Start();
        NvmeDevice nvme = new(virt, virt.Open(VirtMachine.Nvme), VirtMachine.Buffers);
        nvme.Enable();
        nvme.Identify(VirtMachine.Buffers + 0x10000);
        Assert.Equal("sluice", nvme.SerialAt(VirtMachine.Buffers + 0x10000));
    }

    [Fact]
    public void A_register_access_allocates_nothing()
    {
        using VirtMachine virt = VirtMachine.Start();
        _ = virt.Bridge.ReadConfig(VirtMachine.Edu, 0, AccessWidth.Word);
        long before = System.GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            virt.Bridge.WriteConfig(VirtMachine.Edu, 0x3C, AccessWidth.Byte, (uint)round);
            _ = virt.Bridge.ReadConfig(VirtMachine.Edu, 0x3C, AccessWidth.Byte);
        }

        Assert.Equal(0, System.GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
