using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace.HardwareDomain;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>Nothing of the hardware domain decodes where a guest's function has its memory.</summary>
public sealed class DomainGuardTests
{
    private const uint Guests = 0x5010_0000;
    private const ulong GuestsHigh = 0x3_4000_0000;

    private static readonly RequesterId s_guest = new(0, 5, 0);
    private static readonly RequesterId s_function = new(0, 2, 0);
    private static readonly RequesterId s_bridge = new(0, 1, 0);

    private readonly ReferenceMachine _reference = new();
    private readonly BareFunction _device = new();
    private readonly SimulatedBridgeFunction _port = new(0x9021_10EE);
    private DomainConfigSpace<EcamHostBridge<SimulatedBus>> _space;

    public DomainGuardTests()
    {
        _device.Bar(new SimulatedBar(0, 0x1_0000, Is64Bit: true));
        _device.Bar(new SimulatedBar(2, 0x2000));
        _device.Bar(new SimulatedBar(3, 0x100));
        _reference.Functions.Add(s_function, _device);
        _reference.Functions.Add(s_bridge, _port);
        _space = new(_reference.Bridge);
        HostBars bars = default;
        bars[0] = new HostBar { Kind = BarKind.Memory32, SizeBytes = 0x4000, MachineAddress = new MachineAddress(Guests), PciAddress = Guests };
        bars[1] = new HostBar { Kind = BarKind.Memory32, SizeBytes = 0x100, MachineAddress = new MachineAddress(Guests + 0x8800), PciAddress = Guests + 0x8800 };
        bars[2] = new HostBar { Kind = BarKind.Memory64, SizeBytes = 0x1000_0000, MachineAddress = new MachineAddress(GuestsHigh), PciAddress = GuestsHigh };
        bars[4] = new HostBar { Kind = BarKind.Memory32, SizeBytes = 0x1000 };
        Assert.True(_space.TryGuard(s_guest, in bars));
    }

    [Theory]
    [InlineData(0x10u, Guests, false)]
    [InlineData(0x10u, Guests - 0x1_0000, true)]
    [InlineData(0x18u, Guests + 0x2000, false)]
    [InlineData(0x18u, Guests + 0x4000, true)]
    [InlineData(0x18u, Guests - 0x2000, true)]
    [InlineData(0x1Cu, Guests + 0x3F00, false)]
    [InlineData(0x1Cu, Guests + 0x8000, false)]
    [InlineData(0x1Cu, Guests + 0x8F00, false)]
    [InlineData(0x1Cu, Guests + 0x9000, true)]
    [InlineData(0x1Cu, Guests + 0x7F00, true)]
    public void A_function_does_not_begin_to_decode_on_a_page_of_a_guest_and_the_rest_of_COMMAND_is_written(uint register, uint address, bool decodes)
    {
        PlaceElsewhere();
        Write(register, address);

        AccessResult result = Write(0x04, 0x0006, AccessWidth.HalfWord);

        Assert.Equal(decodes ? AccessResult.Done : AccessResult.Denied, result);
        Assert.Equal(decodes ? 0u : 1u, _space.Denied);
        Assert.Equal(decodes ? 0x0006u : 0x0004u, _device.Peek(0x04, AccessWidth.HalfWord));
        Assert.Equal(address, _device.Peek(register, AccessWidth.Word) & ~0xFu);
    }

    [Theory]
    [InlineData(3u, 0x4FFF_0000u, false)]
    [InlineData(3u, 0x5000_0000u, true)]
    [InlineData(0u, 0x4000_0000u, true)]
    [InlineData(1u, Guests, true)]
    public void Both_halves_of_a_64_bit_register_count(uint high, uint low, bool decodes)
    {
        PlaceElsewhere();
        Write(0x10, low);
        Write(0x14, high);

        Assert.Equal(decodes ? AccessResult.Done : AccessResult.Denied, Write(0x04, 0x0002, AccessWidth.Byte));
        Assert.Equal(decodes, _device.DecodesMemory);
    }

