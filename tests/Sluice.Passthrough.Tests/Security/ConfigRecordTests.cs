using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Simulation.Hostile;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Passthrough.Tests.Security;

/// <summary>The record's flaws about config space: what a guest's access may change.</summary>
public sealed class ConfigRecordTests
{
    private static readonly uint[] s_writable = [0x04, 0x05, 0x06, 0x07, 0x44, 0x45, 0x72, 0x73, 0x98, 0x99, 0x9A, 0x9B];

    [Fact]
    public void XSA120_XSA126_CVE_2020_12888_memory_is_unmapped_before_decoding_goes_and_mapped_before_it_comes()
    {
        Testbed machine = Assigned();
        DmaFunction function = machine.Functions[0];
        int maps = 0;
        machine.Parts.Guest[0].Remapping = (isMap, _, _) =>
        {
            // The hardware decodes while its memory is taken away, and does not yet while it is mapped.
            Assert.Equal(!isMap, function.DecodesMemory);
            maps++;
        };
        for (int round = 0; round < 4; round++)
        {
            machine.Config(0, 0, 0x04, 2, (round & 1) == 0 ? 4u : 6u);
            Assert.Equal((round & 1) != 0, function.DecodesMemory);
        }

        Assert.True(maps >= 8);
        machine.AssertInvariants();
    }

    [Fact]
    public void XSA124_XSA131_a_byte_that_is_not_described_reaches_no_hardware()
    {
        Testbed machine = Assigned();
        DmaFunction function = machine.Functions[0];
        int denied = 0;
        for (uint offset = 0x40; offset < 0x1000; offset++)
        {
            if (machine.ReadConfig(0, ((ulong)machine.PlaceOf(0).Value << 12) + offset, AccessWidth.Byte, out ulong value) == AccessResult.Done)
            {
                continue;
            }

            denied++;
            Assert.Equal(0xFFul, value);
            function.Trace.IsKept = true;
            function.Trace.Clear();
            Assert.NotEqual(AccessResult.Done, machine.Config(0, 0, offset, 1, 0xA5));
            Assert.Empty(function.Trace.Accesses);
        }

        Assert.InRange(denied, 3000, 0x1000);
        machine.AssertInvariants();
    }

    [Fact]
    public void XSA128_a_spanning_write_never_touches_a_field_whose_own_policy_forbids_it()
    {
        Testbed machine = Assigned();
        byte[] before = Bytes(machine.Functions[0]);
        for (uint offset = 0; offset < 0x1000; offset += 4)
        {
            if (offset is 0x98 or 0x04 or 0x10 or 0x14 or 0x18)
            {
                continue;
            }

            machine.Config(0, 0, offset, 4, 0xFFFF_7FFF);
            machine.WriteConfig(0, ((ulong)machine.PlaceOf(0).Value << 12) + (offset & ~7u), AccessWidth.DoubleWord, 0x7FFF_7FFF_7FFF_7FFB);
        }

        byte[] after = Bytes(machine.Functions[0]);
        for (uint offset = 0; offset < 0x1000; offset++)
        {
            Assert.True(before[offset] == after[offset] || s_writable.Contains(offset), $"byte 0x{offset:x} of the hardware: {before[offset]:x2}, then {after[offset]:x2}");
        }

        machine.AssertInvariants();
    }

    [Fact]
    public void XSA157_any_sequence_of_operations_leaves_a_function_that_works()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Testbed machine = Assigned();
            HostileGuest guest = new(seed, Testbed.Window, Testbed.Doorbell, Testbed.FirstInterrupt, 2);
            for (int access = 0; access < 300; access++)
            {
                machine.Access(0, guest.Next());
            }

