using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Pci;
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
    public void A_list_of_random_bytes_never_harms()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < 200; round++)
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
}