    [Fact]
    public void Whatever_the_width_of_a_write_to_COMMAND_it_is_looked_at_and_one_that_does_not_begin_is_not()
    {
        PlaceElsewhere();
        Write(0x18, Guests);
        foreach (AccessWidth width in (AccessWidth[])[AccessWidth.Byte, AccessWidth.HalfWord, AccessWidth.Word])
        {
            Assert.Equal(AccessResult.Denied, Write(0x04, 0x0002, width));
        }

        Assert.Equal(AccessResult.Denied, _space.Write(s_function, 0x00, AccessWidth.DoubleWord, new GuestValue(0x0002_0000_0000)));
        Assert.False(_device.DecodesMemory);
        _device.Trace.Clear();

        Assert.Equal(AccessResult.Done, Write(0x04, 0x0004, AccessWidth.HalfWord));
        Assert.Equal(AccessResult.Done, Write(0x05, 0x02, AccessWidth.Byte));

        Assert.DoesNotContain(_device.Trace.Accesses, static access => access.IsWrite && access.Offset >= 0x10);
    }

    [Fact]
    public void What_is_looked_at_is_as_it_was_afterwards()
    {
        _device.Set(0x30, AccessWidth.Word, 0, 0xFFFF_0001);
        PlaceElsewhere();
        Write(0x30, 0x6100_0001);
        Write(0x04, 0x0001, AccessWidth.HalfWord);
        uint[] before = Header();

        _device.Trace.Clear();

        Assert.Equal(AccessResult.Done, Write(0x04, 0x0007, AccessWidth.HalfWord));

        Assert.Equal(0x0007u, _device.Peek(0x04, AccessWidth.HalfWord));
        Assert.Equal(before, Header());

        // It decodes nothing while it is sized: I/O was on.
        ConfigAccess[] writes = [.. _device.Trace.Accesses.Where(static access => access.IsWrite)];
        Assert.Equal((0x04u, 0u), (writes[0].Offset, (uint)writes[0].Value & 3));
        Assert.Equal((0x04u, 7u), (writes[^1].Offset, (uint)writes[^1].Value));
        Assert.All(writes[1..^1], static access => Assert.True(access.Offset >= 0x10));
    }

    [Fact]
    public void Only_the_two_registers_and_the_ROM_of_a_bridge_are_sized_and_none_of_them_moves_while_it_decodes()
    {
        CloseWindows();
        _port.Trace.Clear();

        Assert.Equal(AccessResult.Done, Bridge(0x04, 0x0006, AccessWidth.HalfWord));

        Assert.All(_port.Trace.Accesses.Where(static access => access.IsWrite), static access => Assert.Contains(access.Offset, (uint[])[0x04, 0x10, 0x14, 0x38]));
        foreach (uint offset in (uint[])[0x10, 0x14, 0x38])
        {
            Assert.Equal(AccessResult.Denied, Bridge(offset, 0));
        }

        Assert.Equal(AccessResult.Done, Bridge(0x18, 0x0003_0100));
        Assert.Equal(AccessResult.Done, Bridge(0x30, 0));
        Assert.Equal(AccessResult.Done, Bridge(0x1C, 0));
    }

    [Fact]
    public void A_half_of_a_window_is_looked_at_with_the_half_that_is_there_and_nothing_but_what_is_written()
    {
        CloseWindows();
        Bridge(0x04, 0x0002, AccessWidth.HalfWord);
        Bridge(0x20, 0x4FF0_5000);

        Assert.Equal(AccessResult.Denied, Bridge(0x22, 0x5010, AccessWidth.HalfWord));
        Assert.Equal(AccessResult.Denied, Bridge(0x23, 0x51, AccessWidth.Byte));
        Assert.Equal(AccessResult.Done, Bridge(0x22, 0x5000, AccessWidth.HalfWord));
        Assert.Equal(AccessResult.Done, Bridge(0x20, 0x5010_4FF0, AccessWidth.HalfWord));
        Assert.Equal(0x5000_4FF0u, _port.Peek(0x20, AccessWidth.Word) & 0xFFF0_FFF0);
        Assert.Equal(AccessResult.Done, Bridge(0x20, 0x5020, AccessWidth.HalfWord));
        Assert.Equal(AccessResult.Done, Bridge(0x22, 0x5FF0, AccessWidth.HalfWord));
        Assert.Equal(AccessResult.Denied, Bridge(0x20, 0x10, AccessWidth.Byte));
    }

