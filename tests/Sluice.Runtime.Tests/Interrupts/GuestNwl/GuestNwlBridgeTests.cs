using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.ConfigSpace;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Guests;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.GuestNwl;

/// <summary>The NWL bridge that a guest sees.</summary>
public sealed class GuestNwlBridgeTests
{
    [Fact]
    public void What_is_no_function_or_no_place_of_a_register_reads_ones_of_its_width_and_is_counted_once()
    {
        NwlGuest guest = new NwlGuest().Probe();
        foreach (int bytes in (int[])[1, 2, 4])
        {
            uint ones = (uint)(ulong.MaxValue >> (64 - (bytes * 8)));
            uint denied = guest.Denied;
            Assert.Equal(ones, guest.Read(NwlGuest.ConfigOf(0, 1, 0), bytes));
            Assert.Equal(ones, guest.Read(NwlGuest.ConfigOf(0, 0, GuestRootPort.SizeBytes), bytes));
            Assert.Equal(ones, guest.Read(NwlGuest.ConfigOf(9, 0, 0), bytes));
            Assert.Equal(denied + 3, guest.Denied);
            if (bytes > 1)
            {
                Assert.Equal(ones, guest.Read(NwlGuest.ConfigOf(0, 0, 1), bytes));
                Assert.Equal(AccessResult.Rejected, guest.Write(NwlGuest.ConfigOf(0, 0, 1), 0, bytes));
                Assert.Equal(denied + 5, guest.Denied);
            }
        }

        uint before = guest.Denied;
        Assert.NotEqual(0xFFFF_FFFFu, guest.Read(NwlGuest.ConfigOf(0, 0, 0)));
        Assert.Equal(AccessResult.Denied, guest.Write(NwlGuest.ConfigOf(0, 2, 4), 0));
        Assert.Equal(before + 1, guest.Denied);
    }

    [Fact]
    public void The_driver_s_bring_up_finds_everything_and_nothing_of_it_is_denied_or_reaches_hardware()
    {
        NwlGuest guest = new();
        guest.Assigned.Device.Trace.Clear();

        guest.Probe();

        Assert.Equal(12u, guest.LastBus);
        Assert.Equal(0x0003_0007u, guest.Bridge(0x000) & 0x0003_0007);
        Assert.Equal(0u, guest.Bridge(0x208) & 2);
        Assert.Equal(16ul << 20, guest.Model.Bridge.OpenConfigBytes);

        Assert.Empty(guest.Refused);
        Assert.Equal(0u, guest.Denied);
        Assert.Empty(guest.Assigned.Device.Trace.Accesses);
    }

    [Fact]
    public void The_scan_finds_a_root_port_on_bus_0_and_the_function_behind_it_and_nothing_else()
    {
        NwlGuest guest = new NwlGuest().Probe();
        List<string> found = [];
        for (uint bus = 0; bus <= 2; bus++)
        {
            for (uint device = 0; device < 32; device++)
            {
                uint id = guest.IsValid(bus, device) ? guest.Read(NwlGuest.ConfigOf(bus, device, 0)) : uint.MaxValue;
                if (id != uint.MaxValue)
                {
                    found.Add($"{bus}:{device} {id:x8} class {guest.Read(NwlGuest.ConfigOf(bus, device, 0x08)) >> 16:x4} header {guest.Read(NwlGuest.ConfigOf(bus, device, 0x0E), 1):x2}");
                }
            }
        }

        Assert.Equal(["0:0 d02110ee class 0604 header 01", "1:1 903410ee class 0880 header 00"], found);
        Assert.Equal(0x000C_0100u, guest.Read(NwlGuest.Config + 0x18) & 0x00FF_FFFF);
    }

