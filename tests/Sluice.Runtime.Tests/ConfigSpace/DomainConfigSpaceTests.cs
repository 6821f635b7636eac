using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace.HardwareDomain;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class DomainConfigSpaceTests
{
    private static readonly RequesterId s_function = new(0, 2, 0);
    private static readonly RequesterId s_bridge = new(0, 1, 0);

    private readonly ReferenceMachine _reference = new();
    private readonly DmaFunction _device;
    private readonly SimulatedBridgeFunction _port = new(0x9021_10EE);
    private DomainConfigSpace<EcamHostBridge<SimulatedBus>> _space;

    public DomainConfigSpaceTests()
    {
        _device = _reference.Plug(s_function);
        RichFunction.Prepare(_device);
        _reference.Functions.Add(s_bridge, _port);
        _space = new(_reference.Bridge);
    }

    [Fact]
    public void A_function_of_its_own_is_the_hardware_to_read()
    {
        for (uint offset = 0; offset < 0x1000; offset += 4)
        {
            Assert.Equal(AccessResult.Done, _space.Read(s_function, offset, AccessWidth.Word, out ulong value));
            Assert.True(_device.Peek(offset, AccessWidth.Word) == value, $"0x{offset:x}");
        }
    }

    [Fact]
    public void What_is_described_nowhere_goes_through()
    {
        Assert.Equal(AccessResult.Done, _space.Write(s_function, 0x900, AccessWidth.HalfWord, new GuestValue(0xABCD_1234)));

        Assert.Equal([new ConfigAccess(true, 0x900, AccessWidth.HalfWord, 0x1234)], _device.Trace.Accesses);
        Assert.Equal(AccessResult.Done, _space.Write(s_function, 0x52, AccessWidth.HalfWord, new GuestValue(0x0001)));
        Assert.Equal(1u, _device.Peek(0x52, AccessWidth.HalfWord) & 1);
    }

    [Fact]
    public void Its_header_takes_what_software_writes_and_clears_no_status_by_accident()
    {
        _device.Poke(0x06, AccessWidth.HalfWord, 0xF930);

        _space.Write(s_function, 0x04, AccessWidth.Byte, new GuestValue(0x06));
        Assert.Equal(0x0006u, _device.Peek(0x04, AccessWidth.HalfWord));
        Assert.Equal(0xF930u, _device.Peek(0x06, AccessWidth.HalfWord));
        _space.Write(s_function, 0x10, AccessWidth.Word, new GuestValue(0xFFFF_FFFF));
        _space.Read(s_function, 0x10, AccessWidth.Word, out ulong size);
        Assert.Equal(0xFFFF_0004ul, size);
        _space.Write(s_function, 0x00, AccessWidth.Word, new GuestValue(0));
        _space.Read(s_function, 0x00, AccessWidth.DoubleWord, out ulong identity);
        Assert.Equal(0x9034_10EEul, identity & 0xFFFF_FFFF);
    }

    [Fact]
    public void A_hidden_function_is_absent()
    {
        Assert.True(_space.TryAllow(s_function, DomainAccess.Hidden));
        for (int bytes = 1; bytes <= 8; bytes *= 2)
        {
            Assert.Equal(AccessResult.Denied, _space.Read(s_function, 0x00, (AccessWidth)bytes, out ulong value));
            Assert.Equal(ulong.MaxValue >> (64 - (bytes * 8)), value);
            Assert.Equal(AccessResult.Denied, _space.Write(s_function, 0x40, (AccessWidth)bytes, new GuestValue(0)));
        }

        Assert.Empty(_device.Trace.Accesses);
        Assert.True(_space.TryAllow(s_function, DomainAccess.Full));
        Assert.Equal(AccessResult.Done, _space.Read(s_function, 0x00, AccessWidth.Word, out _));
    }

    [Fact]
    public void A_guests_function_can_be_looked_at_and_not_touched()
    {
        Assert.True(_space.TryAllow(s_function, DomainAccess.ReadOnly));

        Assert.Equal(AccessResult.Denied, _space.Write(s_function, 0x04, AccessWidth.HalfWord, new GuestValue(0x0006)));
        Assert.Equal(AccessResult.Denied, _space.Write(s_function, 0x98, AccessWidth.HalfWord, new GuestValue(0x8000)));
        Assert.Equal(AccessResult.Done, _space.Read(s_function, 0x00, AccessWidth.Word, out ulong value));

        Assert.Equal(0x9034_10EEul, value);
        Assert.DoesNotContain(_device.Trace.Accesses, static access => access.IsWrite);
        Assert.Equal(0, _device.Resets);
    }

    [Fact]
    public void A_bridge_of_its_own_is_numbered_and_set_up_by_the_domain()
    {
        _space.Write(s_bridge, 0x18, AccessWidth.Word, new GuestValue(0x0002_0100));
        _space.Write(s_bridge, 0x20, AccessWidth.Word, new GuestValue(0x11F0_1100));
        _space.Write(s_bridge, 0x3E, AccessWidth.HalfWord, new GuestValue(0x0040));

        Assert.Equal(1u, _port.SecondaryBus);
        Assert.Equal(2u, _port.SubordinateBus);
        Assert.Equal(0x11F0_1100u, _port.Peek(0x20, AccessWidth.Word));
        Assert.Equal(0x0040u, _port.Peek(0x3E, AccessWidth.HalfWord));
    }

    [Fact]
    public void A_bridge_with_guests_behind_it_keeps_its_numbers_windows_and_forwarding_and_resets_nobody()
    {
        _space.Write(s_bridge, 0x04, AccessWidth.HalfWord, new GuestValue(0x0006));
        _space.Write(s_bridge, 0x18, AccessWidth.Word, new GuestValue(0x0002_0100));
        _space.Write(s_bridge, 0x20, AccessWidth.Word, new GuestValue(0x11F0_1100));
        Assert.True(_space.TryUse(s_bridge, inUse: true));
        uint[] before = Header();

        foreach (uint word in (uint[])[0x10, 0x14, 0x18, 0x1C, 0x20, 0x24, 0x28, 0x2C, 0x30, 0x38, 0x3C])
        {
            foreach (uint value in (uint[])[0, 0xFFFF_FFFF, 0x0040_0000, 0x5555_5555])
            {
                _space.Write(s_bridge, word, AccessWidth.Word, new GuestValue(value));
            }
        }

        _space.Write(s_bridge, 0x04, AccessWidth.HalfWord, new GuestValue(0x0000));
        Assert.Equal(0x0006u, _port.Peek(0x04, AccessWidth.HalfWord) & 0x0007);
        Assert.Equal(0u, _port.Peek(0x3E, AccessWidth.HalfWord) & 0x0040);
        Assert.Equal(before[..13], Header()[..13]);

        Assert.True(_space.TryUse(s_bridge, inUse: false));
        _space.Write(s_bridge, 0x18, AccessWidth.Word, new GuestValue(0));
        Assert.Equal(0u, _port.SecondaryBus);
        Assert.False(_space.TryUse(s_function, inUse: true));
    }

    [Theory]
    [InlineData(0x40u)]
    [InlineData(0x50u)]
    [InlineData(0x70u)]
    [InlineData(RichFunction.Advanced)]
    public void A_hidden_capability_is_led_past_and_cannot_be_written(uint offset)
    {
        List<uint> before = Chain();
        Assert.True(_space.TryHideCapability(s_function, offset));
        _device.Trace.Clear();

        Assert.Equal(before.Where(place => place != offset), Chain());
        Assert.Equal(AccessResult.Denied, _space.Write(s_function, offset + 2, AccessWidth.HalfWord, new GuestValue(0xFFFF)));
        Assert.Equal(AccessResult.Denied, _space.Write(s_function, offset + 4, AccessWidth.Word, new GuestValue(0xFFFF_FFFF)));
        Assert.DoesNotContain(_device.Trace.Accesses, static access => access.IsWrite);
        Assert.Equal(AccessResult.Done, _space.Read(s_function, offset, AccessWidth.Word, out _));
    }

    [Fact]
    public void Neighbours_that_are_hidden_are_led_past_together_in_any_order()
    {
        foreach (uint[] order in (uint[][])[[0x50, 0x70, 0x40], [0x70, 0x40, 0x50], [0x40, 0x50, 0x70]])
        {
            _space = new(_reference.Bridge);
            List<uint> before = Chain();
            foreach (uint offset in order)
            {
                Assert.True(_space.TryHideCapability(s_function, offset));
            }

            Assert.Equal(before.Except(order), Chain());
        }

        Assert.False(_space.TryHideCapability(s_function, 0x44));
        Assert.True(_space.TryHideCapability(s_function, 0x90));
        Assert.False(_space.TryHideCapability(s_function, RichFunction.ProductData));
    }

    [Fact]
    public void The_first_extended_capability_that_is_hidden_has_no_id()
    {
        Assert.True(_space.TryHideCapability(s_function, 0x100));
        Assert.True(_space.TryHideCapability(s_function, 0x140));

        _space.Read(s_function, 0x100, AccessWidth.Word, out ulong head);
        Assert.Equal(0x1800_0000ul, head);
        _space.Read(s_function, 0x102, AccessWidth.HalfWord, out ulong half);
        Assert.Equal(0x1800ul, half);
        _space.Read(s_function, 0x180, AccessWidth.Word, out ulong serial);
        Assert.Equal(0x0001_0003ul, serial);
        Assert.Equal(AccessResult.Denied, _space.Write(s_function, 0x148, AccessWidth.Word, new GuestValue(1)));
    }

    [Fact]
    public void A_misaligned_access_and_one_past_the_end_are_rejected()
    {
        Assert.Equal(AccessResult.Rejected, _space.Read(s_function, 0x05, AccessWidth.HalfWord, out ulong value));
        Assert.Equal(0xFFFFul, value);
        Assert.Equal(AccessResult.Rejected, _space.Write(s_function, 0xFFC, AccessWidth.DoubleWord, new GuestValue(0)));
        Assert.Equal(AccessResult.Rejected, _space.Read(s_function, uint.MaxValue, AccessWidth.Byte, out _));
        Assert.Empty(_device.Trace.Accesses);
    }

    [Theory]
    [InlineData(false, DomainAccess.Full)]
    [InlineData(true, DomainAccess.Full)]
    [InlineData(false, DomainAccess.ReadOnly)]
    [InlineData(false, DomainAccess.Hidden)]
    public void Every_byte_of_every_width_and_direction_is_what_it_is_classified_as(bool isBridge, DomainAccess access)
    {
        RequesterId id = isBridge ? s_bridge : s_function;
        SimulatedFunction function = isBridge ? _port : _device;
        if (isBridge)
        {
            Assert.True(_space.TryUse(id, inUse: true));
        }
        else
        {
            Assert.True(_space.TryHideCapability(id, 0x50));
            Assert.True(_space.TryAllow(id, access));
        }

        for (uint offset = 0; offset < 0x1000; offset++)
        {
            for (int width = 1; width <= 4; width *= 2)
            {
                DomainByte[] bytes = [.. Enumerable.Range((int)offset, width).Select(at => _space.Classify(id, (uint)at))];
                bool aligned = offset % (uint)width == 0;
                AccessResult reads = !aligned ? AccessResult.Rejected : bytes.Contains(DomainByte.Denied) ? AccessResult.Denied : AccessResult.Done;
                AccessResult writes = !aligned ? AccessResult.Rejected
                    : bytes.Contains(DomainByte.Denied) || bytes.Contains(DomainByte.ReadOnly) ? AccessResult.Denied : AccessResult.Done;
                function.Trace.Clear();
                Assert.True(_space.Read(id, offset, (AccessWidth)width, out _) == reads, $"read of {width} at 0x{offset:x}");
                Assert.Equal(reads == AccessResult.Done, function.Trace.Accesses.Count != 0);
                function.Trace.Clear();
                Assert.True(_space.Write(id, offset, (AccessWidth)width, new GuestValue(0)) == writes, $"write of {width} at 0x{offset:x}");
                Assert.True(writes == AccessResult.Done || !function.Trace.Accesses.Any(static one => one.IsWrite), $"write of {width} at 0x{offset:x}");
            }
        }
    }

    [Fact]
    public void Each_byte_of_a_function_of_its_own_is_a_register_of_the_header_or_goes_through_and_behind_the_last_is_nothing()
    {
        for (uint offset = 0; offset < 0x1000; offset++)
        {
            Assert.Equal(offset < 0x40 ? DomainByte.Described : DomainByte.Passed, _space.Classify(s_function, offset));
        }

        Assert.Equal(DomainByte.Denied, _space.Classify(s_function, 0x1000));
        Assert.Equal(DomainByte.Denied, _space.Classify(s_function, uint.MaxValue));
    }

    [Theory]
    [InlineData(RichFunction.FirstVendor)]
    [InlineData(RichFunction.SecondVendor)]
    public void Eight_bytes_of_which_one_word_is_hidden_are_denied_and_the_other_word_is_written(uint hidden)
    {
        Assert.True(_space.TryHideCapability(s_function, hidden));
        _device.Trace.Clear();

        Assert.Equal(AccessResult.Denied, _space.Write(s_function, 0xE0, AccessWidth.DoubleWord, new GuestValue(0x1111_1111_2222_2222)));

        ConfigAccess written = Assert.Single(_device.Trace.Accesses, static access => access.IsWrite);
        Assert.Equal(hidden == RichFunction.FirstVendor ? (0xE4u, 0x1111_1111u) : (0xE0u, 0x2222_2222u), (written.Offset, (uint)written.Value));
        Assert.Equal(AccessResult.Done, _space.Read(s_function, 0xE0, AccessWidth.DoubleWord, out _));
    }

    [Fact]
    public void What_is_said_of_one_function_is_said_of_no_other_not_even_of_the_very_first()
    {
        RequesterId first = new(0, 0, 0);
        Assert.True(_space.TryAllow(s_function, DomainAccess.Hidden));
        Assert.True(_space.TryAllow(s_bridge, DomainAccess.ReadOnly));

        Assert.Equal(DomainByte.Denied, _space.Classify(s_function, 0x40));
        Assert.Equal(DomainByte.ReadOnly, _space.Classify(s_bridge, 0x40));
        Assert.Equal(DomainByte.Passed, _space.Classify(first, 0x40));
        Assert.True(_space.TryAllow(first, DomainAccess.Hidden));
        Assert.Equal(DomainByte.Denied, _space.Classify(first, 0x40));
        Assert.Equal(DomainByte.ReadOnly, _space.Classify(s_bridge, 0x40));
    }

    [Fact]
    public void There_is_something_to_say_of_32_functions_and_nothing_of_those_that_are_simply_the_domain_s()
    {
        for (uint function = 0; function < 40; function++)
        {
            Assert.True(_space.TryAllow(new RequesterId(2, function / 8, function % 8), DomainAccess.Full));
        }

        for (uint function = 0; function < 32; function++)
        {
            Assert.True(_space.TryAllow(new RequesterId(1, function / 8, function % 8), DomainAccess.Hidden));
        }

        Assert.False(_space.TryAllow(new RequesterId(3, 0, 0), DomainAccess.Hidden));
        Assert.True(_space.TryAllow(new RequesterId(3, 0, 0), DomainAccess.Full));
        Assert.Equal(DomainByte.Denied, _space.Classify(new RequesterId(1, 3, 7), 0x40));
        Assert.True(_space.TryAllow(new RequesterId(1, 3, 7), DomainAccess.ReadOnly));
        Assert.False(_space.TryHideCapability(s_function, 0x50));
    }

    [Fact]
    public void What_follows_a_hidden_capability_and_what_comes_before_it_can_be_written()
    {
        Assert.True(_space.TryHideCapability(s_function, 0x50));

        foreach (uint offset in (uint[])[0x4C, 0x70, 0x72, 0x90, 0xA0, 0x104, 0xFFC])
        {
            Assert.Equal(AccessResult.Done, _space.Write(s_function, offset, AccessWidth.HalfWord, new GuestValue(0)));
        }

        Assert.Equal(AccessResult.Denied, _space.Write(s_function, 0x50, AccessWidth.Byte, new GuestValue(0)));
        Assert.Equal(AccessResult.Denied, _space.Write(s_function, 0x6C, AccessWidth.Word, new GuestValue(0)));
    }

    [Fact]
    public void An_extended_capability_in_the_middle_of_the_list_is_led_past_and_the_one_before_keeps_its_id()
    {
        uint head = _device.Peek(0x100, AccessWidth.Word);
        uint middle = _device.Peek(0x140, AccessWidth.Word);
        Assert.True(_space.TryHideCapability(s_function, 0x140));
        Assert.Equal((head & 0xF_FFFF) | 0x1800_0000, Word(0x100));
        Assert.Equal(middle, Word(0x140));

        _space = new(_reference.Bridge);
        Assert.True(_space.TryHideCapability(s_function, 0x180));
        Assert.Equal(head, Word(0x100));
        Assert.Equal(middle & 0xF_FFFF, Word(0x140));

        uint Word(uint offset)
        {
            Assert.Equal(AccessResult.Done, _space.Read(s_function, offset, AccessWidth.Word, out ulong value));
            return (uint)value;
        }
    }

    private uint[] Header() => [.. Enumerable.Range(1, 15).Select(word => _port.Peek((uint)word * 4, AccessWidth.Word))];

    private List<uint> Chain()
    {
        List<uint> found = [];
        _space.Read(s_function, 0x34, AccessWidth.Byte, out ulong next);
        while (next != 0)
        {
            Assert.InRange(found.Count, 0, 47);
            found.Add((uint)next);
            _space.Read(s_function, (uint)next + 1, AccessWidth.Byte, out next);
        }

        return found;
    }
}
