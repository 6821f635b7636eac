using System;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;
using Xunit;

namespace Sluice.Generators.Tests.Views;

public sealed class GuestView
{
    private const uint Id = Port.Offsets.Id;
    private const uint Command = Port.Offsets.Command;
    private const uint Status = Port.Offsets.Status;
    private const uint Pointer = Port.Offsets.Pointer;
    private const uint Vector = Port.Offsets.Vector;
    private const uint Tuning = Port.Offsets.Tuning;

    [Fact]
    public void A_constant_reads_as_declared_and_drops_writes()
    {
        PortAccess port = new();
        Assert.Equal(AccessResult.Done, port.Write(Id, 0));
        Assert.Equal((AccessResult.Done, 0xCAFE_0001ul), port.Read(Id));
        Assert.Equal((AccessResult.Done, 0xCAul), port.Read(Id + 3, AccessWidth.Byte));
    }

    [Fact]
    public void What_is_not_described_or_denied_reads_absent()
    {
        PortAccess port = new();
        Assert.Equal((AccessResult.Denied, 0xFFFF_FFFFul), port.Read(Port.Offsets.Secret));
        Assert.Equal((AccessResult.Denied, 0xFFul), port.Read(0x500, AccessWidth.Byte));
        Assert.Equal((AccessResult.Denied, 0xFFFF_FFFF_FFFF_FFFFul), port.Read(0x500, AccessWidth.DoubleWord));
        Assert.Equal(AccessResult.Denied, port.Write(Port.Offsets.Secret, 0));
        Assert.Equal((AccessResult.Rejected, 0xFFFF_FFFFul), port.Read(0x1000));
        Assert.Equal((AccessResult.Rejected, 0xFFFFul), port.Read(0x1, AccessWidth.HalfWord));
        Assert.Equal(AccessResult.Rejected, port.Write(0x2, 0));
    }

    [Fact]
    public void An_eight_byte_access_to_two_registers_is_two_accesses_low_first()
    {
        PortAccess port = new();
        Assert.Equal((AccessResult.Done, 0x8101_0FF1_CAFE_0001ul), port.Read(Id, AccessWidth.DoubleWord));
        Assert.Equal("read COMMAND 0 3", port.Calls());
    }

    [Fact]
    public void A_hook_is_called_only_when_its_own_lanes_are_touched()
    {
        PortAccess port = new();
        port.Write(Status, 0xFFFF, AccessWidth.HalfWord);
        Assert.Equal("", port.Calls());
        Assert.Equal((AccessResult.Done, 0x0001ul), port.Read(Status, AccessWidth.HalfWord));
        port.Write(Command, 0xFFFF_FFFF);
        Assert.Equal("write COMMAND 0 FF1 3", port.Calls());
        port.Write(Command + 1, 0x05, AccessWidth.Byte);
        Assert.Equal("write COMMAND FF1 5F1 2", port.Calls());
    }

    [Fact]
    public void A_read_hook_shows_only_what_the_view_makes_visible()
    {
        PortAccess port = new();
        Assert.Equal((AccessResult.Done, 0x0FF1ul), port.Read(Command, AccessWidth.HalfWord));
    }

    [Fact]
    public void A_write_hook_may_set_the_stored_value_back()
    {
        PortAccess port = new();
        port.Write(Command, 0x0EE1, AccessWidth.HalfWord);
        Assert.Equal(0, port.View.Command.Value);
        port.Write(Command, 0x0121, AccessWidth.HalfWord);
        Assert.Equal(0x0121, port.View.Command.Value);
    }

    [Fact]
    public void A_write_of_a_64_bit_register_in_one_access_is_checked_and_seen_once()
    {
        PortAccess port = new();
        port.Write(Pointer, 0x4000_2001, AccessWidth.DoubleWord);
        Assert.Equal("accepts 40002000 1000; write POINTER 0 40002001 FF", port.Calls());
    }

    [Fact]
    public void A_write_of_a_64_bit_register_in_halves_is_checked_and_seen_twice()
    {
        PortAccess port = new();
        port.Write(Pointer, 0x4000_2001);
        port.Write(Pointer + 4, 0x1);
        Assert.Equal("accepts 40002000 1000; write POINTER 0 40002001 F; accepts 140002000 1000; write POINTER 40002001 40002001 F0", port.Calls());
        Assert.Equal(0x4000_2001ul, port.View.Pointer.Value);
    }

    [Theory]
    [InlineData(0x4000_1000ul)]
    [InlineData(0x5000_0000ul)]
    public void An_address_that_is_not_the_guests_or_misaligned_leaves_the_field_as_it_was(ulong address)
    {
        PortAccess port = new();
        port.Write(Pointer, 0x4000_2000, AccessWidth.DoubleWord);
        port.Write(Pointer, address | 1, AccessWidth.DoubleWord);
        Assert.Equal(0x4000_2001ul, port.View.Pointer.Value);
    }

    [Fact]
    public void The_elements_of_an_array_in_one_word_are_seen_one_by_one()
    {
        PortAccess port = new();
        port.Write(Vector + 4, 0x8503_02FF);
        Assert.Equal("write VECTOR 4 0 80 1; write VECTOR 5 0 2 1; write VECTOR 6 0 3 1; write VECTOR 7 0 85 1", port.Calls());
        Assert.Equal(0x85, port.View.GetVector(7).Value);
        Assert.Equal((AccessResult.Done, 0x02ul), port.Read(Vector + 5, AccessWidth.Byte));
        Assert.Equal("read VECTOR 5 2 1", port.Calls());
    }