    [Fact]
    public void What_is_guarded_no_more_is_forgotten_while_other_functions_are_guarded()
    {
        HostBars other = default;
        other[0] = new HostBar { Kind = BarKind.Memory32, SizeBytes = 0x1000, MachineAddress = new MachineAddress(0x7000_0000), PciAddress = 0x7000_0000 };
        Assert.True(_space.TryGuard(new RequesterId(0, 7, 0), in other));
        PlaceElsewhere();
        Write(0x18, Guests);

        _space.Unguard(s_guest);

        Assert.Equal(AccessResult.Done, Write(0x04, 0x0002, AccessWidth.HalfWord));
        Write(0x04, 0x0000, AccessWidth.HalfWord);
        Write(0x18, 0x7000_0000);
        Assert.Equal(AccessResult.Denied, Write(0x04, 0x0002, AccessWidth.HalfWord));
    }

    [Fact]
    public void While_a_function_decodes_its_places_stay()
    {
        PlaceElsewhere();
        Assert.Equal(AccessResult.Done, Write(0x04, 0x0002, AccessWidth.HalfWord));
        uint[] before = Header();

        foreach (uint value in (uint[])[0x7000_0000, 0, 0x0000_FFF0, 0xFFFF_FFFF])
        {
            for (uint offset = 0x10; offset < 0x28; offset += 4)
            {
                Assert.Equal(AccessResult.Denied, Write(offset, value));
            }
        }

        Assert.Equal(AccessResult.Denied, Write(0x30, 0x7000_0001));
        Assert.Equal(AccessResult.Denied, Write(0x11, 0x70, AccessWidth.Byte));
        Assert.Equal(before, Header());
        Assert.Equal(AccessResult.Done, Write(0x3C, 0x55, AccessWidth.Byte));
        Assert.Equal(AccessResult.Done, Write(0x04, 0x0000, AccessWidth.HalfWord));
        Assert.Equal(AccessResult.Done, Write(0x18, 0x7000_0000));
    }

    [Fact]
    public void A_function_that_decodes_already_may_say_so_again()
    {
        PlaceElsewhere();
        Assert.Equal(AccessResult.Done, Write(0x04, 0x0002, AccessWidth.HalfWord));
        _device.Trace.Clear();

        Assert.Equal(AccessResult.Done, Write(0x04, 0x0006, AccessWidth.HalfWord));

        Assert.Equal(0x0006u, _device.Peek(0x04, AccessWidth.HalfWord));
        Assert.DoesNotContain(_device.Trace.Accesses, static access => access.IsWrite && access.Offset >= 0x10);
    }

    [Theory]
    [InlineData(Guests | 1, false)]
    [InlineData(Guests, true)]
    [InlineData(0x6100_0001u, true)]
    [InlineData((Guests - 0x1_0000) | 1, true)]
    [InlineData((Guests + 0x1_0000) | 1, true)]
    public void An_expansion_ROM_counts_while_it_is_enabled(uint rom, bool decodes)
    {
        _device.Set(0x30, AccessWidth.Word, 0, 0xFFFF_0001);
        PlaceElsewhere();
        Write(0x30, rom);

        Assert.Equal(decodes ? AccessResult.Done : AccessResult.Denied, Write(0x04, 0x0002, AccessWidth.HalfWord));
        Assert.Equal(rom, _device.Peek(0x30, AccessWidth.Word));
    }

    [Theory]
    [InlineData(0x20u, 0x5010_5010u, false)]
    [InlineData(0x20u, 0x5010_5000u, false)]
    [InlineData(0x20u, 0x5000_4FF0u, true)]
    [InlineData(0x20u, 0x5FF0_5020u, true)]
    [InlineData(0x20u, 0x5000_5020u, true)]
    [InlineData(0x24u, 0x5FF0_5010u, false)]
    [InlineData(0x24u, 0x4FF0_4000u, true)]
    public void A_bridge_does_not_claim_a_guest_s_memory_whether_its_window_or_its_enable_comes_first(uint register, uint window, bool claims)
    {
        CloseWindows();
        Bridge(register, window);
        Assert.Equal(claims ? AccessResult.Done : AccessResult.Denied, Bridge(0x04, 0x0006, AccessWidth.HalfWord));
        Assert.Equal(claims, _port.DecodesMemory);

        Bridge(0x04, 0x0000, AccessWidth.HalfWord);
        CloseWindows();
        Assert.Equal(AccessResult.Done, Bridge(0x04, 0x0002, AccessWidth.HalfWord));
        Assert.Equal(claims ? AccessResult.Done : AccessResult.Denied, Bridge(register, window));
        Assert.Equal(claims, (_port.Peek(register, AccessWidth.Word) & 0xFFF0_FFF0) == window);
    }

