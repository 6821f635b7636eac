using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Pci;
using Sluice.Testing;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class CapabilityTests
{
    [Fact]
    public void C1_The_guests_list_holds_what_it_may_see_in_the_functions_order()
    {
        AssignedFunction assigned = new();

        Assert.Equal([(0x40u, 0x01u), (0x50u, 0x05u), (0x70u, 0x11u), (0x90u, 0x10u)], Chain(assigned));
    }

    [Fact]
    public void C1_Without_vectors_there_is_neither_MSI_nor_MSI_X()
    {
        AssignedFunction assigned = new(mostVectors: 0);

        Assert.Equal([(0x40u, 0x01u), (0x90u, 0x10u)], Chain(assigned));
        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x70, 4));
    }

    [Fact]
    public void C2_A_list_that_comes_back_is_cut_where_it_does()
    {
        AssignedFunction assigned = new(device => device.Poke(0x91, AccessWidth.Byte, 0x50));

        Assert.Equal(AssignmentStep.None, assigned.Result);
        Assert.Equal([(0x40u, 0x01u), (0x50u, 0x05u), (0x70u, 0x11u), (0x90u, 0x10u)], Chain(assigned));
    }

    [Fact]
    public void C3_A_function_without_capabilities_says_so()
    {
        AssignedFunction assigned = new(device => device.Poke(0x34, AccessWidth.Byte, 0), mostVectors: 0);

        Assert.Equal(0u, assigned.Read(0x06, 2) & 0x10);
        Assert.Equal(0u, assigned.Read(0x34, 1));
    }

    [Fact]
    public void C5_Extended_space_begins_with_a_zero_because_it_holds_nothing()
    {
        AssignedFunction assigned = new();

        Assert.Equal(0u, assigned.Read(0x100, 4));
        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x104, 4));
        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x140, 4));
    }

    [Fact]
    public void C6_A_hidden_capability_denies_reads_and_writes()
    {
        AssignedFunction assigned = new(policy: new FunctionPolicy { Capabilities = GuestCapabilities.Power });

        Assert.Equal([(0x40u, 0x01u)], Chain(assigned));
        assigned.Device.Trace.Clear();
        Assert.Equal(AccessResult.Denied, assigned.Write(0x52, 2, 0x0001));
        Assert.Equal(AccessResult.Denied, assigned.TryRead(0x50, 4, out ulong value));
        Assert.Equal(0xFFFF_FFFFul, value);
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Fact]
    public void C8_A_conventional_function_has_no_extended_space()
    {
        AssignedFunction assigned = new(device => device.Poke(0x71, AccessWidth.Byte, 0));

        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x100, 4));
    }

    [Fact]
    public void A_capability_never_reaches_into_the_next_one()
    {
        // PCI Express right before PM: the guest's view of it ends where the other begins.
        AssignedFunction assigned = new(device =>
        {
            device.Poke(0x91, AccessWidth.Byte, 0xA8);
            device.Poke(0xA8, AccessWidth.HalfWord, 0x0009);
        });

        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0xA8, 4));
        Assert.NotEqual(0xFFFF_FFFFu, assigned.Read(0xA4, 4));
    }

    [Fact]
    public void A_function_that_sleeps_neither_decodes_nor_masters_and_wakes_with_all_its_state()
    {
        AssignedFunction assigned = new AssignedFunction(static device => device.Poke(0x44, AccessWidth.HalfWord, 0x0008)).Enable();

        assigned.Write(0x44, 2, 0x0003);
        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(0u, assigned.HostCommand & 0x0006);
        Assert.Equal(0x000Bu, assigned.Read(0x44, 2));
        Assert.Equal(0x0006u, assigned.Read(0x04, 2));
        Assert.Equal(0x0003u, assigned.Device.Peek(0x44, AccessWidth.HalfWord) & 3);
        Assert.True(assigned.Function.IsAsleep);

        assigned.Write(0x44, 2, 0x0000);
        Assert.Equal(3, assigned.Guest.Mappings.Count);
        Assert.Equal(0x0006u, assigned.HostCommand & 0x0006);
    }

    [Fact]
    public void PME_is_not_shown()
    {
        AssignedFunction assigned = new(device => device.Poke(0x42, AccessWidth.HalfWord, 0xFFFF));

        Assert.Equal(0x0007u, assigned.Read(0x42, 2));
        assigned.Write(0x44, 2, 0x8100);
        Assert.Equal(0x0000u, assigned.Read(0x44, 2));
        Assert.Equal(0x0000u, assigned.Device.Peek(0x44, AccessWidth.HalfWord) & 0x8100);
    }

    [Fact]
    public void J3_A_reset_by_the_guest_is_one_of_the_hardware_and_leaves_the_function_as_after_a_reset()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(3, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt);
        ulong host = assigned.Device.BarAddress(assigned.Device.Bars[0]);
        int before = assigned.Device.Resets;
        bool mappedAtReset = true;
        assigned.Guest.Remapping = (_, _, _) => mappedAtReset = assigned.Device.Resets != before;
        ulong started = assigned.Reference.Machine.PassMicroseconds(0);

        assigned.Write(0x98, 2, 0xA810);

        Assert.Equal(before + 1, assigned.Device.Resets);
        Assert.False(mappedAtReset);
        Assert.True(assigned.Reference.Machine.PassMicroseconds(0) - started >= 100_000);
        Assert.Equal(0u, assigned.Read(0x98, 2) & 0x8000);
        Assert.Equal(0u, assigned.Read(0x04, 2));
        Assert.Equal(0x0000_0004u, assigned.Read(0x10, 4));
        Assert.Equal(0x0010u, assigned.Read(0x72, 2));
        Assert.Equal(0x9034_10EEu, assigned.Read(0x00, 4));
        Assert.Equal(host, assigned.Device.BarAddress(assigned.Device.Bars[0]));
        Assert.Equal([(0x40u, 0x01u), (0x50u, 0x05u), (0x70u, 0x11u), (0x90u, 0x10u)], Chain(assigned));

        assigned.Enable();
        Assert.Equal(1u, (uint)assigned.ReadMemory(assigned.Entry(3) + 12, 4));
    }

    [Fact]
    public void A_function_that_does_not_come_back_from_its_reset_never_decodes_again()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Device.VanishesAtReset = true;
        assigned.Write(0x98, 2, 0x8000);
        assigned.Device.IsPresent = true;

        assigned.Enable();

        Assert.True(assigned.Function.IsBroken);
        Assert.Empty(assigned.Guest.Mappings);
        Assert.False(assigned.Device.DecodesMemory);
        Assert.False(assigned.Device.IsBusMaster);
        Assert.Equal(0x0004u, assigned.Read(0x04, 2));
    }

    [Fact]
    public void What_the_guest_sets_in_device_control_stays_with_it()
    {
        AssignedFunction assigned = new();
        uint hardware = assigned.Device.Peek(0x98, AccessWidth.HalfWord);

        assigned.Write(0x98, 2, 0x50BF);
        Assert.Equal(0x50BFu, assigned.Read(0x98, 2));

        // There is no payload of the size 6.
        assigned.Write(0x98, 2, 0x50DF);
        Assert.Equal(0x50BFu, assigned.Read(0x98, 2));
        Assert.Equal(hardware, assigned.Device.Peek(0x98, AccessWidth.HalfWord));
    }

    [Fact]
    public void C1_What_an_assignment_shows_comes_in_the_functions_order_too()
    {
        AssignedFunction assigned = Rich();

        Assert.Equal(
            [
                (0x40u, 0x01u), (0x50u, 0x05u), (0x70u, 0x11u), (0x90u, 0x10u), (RichFunction.ProductData, 0x03u), (RichFunction.FirstVendor, 0x09u),
                (RichFunction.SecondVendor, 0x09u), (RichFunction.Advanced, 0x13u),
            ],
            Chain(assigned));
        Assert.Equal([(0x100u, 0x0001u), (0x180u, 0x0003u)], Extended(assigned));
    }

    [Fact]
    public void C1_The_list_of_what_may_be_shown_is_the_list_of_blocks_with_a_guests_view()
    {
        // Every id that there is: conventional ones have eight bits, extended ones that anybody has assigned fewer.
        List<(int Id, bool Extended)> shown = [];
        for (int id = 0; id < 0x100; id++)
        {
            _ = CapabilityKinds.Of(new FoundCapability((ushort)id, 0x40)) == GuestCapability.None ? 0 : Add(shown, id, false);
            _ = CapabilityKinds.Of(new FoundCapability((ushort)id, 0x100)) == GuestCapability.None ? 0 : Add(shown, id, true);
            Assert.Equal(GuestCapability.None, CapabilityKinds.Of(new FoundCapability((ushort)(id | 0x100), 0x100)));
        }

        Assert.Equal([(0x01, false), (0x01, true), (0x03, false), (0x03, true), (0x05, false), (0x09, false), (0x10, false), (0x11, false), (0x13, false)], shown);
    }

    [Fact]
    public void C2_An_extended_list_that_comes_back_ends_there_and_every_place_is_visited_once_at_most()
    {
        AssignedFunction assigned = new(static device => device.Poke(0x140, AccessWidth.Word, 0x1001_0010));
        Assert.Equal(AssignmentStep.None, assigned.Result);
        Assert.True(assigned.Function.Host.HasMalformedCapabilities);
        Assert.Equal(2, Enumerable.Range(0, assigned.Function.Host.Capabilities.Count).Count(index => assigned.Function.Host.Capabilities[index].IsExtended));

        // The longest list of all, and then back to its beginning.
        AssignedFunction longest = new(static device =>
        {
            for (uint offset = 0x100; offset < 0x1000; offset += 4)
            {
                device.Poke(offset, AccessWidth.Word, 0x0001_000B | ((offset + 4 < 0x1000 ? offset + 4 : 0x100) << 20));
            }
        });
        int reads = longest.Device.Trace.Accesses.Count(static access => access.Offset >= 0x100);
        Assert.Equal(AssignmentStep.None, longest.Result);
        Assert.InRange(reads, 0, 960);
        Assert.True(longest.Function.Host.HasMalformedCapabilities);
        Assert.Equal(0u, longest.Read(0x100, 4));
    }

    [Fact]
    public void C5_Where_the_first_extended_capability_is_hidden_its_place_has_no_id_and_leads_to_the_next_one()
    {
        AssignedFunction assigned = new(static device =>
        {
            RichFunction.Prepare(device);
            device.Poke(0x34, AccessWidth.Byte, 0x40);
        });

        Assert.Equal(0x1800_0000u, assigned.Read(0x100, 4));
        Assert.Equal(0x0001_0003u, assigned.Read(0x180, 4));
        Assert.Equal([(0x180u, 0x0003u)], Extended(assigned));
        assigned.Write(0x100, 4, 0xFFFF_FFFF);
        Assert.Equal(0x1800_0000u, assigned.Read(0x100, 4));
    }

    [Fact]
    public void C8_Extended_space_that_reads_ones_is_none()
    {
        AssignedFunction assigned = new(static device => device.Poke(0x100, AccessWidth.Word, 0xFFFF_FFFF));

        Assert.Equal(AccessResult.Denied, assigned.TryRead(0x100, 4, out ulong value));
        Assert.Equal(0xFFFF_FFFFul, value);
    }

    [Fact]
    public void A_second_capability_of_a_kind_is_hidden_and_led_past()
    {
        AssignedFunction assigned = new(static device =>
        {
            device.Poke(0x91, AccessWidth.Byte, 0xD0);
            device.Poke(0xD0, AccessWidth.Word, 0x0003_E001);
            device.Poke(0xE0, AccessWidth.Word, 0x0010_F011);
            device.Poke(0xF0, AccessWidth.Word, 0x0306_0013);
        });

        Assert.Equal([(0x40u, 0x01u), (0x50u, 0x05u), (0x70u, 0x11u), (0x90u, 0x10u), (0xF0u, 0x13u)], Chain(assigned));
        Assert.Equal(AccessResult.Denied, assigned.Write(0xD4, 2, 3));
        Assert.False(assigned.Function.IsAsleep);
    }

    [Fact]
    public void Capabilities_that_lie_in_each_other_are_hidden_where_they_do_not_fit()
    {
        // MSI claims 24 bytes, but another capability begins 8 bytes behind it.
        AssignedFunction assigned = new(static device =>
        {
            device.Poke(0x51, AccessWidth.Byte, 0x58);
            device.Poke(0x58, AccessWidth.HalfWord, 0x7009);
        });

        Assert.Equal([(0x40u, 0x01u), (0x70u, 0x11u), (0x90u, 0x10u)], Chain(assigned));
        Assert.Equal(AccessResult.Denied, assigned.TryRead(0x50, 4, out _));
    }

    [Fact]
    public void A_vendors_registers_are_the_hardwares_to_read_and_nobodys_to_write()
    {
        AssignedFunction assigned = Rich();
        Assert.Equal(0x010C_0009u | (RichFunction.SecondVendor << 8), assigned.Read(RichFunction.FirstVendor, 4));
        Assert.Equal(0xAAAA_0001u, assigned.Read(RichFunction.FirstVendor + 4, 4));
        Assert.Equal(0x0208_0009u | (RichFunction.Advanced << 8), assigned.Read(RichFunction.SecondVendor, 4));
        assigned.Device.Trace.Clear();

        assigned.Write(RichFunction.FirstVendor + 4, 4, 0);
        assigned.Write(RichFunction.FirstVendor, 4, 0);

        Assert.Empty(assigned.Device.Trace.Accesses);
        Assert.Equal(0xAAu, assigned.Read(RichFunction.FirstVendor + 7, 1));
        Assert.Equal([new ConfigAccess(false, RichFunction.FirstVendor + 7, AccessWidth.Byte, 0xAA)], assigned.Device.Trace.Accesses);
        Assert.Equal(AccessResult.Denied, new AssignedFunction(RichFunction.Prepare).TryRead(RichFunction.FirstVendor, 4, out _));
    }

    [Fact]
    public void Vital_product_data_is_read_by_words_and_never_written()
    {
        AssignedFunction assigned = Rich();
        assigned.Device.Trace.Clear();
        assigned.Write(RichFunction.ProductData + 2, 2, 0x0123);
        Assert.Equal([new ConfigAccess(true, RichFunction.ProductData + 2, AccessWidth.HalfWord, 0x0120)], assigned.Device.Trace.Accesses);
        Assert.Equal(0x0123u, assigned.Read(RichFunction.ProductData + 2, 2));
        assigned.Device.Poke(RichFunction.ProductData + 2, AccessWidth.HalfWord, 0x8120);
        Assert.Equal(0x8123u, assigned.Read(RichFunction.ProductData + 2, 2));
        Assert.Equal(0x1234_5678u, assigned.Read(RichFunction.ProductData + 4, 4));

        assigned.Device.Trace.Clear();
        assigned.Write(RichFunction.ProductData + 4, 4, 0xFFFF_FFFF);
        assigned.Write(RichFunction.ProductData + 2, 2, 0x8120);
        Assert.Equal(0x0120u, assigned.Read(RichFunction.ProductData + 2, 2));
        Assert.DoesNotContain(assigned.Device.Trace.Accesses, static access => access.IsWrite);
    }

    [Fact]
    public void Errors_are_the_hardwares_to_see_and_to_clear_and_what_is_reported_stays_with_the_host()
    {
        AssignedFunction assigned = Rich();
        Assert.Equal(0x0010_0000u, assigned.Read(0x104, 4));
        Assert.Equal(0x0040_0000u, assigned.Read(0x108, 4));
        assigned.Device.Trace.Clear();

        assigned.Write(0x108, 4, 0);
        assigned.Write(0x10C, 4, 0xFFFF_FFFF);
        assigned.Write(0x114, 4, 0xFFFF_FFFF);
        Assert.Empty(assigned.Device.Trace.Accesses);
        Assert.Equal(0u, assigned.Read(0x108, 4));

        assigned.Write(0x104, 4, 0x0010_0000);
        Assert.Equal(0x0010_0000u, Assert.Single(assigned.Device.Trace.Accesses, static access => access.IsWrite).Value);
        Assert.Equal(AccessResult.Denied, assigned.TryRead(0x12C, 4, out _));
    }

    [Fact]
    public void The_serial_number_is_copied_once()
    {
        AssignedFunction assigned = new(RichFunction.Prepare);
        assigned.Device.Poke(0x184, AccessWidth.Word, 0);
        assigned.Device.Trace.Clear();

        assigned.Write(0x184, 4, 0x1111_1111);

        Assert.Equal(0xCAFE_F00Du, assigned.Read(0x184, 4));
        Assert.Equal(0x0123_4567u, assigned.Read(0x188, 4));
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Theory]
    [InlineData(0x000Fu, 6u)]
    [InlineData(0x0013u, 4u)]
    [InlineData(0x001Bu, 6u)]
    [InlineData(0x0010u, 8u)]
    public void What_would_lead_past_the_host_is_off_before_a_guest_has_the_function_and_no_guest_sees_it(uint id, uint control)
    {
        ExtendedFunction function = new(id, control);
        AssignedDevice<ExtendedFunction> assigned = new(function, 0, new FunctionPolicy { Capabilities = (GuestCapabilities)ushort.MaxValue });

        Assert.Equal(0u, function.Peek(0x100 + control, AccessWidth.HalfWord));
        Assert.Equal(0u, assigned.Read(0x100, 4));
        function.Trace.Clear();
        Assert.Equal(AccessResult.Denied, assigned.Write(0x100 + control, 2, 0xFFFF));
        Assert.Empty(function.Trace.Accesses);
    }

    [Theory]
    [InlineData(0x000Bu)]
    [InlineData(0x000Du)]
    [InlineData(0x000Eu)]
    [InlineData(0x0015u)]
    [InlineData(0x0018u)]
    [InlineData(0x001Eu)]
    [InlineData(0x0023u)]
    [InlineData(0x0025u)]
    [InlineData(0xFFFEu)]
    public void Extended_capabilities_that_nobody_has_described_for_guests_are_hidden(uint id)
    {
        ExtendedFunction function = new(id, 4);
        AssignedDevice<ExtendedFunction> assigned = new(function, 0, new FunctionPolicy { Capabilities = (GuestCapabilities)ushort.MaxValue });

        Assert.Equal(0u, assigned.Read(0x100, 4));
        Assert.Equal(AccessResult.Denied, assigned.Write(0x104, 4, 0xFFFF_FFFF));
        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x104, 4));
    }

    [Fact]
    public void A_reset_by_the_advanced_features_is_one_like_any_other()
    {
        AssignedFunction assigned = new AssignedFunction(RichFunction.Prepare).Enable();
        int before = assigned.Device.Resets;
        Assert.Equal(0x03u, assigned.Read(RichFunction.Advanced + 3, 1) & 0x02 | 1);

        assigned.Write(RichFunction.Advanced + 4, 1, 0);
        assigned.Write(RichFunction.Advanced + 4, 1, 0xFE);
        Assert.Equal(before, assigned.Device.Resets);
        assigned.Write(RichFunction.Advanced + 4, 1, 1);

        Assert.Equal(before + 1, assigned.Device.Resets);
        Assert.Equal(0u, assigned.Read(0x04, 2));
        Assert.Equal(0u, assigned.Read(RichFunction.Advanced + 4, 1));
        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(8, Chain(Rich()).Count);
    }

    [Fact]
    public void A_list_of_random_bytes_never_harms()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < Effort.Of(200); round++)
        {
            BareFunction function = new();
            function.Set(0x06, AccessWidth.HalfWord, 0x10);
            function.Bar(new SimulatedBar(0, 0x4000));
            for (uint offset = 0x34; offset < 0x100; offset++)
            {
                function.Set(offset, AccessWidth.Byte, random.Next(3) == 0 ? (uint)random.Next(0x12) : (uint)random.Next(256));
            }

            AssignedDevice<BareFunction> assigned = new(function, 8);
            List<(uint, uint)> chain = assigned.Result == AssignmentStep.None ? Chain(assigned) : [];
            Assert.True(chain.TrueForAll(static capability => capability.Item2 is 0x01 or 0x05 or 0x10 or 0x11 or 0x13), $"seed {seed}, round {round}");
            Assert.InRange(function.Trace.Accesses.Count, 0, 400);
        }
    }

    private static AssignedFunction Rich()
        => new(RichFunction.Prepare, policy: new FunctionPolicy
        {
            Capabilities = GuestCapabilities.Standard | GuestCapabilities.VitalProductData | GuestCapabilities.Vendor | GuestCapabilities.ErrorReporting,
        });

    private static int Add(List<(int Id, bool Extended)> shown, int id, bool extended)
    {
        shown.Add((id, extended));
        return shown.Count;
    }

    private static List<(uint Offset, uint Id)> Extended(AssignedFunction assigned)
    {
        List<(uint, uint)> found = [];
        for (uint next = 0x100; next != 0; next = assigned.Read(next, 4) >> 20)
        {
            Assert.InRange(found.Count, 0, 960);
            uint id = assigned.Read(next, 4) & 0xFFFF;
            if (id != 0)
            {
                found.Add((next, id));
            }
        }

        return found;
    }

    private static List<(uint Offset, uint Id)> Chain<TDevice>(AssignedDevice<TDevice> assigned)
        where TDevice : SimulatedFunction
    {
        List<(uint, uint)> found = [];
        Assert.Equal(assigned.Read(0x34, 1) == 0 ? 0u : 0x10, assigned.Read(0x06, 2) & 0x10);
        for (uint next = assigned.Read(0x34, 1); next != 0; next = assigned.Read(next + 1, 1))
        {
            Assert.Equal(0u, next & 3);
            Assert.InRange(found.Count, 0, 47);
            found.Add((next, assigned.Read(next, 1)));
        }

        return found;
    }

    /// <summary>A PCI Express function with one extended capability, switched on by whoever had it before.</summary>
    private sealed class ExtendedFunction : BareFunction
    {
        public ExtendedFunction(uint id, uint control)
        {
            Set(0x06, AccessWidth.HalfWord, 0x10);
            Set(0x34, AccessWidth.Byte, 0x40);
            Set(0x40, AccessWidth.Word, 0x0002_0010);
            Set(0x100, AccessWidth.Word, 0x0001_0000 | id);
            for (uint offset = 0x104; offset < 0x140; offset += 4)
            {
                Set(offset, AccessWidth.Word, 0, 0xFFFF_FFFF);
            }

            Set(0x100 + control, AccessWidth.HalfWord, 0xFFFF, 0xFFFF);
        }
    }
}