    [Fact]
    public void The_root_port_has_memory_windows_but_neither_io_nor_capabilities_nor_a_bar()
    {
        NwlGuest guest = new NwlGuest().Probe();
        guest.Write(NwlGuest.Config + 0x20, 0xFFFF_FFFF);
        guest.Write(NwlGuest.Config + 0x24, 0xFFFF_FFFF);
        guest.Write(NwlGuest.Config + 0x10, 0xFFFF_FFFF);
        guest.Write(NwlGuest.Config + 0x1C, 0xFFFF, 2);

        Assert.Equal(0xFFF0_FFF0u, guest.Read(NwlGuest.Config + 0x20));
        Assert.Equal(0xFFF1_FFF1u, guest.Read(NwlGuest.Config + 0x24));
        Assert.Equal(0u, guest.Read(NwlGuest.Config + 0x10));
        Assert.Equal(0u, guest.Read(NwlGuest.Config + 0x1C, 2));
        Assert.Equal(0u, guest.Read(NwlGuest.Config + 0x06, 2) & 0x10);
        Assert.Equal(0u, guest.Read(NwlGuest.Config + 0x34, 1));
        Assert.Equal(uint.MaxValue, guest.Read(NwlGuest.Config + 0x40));
        Assert.Equal(uint.MaxValue, guest.Read(NwlGuest.Config + 0x100));
    }

    [Fact]
    public void A_guest_that_moves_the_secondary_bus_finds_its_function_there()
    {
        NwlGuest guest = new NwlGuest().Probe();
        guest.Write(NwlGuest.Config + 0x18, 0x0007_0500);

        Assert.Equal(0x9034_10EEu, guest.Read(NwlGuest.ConfigOf(5, 1, 0)));
        Assert.Equal(uint.MaxValue, guest.Read(NwlGuest.ConfigOf(1, 1, 0)));
        Assert.Equal(uint.MaxValue, guest.Read(NwlGuest.ConfigOf(6, 1, 0)));
        guest.Write(NwlGuest.Config + 0x18, 0);
        Assert.Equal(uint.MaxValue, guest.Read(NwlGuest.ConfigOf(0, 1, 0)));
    }

    [Theory]
    [InlineData(0x0000_0000u, 0x80u, 0x000C_0001u, 16ul << 20)]
    [InlineData(0x0000_0000u, 0x80u, 0x000C_0000u, 0ul)]
    [InlineData(0x0001_0000u, 0x80u, 0x000C_0001u, 0ul)]
    [InlineData(0x0000_0000u, 0x81u, 0x000C_0001u, 0ul)]
    [InlineData(0x0000_0000u, 0x80u, 0x0008_0001u, 1ul << 20)]
    [InlineData(0x0000_0000u, 0x80u, 0x0010_0001u, 16ul << 20)]
    [InlineData(0x0000_0000u, 0x80u, 0x001F_0001u, 0x1000ul)]
    public void Config_space_is_open_only_where_the_guest_has_it_and_as_far_as_it_says(uint low, uint high, uint control, ulong bytes)
    {
        NwlGuest guest = new();
        guest.Assigned.Device.Trace.Clear();
        guest.Bridge(0x230, low);
        guest.Bridge(0x234, high);
        guest.Bridge(0x228, control);

        Assert.Equal(bytes, guest.Model.Bridge.OpenConfigBytes);
        guest.Write(NwlGuest.Config + 0x18, 0x0001_0100);
        Assert.Equal(bytes > 1ul << 20 ? 0x9034_10EEu : uint.MaxValue, guest.Read(NwlGuest.ConfigOf(1, 1, 0)));
        Assert.Equal(bytes > 0 ? 0xD021_10EEu : uint.MaxValue, guest.Read(NwlGuest.Config));
    }

    [Fact]
    public void G9_While_the_guest_s_link_is_down_nothing_behind_the_root_port_answers_and_no_function_is_asked()
    {
        NwlGuest guest = new NwlGuest().Probe();
        guest.Model.Bridge.IsLinkUp = false;
        guest.Assigned.Device.Trace.Clear();

        Assert.Equal(2u, guest.Read(NwlGuest.Attributes + 0x238));
        Assert.Equal(uint.MaxValue, guest.Read(NwlGuest.ConfigOf(1, 1, 0x04)));
        guest.Write(NwlGuest.ConfigOf(1, 1, 0x04), 0x0006, 2);

        Assert.Equal(0xD021_10EEu, guest.Read(NwlGuest.Config));
        Assert.Empty(guest.Assigned.Device.Trace.Accesses);
        guest.Model.Bridge.Report(1u << 24, guest.Assigned.Guest.Handle);
        Assert.True(guest.IsAsserted(NwlGuest.Events));
    }