    [Fact]
    public void A_bridge_s_window_above_4_GiB_has_its_upper_halves_looked_at()
    {
        CloseWindows();
        Bridge(0x04, 0x0002, AccessWidth.HalfWord);
        Assert.Equal(AccessResult.Done, Bridge(0x28, 3));
        Assert.Equal(AccessResult.Done, Bridge(0x24, 0x4FF0_4100));

        // From 3_4100_0000 to 0_4FFF_FFFF is nothing; with the limit's upper half it is a part of the guest's memory.
        Assert.Equal(AccessResult.Denied, Bridge(0x2C, 3));
        Assert.Equal(AccessResult.Done, Bridge(0x2C, 2));
        Assert.Equal(AccessResult.Denied, Bridge(0x2C, 4));
    }

    [Fact]
    public void When_the_function_is_back_its_memory_is_anybody_s_again()
    {
        PlaceElsewhere();
        Write(0x18, Guests);
        Assert.Equal(AccessResult.Denied, Write(0x04, 0x0002, AccessWidth.HalfWord));
        _space.Unguard(new RequesterId(0, 6, 0));
        Assert.Equal(AccessResult.Denied, Write(0x04, 0x0002, AccessWidth.HalfWord));

        _space.Unguard(s_guest);

        Assert.Equal(AccessResult.Done, Write(0x04, 0x0002, AccessWidth.HalfWord));
        Assert.Equal(AccessResult.Done, Write(0x18, Guests + 0x2000));
        Assert.Equal(Guests + 0x2000, _device.Peek(0x18, AccessWidth.Word));
    }

    [Fact]
    public void A_function_with_no_room_left_is_not_guarded_in_part()
    {
        HostBars bars = default;
        for (int index = 0; index < HostBars.Count; index++)
        {
            bars[index] = new HostBar { Kind = BarKind.Memory32, SizeBytes = 0x1000, MachineAddress = new MachineAddress(0x7000_0000 + ((ulong)index << 20)), PciAddress = 0x7000_0000 + ((ulong)index << 20) };
        }

        for (uint function = 0; function < 10; function++)
        {
            Assert.True(_space.TryGuard(new RequesterId(1, function, 0), in bars));
        }

        // 63 of 64 are taken. The same function again takes what it has.
        Assert.True(_space.TryGuard(new RequesterId(1, 0, 0), in bars));
        HostBars two = default;
        two[0] = bars[0] with { PciAddress = 0x6500_0000 };
        two[1] = bars[1] with { PciAddress = 0x6600_0000 };
        Assert.False(_space.TryGuard(new RequesterId(1, 20, 0), in two));
        PlaceElsewhere();
        Write(0x18, 0x6500_0000);
        Assert.Equal(AccessResult.Done, Write(0x04, 0x0002, AccessWidth.HalfWord));
        HostBars one = default;
        one[3] = bars[0] with { PciAddress = 0x6700_0000 };
        Assert.True(_space.TryGuard(new RequesterId(1, 21, 0), in one));
        Assert.False(_space.TryGuard(new RequesterId(1, 22, 0), in one));
        _space.Unguard(new RequesterId(1, 0, 0));
        Assert.True(_space.TryGuard(new RequesterId(1, 20, 0), in two));
        Write(0x04, 0x0000, AccessWidth.HalfWord);
        Assert.Equal(AccessResult.Denied, Write(0x04, 0x0002, AccessWidth.HalfWord));
    }

    private void PlaceElsewhere()
    {
        Write(0x10, 0x6000_0000);
        Write(0x14, 0);
        Write(0x18, 0x6010_0000);
        Write(0x1C, 0x6020_0000);
        _device.Trace.Clear();
    }

    private void CloseWindows()
    {
        Bridge(0x28, 0);
        Bridge(0x2C, 0);
        Bridge(0x20, 0x0000_FFF0);
        Bridge(0x24, 0x0000_FFF0);
    }

    private uint[] Header() => [.. Enumerable.Range(4, 9).Select(word => _device.Peek((uint)word * 4, AccessWidth.Word))];

    private AccessResult Write(uint offset, uint value, AccessWidth width = AccessWidth.Word) => _space.Write(s_function, offset, width, new GuestValue(value));

    private AccessResult Bridge(uint offset, uint value, AccessWidth width = AccessWidth.Word) => _space.Write(s_bridge, offset, width, new GuestValue(value));
}
