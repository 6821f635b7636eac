using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>Our driver of the GICv3 translation service against QEMU's model: what arrives shows in the pending table, in memory.</summary>
public sealed class ItsTests : IDisposable
{
    private const ulong Its = 0x0808_0000;
    private const ulong Redistributor = 0x080A_0000;
    private const uint FirstMessageInterrupt = 8192;

    private readonly VirtMachine _virt = VirtMachine.Start("virt,gic-version=3,highmem=off");
    private PagePool<QtestMemory> _pool;
    private GicItsController<QtestBus, QtestMemory, SystemClock> _controller;

    public ItsTests()
    {
        Assert.True(PagePool<QtestMemory>.TryCreate(_virt.Machine.Memory, new MachineAddress(VirtMachine.Tables), 0x40_0000, out _pool));
        ItsResult started = GicItsController<QtestBus, QtestMemory, SystemClock>.TryStart(
            _virt.Bus,
            new RegisterAddress(Its),
            new RegisterAddress(Redistributor),
            _virt.Machine.Memory,
            default,
            new ItsOptions { Devices = 4, DeviceBits = 8, IsCoherent = true, PatienceMicroseconds = 5_000_000 },
            ref _pool,
            out _controller);
        Assert.True(started == ItsResult.Done, $"{started} at register 0x{_controller.FailedRegister.Offset:x}");
    }

    [Fact]
    public void A_message_of_edu_becomes_the_interrupt_of_its_vector()
    {
        EduDevice edu = new(_virt, _virt.Open(VirtMachine.Edu));
        _ = Allocate(VirtMachine.Nvme, 3);
        VectorBlock block = Allocate(VirtMachine.Edu, 2);
        Program(edu, _controller.Message(block.First + 1));
        Assert.False(IsPending(block.First + 1));
        edu.Raise(2);
        Assert.True(IsPending(block.First + 1));
        Assert.False(IsPending(block.First));
        PendingBits raised = default;
        Assert.Equal(MsiCollection.Done, _controller.Collect(FirstMessageInterrupt + block.First + 1, ref raised));
        Assert.True(raised.Has(block.First + 1));
    }

    [Fact]
    public void Edu_cannot_raise_a_vector_of_NVMe()
    {
        EduDevice edu = new(_virt, _virt.Open(VirtMachine.Edu));
        VectorBlock theirs = Allocate(VirtMachine.Nvme, 8);
        VectorBlock mine = Allocate(VirtMachine.Edu, 1);
        for (uint vector = theirs.First; vector < theirs.First + theirs.Count; vector++)
        {
            Program(edu, _controller.Message(vector));
            edu.Raise(2);
            edu.Acknowledge(2);
            Assert.False(IsPending(vector));
        }

        Assert.True(IsPending(mine.First));
    }

    [Fact]
    public void A_vector_that_was_given_back_is_raised_no_more()
    {
        EduDevice edu = new(_virt, _virt.Open(VirtMachine.Edu));
        VectorBlock block = Allocate(VirtMachine.Edu, 1);
        Program(edu, _controller.Message(block.First));
        _controller.Free(new OwnerId(1), block);
        Assert.False(_controller.IsBroken);
        edu.Raise(2);
        Assert.False(IsPending(block.First));
        Assert.Equal(0u, _controller.TakenVectors);
        Assert.Equal(0u, _controller.RejectedCommands);
    }

    [Fact]
    public void Hundreds_of_allocations_wrap_the_command_queue_without_an_error()
    {
        for (int round = 0; round < 100; round++)
        {
            VectorBlock block = Allocate(VirtMachine.Edu, 2);
            Assert.True(_controller.TryMask(block.First));
            Assert.True(_controller.TryUnmask(block.First, out _));
            _controller.Free(new OwnerId(1), block);
        }

        Assert.False(_controller.IsBroken);
        Assert.Equal(0u, _controller.RejectedCommands);
    }

    public void Dispose() => _virt.Dispose();

    private static void Program(EduDevice edu, MsiMessage message)
    {
        MsiCapability.Registers<FunctionConfig<EcamHostBridge<QtestBus>>> msi = new(edu.Function.Config, new RegisterAddress(edu.Function.MsiOffset));
        msi.MsiAddressLo.Write(new MsiCapability.MsiAddressLo((uint)message.Address.Value));
        msi.MsiAddressHi.Write(new MsiCapability.MsiAddressHi((uint)(message.Address.Value >> 32)));
        msi.MsiData64.Write(new MsiCapability.MsiData64((ushort)message.Data));
        msi.MsiFlags.Write(msi.MsiFlags.Read() with { Enable = true });
    }

    private VectorBlock Allocate(RequesterId function, uint count)
    {
        Assert.True(_controller.TryAllocate(new MsiRequest { Owner = new OwnerId(1), Requester = function, Count = count }, out VectorBlock block));
        return block;
    }

    private bool IsPending(uint vector)
    {
        uint interrupt = FirstMessageInterrupt + vector;
        ulong table = new GicRedistributor.Registers<QtestBus>(_virt.Bus, new RegisterAddress(Redistributor)).GicrPendbaser.Read().PhysicalAddress << 16;
        return (_virt.ReadMemory(table + (interrupt / 8), 1)[0] & (1 << (int)(interrupt % 8))) != 0;
    }
}