    [Fact]
    public void An_element_that_does_not_exist_reads_zero_and_takes_nothing()
    {
        PortAccess port = new();
        port.View.SetVector(8, new Port.Vector(0xFF));
        Assert.Equal(0, port.View.GetVector(8).Value);
        Assert.Equal(0x5u, port.View.Tuning.Value);
    }

    [Theory]
    [InlineData(0x00u, 0x02u)]
    [InlineData(0x05u, 0x05u)]
    [InlineData(0xFFu, 0x09u)]
    public void A_clamped_field_takes_the_nearest_value_inside(uint written, uint expected)
    {
        PortAccess port = new();
        port.Write(Tuning, written, AccessWidth.Byte);
        Assert.Equal(expected, port.View.Tuning.Value);
    }

    [Theory]
    [InlineData(0x6400u, 0x6405u)]
    [InlineData(0x6500u, 0x0005u)]
    public void A_value_outside_an_ignoring_range_leaves_the_field_as_it_was(uint written, uint expected)
    {
        PortAccess port = new();
        port.Write(Tuning + 1, written >> 8, AccessWidth.Byte);
        Assert.Equal(expected, port.View.Tuning.Value);
    }

    [Fact]
    public void A_value_without_a_name_leaves_an_enumerated_field_as_it_was_and_a_method_makes_its_own_fit()
    {
        PortAccess port = new();
        port.Write(Tuning, 0xFF09_0003);
        Assert.Equal(0x0F09_0003u, port.View.Tuning.Value);
        port.Write(Tuning, 0x0008_0003);
        Assert.Equal(0x0009_0003u, port.View.Tuning.Value);

        // 15 has a name, but only for who reads it.
        port.Write(Tuning, 0x000F_0003);
        Assert.Equal(0x0009_0003u, port.View.Tuning.Value);
    }

    [Fact]
    public void A_write_to_another_lane_does_not_sanitize_a_field()
    {
        PortAccess port = new();
        port.View.Tuning = new Port.Tuning(0xFF);
        port.Write(Tuning + 3, 0x01, AccessWidth.Byte);
        Assert.Equal(0x0100_00FFu, port.View.Tuning.Value);
    }

    [Fact]
    public void A_warm_reset_spares_what_is_sticky()
    {
        PortAccess port = new();
        port.Write(Status, 0x8100, AccessWidth.HalfWord);
        port.View.Reset(ResetKind.Warm);
        Assert.Equal(0x0101, port.View.Status.Value);
        port.View.Reset(ResetKind.PowerOn);
        Assert.Equal(0x8101, port.View.Status.Value);
    }

    [Fact]
    public void A_snapshot_brings_back_what_was_stored_but_no_other_constant()
    {
        PortAccess port = new();
        port.Write(Port.Offsets.Key, 0x1234);
        port.Write(Port.Offsets.Last, 0x5678);
        byte[] snapshot = new byte[Port.Guest.SnapshotBytes];
        Assert.True(port.View.TrySave(snapshot));
        snapshot[sizeof(ulong)] ^= 0xFF;
        PortAccess other = new();
        Assert.True(other.Restore(snapshot).IsRestored);
        Assert.Equal(0x5678u, other.View.Last.Value);
        Assert.Equal((AccessResult.Done, 0xCAFE_0001ul), other.Read(Id));
        other.Write(Port.Offsets.Key, 0x9999);
        Assert.Equal(0x1234u, other.View.Key.Value);
    }

    [Fact]
    public void A_view_refuses_the_snapshot_of_another_view()
    {
        Port.HardwareDomain domain = default;
        byte[] snapshot = new byte[Math.Max(Port.HardwareDomain.SnapshotBytes, Port.Guest.SnapshotBytes)];
        Assert.True(domain.TrySave(snapshot));
        Assert.False(new PortAccess().Restore(snapshot.AsSpan(0, Port.Guest.SnapshotBytes)).IsRestored);
    }

    [Fact]
    public void A_view_without_hooks_takes_none()
    {
        Port.HardwareDomain domain = default;
        domain.Reset(ResetKind.PowerOn);
        Assert.Equal(AccessResult.Done, domain.Write(Command, AccessWidth.Word, new GuestValue(0xFFFF_FFFF)));
        Assert.Equal(AccessResult.Done, domain.Read(Command, AccessWidth.Word, out ulong value));
        Assert.Equal(0x0001_FFF1ul, value);
        Assert.Equal(AccessResult.Denied, domain.Read(Pointer, AccessWidth.Word, out value));
        Assert.Equal(0ul, value);
    }

    [Fact]
    public void No_access_allocates()
    {
        Port.HardwareDomain domain = default;
        domain.Reset(ResetKind.PowerOn);
        Touch(ref domain);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++)
        {
            Touch(ref domain);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Touch(ref Port.HardwareDomain domain)
    {
        uint seen = 0;
        for (uint offset = 0; offset < 0x20; offset++)
        {
            domain.Write(offset, AccessWidth.Byte, new GuestValue(offset));
            domain.Read(offset, AccessWidth.Word, out _);
            domain.Read(offset, AccessWidth.DoubleWord, out _);
            seen ^= domain.Peek(offset);
        }

        domain.Reset(ResetKind.Warm);
    }
}
