using System;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Pci;
using Sluice.Testing;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class MsixTests
{
    private const uint First = AssignedFunction.FirstInterrupt;
    private const ulong Doorbell = AssignedFunction.Doorbell;

    [Theory]
    [InlineData(0x73u, 1, 0x80u)]
    [InlineData(0x72u, 2, 0x8000u)]
    [InlineData(0x70u, 4, 0x8000_0000u)]
    public void E1_Every_width_enables_the_same(uint offset, int bytes, uint value)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Assert.Equal(0x0010u, assigned.Read(0x72, 2));

        assigned.Write(offset, bytes, value);

        Assert.Equal(0x8010u, assigned.Read(0x72, 2));
        Assert.Equal(0x8000u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0xC000);
    }

    [Fact]
    public void E2_The_pages_of_table_and_pending_bits_trap_and_the_others_do_not()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();

        bool[] mapped = [.. Enumerable.Range(0, 16).Select(page => assigned.Guest.TryTranslate(AssignedFunction.Bar0 + ((ulong)page * 0x1000), out _))];

        Assert.Equal([true, true, false, false, false, true, true, true, true, true, true, true, true, true, true, true], mapped);
    }

    [Fact]
    public void E4_Eight_bytes_at_the_data_are_data_and_unmask()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.WriteMemory(assigned.Entry(0), 8, Doorbell);

        assigned.WriteMemory(assigned.Entry(0) + 8, 8, First + 5);

        Assert.Equal(First + 5, assigned.ReadMemory(assigned.Entry(0) + 8, 8));
        Assert.False(assigned.Device.Msix.IsMasked(0));
        Assert.True(assigned.Device.Signal(0));
        Assert.Equal(1, assigned.TakePhysicalInterrupts());
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(First + 5, interrupt);
    }

    [Theory]
    [InlineData(0x4000_0000ul, First)]
    [InlineData(Doorbell, First + 32)]
    [InlineData(Doorbell, First - 1)]
    [InlineData(Doorbell + 4, First)]
    public void E5_A_message_that_means_none_of_the_guests_interrupts_keeps_the_hardware_masked(ulong address, uint data)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);

        assigned.Program(0, address, data);

        Assert.True(assigned.Device.Msix.IsMasked(0));
        Assert.Equal(0ul, assigned.ReadMemory(assigned.Entry(0) + 12, 4));
        Assert.False(assigned.Device.Signal(0));
        Assert.Equal(0, assigned.TakePhysicalInterrupts());
    }

    [Fact]
    public void E6_A_message_that_changes_while_unmasked_counts_from_the_next_unmasking()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(0, Doorbell, First);

        assigned.WriteMemory(assigned.Entry(0) + 8, 4, First + 1);
        Assert.Equal(First, Signalled(assigned, 0));

        assigned.WriteMemory(assigned.Entry(0) + 12, 4, 1);
        assigned.WriteMemory(assigned.Entry(0) + 12, 4, 0);
        Assert.Equal(First + 1, Signalled(assigned, 0));
    }

    [Fact]
    public void The_hardware_is_given_the_hosts_message_only_and_is_masked_while_it_is_written()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        bool changedUnmasked = false;
        ulong address = assigned.Device.Msix.Address(2);
        assigned.Reference.Machine.Accessed = (_, isWrite, _) =>
        {
            changedUnmasked |= isWrite && assigned.Device.Msix.Address(2) != address && !assigned.Device.Msix.IsMasked(2);
            address = assigned.Device.Msix.Address(2);
        };

        assigned.Program(2, Doorbell, First + 9);

        Assert.Equal(ReferenceMachine.Frame + 0x40, assigned.Device.Msix.Address(2));
        Assert.Equal(82u, assigned.Device.Msix.Data(2));
        Assert.False(changedUnmasked);
        Assert.Equal(First + 9, Signalled(assigned, 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void E8_Registers_that_share_a_page_with_the_table_reach_the_device(int bytes)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        ulong address = AssignedFunction.Bar0 + 0x2E00;
        ulong value = 0x1122_3344_5566_7788 & (ulong.MaxValue >> (64 - (bytes * 8)));

        Assert.Equal(AccessResult.Done, assigned.WriteMemory(address, bytes, value));

        Assert.Equal(value, assigned.ReadMemory(address, bytes));
        Assert.Equal(value, assigned.Device.ReadMemory(0, 0x2E00, (AccessWidth)bytes));
    }

    [Fact]
    public void E8_An_access_that_crosses_into_the_table_does_not_touch_it()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        int writes = assigned.Device.Msix.Writes;
        ulong before = assigned.ReadMemory(assigned.Entry(0), 4);

        Assert.Equal(AccessResult.Denied, assigned.WriteMemory(AssignedFunction.Bar0 + 0x2EFE, 4, 0xAABB_CCDD));

        Assert.Equal(0xCCDDul, assigned.Device.ReadMemory(0, 0x2EFE, AccessWidth.HalfWord));
        Assert.Equal(before, assigned.ReadMemory(assigned.Entry(0), 4));
        Assert.Equal(0xFFFF_CCDDul, assigned.ReadMemory(AssignedFunction.Bar0 + 0x2EFE, 4));
        Assert.Equal(writes, assigned.Device.Msix.Writes);
    }

    [Fact]
    public void E9_Pending_bits_are_read_whole_and_never_written()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Device.Signal(4);
        ulong pending = AssignedFunction.Bar0 + DmaFunction.PendingOffset;

        Assert.Equal(AccessResult.Denied, assigned.WriteMemory(pending, 8, 0));

        Assert.Equal(0x10ul, assigned.ReadMemory(pending, 8));
        Assert.Equal(0x10ul, assigned.ReadMemory(pending, 4));
        Assert.Equal(0xFFul, assigned.ReadMemory(pending, 1));
        Assert.Equal(0xFFFFul, assigned.ReadMemory(pending, 2));
    }

    [Theory]
    [InlineData(0x0000_2F06u, 0x4000u, "no such BAR")]
    [InlineData(0x0000_2F04u, 0x4000u, "an I/O BAR")]
    [InlineData(0x0000_2F03u, 0x4000u, "an absent BAR")]
    [InlineData(0x0000_2F01u, 0x4000u, "an upper half")]
    [InlineData(0x0000_FF00u, 0x4000u, "the table passes the end")]
    [InlineData(0x0000_2F00u, 0x1_0000u, "the pending bits pass the end")]
    [InlineData(0xFFFF_FFF8u, 0x4000u, "far beyond")]
    [InlineData(0x0000_2F00u, 0x2F08u, "the pending bits lie in the table")]
    [InlineData(0x0000_2F00u, 0x4007u, "the pending bits have no such BAR")]
    public void E10_A_table_that_lies_nowhere_hides_MSI_X_and_the_function_works_on(uint table, uint pending, string reason)
    {
        AssignedFunction assigned = new(device =>
        {
            device.Poke(0x74, AccessWidth.Word, table);
            device.Poke(0x78, AccessWidth.Word, pending);
        });

        Assert.Equal(AssignmentStep.None, assigned.Result);
        Assert.True(assigned.Read(0x70, 4) == 0xFFFF_FFFF, reason);
        Assert.Equal(0x50u, assigned.Read(0x41, 1));
        Assert.Equal(0x90u, assigned.Read(0x51, 1));
        assigned.Enable();
        Assert.Equal(2, assigned.Guest.Mappings.Count);
    }

    [Fact]
    public void E11_The_largest_table_traps_whole_and_its_last_entry_works()
    {
        LargeTableFunction large = new();
        AssignedDevice<LargeTableFunction> assigned = new(large, 64);
        assigned.Write(0x10, 4, 0x2300_0000);
        assigned.Write(0x04, 2, 0x0006);

        Assert.Equal(63u, assigned.Read(0x42, 2) & 0x7FF);
        Assert.Equal([new GuestMapping(0x2300_9000, large.BarAddress(large.Bars[0]) + 0x9000, 0x7000)], assigned.Guest.Mappings);
        Assert.Equal(AccessResult.Done, assigned.WriteMemory(0x2300_0000 + (63 * 16), 4, 0));
        for (ulong offset = 64 * 16; offset < 0x8000; offset += 4)
        {
            Assert.Equal(AccessResult.Denied, assigned.WriteMemory(0x2300_0000 + offset, 4, 0));
            Assert.Equal(0xFFFF_FFFFul, assigned.ReadMemory(0x2300_0000 + offset, 4));
        }

        Assert.Equal(0, large.TableWrites);
    }

    [Fact]
    public void E13_Enabling_without_decoding_touches_no_table_and_is_made_up_for()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Program(0, Doorbell, First);
        assigned.Write(0x04, 2, 0x0000);
        int writes = assigned.Device.Msix.Writes;

        assigned.Write(0x72, 2, 0x8000);
        Assert.Equal(writes, assigned.Device.Msix.Writes);
        Assert.Equal(0xC000u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0xC000);

        assigned.Write(0x04, 2, 0x0006);
        Assert.False(assigned.Device.Msix.IsMasked(0));
        Assert.Equal(0x8000u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0xC000);
        Assert.Equal(First, Signalled(assigned, 0));
    }

    [Fact]
    public void E14_When_memory_moves_the_trapped_pages_go_with_it()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x04, 2, 0x0000);
        assigned.Write(0x10, 4, 0x2340_0000);
        assigned.Write(0x04, 2, 0x0006);

        Assert.Equal(0xFFFF_FFFFul, assigned.ReadMemory(assigned.Entry(0) + 12, 4));
        Assert.Equal(1ul, assigned.ReadMemory(0x2340_0000 + DmaFunction.TableOffset + 12, 4));
    }

    [Fact]
    public void E16_A_function_that_is_taken_back_with_open_entries_is_silent_and_its_vectors_are_free()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(0, Doorbell, First);
        assigned.Program(16, Doorbell, First + 16);

        Assert.True(assigned.Release());

        Assert.Equal(0u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0x8000);
        for (int entry = 0; entry < 17; entry++)
        {
            Assert.True(assigned.Device.Msix.IsMasked(entry));
        }

        Assert.Equal(0u, assigned.Assignment.Msi.TakenVectors);
        Assert.False(assigned.Bridge.Deliver(0));
    }

    [Fact]
    public void Enabling_twice_touches_nothing()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        int writes = assigned.Device.Msix.Writes;
        assigned.Device.Trace.Clear();

        assigned.Write(0x72, 2, 0x8000);
        assigned.Write(0x73, 1, 0x80);

        Assert.Empty(assigned.Device.Trace.Accesses);
        Assert.Equal(writes, assigned.Device.Msix.Writes);
    }

    [Fact]
    public void The_guest_cannot_clear_a_mask_of_the_host()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(3, Doorbell, First + 3);
        Assert.True(assigned.Function.TryHold(3, held: true));
        Assert.True(assigned.Device.Msix.IsMasked(3));

        assigned.Program(3, Doorbell, First + 3);
        assigned.Write(0x72, 2, 0x0000);
        assigned.Write(0x72, 2, 0x8000);
        Assert.True(assigned.Device.Msix.IsMasked(3));
        Assert.False(assigned.Device.Signal(3));
        assigned.Bridge.Deliver(3);
        Assert.Equal(0, assigned.Guest.PendingInterrupts);

        Assert.True(assigned.Function.TryHold(3, held: false));
        Assert.False(assigned.Device.Msix.IsMasked(3));
        assigned.TakePhysicalInterrupts();
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(First + 3, interrupt);
    }

    [Fact]
    public void A_message_of_a_masked_entry_waits_and_is_delivered_once()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(0, Doorbell, First);
        assigned.Bridge.Deliver(0);
        Assert.True(assigned.Guest.TryTakeInterrupt(out _));

        assigned.WriteMemory(assigned.Entry(0) + 12, 4, 1);
        assigned.Bridge.Deliver(0);
        assigned.Bridge.Deliver(0);
        Assert.Equal(0, assigned.Guest.PendingInterrupts);
        Assert.Equal(1ul, assigned.ReadMemory(AssignedFunction.Bar0 + DmaFunction.PendingOffset, 8));

        assigned.WriteMemory(assigned.Entry(0) + 12, 4, 0);
        Assert.Equal(1, assigned.Guest.PendingInterrupts);
        Assert.Equal(0ul, assigned.ReadMemory(AssignedFunction.Bar0 + DmaFunction.PendingOffset, 8));
        Assert.Equal(2u, assigned.Function.Delivered);
    }

    [Fact]
    public void The_mask_of_the_whole_table_holds_messages_and_lets_them_go()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0xC000);
        assigned.Program(0, Doorbell, First);
        Assert.False(assigned.Device.IsMsixLive);
        assigned.Device.Signal(0);
        assigned.Bridge.Deliver(1);

        assigned.Write(0x72, 2, 0x8000);
        assigned.TakePhysicalInterrupts();

        Assert.True(assigned.Device.IsMsixLive);
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(First, interrupt);
        Assert.Equal(0, assigned.Guest.PendingInterrupts);
    }

    [Fact]
    public void After_disabling_MSI_X_a_late_message_is_dropped_and_counted()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(0, Doorbell, First);

        assigned.Write(0x72, 2, 0x0000);
        assigned.Bridge.Deliver(0);

        Assert.Equal(0, assigned.Guest.PendingInterrupts);
        Assert.Equal(1u, assigned.Function.Dropped);
        Assert.Equal(0u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0x8000);
    }

    [Fact]
    public void A_vector_of_nobody_is_delivered_to_nobody()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);

        Assert.False(assigned.Bridge.Deliver(17));
        Assert.False(assigned.Bridge.Deliver(uint.MaxValue));
        Assert.Equal(0, assigned.Guest.PendingInterrupts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_table_takes_words_only(int bytes)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();

        Assert.Equal(AccessResult.Denied, assigned.WriteMemory(assigned.Entry(1), bytes, 0x55));
        Assert.Equal(ulong.MaxValue >> (64 - (bytes * 8)), assigned.ReadMemory(assigned.Entry(1), bytes));
    }

    [Fact]
    public void No_sequence_of_guest_accesses_puts_a_guests_message_into_the_hardware()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        AssignedFunction assigned = new AssignedFunction().Enable();
        for (int step = 0; step < Effort.Of(20_000); step++)
        {
            ulong value = random.Next(3) == 0 ? Doorbell : random.Next(2) == 0 ? (ulong)random.Next(60, 100) : (ulong)random.NextInt64();
            switch (random.Next(4))
            {
                case 0:
                    assigned.Write((uint)random.Next(0x100), 1 << random.Next(3), value);
                    break;
                case 1:
                    assigned.Write(0x72, 2, (ulong)random.Next(4) << 14);
                    break;
                case 2:
                    assigned.Write(0x04, 2, 0x0006);
                    break;
                default:
                    assigned.WriteMemory(AssignedFunction.Bar0 + 0x2EF0 + (ulong)random.Next(0x130), 1 << random.Next(4), value);
                    break;
            }

            for (int entry = 0; entry < 17; entry++)
            {
                bool isOurs = assigned.Device.Msix.Address(entry) == ReferenceMachine.Frame + 0x40 && assigned.Device.Msix.Data(entry) == 80u + (uint)entry;
                bool isEmpty = assigned.Device.Msix.Address(entry) == 0 && assigned.Device.Msix.Data(entry) == 0 && assigned.Device.Msix.IsMasked(entry);
                Assert.True(isOurs || isEmpty, $"seed {seed}, step {step}, entry {entry}");
            }

            Assert.True(assigned.Device.DecodesMemory == assigned.Function.IsDecoding, $"seed {seed}, step {step}");
            Assert.True(assigned.Function.IsDecoding || assigned.Guest.Mappings.Count == 0, $"seed {seed}, step {step}");
            Assert.Equal(0x0400u, assigned.HostCommand & 0xFFC1 & ~0x0340u);
        }
    }

    private static uint Signalled(AssignedFunction assigned, int entry)
    {
        Assert.True(assigned.Device.Signal(entry));
        Assert.Equal(1, assigned.TakePhysicalInterrupts());
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        return interrupt;
    }
}