            Assert.True(machine.Release(0, 0), $"seed {seed}");
            Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
            machine.Use(0, 0);
            Assert.True(machine.Signal(0, 0));
            Assert.Equal(1, machine.TakeInterrupts());
            machine.AssertInvariants($"seed {seed}");
        }
    }

    [Fact]
    public void XSA337_no_decision_rests_on_what_the_device_says_after_it_was_assigned()
    {
        Testbed machine = Testbeds.Hostile(MachineKind.EcamIts, 7, new HostileHabits(), 1);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        (ulong Guest, ulong Machine, ulong Size)[] mapped = Mapped(machine);

        ((HostileFunction)machine.Functions[0]).Habits = new HostileHabits { Readbacks = 1, Identities = 1, Memory = 1 };
        machine.Config(0, 0, 0x04, 2, 4);
        machine.Config(0, 0, 0x04, 2, 6);
        machine.Program(0, 0, 2, Testbed.Doorbell, Testbed.FirstInterrupt + 2);

        Assert.Equal(mapped, Mapped(machine));
        Assert.Equal(0x9034_10EEu, machine.Config(0, 0, 0, 4));
        machine.AssertInvariants();
    }

    [Fact]
    public void XSA476_a_BAR_above_four_gigabytes_is_unmapped_with_all_its_bits()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Config(0, 0, 0x10, 4, 0x2300_0000);
        machine.Config(0, 0, 0x14, 4, 1);
        machine.Config(0, 0, 0x04, 2, 6);
        Assert.Contains(machine.Parts.Guest[0].Mappings, mapping => mapping.Guest >> 32 == 1);

        Assert.True(machine.Release(0, 0));

        Assert.Empty(machine.Parts.Guest[0].Mappings);
        machine.AssertInvariants();
    }

    [Fact]
    public void Bhyve_D24951_a_word_across_COMMAND_and_STATUS_is_its_halves()
    {
        Testbed machine = Assigned();

        Assert.Equal(machine.Config(0, 0, 4, 2) | (machine.Config(0, 0, 6, 2) << 16), machine.Config(0, 0, 4, 4));
    }

    [Fact]
    public void Bhyve_rS361442_a_word_written_at_a_capability_s_offset_sets_its_control()
    {
        Testbed machine = Assigned();
        machine.Config(0, 0, 0x72, 2, 0);
        Assert.Equal(0u, machine.Functions[0].Peek(0x72, AccessWidth.HalfWord) & 0x8000);

        machine.Config(0, 0, 0x70, 4, 0x8000_0005);

        Assert.Equal(0x8000u, machine.Functions[0].Peek(0x72, AccessWidth.HalfWord) & 0x8000);
        Assert.Equal(0x11u, machine.Config(0, 0, 0x70, 1));
        machine.AssertInvariants();
    }

    [Fact]
    public void Byte_enables_each_byte_of_a_control_register_acts_by_itself()
    {
        Testbed machine = Assigned();
        machine.Config(0, 0, 0x73, 1, 0x00);
        Assert.Equal(0u, machine.Functions[0].Peek(0x72, AccessWidth.HalfWord) & 0x8000);
        machine.Config(0, 0, 0x72, 1, 0xFF);
        Assert.Equal(0u, machine.Functions[0].Peek(0x72, AccessWidth.HalfWord) & 0x8000);

        machine.Config(0, 0, 0x73, 1, 0x80);

        Assert.Equal(0x8000u, machine.Functions[0].Peek(0x72, AccessWidth.HalfWord) & 0x8000);
    }

    [Theory]
    [InlineData(0x04u)]
    [InlineData(0x10u)]
    [InlineData(0xFFFF_F000u)]
    public void Swapped_arguments_a_guest_s_value_is_never_an_offset_of_the_hardware(uint value)
    {
        HashSet<(bool, uint)> first = Offsets(0);

        Assert.Equal(first, Offsets(value));

        static HashSet<(bool IsWrite, uint Offset)> Offsets(uint value)
        {
            Testbed machine = Assigned();
            machine.Functions[0].Trace.IsKept = true;
            machine.Functions[0].Trace.Clear();
            machine.Program(0, 0, 1, value, value);
            machine.Program(0, 0, 1, Testbed.Doorbell, value);
            foreach (uint offset in new uint[] { 0x44, 0x50, 0x54, 0x58, 0x5C, 0x60, 0x64 })
            {
                machine.Config(0, 0, offset, 4, value);
            }

            return [.. machine.Functions[0].Trace.Accesses.Where(access => access.Offset is not (0x04 or 0x52 or 0x72)).Select(access => (access.IsWrite, access.Offset))];
        }
    }

    [Fact]
    public void Start_address_only_a_write_that_begins_in_a_permitted_field_does_not_reach_the_next()
    {
        Testbed machine = Assigned();
        uint before = machine.Functions[0].Peek(0x08, AccessWidth.Word);

        machine.WriteConfig(0, ((ulong)machine.PlaceOf(0).Value << 12) + 0x04, AccessWidth.DoubleWord, 0xDEAD_BEEF_0000_0006);
        Assert.Equal(AccessResult.Rejected, machine.WriteConfig(0, ((ulong)machine.PlaceOf(0).Value << 12) + 0x06, AccessWidth.Word, 0xFFFF_FFFF));

        Assert.Equal(before, machine.Functions[0].Peek(0x08, AccessWidth.Word));
        machine.AssertInvariants();
    }

    [Fact]
    public void Reversed_mask_what_is_not_there_reads_as_ones_and_not_as_zero()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        foreach (ulong offset in new ulong[] { 0, 0x5_0000, 0x10_0000, 0xFFF_FFFC, 0x1_0000_0000 })
        {
            Assert.NotEqual(AccessResult.Done, machine.ReadConfig(2, offset, AccessWidth.Word, out ulong value));
            Assert.Equal(0xFFFF_FFFFul, value);
        }
    }

    [Fact]
    public void XSA112_XSA125_the_work_of_one_access_is_bounded()
    {
        Testbed machine = Assigned();
        machine.Checks = false;
        long most = 0;
        HostileGuest guest = new(5, Testbed.Window, Testbed.Doorbell, Testbed.FirstInterrupt, 2);
        for (int access = 0; access < 20_000; access++)
        {
            GuestAccess next = guest.Next();
            long steps = machine.Steps;
            machine.Access(0, in next);

            // A reset waits for the function, and says so: its steps are looks at the clock, bounded by their own tests.
            most = Math.Max(most, next.Address is >= 0x8098 and < 0x809C ? 0 : machine.Steps - steps);
        }

        Assert.InRange(most, 1, 200);
    }

    private static (ulong Guest, ulong Machine, ulong Size)[] Mapped(Testbed machine)
        => [.. machine.Parts.Guest[0].Mappings.Select(mapping => (mapping.Guest, mapping.Machine, mapping.SizeBytes))];

    private static byte[] Bytes(DmaFunction function)
        => [.. Enumerable.Range(0, 0x1000).Select(offset => (byte)function.Peek((uint)offset, AccessWidth.Byte))];

    private static Testbed Assigned()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        machine.AssertInvariants();
        return machine;
    }
}