    [Theory]
    [InlineData(0u, NwlGuest.Low)]
    [InlineData(31u, NwlGuest.Low)]
    [InlineData(32u, NwlGuest.High)]
    [InlineData(37u, NwlGuest.High)]
    [InlineData(63u, NwlGuest.High)]
    public void G1_A_message_becomes_its_vector_s_bit_and_one_of_two_level_interrupts(uint vector, uint interrupt)
    {
        NwlGuest guest = new NwlGuest().Probe();
        guest.Program(vector);

        Assert.True(guest.Assigned.Device.Signal(0));
        Assert.Equal(1, guest.Assigned.TakePhysicalInterrupts());

        Assert.True(guest.IsAsserted(interrupt));
        Assert.False(guest.IsAsserted(interrupt == NwlGuest.Low ? NwlGuest.High : NwlGuest.Low));
        Assert.Equal(1ul << (int)vector, guest.Model.Bridge.Raised);
        Assert.Equal([vector], guest.HandleMessages(interrupt));
        Assert.False(guest.IsAsserted(interrupt));
        Assert.Equal(1u, guest.Assigned.Function.Delivered);
    }

    [Fact]
    public void G2_A_write_of_one_status_bit_takes_that_one_and_no_other_that_was_raised_meanwhile()
    {
        NwlGuest guest = new NwlGuest().Probe();
        guest.Program(37, 38);
        guest.Assigned.Device.Signal(0);
        guest.Assigned.TakePhysicalInterrupts();
        guest.Assigned.Device.Signal(1);
        guest.Assigned.TakePhysicalInterrupts();

        guest.Bridge(0x444, 0x20);

        Assert.Equal(0x40u, guest.Bridge(0x444));
        Assert.True(guest.IsAsserted(NwlGuest.High));
        guest.Write(NwlGuest.Registers + 0x444, 0x40, 1);
        Assert.False(guest.IsAsserted(NwlGuest.High));
    }

    [Fact]
    public void A_masked_vector_is_kept_and_its_interrupt_comes_when_the_mask_goes()
    {
        NwlGuest guest = new NwlGuest().Probe();
        guest.Program(5);
        guest.Bridge(0x448, ~(1u << 5));
        guest.Assigned.Device.Signal(0);
        guest.Assigned.TakePhysicalInterrupts();
        guest.Assigned.Device.Signal(0);
        guest.Assigned.TakePhysicalInterrupts();

        Assert.False(guest.IsAsserted(NwlGuest.Low));
        Assert.Equal(1u << 5, guest.Bridge(0x440));
        guest.Bridge(0x448, uint.MaxValue);
        Assert.True(guest.IsAsserted(NwlGuest.Low));
        Assert.Equal([5u], guest.HandleMessages(NwlGuest.Low));
    }

    [Theory]
    [InlineData(NwlGuest.Attributes, 63u, true)]
    [InlineData(NwlGuest.Attributes + 0xFFC, 0u, true)]
    [InlineData(NwlGuest.Attributes, 64u, false)]
    [InlineData(NwlGuest.Attributes, uint.MaxValue, false)]
    [InlineData(NwlGuest.Attributes + 2, 0u, false)]
    [InlineData(NwlGuest.Attributes - 4, 0u, false)]
    [InlineData(NwlGuest.Attributes + 0x1000, 0u, false)]
    [InlineData(0x1_0000_0000ul + NwlGuest.Attributes, 0u, false)]
    [InlineData(0x4000_0000ul, 0u, false)]
    [InlineData(AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt, false)]
    public void A_message_means_something_only_in_the_guest_s_own_window_and_with_a_vector(ulong address, uint data, bool means)
    {
        NwlGuest guest = new NwlGuest().Probe();

        Assert.Equal(means, guest.Model.TryResolve(new RequesterId(0, 1, 0), new GuestAddress(address), new GuestValue(data), out GuestMessage message));
        Assert.Equal(!means, message.IsNone);
    }

