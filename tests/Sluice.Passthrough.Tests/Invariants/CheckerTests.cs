using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Invariants;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Passthrough.Tests.Invariants;

/// <summary>Each invariant is broken on purpose, behind the core's back: the checker must say so, and say which one.</summary>
public sealed class CheckerTests
{
    [Fact]
    public void A_machine_that_is_well_is_found_well()
    {
        Testbed machine = Assigned();

        machine.Check();

        Assert.Empty(machine.Checker.Violations);
    }

    [Fact]
    public void Decoding_behind_the_core_s_back_is_found()
    {
        Testbed machine = Assigned();
        machine.Config(0, 0, 0x04, 2, 0);

        machine.Functions[0].Poke(0x04, AccessWidth.HalfWord, 0x0402);

        AssertFinds(machine, Invariant.DecodesWhenMapped);
    }

    [Fact]
    public void Decoding_that_went_away_is_found()
    {
        Testbed machine = Assigned();

        machine.Functions[0].Poke(0x04, AccessWidth.HalfWord, 0x0404);

        AssertFinds(machine, Invariant.DecodesWhenMapped);
    }

    [Fact]
    public void A_page_that_is_not_mapped_while_its_function_decodes_is_found_at_that_instant()
    {
        Testbed machine = Assigned();
        Assert.True(machine.Parts.Guest[0].Handle.TryUnmap(machine.BarOf(0) + 0x1_0000, 0x1000));

        machine.Checker.CheckInstant(machine.States());

        Assert.Contains(machine.Checker.Violations, violation => violation.Invariant == Invariant.DecodesWhenMapped);
    }

    [Fact]
    public void The_pages_of_MSI_X_that_are_mapped_are_found()
    {
        Testbed machine = Assigned();
        GuestMapping first = machine.Parts.Guest[0].Mappings[0];
        Assert.True(machine.Parts.Guest[0].Handle.TryMap(machine.BarOf(0) + 0x2000, new MachineAddress(first.Machine + 0x2000), 0x2000, PageAttributes.Registers));

        AssertFinds(machine, Invariant.DecodesWhenMapped);
    }

    [Fact]
    public void What_is_left_mapped_is_found()
    {
        Testbed machine = Assigned();
        Assert.True(machine.Release(0, 0));
        Assert.True(machine.Parts.Guest[0].Handle.TryMap(0x2300_0000, new MachineAddress(0x1000_0000), 0x1000, PageAttributes.Registers));

        AssertFinds(machine, Invariant.QuarantinedHasNoMapping);
    }

    [Fact]
    public void A_page_within_reach_of_two_guests_is_found()
    {
        Testbed machine = Assigned();
        GuestMapping first = machine.Parts.Guest[0].Mappings[0];
        Assert.True(machine.Parts.Guest[1].Handle.TryMap(first.Guest, new MachineAddress(first.Machine), 0x1000, PageAttributes.Registers));

        AssertFinds(machine, Invariant.OneOwnerPerPage);
    }

    [Theory]
    [InlineData(0u, 0x8000_0000u)]
    [InlineData(2u, 37u)]
    public void A_guest_s_address_or_data_in_the_hardware_s_table_is_found(uint word, uint value)
    {
        Testbed machine = Assigned();

        machine.Functions[0].Msix.WriteTable(word * 4, AccessWidth.Word, value);

        AssertFinds(machine, Invariant.NoGuestMessageInHardware);
    }

    [Theory]
    [InlineData(0x54u, 0x8000_0000u)]
    [InlineData(0x5Cu, 37u)]
    [InlineData(0x50u, 0x0051_0000u)]
    public void A_message_of_MSI_that_is_not_the_function_s_own_is_found(uint offset, uint value)
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Config(0, 0, 0x04, 2, 0x0006);
        machine.Config(0, 0, 0x54, 4, Testbed.Doorbell & 0xFFFF_FFFF);
        machine.Config(0, 0, 0x5C, 2, Testbed.FirstInterrupt);
        machine.Config(0, 0, 0x52, 2, 0x0001);
        Assert.Equal(1u, machine.Functions[0].Peek(0x52, AccessWidth.HalfWord) & 1);
        machine.AssertInvariants();

        machine.Functions[0].Poke(offset, AccessWidth.Word, value | (offset == 0x50 ? machine.Functions[0].Peek(0x50, AccessWidth.Word) : 0));

