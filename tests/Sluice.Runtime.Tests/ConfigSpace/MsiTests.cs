using System;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Pci;
using Sluice.Testing;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class MsiTests
{
    private const uint First = AssignedFunction.FirstInterrupt;
    private const ulong Doorbell = AssignedFunction.Doorbell;
    private const uint HostMessage = 80;

    [Fact]
    public void D1_After_reset_the_guest_sees_the_functions_own_layout()
    {
        AssignedFunction assigned = new();

        Assert.Equal(0x0186u, assigned.Read(0x52, 2));
        Assert.Equal(0x0186_7005u, assigned.Read(0x50, 4));
        Assert.Equal(0u, assigned.Read(0x54, 4) | assigned.Read(0x58, 4) | assigned.Read(0x5C, 4) | assigned.Read(0x60, 4) | assigned.Read(0x64, 4));
    }

    [Theory]
    [InlineData(0x0070u, 0x30u)]
    [InlineData(0x0060u, 0x30u)]
    [InlineData(0x0040u, 0x30u)]
    [InlineData(0x0020u, 0x20u)]
    [InlineData(0x0000u, 0x00u)]
    public void D2_No_more_messages_are_enabled_than_there_are(uint written, uint expected)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();

        assigned.Write(0x52, 2, written);

        Assert.Equal(expected, assigned.Read(0x52, 2) & 0x70);
    }

    [Fact]
    public void D2_With_the_clamp_the_block_is_enabled_as_a_whole()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);

        assigned.Write(0x52, 2, 0x0071);

        Assert.Equal(0x01B7u, assigned.Read(0x52, 2));
        Assert.Equal(0x0031u, assigned.Device.Peek(0x52, AccessWidth.HalfWord) & 0x71);
    }

    [Fact]
    public void D3_A_message_to_memory_is_refused_and_never_reaches_the_hardware()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        ulong before = assigned.Reference.Machine.Read(0x4000_0000, AccessWidth.Word);
        Message(assigned, 0x4000_0000, 0);

        assigned.Write(0x52, 2, 0x0001);

        Assert.Equal(0u, assigned.Read(0x52, 2) & 1);
        Assert.Equal(0u, assigned.Device.Peek(0x52, AccessWidth.HalfWord) & 1);
        Assert.NotEqual(0x4000_0000u, assigned.Device.Peek(0x54, AccessWidth.Word));
        Assert.False(assigned.Device.SignalMessage(0));
        Assert.Equal(before, assigned.Reference.Machine.Read(0x4000_0000, AccessWidth.Word));
        Assert.Equal(1u, assigned.Function.RefusedMessages);
    }

    [Theory]
    [InlineData(0x0808_0040ul)]
    [InlineData(0x1_0802_0040ul)]
    [InlineData(Doorbell + 4)]
    [InlineData(ulong.MaxValue - 3)]
    public void D4_A_doorbell_that_is_not_the_guests_is_refused(ulong address)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, address, First);

        assigned.Write(0x52, 2, 0x0001);

        Assert.Equal(0u, assigned.Read(0x52, 2) & 1);
        Assert.Equal(0u, assigned.Device.Peek(0x52, AccessWidth.HalfWord) & 1);
    }

    [Fact]
    public void D5_Data_only_names_an_interrupt_of_the_guest_and_the_hardware_sends_the_hosts()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();

        // 37 is none of the guest's: nothing to enable. 64 on are.
        Message(assigned, Doorbell, 37);
        assigned.Write(0x52, 2, 0x0001);
        Assert.Equal(0u, assigned.Read(0x52, 2) & 1);

        Message(assigned, Doorbell, First + 5);
        assigned.Write(0x52, 2, 0x0001);

        Assert.Equal(HostMessage, assigned.Device.Peek(0x5C, AccessWidth.HalfWord));
        Assert.Equal(ReferenceMachine.Frame + 0x40, assigned.Device.Peek(0x54, AccessWidth.Word) | ((ulong)assigned.Device.Peek(0x58, AccessWidth.Word) << 32));
        Assert.Equal(First + 5, Signalled(assigned, 0));
    }

    [Theory]
    [InlineData(0x50u, 4, 0x0001_0005u)]
    [InlineData(0x52u, 2, 0x0001u)]
    [InlineData(0x52u, 1, 0x01u)]
    public void D7_Every_width_enables_the_same_and_changes_nothing_else(uint offset, int bytes, uint value)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);

        assigned.Write(offset, bytes, value);

        Assert.Equal(0x0187_7005u, assigned.Read(0x50, 4));
        Assert.Equal(1u, assigned.Device.Peek(0x52, AccessWidth.HalfWord) & 0x71);
    }

    [Fact]
    public void D7_The_upper_byte_of_the_control_register_does_nothing()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Device.Trace.Clear();

        assigned.Write(0x53, 1, 0x01);
        assigned.Write(0x53, 1, 0xFF);

        Assert.Equal(0x0186u, assigned.Read(0x52, 2));
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Theory]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x04u)]
    [InlineData(0x10u)]
    [InlineData(0xFFFF_F000u)]
    [InlineData(0x60u)]
    public void D8_Masks_reach_the_mask_register_and_only_those_of_enabled_messages(uint mask)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x52, 2, 0x0021);
        assigned.Device.Trace.Clear();

        assigned.Write(0x60, 4, mask);

        ConfigAccess written = Assert.Single(assigned.Device.Trace.Accesses, static access => access.IsWrite);
        Assert.Equal(0x60u, written.Offset);
        Assert.Equal(mask & 0xF, written.Value);
        Assert.Equal(mask & 0xF, assigned.Device.Peek(0x60, AccessWidth.Word));
        Assert.Equal(mask & 0xFF, assigned.Read(0x60, 4));
    }

    [Fact]
    public void D8_The_guest_cannot_clear_a_mask_of_the_host()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x52, 2, 0x0021);
        Assert.True(assigned.Function.TryHold(2, held: true));

        assigned.Write(0x60, 4, 0xFFFF_FFFF);
        assigned.Write(0x60, 4, 0);

        Assert.Equal(0x4u, assigned.Device.Peek(0x60, AccessWidth.Word));
        Assert.Equal(0u, assigned.Read(0x60, 4));
        Assert.False(assigned.Device.SignalMessage(2));

        Assert.True(assigned.Function.TryHold(2, held: false));
        Assert.Equal(1, assigned.TakePhysicalInterrupts());
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(First + 2, interrupt);
        Assert.False(assigned.Function.TryHold(999, held: true));
    }

    [Fact]
    public void D9_Pending_bits_are_the_hardwares_and_those_that_wait_here_and_are_never_written()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x60, 4, 0x3);
        assigned.Write(0x52, 2, 0x0031);
        Assert.False(assigned.Device.SignalMessage(1));
        assigned.Bridge.Deliver(0);
        assigned.Device.Trace.Clear();

        assigned.Write(0x64, 4, 0xFFFF_FFFF);
        assigned.Write(0x64, 1, 0);

        Assert.Equal(0x3u, assigned.Read(0x64, 4));
        Assert.DoesNotContain(assigned.Device.Trace.Accesses, static access => access.IsWrite);
        assigned.Device.IsPresent = false;
        Assert.Equal(0xFFu, assigned.Read(0x64, 4));
        assigned.Device.IsPresent = true;

        assigned.Write(0x60, 4, 0);
        assigned.TakePhysicalInterrupts();
        Assert.Equal(0u, assigned.Read(0x64, 4));
        Assert.Equal(2, assigned.Guest.PendingInterrupts);
    }

    [Fact]
    public void D9_No_byte_of_the_capability_reads_as_if_it_were_absent()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        for (uint offset = 0x50; offset < 0x68; offset++)
        {
            Assert.Equal(AccessResult.Done, assigned.TryRead(offset, 1, out ulong value));
            Assert.NotEqual(0xFFul, value);
        }

        Assert.Equal(AccessResult.Denied, assigned.TryRead(0x68, 1, out _));
    }

    [Fact]
    public void D11_Enabling_twice_changes_nothing()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x52, 2, 0x0021);
        assigned.Device.Trace.Clear();

        assigned.Write(0x52, 2, 0x0021);
        assigned.Write(0x50, 4, 0x0021_0000);

        Assert.Empty(assigned.Device.Trace.Accesses);
        Assert.Equal(0u, assigned.Function.RefusedMessages);
    }

    [Fact]
    public void D11_MSI_and_MSI_X_are_never_enabled_together()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x72, 2, 0x8000);

        assigned.Write(0x52, 2, 0x0001);
        Assert.Equal(0u, assigned.Read(0x52, 2) & 1);
        Assert.Equal(0u, assigned.Device.Peek(0x52, AccessWidth.HalfWord) & 1);

        assigned.Write(0x72, 2, 0x0000);
        assigned.Write(0x52, 2, 0x0001);
        assigned.Write(0x72, 2, 0x8000);
        Assert.Equal(1u, assigned.Read(0x52, 2) & 1);
        Assert.Equal(0u, assigned.Read(0x72, 2) & 0x8000);
        Assert.Equal(0u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0x8000);
        Assert.Equal(2u, assigned.Function.RefusedMessages);
    }

    [Fact]
    public void D12_With_MSI_enabled_the_guest_sees_INTx_disabled()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x52, 2, 0x0001);

        assigned.Write(0x04, 2, 0x0006);

        Assert.Equal(0x0406u, assigned.Read(0x04, 2));
        Assert.Equal(0x0406u, assigned.HostCommand);
    }

    [Fact]
    public void D13_After_disabling_the_hardware_is_silent_and_a_late_message_is_dropped_and_counted()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x52, 2, 0x0001);

        assigned.Write(0x52, 2, 0x0000);
        assigned.Bridge.Deliver(0);

        Assert.Equal(0u, assigned.Device.Peek(0x52, AccessWidth.HalfWord) & 1);
        Assert.False(assigned.Device.SignalMessage(0));
        Assert.Equal(0, assigned.Guest.PendingInterrupts);
        Assert.Equal(1u, assigned.Function.Dropped);
    }

    [Fact]
    public void What_was_pending_when_MSI_was_disabled_is_forgotten()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x60, 4, 1);
        assigned.Write(0x52, 2, 0x0001);
        assigned.Bridge.Deliver(0);

        assigned.Write(0x52, 2, 0x0000);
        assigned.Write(0x60, 4, 0);
        assigned.Write(0x52, 2, 0x0001);

        Assert.Equal(0, assigned.Guest.PendingInterrupts);
    }

    [Theory]
    [InlineData(0u, 1)]
    [InlineData(1u, 2)]
    [InlineData(2u, 4)]
    [InlineData(3u, 8)]
    public void Each_message_of_a_block_is_an_interrupt_of_its_own(uint size, int count)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First + 8);
        assigned.Write(0x52, 2, (size << 4) | 1);

        for (int message = 0; message < count; message++)
        {
            Assert.Equal(First + 8 + (uint)message, Signalled(assigned, message));
        }

        Assert.False(assigned.Device.SignalMessage(count));
        assigned.Bridge.Deliver((uint)count);
        Assert.Equal(0, assigned.Guest.PendingInterrupts);
        Assert.Equal(1u, assigned.Function.Dropped);
    }

    [Fact]
    public void The_low_bits_of_the_data_count_the_messages_whatever_the_guest_writes_there()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First + 3);
        assigned.Write(0x52, 2, 0x0021);

        Assert.Equal(First, Signalled(assigned, 0));
        Assert.Equal(First + 3, Signalled(assigned, 3));
    }

    [Fact]
    public void A_message_that_changes_while_enabled_is_the_new_one_and_none_is_lost_in_between()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x52, 2, 0x0001);

        assigned.Write(0x5C, 2, First + 40);
        Assert.False(assigned.Device.SignalMessage(0));
        Assert.Equal(1u, assigned.Device.Peek(0x60, AccessWidth.Word));
        assigned.Write(0x5C, 2, First + 4);

        Assert.Equal(1, assigned.TakePhysicalInterrupts());
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(First + 4, interrupt);
        Assert.Equal(HostMessage, assigned.Device.Peek(0x5C, AccessWidth.HalfWord));
    }

    [Theory]
    [InlineData(false, false, 0x0006u, 12u)]
    [InlineData(false, true, 0x0106u, 20u)]
    [InlineData(true, false, 0x0086u, 16u)]
    [InlineData(true, true, 0x0186u, 24u)]
    public void A_function_without_room_for_more_shows_its_own_layout(bool is64Bit, bool hasMasks, uint control, uint bytes)
    {
        AssignedDevice<MsiFunction> assigned = Assigned(new MsiFunction(is64Bit, hasMasks, tight: true));

        Assert.Equal(control, assigned.Read(0x42, 2));
        Assert.Equal(AccessResult.Done, assigned.TryRead(0x40 + bytes - 4, 4, out _));
        Assert.Equal(AccessResult.Denied, assigned.TryRead(0x40 + bytes, 4, out _));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Masks_and_pending_bits_are_there_whether_the_hardware_has_them_or_not(bool is64Bit, bool hasMasks)
    {
        AssignedDevice<MsiFunction> assigned = Assigned(new MsiFunction(is64Bit, hasMasks, tight: false));
        uint data = is64Bit ? 0x4Cu : 0x48u;
        uint mask = data + 4;
        uint pending = mask + 4;
        Assert.Equal(0x0106u | (is64Bit ? 0x80u : 0), assigned.Read(0x42, 2));
        assigned.Write(0x44, 4, (uint)Doorbell);
        assigned.Write(data, 2, First);
        assigned.Write(mask, 4, 0x2);
        assigned.Write(0x42, 2, 0x0011);
        Assert.Equal(0x0011u, assigned.Device.Peek(0x42, AccessWidth.HalfWord) & 0x71);

        assigned.Bridge.Deliver(1);
        Assert.Equal(0, assigned.Guest.PendingInterrupts);
        Assert.Equal(0x2u, assigned.Read(pending, 4));
        assigned.Write(mask, 4, 0x0);
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(First + 1, interrupt);
        Assert.Equal(0u, assigned.Read(pending, 4));

        Assert.Equal((uint)ReferenceMachine.Frame + 0x40, assigned.Device.Peek(0x44, AccessWidth.Word));
        Assert.Equal(HostMessage, assigned.Device.Peek(data, AccessWidth.HalfWord));
        Assert.DoesNotContain(
            assigned.Device.Trace.Accesses,
            access => access.IsWrite && access.Offset >= 0x40 + (is64Bit ? 14u : 10u) && !(hasMasks && access.Offset == mask) && access.Offset < 0x80);
    }

    [Fact]
    public void MSI_and_MSI_X_share_vectors_that_lie_on_a_boundary_of_the_block()
    {
        AssignedFunction assigned = new(mostVectors: 32);

        Assert.Equal(17u, assigned.Function.Vectors.Count);
        Assert.Equal(0u, assigned.Function.Vectors.First % 8);
        Assert.True(assigned.Release());
        Assert.Equal(0u, assigned.Assignment.Msi.TakenVectors);
    }

    [Theory]
    [InlineData(1u, 0x0180u)]
    [InlineData(2u, 0x0182u)]
    [InlineData(3u, 0x0182u)]
    [InlineData(7u, 0x0184u)]
    [InlineData(8u, 0x0186u)]
    public void A_guest_with_fewer_vectors_is_offered_fewer_messages(uint most, uint control)
    {
        AssignedFunction assigned = new(mostVectors: most);

        Assert.Equal(control, assigned.Read(0x52, 2));
    }

    [Fact]
    public void A_guest_that_is_given_no_MSI_does_not_see_it()
    {
        AssignedFunction assigned = new(policy: new FunctionPolicy { Capabilities = GuestCapabilities.Standard & ~GuestCapabilities.Msi });

        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x50, 4));
        Assert.Equal(0x70u, assigned.Read(0x41, 1));
        Assert.Equal(AccessResult.Denied, assigned.Write(0x52, 2, 1));
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Fact]
    public void A_reserved_number_of_messages_hides_the_capability()
    {
        AssignedFunction assigned = new(device => device.Poke(0x52, AccessWidth.HalfWord, 0x018C));

        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x50, 4));
    }

    [Fact]
    public void A_reset_leaves_MSI_as_after_a_reset()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Message(assigned, Doorbell, First);
        assigned.Write(0x60, 4, 0xFF);
        assigned.Write(0x52, 2, 0x0031);

        assigned.Write(0x98, 2, 0x8000);

        Assert.Equal(0x0186_7005u, assigned.Read(0x50, 4));
        Assert.Equal(0u, assigned.Read(0x54, 4) | assigned.Read(0x5C, 4) | assigned.Read(0x60, 4) | assigned.Read(0x64, 4));
        assigned.Bridge.Deliver(0);
        Assert.Equal(0, assigned.Guest.PendingInterrupts);
    }

    [Fact]
    public void No_sequence_of_guest_accesses_puts_a_guests_message_into_the_MSI_capability_or_enables_both_kinds()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        AssignedFunction assigned = new AssignedFunction().Enable();
        for (int step = 0; step < Effort.Of(20_000); step++)
        {
            ulong value = random.Next(3) == 0 ? Doorbell : random.Next(2) == 0 ? (ulong)random.Next(60, 100) : (ulong)random.NextInt64();
            uint offset = random.Next(4) == 0 ? (uint)random.Next(0x40, 0xD0) : (uint)random.Next(0x50, 0x74);
            assigned.Write(offset, 1 << random.Next(3), offset is 0x98 or 0x99 ? 0 : value);
            if (random.Next(8) == 0)
            {
                assigned.Bridge.Deliver((uint)random.Next(20));
                _ = assigned.Device.SignalMessage(random.Next(8));
                assigned.TakePhysicalInterrupts();
            }

            string at = $"seed {seed}, step {step}, 0x{offset:x}";
            uint data = assigned.Device.Peek(0x5C, AccessWidth.HalfWord);
            ulong address = assigned.Device.Peek(0x54, AccessWidth.Word) | ((ulong)assigned.Device.Peek(0x58, AccessWidth.Word) << 32);
            Assert.True((address == ReferenceMachine.Frame + 0x40 && data == HostMessage) || (address == 0 && data == 0), at);
            bool msi = (assigned.Device.Peek(0x52, AccessWidth.HalfWord) & 1) != 0;
            bool msix = (assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0x8000) != 0;
            Assert.False(msi && msix, at);
            Assert.True(msi == ((assigned.Read(0x52, 2) & 1) != 0), at);
            Assert.True((assigned.Device.Peek(0x60, AccessWidth.Word) & ~0xFFu) == 0, at);
            while (assigned.Guest.TryTakeInterrupt(out uint interrupt))
            {
                Assert.InRange(interrupt, First, First + 31);
            }
        }
    }

    private static AssignedDevice<MsiFunction> Assigned(MsiFunction device)
    {
        AssignedDevice<MsiFunction> assigned = new(device, 8);
        assigned.Write(0x04, 2, 0x0004);
        return assigned;
    }

    private static void Message(AssignedFunction assigned, ulong address, uint data)
    {
        assigned.Write(0x54, 4, address & 0xFFFF_FFFF);
        assigned.Write(0x58, 4, address >> 32);
        assigned.Write(0x5C, 2, data);
    }

    private static uint Signalled(AssignedFunction assigned, int message)
    {
        Assert.True(assigned.Device.SignalMessage(message));
        Assert.Equal(1, assigned.TakePhysicalInterrupts());
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        return interrupt;
    }

    /// <summary>A function with one of the four layouts, right before another capability or not.</summary>
    private sealed class MsiFunction : BareFunction
    {
        public MsiFunction(bool is64Bit, bool hasMasks, bool tight)
        {
            uint control = 0x0006u | (is64Bit ? 0x80u : 0) | (hasMasks ? 0x100u : 0);
            uint bytes = 12u + (is64Bit ? 4u : 0) + (hasMasks ? 8u : 0);
            uint next = tight ? 0x40 + bytes : 0x80;
            Set(0x06, AccessWidth.HalfWord, 0x10);
            Set(0x34, AccessWidth.Byte, 0x40);
            Set(0x40, AccessWidth.Word, (control << 16) | (next << 8) | 0x05, 0x0071_0000);
            for (uint offset = 0x44; offset < 0x40 + bytes; offset += 4)
            {
                Set(offset, AccessWidth.Word, 0, 0xFFFF_FFFF);
            }

            Set(next, AccessWidth.Word, 0x0000_0014);
        }
    }
}
