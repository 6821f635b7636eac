using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>Our SMMUv3 driver and page tables against QEMU's model: stage 1 on the QEMU of Debian 12, stage 2 on a later one.</summary>
public sealed class SmmuTests
{
    private const ulong Window = 0x1_0000_0000;

    public static TheoryData<bool> Stages() => [false, true];

    [Theory]
    [MemberData(nameof(Stages))]
    public void The_stage_that_the_SMMU_has_is_used(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        Assert.Equal(stage2 ? TranslationStage.Stage2 : TranslationStage.Stage1, machine.Smmu.Capabilities.Stage);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void DMA_of_edu_goes_where_the_tables_say(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        EduDevice edu = new(machine.Virt, machine.Virt.Open(VirtMachine.Edu));
        machine.Attach(VirtMachine.Edu);
        machine.Map(Window, VirtMachine.Buffers, 0x4000);
        byte[] pattern = VirtMachine.Pattern(EduDevice.MostBytes, 3);
        machine.Virt.Machine.Connection.WriteMemory(VirtMachine.Buffers + 0x800, pattern);

        edu.Fetch(Window + 0x800, pattern.Length);
        edu.Store(Window + 0x2000, pattern.Length);

        Assert.Equal(pattern, machine.Virt.ReadMemory(VirtMachine.Buffers + 0x2000, pattern.Length));
        Assert.Empty(machine.Faults());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void DMA_to_what_is_not_mapped_is_stopped_and_reported_with_stream_and_address(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        EduDevice edu = new(machine.Virt, machine.Virt.Open(VirtMachine.Edu));
        machine.Attach(VirtMachine.Edu);
        machine.Map(Window, VirtMachine.Buffers, 0x1000);
        machine.Virt.Machine.Connection.Fill(VirtMachine.Buffers + 0x1000, 0x1000, 0x5A);

        edu.Store(Window + 0x1000, 8);

        List<SmmuFault> faults = machine.Faults();
        Assert.NotEmpty(faults);
        Assert.All(faults, fault => Assert.Equal(SmmuFaultKind.Translation, fault.Kind));
        Assert.All(faults, fault => Assert.Equal(VirtMachine.Edu.Value, fault.Stream.Value));
        Assert.Equal(Window + 0x1000, faults[0].Address.Untrusted);
        Assert.True(faults[0].IsWrite);
        Assert.Equal(stage2, faults[0].IsStage2);
        Assert.All(machine.Virt.ReadMemory(VirtMachine.Buffers + 0x1000, 0x1000), value => Assert.Equal(0x5A, value));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_write_to_memory_that_may_only_be_read_is_a_permission_fault(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        EduDevice edu = new(machine.Virt, machine.Virt.Open(VirtMachine.Edu));
        machine.Attach(VirtMachine.Edu);
        machine.Map(Window, VirtMachine.Buffers, 0x2000, PageAccess.Read);
        machine.Virt.Machine.Connection.Fill(VirtMachine.Buffers, 0x2000, 0x5A);
        edu.Fetch(Window, 64);
        Assert.Empty(machine.Faults());

        // To another page than was read: QEMU 10 reports nothing when it finds the page in its cache.
        edu.Store(Window + 0x1000, 4);
        Assert.Contains(machine.Faults(), fault => fault.Kind == SmmuFaultKind.Permission && fault.Address.Untrusted == Window + 0x1000);
        edu.Store(Window, 4);
        Assert.All(machine.Virt.ReadMemory(VirtMachine.Buffers, 0x2000), value => Assert.Equal(0x5A, value));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stream_without_owner_reaches_nothing_and_is_reported_while_quarantined(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        EduDevice edu = new(machine.Virt, machine.Virt.Open(VirtMachine.Edu));
        machine.Virt.Machine.Connection.Fill(VirtMachine.Buffers, 0x1000, 0xA5);
        edu.Store(VirtMachine.Buffers, 64);
        Assert.All(machine.Virt.ReadMemory(VirtMachine.Buffers, 64), value => Assert.Equal(0xA5, value));

        Assert.Equal(SmmuResult.Done, machine.Smmu.Quarantine(new StreamId(VirtMachine.Edu.Value)));
        _ = machine.Faults();
        edu.Store(VirtMachine.Buffers, 4);
        Assert.All(machine.Virt.ReadMemory(VirtMachine.Buffers, 64), value => Assert.Equal(0xA5, value));
        Assert.Contains(machine.Faults(), fault => fault.Stream.Value == VirtMachine.Edu.Value && fault.Address.Untrusted == VirtMachine.Buffers);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_translation_that_was_used_is_stale_until_it_is_invalidated_and_gone_afterwards(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        EduDevice edu = new(machine.Virt, machine.Virt.Open(VirtMachine.Edu));
        machine.Attach(VirtMachine.Edu);
        machine.Map(Window, VirtMachine.Buffers, 0x1000);
        edu.Store(Window, 64);
        machine.Virt.Machine.Connection.Fill(VirtMachine.Buffers, 64, 0xEE);

        // Behind the driver's back: the leaf is cleared, nothing is invalidated.
        ulong leaf = machine.FindLeaf(VirtMachine.Buffers);
        ulong descriptor = machine.Virt.Machine.Connection.Read(leaf, 8);
        machine.Virt.Machine.Connection.Write(leaf, 8, 0);
        edu.Store(Window, 64);
        Assert.NotEqual(0xEE, machine.Virt.ReadMemory(VirtMachine.Buffers, 1)[0]);
        Assert.Empty(machine.Faults());

        machine.Virt.Machine.Connection.Write(leaf, 8, descriptor);
        machine.Virt.Machine.Connection.Fill(VirtMachine.Buffers, 64, 0xEE);
        machine.Unmap(Window, 0x1000);
        edu.Store(Window, 4);
        Assert.Equal(0xEE, machine.Virt.ReadMemory(VirtMachine.Buffers, 1)[0]);
        Assert.Contains(machine.Faults(), fault => fault.Kind == SmmuFaultKind.Translation && fault.Address.Untrusted == Window);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_detached_stream_reaches_nothing_of_its_former_space(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        EduDevice edu = new(machine.Virt, machine.Virt.Open(VirtMachine.Edu));
        machine.Attach(VirtMachine.Edu);
        machine.Map(Window, VirtMachine.Buffers, 0x1000);
        edu.Store(Window, 64);
        machine.Virt.Machine.Connection.Fill(VirtMachine.Buffers, 64, 0xEE);
        machine.Detach(VirtMachine.Edu);
        edu.Store(Window, 64);
        Assert.All(machine.Virt.ReadMemory(VirtMachine.Buffers, 64), value => Assert.Equal(0xEE, value));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void NVMe_works_through_translation_of_queues_and_buffers(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        HostFunction<EcamHostBridge<QtestBus>> function = machine.Virt.Open(VirtMachine.Nvme);
        machine.Attach(VirtMachine.Nvme);
        machine.Map(Window, VirtMachine.Buffers, 0x20000);
        NvmeDevice nvme = new(machine.Virt, function, VirtMachine.Buffers, Window);
        nvme.Enable();
        nvme.Identify(Window + 0x10000);
        Assert.Equal("sluice", nvme.SerialAt(VirtMachine.Buffers + 0x10000));
        Assert.Empty(machine.Faults());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Virtio_works_through_translation_of_queues_and_buffers(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        HostFunction<EcamHostBridge<QtestBus>> function = machine.Virt.Open(VirtMachine.Random);
        machine.Attach(VirtMachine.Random);
        machine.Map(Window, VirtMachine.Buffers, 0x10000);
        VirtioEntropy entropy = new(machine.Virt, function, VirtMachine.Buffers, Window);
        byte[] bytes = entropy.Draw(64);
        Assert.True(bytes.Distinct().Count() > 8, "64 random bytes have fewer than nine different values");
        Assert.Empty(machine.Faults());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_message_reaches_the_doorbell_only_when_it_is_mapped_for_the_device(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        HostFunction<EcamHostBridge<QtestBus>> function = machine.Virt.Open(VirtMachine.Nvme);
        Runtime.Interrupts.GicV2mController controller = machine.Virt.Messages();
        Assert.True(controller.TryAllocate(new Runtime.Interrupts.MsiRequest { Owner = new Runtime.Interrupts.OwnerId(1), Count = 1 }, out Runtime.Interrupts.VectorBlock block));
        uint interrupt = controller.FirstInterrupt + block.First;
        machine.Attach(VirtMachine.Nvme);
        machine.Map(Window, VirtMachine.Buffers, 0x20000);
        NvmeDevice nvme = new(machine.Virt, function, VirtMachine.Buffers, Window);
        function.ControlMsix(enabled: true, masked: false);
        function.WriteEntry(0, controller.Message(block.First), open: true);
        nvme.Enable();
        nvme.Identify(Window + 0x10000);
        Assert.False(machine.Virt.IsPending(interrupt));
        Assert.Contains(machine.Faults(), fault => fault.Address.Untrusted >> 12 == VirtMachine.V2mFrame >> 12);

        machine.Map(VirtMachine.V2mFrame, VirtMachine.V2mFrame, 0x1000, PageAccess.ReadWrite, MemoryType.Device);
        nvme.Identify(Window + 0x10000);
        Assert.True(machine.Virt.IsPending(interrupt));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stream_of_a_table_with_two_levels_works_once_it_is_reserved(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2, twoLevelStreams: true);
        EduDevice edu = new(machine.Virt, machine.Virt.Open(VirtMachine.Edu));
        machine.Map(Window, VirtMachine.Buffers, 0x1000);
        edu.Fetch(Window, 4);
        Assert.All(machine.Faults(), fault => Assert.Equal(SmmuFaultKind.BadStream, fault.Kind));
        machine.Reserve(VirtMachine.Edu);
        machine.Attach(VirtMachine.Edu);
        byte[] pattern = VirtMachine.Pattern(256, 5);
        machine.Virt.Machine.Connection.WriteMemory(VirtMachine.Buffers, pattern);
        edu.Fetch(Window, pattern.Length);
        edu.Store(Window + 0x800, pattern.Length);
        Assert.Equal(pattern, machine.Virt.ReadMemory(VirtMachine.Buffers + 0x800, pattern.Length));
        Assert.Empty(machine.Faults());
    }

    [Fact]
    public void Blocks_of_two_megabytes_translate_like_pages()
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2: true);
        EduDevice edu = new(machine.Virt, machine.Virt.Open(VirtMachine.Edu));
        machine.Attach(VirtMachine.Edu);
        machine.Map(Window, VirtMachine.Memory, 0x1000_0000);
        byte[] pattern = VirtMachine.Pattern(512, 9);
        machine.Virt.Machine.Connection.WriteMemory(VirtMachine.Buffers, pattern);
        edu.Fetch(Window + (VirtMachine.Buffers - VirtMachine.Memory), pattern.Length);
        edu.Store(Window + (VirtMachine.Buffers - VirtMachine.Memory) + 0x20_0000, pattern.Length);
        Assert.Equal(pattern, machine.Virt.ReadMemory(VirtMachine.Buffers + 0x20_0000, pattern.Length));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Hundreds_of_operations_wrap_the_command_queue_without_an_error(bool stage2)
    {
        using SmmuMachine machine = SmmuMachine.Start(stage2);
        machine.Attach(VirtMachine.Edu);
        for (int round = 0; round < 100; round++)
        {
            machine.Map(Window, VirtMachine.Buffers, 0x2000);
            machine.Unmap(Window, 0x2000);
        }

        Assert.Equal(0u, machine.Smmu.RejectedCommands);
        Assert.False(machine.Smmu.TakeErrors().Any);
    }
}