    [Fact]
    public void Without_capturing_a_message_means_nothing_and_what_was_resolved_is_dropped_and_counted()
    {
        NwlGuest guest = new NwlGuest().Probe();
        Assert.True(guest.Model.TryResolve(default, new GuestAddress(NwlGuest.Attributes), new GuestValue(3), out GuestMessage message));
        guest.Bridge(0x308, 0x8000);

        Assert.False(guest.Model.TryResolve(default, new GuestAddress(NwlGuest.Attributes), new GuestValue(3), out _));
        Assert.False(guest.Model.TryDeliver(message));
        Assert.False(guest.Model.TryDeliver(default));
        Assert.Equal(2u, guest.Model.Bridge.Dropped);
        Assert.Equal(0ul, guest.Model.Bridge.Raised);
    }

    [Fact]
    public void Wires_are_seen_masked_and_released_as_the_function_drives_them()
    {
        NwlGuest guest = new NwlGuest().Probe();
        Assert.True(guest.Assigned.Function.TryProvideIntx(2));
        guest.Assigned.Device.Poke(0x06, AccessWidth.HalfWord, 0x0018);
        Assert.True(guest.Assigned.Bridge.SampleIntx(2));

        // Device 1, pin A: INTB.
        Assert.Equal(2u, guest.Bridge(0x420));
        Assert.True(guest.IsAsserted(NwlGuest.Wires));
        guest.Bridge(0x424, 0xD);
        Assert.False(guest.IsAsserted(NwlGuest.Wires));
        guest.Bridge(0x424, 0xF);
        Assert.True(guest.IsAsserted(NwlGuest.Wires));

        // The driver reads the wires until they are silent, within its handler: it must see the function served.
        guest.Model.Sampling = () => guest.Assigned.Bridge.SampleIntx(2);
        guest.Assigned.Device.Poke(0x06, AccessWidth.HalfWord, 0x0010);
        Assert.Equal(0u, guest.Bridge(0x420));
        Assert.False(guest.IsAsserted(NwlGuest.Wires));
    }

    [Fact]
    public void Events_are_write_one_to_clear_and_masked()
    {
        NwlGuest guest = new NwlGuest().Probe();
        guest.Model.Bridge.Report(0xFFFF_FFFF, guest.Assigned.Guest.Handle);

        Assert.Equal(0xFFFF_00FBu, guest.Bridge(0x400));
        Assert.True(guest.IsAsserted(NwlGuest.Events));
        guest.Bridge(0x404, 0);
        Assert.False(guest.IsAsserted(NwlGuest.Events));
        guest.Bridge(0x404, 0x07D7_00F3);
        guest.Bridge(0x400, guest.Bridge(0x400) & 0x07D7_00F3);
        Assert.False(guest.IsAsserted(NwlGuest.Events));
        Assert.Equal(0xFFFF_00FBu & ~0x07D7_00F3u, guest.Bridge(0x400));
    }

    [Fact]
    public void A_reset_of_the_bus_behind_the_root_port_resets_the_guest_s_functions_once()
    {
        NwlGuest guest = new NwlGuest().Probe();
        int before = guest.Assigned.Device.Resets;
        guest.Program(1);

        guest.Write(NwlGuest.Config + 0x3E, 0x40, 2);
        guest.Write(NwlGuest.Config + 0x3E, 0x40, 2);
        guest.Write(NwlGuest.Config + 0x3E, 0, 2);

        Assert.Equal(before + 1, guest.Assigned.Device.Resets);
        Assert.Equal(0u, guest.Read(NwlGuest.ConfigOf(1, 1, 0x04), 2));
        Assert.False(guest.Assigned.Device.Signal(0));
    }

