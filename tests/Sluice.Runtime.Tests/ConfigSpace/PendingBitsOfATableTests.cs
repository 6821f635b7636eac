using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>Pending bits of MSI-X: of entries that the guest has, wherever the message waits; and what lies beside them.</summary>
public sealed class PendingBitsOfATableTests
{
    private const ulong Bar = 0x2300_0000;
    private const ulong Pending = Bar + 0x8000;

    [Theory]
    [InlineData(1u, 0x1ul, 0ul)]
    [InlineData(31u, 0x7FFF_FFFFul, 0ul)]
    [InlineData(32u, 0xFFFF_FFFFul, 0ul)]
    [InlineData(33u, 0x1_FFFF_FFFFul, 0x1ul)]
    [InlineData(40u, 0xFF_FFFF_FFFFul, 0xFFul)]
    [InlineData(63u, 0x7FFF_FFFF_FFFF_FFFFul, 0x7FFF_FFFFul)]
    [InlineData(64u, 0xFFFF_FFFF_FFFF_FFFFul, 0xFFFF_FFFFul)]
    public void E9_Of_the_function_s_bits_a_guest_reads_those_of_entries_that_it_has(uint entries, ulong whole, ulong upper)
    {
        AssignedDevice<EveryBitPending> assigned = Assigned(entries);

        Assert.Equal(whole, assigned.ReadMemory(Pending, 8));
        Assert.Equal(whole & 0xFFFF_FFFF, assigned.ReadMemory(Pending, 4));
        Assert.Equal(upper, assigned.ReadMemory(Pending + 4, 4));
        Assert.Equal(0ul, assigned.ReadMemory(Pending + 8, 8));
        Assert.Equal(0ul, assigned.ReadMemory(Pending + 8, 4));
        Assert.Equal(0ul, assigned.ReadMemory(Pending + 0xF8, 8));
        Assert.Equal(0xFFul, assigned.ReadMemory(Pending, 1));
        Assert.Equal(0xFFFFul, assigned.ReadMemory(Pending + 2, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(63)]
    public void E9_A_message_that_waits_for_the_guest_s_mask_is_pending_at_its_bit(int entry)
    {
        AssignedDevice<EveryBitPending> assigned = Assigned(64);
        assigned.Device.Bits = 0;
        assigned.Write(0x42, 2, 0x8000);
        Assert.Equal(0ul, assigned.ReadMemory(Pending, 8));

        assigned.Bridge.Deliver(assigned.Function.Vectors.First + (uint)entry);

        Assert.Equal(1ul << entry, assigned.ReadMemory(Pending, 8));
        Assert.Equal((1ul << entry) & 0xFFFF_FFFF, assigned.ReadMemory(Pending, 4));
        Assert.Equal(1ul << entry >> 32, assigned.ReadMemory(Pending + 4, 4));
        Assert.Equal(0ul, assigned.ReadMemory(Pending + 8, 8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void E8_What_lies_beside_is_one_access_of_the_hardware_where_it_is_aligned_and_bytes_where_it_is_not(int width)
    {
        const ulong Beside = Pending + 0x400;
        AssignedDevice<EveryBitPending> assigned = Assigned(4);
        List<(ulong Offset, AccessWidth Width)> seen = assigned.Device.Seen;
        seen.Clear();

        assigned.ReadMemory(Beside, width);
        Assert.Equal(AccessResult.Done, assigned.WriteMemory(Beside, width, 0x1122_3344_5566_7788));
        Assert.Equal([(0x8400ul, (AccessWidth)width), (0x8400ul, (AccessWidth)width)], seen);

        seen.Clear();
        assigned.ReadMemory(Beside + 1, width);
        Assert.Equal(width, seen.Count);
        Assert.All(seen, static access => Assert.Equal(AccessWidth.Byte, access.Width));
    }

    [Theory]
    [InlineData(Pending + 0xFE, 4, 0x0000_FFFFul, true)]
    [InlineData(Pending + 0xFF, 2, 0x00FFul, true)]
    [InlineData(Pending + 0x101, 4, 0ul, false)]
    [InlineData(Pending - 2, 4, 0xFFFF_FFFFul, true)]
    public void E8_A_misaligned_access_is_denied_as_a_whole_when_any_byte_is_and_each_byte_reads_as_it_would_alone(ulong address, int width, ulong expected, bool denied)
    {
        AssignedDevice<EveryBitPending> assigned = Assigned(4);
        assigned.Device.Bits = 0;
        AccessResult whole = denied ? AccessResult.Denied : AccessResult.Done;

        Assert.Equal(whole, assigned.Bridge.ReadMemory(new GuestAddress(address), (AccessWidth)width, out ulong value));
        Assert.Equal(expected, value);
        Assert.Equal(whole, assigned.Bridge.WriteMemory(new GuestAddress(address), (AccessWidth)width, new GuestValue(0)));
    }

    [Fact]
    public void Accesses_to_pages_that_trap_are_counted_by_what_they_are_for()
    {
        AssignedDevice<EveryBitPending> assigned = Assigned(4);
        assigned.ReadMemory(Pending, 8);
        assigned.ReadMemory(Pending, 4);
        assigned.WriteMemory(Pending, 4, 0);
        assigned.ReadMemory(Pending + 0x400, 4);
        assigned.WriteMemory(Pending + 0x404, 2, 0);
        uint denied = assigned.Function.Counts.Denied;
        Assert.Equal(AccessResult.Denied, assigned.WriteMemory(Pending, 8, 0));

        Assert.Equal((4u, 2u), (assigned.Function.Counts.Pending, assigned.Function.Counts.Neighbours));
        Assert.Equal(denied + 1, assigned.Function.Counts.Denied);
    }

    private static AssignedDevice<EveryBitPending> Assigned(uint entries)
    {
        AssignedDevice<EveryBitPending> assigned = new(new EveryBitPending(), entries);
        assigned.Write(0x10, 4, Bar);
        assigned.Write(0x04, 2, 0x0006);
        Assert.Equal(entries - 1, assigned.Read(0x42, 2) & 0x7FF);
        return assigned;
    }

    /// <summary>The largest table, with every pending bit set.</summary>
    private sealed class EveryBitPending : BareFunction
    {
        public EveryBitPending()
        {
            Set(0x06, AccessWidth.HalfWord, 0x10);
            Set(0x34, AccessWidth.Byte, 0x40);
            Set(0x40, AccessWidth.Word, 0x07FF_0011, 0xC000_0000);
            Set(0x44, AccessWidth.Word, 0x0000_0000);
            Set(0x48, AccessWidth.Word, 0x0000_8000);
            Bar(new SimulatedBar(0, 0x1_0000));
        }

        public ulong Bits { get; set; } = ulong.MaxValue;

        public List<(ulong Offset, AccessWidth Width)> Seen { get; } = [];

        public override ulong ReadMemory(int bar, ulong offset, AccessWidth width)
        {
            Seen.Add((offset, width));
            return Bits;
        }

        public override void WriteMemory(int bar, ulong offset, AccessWidth width, ulong value) => Seen.Add((offset, width));
    }
}