        AssertFinds(machine, Invariant.NoGuestMessageInHardware);
    }

    [Fact]
    public void A_page_that_is_of_no_function_is_found()
    {
        Testbed machine = Assigned();
        GuestMapping first = machine.Parts.Guest[0].Mappings[0];
        Assert.True(machine.Parts.Guest[0].Handle.TryUnmap(first.Guest, first.SizeBytes));
        Assert.True(machine.Parts.Guest[0].Handle.TryMap(first.Guest, new MachineAddress(0x1080_0000), first.SizeBytes, PageAttributes.Registers));

        AssertFinds(machine, Invariant.QuarantinedHasNoMapping);
    }

    [Fact]
    public void A_message_of_another_vector_is_found_at_that_instant()
    {
        Testbed machine = Assigned();
        machine.Functions[0].Msix.WriteTable(8, AccessWidth.Word, machine.Functions[0].Msix.Data(0) + 1);

        machine.Checker.CheckInstant(machine.States());

        Assert.Contains(machine.Checker.Violations, violation => violation.Invariant == Invariant.NoGuestMessageInHardware);
    }

    [Theory]
    [InlineData(0x040Eu)]
    [InlineData(0x0416u)]
    [InlineData(0x0426u)]
    public void A_command_that_the_guest_did_not_give_is_found(uint command)
    {
        Testbed machine = Assigned();

        machine.Functions[0].Poke(0x04, AccessWidth.HalfWord, command);

        AssertFinds(machine, Invariant.CommandAgrees);
    }

    [Fact]
    public void Mastering_that_the_guest_did_not_ask_for_is_found()
    {
        Testbed machine = Assigned();
        machine.Config(0, 0, 0x04, 2, 2);

        machine.Functions[0].Poke(0x04, AccessWidth.HalfWord, 0x0406);

        AssertFinds(machine, Invariant.CommandAgrees);
    }

    [Fact]
    public void A_stream_that_reaches_another_guest_is_found()
    {
        Testbed machine = Assigned();
        Assert.True(machine.Smmu.TryQuarantine(machine.StreamOf(0), new OwnerId(1)));
        Assert.True(machine.Smmu.TryAttach(machine.StreamOf(0), new OwnerId(3)));

        AssertFinds(machine, Invariant.DmaReachesOwnerOnly);
    }

    [Fact]
    public void A_stream_that_does_not_reach_its_owner_is_found()
    {
        Testbed machine = Assigned();
        Assert.True(machine.Smmu.TryQuarantine(machine.StreamOf(0), new OwnerId(1)));

        AssertFinds(machine, Invariant.DmaReachesOwnerOnly);
    }

    [Theory]
    [InlineData(MachineKind.NwlDecoded)]
    [InlineData(MachineKind.NwlFifo)]
    public void A_function_that_does_not_let_go_takes_the_stream_that_others_share_and_that_is_no_flaw(MachineKind kind)
    {
        Testbed machine = Testbeds.Build(kind, 2);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 1));
        machine.Functions[0].IsPresent = false;

        Assert.False(machine.Release(0, 0));

        machine.AssertInvariants();
        Assert.True(machine.IsBroken(0));
        Assert.False(machine.Smmu.Model.TryRead(machine.StreamOf(1), MachineParts.Canary, new byte[8]));
    }

    [Fact]
    public void A_free_stream_that_reaches_anybody_is_found_at_that_instant()
    {
        Testbed machine = Assigned();
        Assert.True(machine.Smmu.TryQuarantine(machine.StreamOf(1), default));
        Assert.True(machine.Smmu.TryAttach(machine.StreamOf(1), new OwnerId(2)));

        machine.Checker.CheckInstant(machine.States());

        Assert.Contains(machine.Checker.Violations, violation => violation.Invariant == Invariant.QuarantinedHasNoMapping);
    }

    [Fact]
    public void A_transaction_that_passes_untranslated_is_found()
    {
        int bypassed = 0;
        InvariantChecker checker = new(new SimulatedPciBus()) { Bypassed = () => bypassed };
        checker.CheckInstant([]);
        Assert.Empty(checker.Violations);

        bypassed++;
        checker.CheckInstant([]);

        Assert.Equal(Invariant.NeverBypass, Assert.Single(checker.Violations).Invariant);
    }

    [Fact]
    public void An_SMMU_that_is_off_and_lets_pass_is_found()
    {
        SimulatedMachine machine = new(new RandomAccessMemory(0x4000_0000, 0x1000));
        SimulatedSmmuV3 smmu = new(machine);
        smmu.Write(0x44, AccessWidth.Word, 0x8000_0000);
        InvariantChecker checker = new(new SimulatedPciBus()) { Dma = smmu, Bypassed = () => smmu.Bypassed };
        checker.AddStream(5);
        checker.AddGuest(new OwnerId(1), new SimulatedGuest(machine), canary: 0x4000_0000);

        checker.CheckInstant([]);

        Assert.Contains(checker.Violations, violation => violation.Invariant == Invariant.NeverBypass);
    }

    [Fact]
    public void Two_owners_of_one_stream_are_found()
    {
        FunctionState[] states = [State(0x10, 5, 1), State(0x11, 5, 2)];

        AssertFinds(states, Invariant.OneOwnerPerStream);
    }

    [Fact]
    public void A_function_that_stands_twice_in_the_book_is_found()
    {
        FunctionState[] states = [State(0x10, 5, 1), State(0x10, 5, 1)];

        AssertFinds(states, Invariant.OneOwnerPerStream);
    }

    [Fact]
    public void A_broken_function_with_an_owner_is_found()
    {
        FunctionState[] states = [State(0x10, 5, 1) with { IsBroken = true }];

        AssertFinds(states, Invariant.OneOwnerPerStream);
    }

    [Fact]
    public void A_vector_of_another_owner_is_found()
    {
        InvariantChecker checker = Checker();
        checker.OwnerOfVector = _ => new OwnerId(2);

        checker.CheckSettled([State(0x10, 5, 1) with { IsPublished = true, Vectors = new VectorBlock(3, 1) }]);

        Assert.Contains(checker.Violations, violation => violation.Invariant == Invariant.OneOwnerPerVector);
    }

    [Fact]
    public void A_vector_of_two_functions_is_found()
    {
        InvariantChecker checker = Checker();
        checker.OwnerOfVector = _ => new OwnerId(1);

        checker.CheckSettled(
        [
            State(0x10, 5, 1) with { IsPublished = true, Vectors = new VectorBlock(3, 2) },
            State(0x11, 6, 1) with { IsPublished = true, Vectors = new VectorBlock(4, 2) },
        ]);

        Assert.Contains(checker.Violations, violation => violation.Invariant == Invariant.OneOwnerPerVector);
    }

    [Fact]
    public void A_vector_that_was_raised_in_another_s_name_is_found()
    {
        InvariantChecker checker = Checker();
        FunctionState[] states = [State(0x10, 5, 1) with { IsPublished = true, Vectors = new VectorBlock(3, 1) }];
        checker.CheckRaised(states, 3, new HashSet<(uint, uint)> { (0x10, 3) });
        Assert.Empty(checker.Violations);

        checker.CheckRaised(states, 3, new HashSet<(uint, uint)> { (0x11, 3), (0x10, 4) });

        Assert.Equal(Invariant.MessagesOfOwnerOnly, Assert.Single(checker.Violations).Invariant);
    }

    [Fact]
    public void A_lane_with_two_owners_is_found()
    {
        InvariantChecker checker = Checker();
        checker.Lanes = 4;
        checker.OwnersOfLane = lane => lane == 2 ? [new OwnerId(1), new OwnerId(2)] : [];

        checker.CheckSettled([]);

        Assert.Equal(Invariant.OneOwnerPerLane, Assert.Single(checker.Violations).Invariant);
    }

    [Fact]
    public void Every_invariant_is_broken_by_a_test_of_this_class()
    {
        // The enumeration and these tests grow together: who adds an invariant shows that it can be found broken.
        Assert.Equal(11, Enum.GetValues<Invariant>().Length);
    }

    private static InvariantChecker Checker() => new(new SimulatedPciBus());

    private static FunctionState State(ushort function, uint stream, ushort owner)
        => new() { Function = new RequesterId(function), Stream = stream, Owner = new OwnerId(owner) };

    private static Testbed Assigned()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        machine.AssertInvariants();
        return machine;
    }

    private static void AssertFinds(Testbed machine, Invariant invariant)
    {
        machine.Checker.CheckSettled(machine.States());
        Assert.True(machine.Checker.Violations.Any(violation => violation.Invariant == invariant), string.Join("; ", machine.Checker.Violations));
    }

    private static void AssertFinds(FunctionState[] states, Invariant invariant)
    {
        InvariantChecker checker = Checker();
        checker.CheckInstant(states);
        Assert.Contains(checker.Violations, violation => violation.Invariant == invariant);
    }
}