    [Fact]
    public void Registers_equal_whatever_the_width_of_the_accesses()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        uint[] offsets = [0x000, 0x004, 0x010, 0x020, 0x208, 0x210, 0x214, 0x228, 0x230, 0x234, 0x308, 0x310, 0x314, 0x3E8, 0x400, 0x404, 0x424, 0x440, 0x444, 0x448, 0x44C];
        for (int run = 0; run < 20; run++)
        {
            NwlGuest wide = new();
            NwlGuest narrow = new();
            for (int step = 0; step < 4; step++)
            {
                uint offset = offsets[random.Next(offsets.Length)];
                uint value = (uint)random.NextInt64(1L << 32);
                wide.Bridge(offset, value);
                for (uint lane = 0; lane < 4; lane++)
                {
                    narrow.Write(NwlGuest.Registers + offset + lane, (byte)(value >> (int)(lane * 8)), 1);
                }
            }

            foreach (uint offset in offsets)
            {
                uint expected = wide.Bridge(offset);
                uint bytes = Enumerable.Range(0, 4).Aggregate(0u, (all, lane) => all | (narrow.Read(NwlGuest.Registers + offset + (uint)lane, 1) << (lane * 8)));
                Assert.True(expected == bytes && expected == narrow.Bridge(offset), $"seed {seed}, offset {offset:x}");
            }
        }
    }

    [Fact]
    public void What_a_guest_is_not_shown_reads_zero_and_is_counted()
    {
        NwlGuest guest = new NwlGuest().Probe();
        uint denied = guest.Denied;
        uint[] hidden = [0x240, 0x280, 0x328, 0x480 + 4, 0x488, 0x498, 0x620, 0x808, 0xC08, 0xFFC];
        foreach (uint offset in hidden)
        {
            guest.Bridge(offset, 0xFFFF_FFFF);
            Assert.Equal(0u, guest.Bridge(offset));
        }

        Assert.Equal(0u, guest.Read(NwlGuest.Attributes + 0x300));
        Assert.Equal(denied + (2 * (uint)hidden.Length) + 1, guest.Denied);
    }

    [Fact]
    public void Levels_follow_status_and_mask_under_random_accesses_and_messages()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        NwlGuest guest = new NwlGuest().Probe();
        ulong raised = 0;
        ulong masks = ulong.MaxValue;
        for (int step = 0; step < 50_000; step++)
        {
            uint vector = (uint)random.Next(64);
            switch (random.Next(4))
            {
                case 0:
                    raised |= 1ul << (int)vector;
                    Assert.True(guest.Model.TryDeliver(new GuestMessage(default, vector)));
                    break;
                case 1:
                    uint take = (uint)random.NextInt64(1L << 32);
                    guest.Bridge(vector < 32 ? 0x440u : 0x444u, take);
                    raised &= ~((ulong)take << (vector < 32 ? 0 : 32));
                    break;
                default:
                    uint mask = (uint)random.NextInt64(1L << 32);
                    guest.Bridge(vector < 32 ? 0x448u : 0x44Cu, mask);
                    masks = vector < 32 ? (masks & ~0xFFFF_FFFFul) | mask : (masks & 0xFFFF_FFFF) | ((ulong)mask << 32);
                    break;
            }

            Assert.True(raised == guest.Model.Bridge.Raised, $"seed {seed}");
            Assert.True((uint)(raised & masks) != 0 == guest.IsAsserted(NwlGuest.Low), $"seed {seed}");
            Assert.True((raised & masks) >> 32 != 0 == guest.IsAsserted(NwlGuest.High), $"seed {seed}");
        }
    }

    [Fact]
    public void Every_access_of_any_width_anywhere_is_answered_without_allocating()
    {
        SimulatedGuest owner = new(new ReferenceMachine().Machine);
        GuestNwlModel model = new(owner, new GuestNwlPlaces { Registers = 0, Attributes = 0x1000, Config = 0x10_0000, ConfigBytes = 0x10_0000 });
        owner.Messages = null;
        AccessWidth[] widths = [AccessWidth.Byte, AccessWidth.HalfWord, AccessWidth.Word, AccessWidth.DoubleWord];
        // The runtime may make code anew in between, and that allocates.
        long least = long.MaxValue;
        for (int round = 0; round < 6; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (uint offset = 0; offset < 0x1010; offset++)
            {
                Touch(offset);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Touch(uint offset)
        {
            foreach (AccessWidth width in widths)
            {
                model.Read(offset, width, out ulong value);
                model.Write(offset, width, new GuestValue(~value));
                model.Bridge.ReadAttributes(offset, width, out value);
                model.Bridge.WriteAttributes(offset, width, new GuestValue(~value));
            }
        }
    }
}
