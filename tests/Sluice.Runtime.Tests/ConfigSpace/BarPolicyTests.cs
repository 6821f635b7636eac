using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class BarPolicyTests
{
    private const ulong Bar0 = AssignedFunction.Bar0;
    private const ulong Bar2 = AssignedFunction.Bar2;

    private static FunctionPolicy Moving => new() { Relocation = BarRelocation.Always };

    private static FunctionPolicy Trapping => new() { SmallBars = SmallBars.Trap };

    [Fact]
    public void B9_A_64_bit_prefetchable_bar_of_8_GiB_sizes_over_both_halves_in_any_order()
    {
        BareFunction large = new();
        large.Bar(new SimulatedBar(0, 1UL << 33, Is64Bit: true, IsPrefetchable: true));
        AssignedDevice<BareFunction> assigned = new(large, 0, default, new MemoryWindow(new MachineAddress(0x60_0000_0000), 0x60_0000_0000, 1UL << 34));
        Assert.Equal(AssignmentStep.None, assigned.Result);

        assigned.Write(0x14, 4, 0xFFFF_FFFF);
        assigned.Write(0x10, 4, 0xFFFF_FFFF);

        Assert.Equal(0x0000_000Cu, assigned.Read(0x10, 4));
        Assert.Equal(0xFFFF_FFFEu, assigned.Read(0x14, 4));
    }

    [Fact]
    public void A_bar_sizes_by_bytes_as_by_words()
    {
        AssignedFunction assigned = new();
        for (uint offset = 0x17; offset >= 0x10; offset--)
        {
            assigned.Write(offset, 1, 0xFF);
        }

        Assert.Equal(0xFFFF_0004u, assigned.Read(0x10, 4));
        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x14, 4));
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Fact]
    public void B13_A_bar_that_may_move_is_unmapped_before_it_is_mapped_again()
    {
        AssignedFunction assigned = new AssignedFunction(policy: Moving).Enable();
        List<(bool Maps, ulong Guest)> order = [];
        assigned.Guest.Remapping = (maps, guest, _) => order.Add((maps, guest));

        assigned.Write(0x18, 4, 0x2305_0000);

        Assert.Equal([(false, Bar2), (true, 0x2305_0000ul)], order);
        Assert.Equal(0x2305_0000u, assigned.Read(0x18, 4));
        Assert.Equal(0x0006u, assigned.Read(0x04, 2));
        Assert.True(assigned.Device.DecodesMemory);
        Assert.DoesNotContain(assigned.Guest.Mappings, static mapping => mapping.Guest == Bar2);
    }

    [Fact]
    public void B13_A_bar_that_moves_takes_its_trapped_pages_with_it()
    {
        AssignedFunction assigned = new AssignedFunction(policy: Moving).Enable();

        assigned.Write(0x10, 4, 0x2340_0000);

        Assert.Equal(0xFFFF_FFFFul, assigned.ReadMemory(assigned.Entry(0) + 12, 4));
        Assert.Equal(1ul, assigned.ReadMemory(0x2340_0000 + DmaFunction.TableOffset + 12, 4));
        Assert.Equal(3, assigned.Guest.Mappings.Count);
    }

    [Theory]
    [InlineData(0x4000_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData((uint)Bar0 + 0x1000)]
    public void B14_A_bar_that_moves_to_no_place_takes_the_whole_function_from_the_bus(uint address)
    {
        AssignedFunction assigned = new AssignedFunction(policy: Moving).Enable();

        assigned.Write(0x18, 4, address);

        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(0x0004u, assigned.Read(0x04, 2));
        Assert.False(assigned.Device.DecodesMemory);
        Assert.False(assigned.Function.IsDecoding);
        Assert.Equal(0ul, assigned.Function.MappedPages);

        assigned.Write(0x18, 4, Bar2);
        assigned.Write(0x04, 2, 0x0006);
        Assert.Equal(3, assigned.Guest.Mappings.Count);
    }

    [Theory]
    [InlineData(0x2302_1000u)]
    [InlineData(0x2305_3000u)]
    [InlineData(0x230F_F000u)]
    public void A_bar_of_one_page_is_mapped_and_taken_away_whichever_page_it_is(uint address)
    {
        AssignedFunction assigned = new();
        assigned.Write(0x10, 4, (uint)Bar0);
        assigned.Write(0x18, 4, address);
        assigned.Write(0x04, 2, 0x0006);
        Assert.Contains(assigned.Guest.Mappings, mapping => mapping.Guest == address);

        assigned.Write(0x04, 2, 0x0004);

        Assert.Empty(assigned.Guest.Mappings);
        Assert.False(assigned.Function.IsBroken);
        Assert.Equal(0ul, assigned.Function.MappedPages);
    }

    [Fact]
    public void B13_Memory_that_cannot_be_unmapped_does_not_move()
    {
        AssignedFunction assigned = new AssignedFunction(policy: Moving).Enable();
        assigned.Guest.LosesUnmap = true;

        assigned.Write(0x18, 4, 0x2305_0000);

        Assert.True(assigned.Function.IsBroken);
        Assert.DoesNotContain(assigned.Guest.Mappings, static mapping => mapping.Guest == 0x2305_0000);
        Assert.Equal(0u, assigned.HostCommand & 0x0006);
    }

    [Fact]
    public void I12_Where_addresses_are_the_machines_a_bar_holds_the_hosts_sizes_and_takes_no_other()
    {
        AssignedFunction assigned = new(policy: new FunctionPolicy { Relocation = BarRelocation.Never });
        uint host = (uint)assigned.Function.Host.Bars[0].MachineAddress.Value;
        Assert.Equal(host | 4, assigned.Read(0x10, 4));

        assigned.Write(0x10, 4, 0x2300_0000);
        Assert.Equal(host | 4, assigned.Read(0x10, 4));

        assigned.Write(0x10, 4, 0xFFFF_FFFF);
        Assert.Equal(0xFFFF_0004u, assigned.Read(0x10, 4));
        assigned.Write(0x10, 4, host);
        Assert.Equal(host | 4, assigned.Read(0x10, 4));
    }

    [Fact]
    public void B16_A_small_bar_that_traps_may_lie_anywhere_and_only_its_own_bytes_are_reached()
    {
        SmallFunction small = new();
        AssignedDevice<SmallFunction> assigned = new(small, 0, Trapping);
        assigned.Write(0x10, 4, 0x2300_0800);
        assigned.Write(0x14, 4, 0x2300_0400);

        assigned.Write(0x04, 2, 0x0002);

        Assert.Equal(0x0002u, assigned.Read(0x04, 2));
        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(AccessResult.Done, assigned.WriteMemory(0x2300_0800 + 0x10, 4, 0xAB));
        Assert.Equal(0xABul, assigned.ReadMemory(0x2300_0810, 4));
        Assert.Equal([(0, 0x10ul)], small.Written);
        Assert.Equal(AccessResult.Denied, assigned.WriteMemory(0x2300_0000, 4, 0xAB));
        Assert.Equal(AccessResult.Denied, assigned.WriteMemory(0x2300_0FFE, 4, 0xAB));
        Assert.Single(small.Written);
    }

    [Fact]
    public void Small_bars_that_trap_do_not_lie_over_each_other_either()
    {
        AssignedDevice<SmallFunction> assigned = new(new SmallFunction(), 0, Trapping);
        assigned.Write(0x10, 4, 0x2300_0800);
        assigned.Write(0x14, 4, 0x2300_0C00);

        assigned.Write(0x04, 2, 0x0002);

        Assert.Equal(0u, assigned.Read(0x04, 2));
    }

    [Theory]
    [InlineData(SmallBars.Map, false)]
    [InlineData(SmallBars.Trap, true)]
    public void B17_A_page_that_holds_anothers_memory_too_is_never_mapped(SmallBars policy, bool decodes)
    {
        SmallFunction small = new();
        ReferenceMachine reference = new();
        RequesterId id = new(0, 2, 0);
        reference.Functions.Add(id, small);
        Assert.True(HostFunction<EcamHostBridge<Sluice.Simulation.SimulatedBus>>.TryProbe(reference.Bridge, id, out var host));
        MemoryWindow low = ReferenceMachine.Window;
        MemoryWindow high = default;
        Assert.True(host.TryPlace(ref low, ref high));
        HostBars bars = host.Bars;
        HostBars others = default;
        others[0] = new HostBar { Kind = BarKind.Memory32, SizeBytes = 0x400, MachineAddress = new MachineAddress(bars[0].MachineAddress.Value + 0x800) };
        HostBars.MarkShared(ref bars, in others);
        Assert.True(bars[0].IsPageShared);
        Assert.False(bars[1].IsPageShared);

        SimulatedGuest guest = new(reference.Machine);
        Assert.True(host.TryPlaceAt(in bars));
        FunctionGrant<MsixEntryArray> grant = new()
        {
            Entries = new MsixEntryArray([]),
            Windows = new GuestMemoryWindows(new GuestMemoryWindow(0x2300_0000, 0x1000_0000), default),
            Policy = new FunctionPolicy { SmallBars = policy },
        };
        GuestFunction<EcamHostBridge<Sluice.Simulation.SimulatedBus>, GuestHandle, MsixEntryArray> function = new(host, guest.Handle, in grant);
        function.WriteConfig(0x10, Lanes.Word, new GuestValue(0x2300_0000));
        function.WriteConfig(0x04, Lanes.Within(0, AccessWidth.HalfWord), new GuestValue(2));

        Assert.Equal(decodes, function.IsDecoding);
        Assert.Empty(guest.Mappings);
        Assert.Equal(decodes, small.DecodesMemory);
    }

    [Fact]
    public void B19_No_access_reaches_the_device_between_any_two_steps_while_decoding_is_off()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        int reached = 0;
        bool decoding = true;
        assigned.Guest.Remapping = (_, _, _) =>
        {
            // Another processor's access, at each instant at which stage 2 changes: on a mapped page, on a trapped one.
            foreach (ulong address in (ulong[])[Bar0, Bar0 + 0x2E00, Bar0 + DmaFunction.TableOffset, Bar2])
            {
                bool mapped = assigned.Guest.TryTranslate(address, out _);
                bool found = assigned.Function.TryFind(new GuestAddress(address), AccessWidth.Word, out _, out _);
                reached += (mapped || found) && !assigned.Device.DecodesMemory && !decoding ? 1 : 0;
                Assert.False(found && !assigned.Device.DecodesMemory);
            }
        };

        for (int toggle = 0; toggle < 1000; toggle++)
        {
            decoding = toggle % 2 != 0;
            assigned.Write(0x04, 2, decoding ? 0x0006u : 0x0004u);
            Assert.Equal(decoding, assigned.Device.DecodesMemory);
            Assert.Equal(decoding ? 3 : 0, assigned.Guest.Mappings.Count);
        }

        Assert.Equal(0, reached);
    }

    [Fact]
    public void B20_A_ROM_that_is_shown_sizes_without_its_enable_bit_and_is_mapped_read_only_while_it_is_enabled()
    {
        AssignedFunction assigned = new(policy: new FunctionPolicy { ShowsRom = true });
        assigned.Write(0x30, 4, 0xFFFF_F800);
        Assert.Equal(0xFFFF_0000u, assigned.Read(0x30, 4));
        Assert.Empty(assigned.Device.Trace.Accesses);

        assigned.Write(0x30, 4, 0x2306_0001);
        Assert.Equal(0u, assigned.Device.Peek(0x30, AccessWidth.Word) & 1);
        assigned.Enable();

        GuestMapping rom = Assert.Single(assigned.Guest.Mappings, static mapping => mapping.Guest == 0x2306_0000);
        Assert.Equal(0x1_0000ul, rom.SizeBytes);
        Assert.Equal(PageAccess.Read, assigned.Guest.AttributesOf(rom).Access);
        Assert.Equal(1u, assigned.Device.Peek(0x30, AccessWidth.Word) & 1);
        Assert.Equal(rom.Machine, assigned.Device.Peek(0x30, AccessWidth.Word) & 0xFFFF_F800);
        Assert.Equal(AccessResult.Denied, assigned.Bridge.WriteMemory(new GuestAddress(0x2306_0000), AccessWidth.Word, new GuestValue(1)));

        assigned.Write(0x30, 4, 0x2306_0000);
        Assert.Equal(3, assigned.Guest.Mappings.Count);
        Assert.Equal(0u, assigned.Device.Peek(0x30, AccessWidth.Word) & 1);
        Assert.True(assigned.Function.IsDecoding);

        assigned.Write(0x30, 1, 0x01);
        Assert.Equal(4, assigned.Guest.Mappings.Count);
        assigned.Write(0x04, 2, 0x0004);
        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(0u, assigned.Device.Peek(0x30, AccessWidth.Word) & 1);
    }

    [Fact]
    public void I12_A_direct_mapped_guest_finds_each_register_where_the_machine_has_it_above_4_GiB_too()
    {
        const ulong Window = 0x60_0000_0000;
        BareFunction function = new();
        function.Bar(new SimulatedBar(0, 0x1000));
        function.Bar(new SimulatedBar(1, 0x10_0000));
        function.Bar(new SimulatedBar(2, 1UL << 33, Is64Bit: true, IsPrefetchable: true));
        function.Bar(new SimulatedBar(4, 0x2000));
        AssignedDevice<BareFunction> assigned = new(function, 0, new FunctionPolicy { Relocation = BarRelocation.Never }, new MemoryWindow(new MachineAddress(Window), Window, 1UL << 34));
        Assert.Equal(AssignmentStep.None, assigned.Result);
        uint[] machine = [.. Enumerable.Range(0, 6).Select(index => function.Peek(0x10 + ((uint)index * 4), AccessWidth.Word))];
        Assert.Equal((0x0000_000Cu, 0x60u), (machine[2], machine[3]));

        Assert.Equal(machine, Registers());
        for (uint index = 0; index < 6; index++)
        {
            assigned.Write(0x10 + (index * 4), 4, 0x2345_6000);
        }

        Assert.Equal(machine, Registers());
        assigned.Write(0x14, 4, 0xFFFF_FFFF);
        assigned.Write(0x1C, 4, 0xFFFF_FFFF);
        Assert.Equal((0xFFF0_0000u, 0xFFFF_FFFEu), (assigned.Read(0x14, 4), assigned.Read(0x1C, 4)));

        uint[] Registers() => [.. Enumerable.Range(0, 6).Select(index => assigned.Read(0x10 + ((uint)index * 4), 4))];
    }

    [Fact]
    public void B24_Prefetchable_memory_gets_the_declared_type_and_registers_are_always_device_memory()
    {
        foreach (MemoryType declared in (MemoryType[])[MemoryType.NormalUncached, MemoryType.Device])
        {
            BareFunction function = new();
            function.Bar(new SimulatedBar(0, 0x4000, Is64Bit: true, IsPrefetchable: true));
            function.Bar(new SimulatedBar(2, 0x1000));
            FunctionPolicy policy = declared == MemoryType.NormalUncached ? default : new FunctionPolicy { PrefetchableMemory = declared };
            AssignedDevice<BareFunction> assigned = new(function, 0, policy);
            assigned.Write(0x10, 4, 0x2300_0000);
            assigned.Write(0x18, 4, 0x2301_0000);
            assigned.Write(0x04, 2, 0x0002);

            Assert.Equal(
                [declared, MemoryType.Device],
                assigned.Guest.Mappings.OrderBy(static mapping => mapping.Guest).Select(mapping => assigned.Guest.AttributesOf(mapping).Type));
        }
    }


    /// <summary>Two BARs that are smaller than a page.</summary>
    private sealed class SmallFunction : BareFunction
    {
        public SmallFunction()
        {
            Bar(new SimulatedBar(0, 0x800));
            Bar(new SimulatedBar(1, 0x400));
        }

        public List<(int Bar, ulong Offset)> Written { get; } = [];

        public override ulong ReadMemory(int bar, ulong offset, AccessWidth width) => Written.Contains((bar, offset)) ? 0xABul : 0;

        public override void WriteMemory(int bar, ulong offset, AccessWidth width, ulong value) => Written.Add((bar, offset));
    }
}
