using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>How functions get owners and lose them, and what is left when a step on the way fails.</summary>
public sealed class LifecycleTests
{
    private static readonly RequesterId s_function = new(0, 1, 0);
    private static readonly RequesterId s_below = new(1, 0, 0);
    private static readonly RequesterId s_sibling = new(1, 1, 0);

    [Fact]
    public void J1_Nobody_the_hypervisor_a_dying_owner_and_one_that_has_it_already_are_refused_and_the_hardware_is_not_touched()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.True(fixture.Release(s_function, 1));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.MarkDying(new OwnerId(1)));
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 2));
        fixture.Isolation.Steps.Clear();
        function.Trace.Clear();
        fixture.Msi.Requests.Clear();

        AssertRefused(fixture, fixture.Request(s_function, 2), AssignmentCause.AlreadyOwned);
        AssertRefused(fixture, fixture.Request(s_function, 3), AssignmentCause.AlreadyOwned);
        AssertRefused(fixture, fixture.Request(s_function, 1), AssignmentCause.OwnerDying);
        AssertRefused(fixture, fixture.Request(s_function, 1) with { Owner = default }, AssignmentCause.NotAnOwner);
        AssertRefused(fixture, fixture.Request(s_function, 1) with { Owner = OwnerId.Hypervisor }, AssignmentCause.NotAnOwner);
        AssertRefused(fixture, fixture.Request(s_function, 3) with { Stream = 9, Function = new(0, 2, 0) }, AssignmentCause.NotFound);

        Assert.Empty(fixture.Isolation.Steps);
        Assert.DoesNotContain(function.Trace.Accesses, access => access.IsWrite);
        Assert.Empty(fixture.Msi.Requests);
    }

    [Fact]
    public void J1_A_stream_that_is_not_the_functions_by_the_boards_map_is_refused()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);

        Assert.Equal(AssignmentStep.Check, fixture.AssignRequest(fixture.Request(s_function, 1) with { Stream = 9 }, 1));

        Assert.Equal(AssignmentCause.StreamMismatch, fixture.Failure.Cause);
        Assert.Equal(9u, fixture.Failure.Value);
    }

    [Fact]
    public void B22_A_bridge_is_not_assigned()
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 1, 4, 1, 1);

        Assert.Equal(AssignmentStep.Probe, fixture.Assign(s_function, 1));
        Assert.Equal(AssignmentCause.NotFound, fixture.Failure.Cause);
    }

    [Fact]
    public void J2_E16_Release_stops_mastering_then_waits_then_tears_interrupts_down_then_unmaps_then_quarantines_then_resets_then_restores()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        fixture.Enable(s_function, 1);
        Assert.False(function.Msix.IsMasked(0));
        List<string> order = Record(fixture, function);
        int pending = 3;
        function.Answering = (offset, width, value) => offset == 0x9A ? value | (pending-- > 0 ? 0x20u : 0) : value;

        Assert.True(fixture.Release(s_function, 1));

        Assert.Equal(
            ["master off", "wait", "entries masked", "msix off", "free", "unmap", "decode off", "quarantine 8", "reset", "restore"],
            order.Aggregate(new List<string>(), static (list, step) =>
            {
                if (!list.Contains(step))
                {
                    list.Add(step);
                }

                return list;
            }));
        fixture.AssertBaseline();
        Assert.True(pending < 0);
    }

    [Fact]
    public void J2_A_step_that_fails_leaves_the_function_broken_and_quarantined_and_names_the_register()
    {
        foreach ((string name, Action<DomainFixture, ShapedFunction> breaks, AssignmentStep step, AssignmentCause cause, uint register) in ReleaseFaults())
        {
            DomainFixture fixture = new();
            ShapedFunction function = fixture.Plug(0, 1);
            Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
            fixture.Enable(s_function, 1);
            breaks(fixture, function);

            Assert.False(fixture.Release(s_function, 1), name);

            AssignmentFailure failure = fixture.Failure;
            Assert.True((step, cause, register) == (failure.Step, failure.Cause, failure.Register), $"{name}: {failure.Step} {failure.Cause} {failure.Register:x}");
            Assert.True(failure.IsBroken, name);
            Assert.Equal(s_function.Value, failure.Function.Value);
            Assert.True(fixture.Entry(s_function) is { IsBroken: true, Owner.IsNone: true, Former.Value: 1 }, name);
            Assert.Empty(fixture.Isolation.Attached);
            Assert.Contains("quarantine 8", fixture.Isolation.Steps);
            Assert.Equal(AssignmentStep.Check, fixture.Assign(s_function, 1));
            Assert.Equal(AssignmentCause.Broken, fixture.Failure.Cause);
            Assert.Equal(0u, fixture.Assignment.Owners[0].Functions);
        }
    }

    [Fact]
    public void I4_J10_Whatever_access_to_the_hardware_fails_the_function_is_free_or_broken_and_never_attached_without_an_owner()
    {
        foreach (bool release in new[] { false, true })
        {
            int outcomes = 0;
            for (int step = 0; ; step++)
            {
                DomainFixture fixture = new();
                fixture.Plug(0, 1);
                fixture.PlugBridge(0, 3, 4, 1, 1).WithAccessControl(0x1D, 0x1D);
                Assert.True(fixture.Assignment.Survey());
                if (release)
                {
                    Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
                    fixture.Enable(s_function, 1);
                }

                fixture.Plan.Restart(step);
                bool done = release ? fixture.Release(s_function, 1) : fixture.Assign(s_function, 1) == AssignmentStep.None;
                bool injected = fixture.Plan.HasFailed;
                fixture.Plan.Restart(-1);
                AssertFreeOwnedOrBroken(fixture, $"access {step}, release {release}");
                Assert.Equal(done, fixture.Failure.IsNone);
                outcomes |= done ? 1 : 2;
                if (!injected)
                {
                    Assert.True(step > 20);
                    break;
                }
            }

            Assert.Equal(3, outcomes);
        }
    }

    [Fact]
    public void I4_J10_Whatever_stream_step_allocation_mapping_or_journal_entry_fails_the_function_is_free_or_broken()
    {
        foreach (string failing in new[] { "quarantine 8", "quarantine c", "attach 8", "attach c" })
        {
            DomainFixture fixture = new();
            fixture.Plug(0, 1).WithPhantom(1);
            fixture.Isolation.Fails = step => step == failing;

            AssignmentStep failed = fixture.Assign(s_function, 1);

            Assert.NotEqual(AssignmentStep.None, failed);
            Assert.Equal(failing.StartsWith("attach", StringComparison.Ordinal) ? AssignmentStep.Attach : AssignmentStep.Quarantine, failed);
            Assert.Equal(failing.EndsWith('c') ? 12u : 8u, fixture.Failure.Value);
            AssertFreeOwnedOrBroken(fixture, failing);
        }

        DomainFixture vectors = new();
        vectors.Plug(0, 1);
        vectors.Msi.FailsAllocation = true;
        Assert.Equal(AssignmentStep.Vectors, vectors.Assign(s_function, 1));
        Assert.Equal(AssignmentCause.NoVectors, vectors.Failure.Cause);
        vectors.AssertBaseline();

        DomainFixture entries = new();
        entries.Plug(0, 1);
        Assert.Equal(OwnerResult.Done, entries.Assignment.Owners.Add(new OwnerId(1), OwnerQuota.Unlimited));
        for (uint most = 0; ; most++)
        {
            entries.Assignment.Owners[0].Quota = OwnerQuota.Unlimited with { JournalEntries = most };
            AssignmentStep failed = entries.Assign(s_function, 1);
            if (failed == AssignmentStep.None)
            {
                Assert.InRange(most, 6u, 12u);
                Assert.Equal(most, (uint)entries.Assignment.Journal.Count);
                break;
            }

            Assert.Equal(AssignmentCause.Quota, entries.Failure.Cause);
            Assert.Equal(QuotaKind.JournalEntries, entries.Failure.Quota);
            entries.AssertBaseline();
        }
    }

    [Fact]
    public void I4_When_the_new_owner_cannot_be_attached_and_the_stream_not_be_closed_again_the_function_is_broken_and_its_vectors_stay_taken()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        int quarantines = 0;
        fixture.Isolation.Fails = step => step == "attach 8" || (step == "quarantine 8" && quarantines++ > 0);

        Assert.Equal(AssignmentStep.Attach, fixture.Assign(s_function, 1));

        Assert.True(fixture.Failure.IsBroken);
        Assert.True(fixture.Entry(s_function) is { IsBroken: true, Vectors.Count: 4 });
        Assert.Equal(4u, fixture.Msi.Table.Taken);
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.MarkDying(new OwnerId(1)));
        Assert.Equal(OwnerResult.HasFunctions, fixture.Assignment.Retire(new OwnerId(1), 0));
    }

    [Fact]
    public void I5_Between_two_owners_a_stream_is_quarantined_at_every_instant()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        fixture.Enable(s_function, 1);
        fixture.Isolation.Steps.Clear();
        List<string> owners = [];
        fixture.Isolation.Begins = step => owners.Add($"{step} {fixture.Entry(s_function)?.Owner.Value ?? 0}");

        Assert.Equal(AssignmentStep.None, fixture.Move(s_function, 1, 2));

        Assert.Equal(["quarantine 8 1", "quarantine 8 0", "attach 8 0"], owners);
        Assert.Equal(2, fixture.Entry(s_function)!.Value.Owner.Value);
        Assert.Empty(fixture.Guest(1).Mappings);
    }

    [Fact]
    public void I5_A_move_that_is_refused_leaves_the_function_with_its_owner_and_one_that_fails_leaves_it_quarantined()
    {
        DomainFixture fixture = new(new IsolationRules { Streams = RequesterStreams.Single(7) });
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.Equal(AssignmentStep.None, fixture.Assign(new(0, 2, 0), 1));

        Assert.Equal(AssignmentStep.Check, fixture.Move(s_function, 1, 2));
        Assert.Equal(AssignmentCause.Group, fixture.Failure.Cause);
        Assert.Equal(1, fixture.Entry(s_function)!.Value.Owner.Value);
        Assert.Equal(AssignmentStep.Check, fixture.Move(s_function, 1, 1));
        Assert.Equal(AssignmentCause.AlreadyOwned, fixture.Failure.Cause);

        Assert.True(fixture.Release(new(0, 2, 0), 1));
        fixture.Isolation.Fails = step => step == "attach 7";
        Assert.Equal(AssignmentStep.Attach, fixture.Move(s_function, 1, 2));
        fixture.AssertBaseline();
        Assert.Null(fixture.Entry(s_function));
    }

    [Fact]
    public void J4_Without_a_reset_of_its_own_a_function_is_reset_by_its_bus_when_nothing_else_on_it_is_in_use()
    {
        DomainFixture fixture = new();
        SimulatedBridgeFunction port = fixture.PlugBridge(0, 1, 4, 1, 1).WithAccessControl(0x1D, 0x1D);
        ShapedFunction function = fixture.Plug(1, 0).WithoutFlr().Set(0x44, AccessWidth.Byte, 8);
        fixture.Plug(1, 1);

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_below, 1));

        Assert.Equal(1, port.BusResets);
        Assert.Equal(1, function.ResetsByBus);
        Assert.Equal(ReferenceWindow, function.BarAddress(function.Bars[0]));
        Assert.True(fixture.Release(s_below, 1));
        Assert.Equal(2, port.BusResets);
    }

    [Fact]
    public void J4_Without_a_reset_of_its_own_and_with_a_sibling_owned_elsewhere_it_is_refused_unless_its_state_is_trusted()
    {
        DomainFixture fixture = new();
        SimulatedBridgeFunction port = fixture.PlugBridge(0, 1, 4, 1, 1).WithAccessControl(0x1D, 0x1D);
        ShapedFunction function = fixture.Plug(1, 0).WithoutFlr().Set(0x44, AccessWidth.Byte, 8);
        fixture.Plug(1, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_sibling, 2));
        fixture.Isolation.Steps.Clear();
        function.Trace.Clear();

        Assert.Equal(AssignmentStep.Reset, fixture.Assign(s_below, 1));

        Assert.Equal(AssignmentCause.BusInUse, fixture.Failure.Cause);
        Assert.Equal(s_sibling.Value, fixture.Failure.Other.Value);
        Assert.Empty(fixture.Isolation.Steps);
        Assert.Empty(function.Trace.Accesses);
        Assert.Equal(0, port.BusResets);

        Assert.Equal(AssignmentStep.None, fixture.AssignRequest(fixture.Request(s_below, 1) with { TrustsState = true }, 1));
        Assert.True(fixture.Release(s_below, 1));
        Assert.Equal(0, port.BusResets);

        // What its owner may have left in it is nobody else's to see.
        Assert.Equal(AssignmentStep.Reset, fixture.Assign(s_below, 2));
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_below, 1));
    }

    [Fact]
    public void J4_A_bus_with_a_bridge_on_it_is_not_reset_because_it_would_lose_its_buses()
    {
        DomainFixture fixture = new();
        SimulatedBridgeFunction port = fixture.PlugBridge(0, 1, 4, 1, 2).WithAccessControl(0x1D, 0x1D);
        fixture.PlugBridge(1, 5, 7, 2, 2);
        fixture.Plug(1, 0).WithoutFlr().Set(0x44, AccessWidth.Byte, 8);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_below, 1));
        Assert.True(fixture.Release(s_below, 1));

        Assert.Equal(AssignmentStep.Reset, fixture.Assign(s_below, 2));

        Assert.Equal(AssignmentCause.NoReset, fixture.Failure.Cause);
        Assert.Equal(0, port.BusResets);
    }

    [Fact]
    public void J5_A_physical_function_with_virtual_ones_is_not_assigned_nor_ejected_while_one_of_them_has_an_owner()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).WithVirtual(2, 0x80, 2);
        RequesterId virtualFunction = new((ushort)(s_function.Value + 0x80));
        fixture.Plug(virtualFunction.Bus, virtualFunction.Device, virtualFunction.Function);

        Assert.Equal(AssignmentStep.None, fixture.Assign(virtualFunction, 1));
        Assert.True(fixture.Assignment.Topology[fixture.Assignment.Topology.Find(virtualFunction)].IsVirtual);

        Assert.Equal(AssignmentStep.Check, fixture.Assign(s_function, 2));
        Assert.Equal(IsolationRelation.VirtualFunction, fixture.Failure.Reason.Relation);
        Assert.False(fixture.Assignment.TryEject(s_function));
        Assert.Equal(AssignmentCause.HasVirtualFunctions, fixture.Failure.Cause);
        Assert.Equal(virtualFunction.Value, fixture.Failure.Other.Value);

        Assert.True(fixture.Release(virtualFunction, 1));
        Assert.Equal(AssignmentStep.Check, fixture.Assign(s_function, 2));
        Assert.Equal(AssignmentCause.HasVirtualFunctions, fixture.Failure.Cause);
        Assert.True(fixture.Assignment.TryEject(s_function));
    }

    [Fact]
    public void J5_Virtual_functions_that_cannot_be_are_bounded()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).WithVirtual(0xFFFF, 1, 1);
        fixture.Plug(0, 2);
        Assert.True(fixture.Assignment.Survey());

        Assert.Equal(PciTopology.Capacity, fixture.Assignment.Topology.Count);
        Assert.Equal(AssignmentStep.Check, fixture.Assign(s_function, 1));
    }

    [Fact]
    public void A_function_that_was_taken_out_without_a_word_is_torn_down_at_any_instant_and_its_vectors_are_nobody_elses_until_it_is_admitted_again()
    {
        for (int access = 0; access < 12; access++)
        {
            DomainFixture fixture = new();
            ShapedFunction function = fixture.Plug(0, 1);
            Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
            fixture.Enable(s_function, 1);
            int left = access;
            function.Writing = (_, _, _) => function.IsPresent &= left-- > 0;
            function.IsPresent = access != 0;

            Assert.True(fixture.Remove(s_function, 1));
            function.IsPresent = false;

            Assert.True(fixture.Entry(s_function) is { IsRemoved: true, IsBroken: false, Vectors.Count: 4 });
            Assert.Empty(fixture.Guest(1).Mappings);
            Assert.Empty(fixture.Isolation.Attached);
            Assert.Equal("quarantine 8", fixture.Isolation.Steps[^1]);
            Assert.Equal(4, fixture.Msi.Masked.Count);
            Assert.Equal(AssignmentStep.Check, fixture.Assign(s_function, 2));
            Assert.Equal(AssignmentCause.Removed, fixture.Failure.Cause);
            fixture.Reference.Functions.Remove(s_function);

            // Something else comes to its place.
            fixture.Plug(0, 1).Bar2Bytes(0x2000);
            Assert.True(fixture.Assignment.TryReadmit(s_function));
            Assert.Equal(0u, fixture.Msi.Table.Taken);
            Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 2));
            Assert.True(fixture.Release(s_function, 2));
            fixture.AssertBaseline();
        }
    }

    [Fact]
    public void A_removed_function_whose_quarantine_is_not_confirmed_is_broken_and_never_admitted_again()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        function.IsPresent = false;
        fixture.Isolation.FailsQuarantine = true;

        Assert.False(fixture.Remove(s_function, 1));
        fixture.Isolation.FailsQuarantine = false;

        Assert.False(fixture.Assignment.TryReadmit(s_function));
        Assert.True(fixture.Entry(s_function) is { IsBroken: true, IsRemoved: false, Vectors.Count: 4 });
    }

    [Fact]
    public void A_function_is_ejected_in_order_and_another_one_with_other_memory_takes_its_place()
    {
        DomainFixture fixture = new();
        ShapedFunction function = fixture.Plug(0, 1);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.False(fixture.Assignment.TryEject(s_function));
        Assert.Equal(AssignmentCause.AlreadyOwned, fixture.Failure.Cause);
        Assert.True(fixture.Release(s_function, 1));
        function.Poke(4, AccessWidth.HalfWord, 6);

        Assert.True(fixture.Assignment.TryEject(s_function));
        Assert.Equal(0u, function.Peek(4, AccessWidth.HalfWord) & 7);
        fixture.Reference.Functions.Remove(s_function);
        Assert.Equal(AssignmentStep.Probe, fixture.Assign(s_function, 2));

        fixture.Plug(0, 1).Bar2Bytes(0x4000);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 2));
    }

    [Fact]
    public void Quotas_are_per_owner_and_a_refusal_names_which()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        fixture.Plug(0, 2);
        ref Owners owners = ref fixture.Assignment.Owners;
        Assert.Equal(OwnerResult.Done, owners.Add(new OwnerId(1), OwnerQuota.Unlimited with { Functions = 1 }));
        Assert.Equal(OwnerResult.Done, owners.Add(new OwnerId(2), OwnerQuota.Unlimited with { Vectors = 3 }));
        Assert.Equal(OwnerResult.Exists, owners.Add(new OwnerId(2), OwnerQuota.Unlimited));
        Assert.Equal(OwnerResult.NotAnOwner, owners.Add(OwnerId.Hypervisor, OwnerQuota.Unlimited));

        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.Equal(AssignmentStep.Check, fixture.Assign(new(0, 2, 0), 1));
        Assert.Equal((AssignmentCause.Quota, QuotaKind.Functions), (fixture.Failure.Cause, fixture.Failure.Quota));
        Assert.Equal(AssignmentStep.Vectors, fixture.Assign(new(0, 2, 0), 2));
        Assert.Equal((AssignmentCause.Quota, QuotaKind.Vectors), (fixture.Failure.Cause, fixture.Failure.Quota));
        Assert.Equal(AssignmentStep.None, fixture.AssignRequest(fixture.Request(new(0, 2, 0), 2) with { MostVectors = 3 }, 2));
        Assert.Equal(3u, fixture.Assignment.Owners[1].Vectors);
        Assert.True(fixture.Release(new(0, 2, 0), 2));
        Assert.Equal(0u, fixture.Assignment.Owners[1].Vectors);
    }

    [Fact]
    public void An_owners_number_is_anothers_only_after_nothing_of_it_is_left()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1);
        OwnerId owner = new(1);
        Assert.Equal(OwnerResult.Unknown, fixture.Assignment.Retire(owner, 0));
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.MarkDying(owner));
        Assert.Equal(OwnerResult.HasFunctions, fixture.Assignment.Retire(owner, 0));
        Assert.True(fixture.Release(s_function, 1));
        Assert.Equal(OwnerResult.HasMappedPages, fixture.Assignment.Retire(owner, 1));
        Assert.Equal(AssignmentStep.Check, fixture.Assign(s_function, 1));

        Assert.Equal(OwnerResult.Done, fixture.Assignment.Retire(owner, 0));

        Assert.Equal(OwnerState.Unknown, fixture.Assignment.Owners.StateOf(owner));
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
    }

    [Fact]
    public void An_owner_that_was_removed_from_a_function_without_reset_does_not_leave_its_state_to_the_next_owner_of_its_number()
    {
        DomainFixture fixture = new();
        fixture.Plug(0, 1).WithoutFlr().Set(0x44, AccessWidth.Byte, 8);
        Assert.Equal(AssignmentStep.None, fixture.Assign(s_function, 1));
        Assert.True(fixture.Release(s_function, 1));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Owners.MarkDying(new OwnerId(1)));
        Assert.Equal(OwnerResult.Done, fixture.Assignment.Retire(new OwnerId(1), 0));

        Assert.Equal(AssignmentStep.Reset, fixture.Assign(s_function, 1));
        Assert.Equal(AssignmentCause.NoReset, fixture.Failure.Cause);
    }

    [Fact]
    public void J9_After_any_number_of_owners_of_phantoms_aliases_and_shared_streams_everything_is_as_at_the_beginning()
    {
        DomainFixture fixture = new();
        fixture.PlugBridge(0, 3, 7, 1, 1);
        fixture.PlugBridge(0, 4, 4, 2, 2).WithAccessControl(0x1D, 0x1D);
        RequesterId[] functions = [s_function, new(1, 1, 0), new(2, 0, 0)];
        fixture.Plug(0, 1).WithPhantom(1);
        fixture.Plug(1, 1).Conventional();
        fixture.Plug(2, 0).WithoutFlr().WithAf();
        foreach (SimulatedFunction function in DomainFixture.FunctionsOf(fixture))
        {
            function.Trace.IsKept = false;
        }

        ulong free = 0;
        for (int cycle = 0; cycle < 60; cycle++)
        {
            for (int index = 0; index < functions.Length; index++)
            {
                int owner = 1 + ((cycle + index) % DomainFixture.Owners);
                Assert.Equal(AssignmentStep.None, fixture.Assign(functions[index], owner));
            }

            for (int index = 0; index < functions.Length; index++)
            {
                Assert.True(fixture.Release(functions[index], 1 + ((cycle + index) % DomainFixture.Owners)));
            }

            fixture.AssertBaseline();
            free = cycle == 0 ? fixture.Assignment.FreeLowBytes : free;
            Assert.Equal(free, fixture.Assignment.FreeLowBytes);
            fixture.Isolation.Steps.Clear();
            fixture.Msi.Requests.Clear();
        }
    }

    private static ulong ReferenceWindow => Sluice.Runtime.Tests.HostBridges.ReferenceMachine.Windows;

    private static IEnumerable<(string Name, Action<DomainFixture, ShapedFunction> Breaks, AssignmentStep Step, AssignmentCause Cause, uint Register)> ReleaseFaults()
    {
        yield return ("vanished", (_, function) => function.IsPresent = false, AssignmentStep.Stop, AssignmentCause.Vanished, 0x04);
        yield return ("masters on", (_, function) => function.Answering = (offset, _, value) => offset == 4 ? value | 4 : value, AssignmentStep.Stop, AssignmentCause.NotSilent, 0x04);
        yield return ("busy", (_, function) => function.IsBusy = true, AssignmentStep.Drain, AssignmentCause.NotAtRest, 0x9A);
        yield return ("unmap", (fixture, _) => fixture.Guest(1).LosesUnmap = true, AssignmentStep.Unmap, AssignmentCause.UnmapIncomplete, 0);
        yield return ("quarantine", (fixture, _) => fixture.Isolation.FailsQuarantine = true, AssignmentStep.Quarantine, AssignmentCause.QuarantineIncomplete, 0);
        yield return ("reset", (_, function) => function.VanishesAtReset = true, AssignmentStep.Reset, AssignmentCause.ResetIncomplete, 0);
        yield return ("restore", (_, function) => function.Writing = (offset, _, _) =>
        {
            if (offset == 0x18)
            {
                function.Poke(0x18, AccessWidth.Word, 0x5000_0000);
            }
        }, AssignmentStep.Restore, AssignmentCause.NotRestored, 0x18);
    }

    private static void AssertRefused(DomainFixture fixture, AssignmentRequest<Sluice.Runtime.ConfigSpace.MsixEntryArray> request, AssignmentCause cause)
    {
        Assert.NotEqual(AssignmentStep.None, fixture.AssignRequest(request, 1));
        Assert.Equal(cause, fixture.Failure.Cause);
        Assert.Equal(request.Function.Value, fixture.Failure.Function.Value);
    }

    private static void AssertFreeOwnedOrBroken(DomainFixture fixture, string where)
    {
        OwnedFunction? entry = fixture.Entry(s_function);
        bool owned = entry is { Owner.IsNone: false };
        Assert.True(owned == fixture.Isolation.Attached.Contains(8), where);
        if (owned)
        {
            Assert.Equal(entry!.Value.Vectors.Count, fixture.Msi.Table.Taken);
            Assert.True(fixture.Release(s_function, 1), where);
        }

        if (!owned && entry is { IsBroken: true })
        {
            Assert.True(fixture.Failure.IsBroken, where);
            Assert.Equal(entry.Value.Vectors.Count, fixture.Msi.Table.Taken);
            Assert.Empty(fixture.Guest(1).Mappings);
            Assert.Empty(fixture.Isolation.Attached);
            return;
        }

        fixture.AssertBaseline();
    }

    private static List<string> Record(DomainFixture fixture, ShapedFunction function)
    {
        List<string> order = [];
        uint flr = 0;
        function.Writing = (offset, width, value) =>
        {
            if (offset == 4)
            {
                order.Add((value & 2) != 0 ? "master off" : flr == 0 ? "decode off" : "restore");
            }
            else if (offset is 0x72 && (value & 0x8000) == 0)
            {
                order.Add("msix off");
            }
            else if (offset == 0x98 && (value & 0x8000) != 0)
            {
                flr = 1;
                order.Add("reset");
            }
            else if (offset is >= 0x10 and < 0x28)
            {
                order.Add("restore");
            }
        };
        fixture.Guest(1).Remapping = (maps, _, _) => order.Add(maps ? "map" : "unmap");
        fixture.Isolation.Begins = step =>
        {
            Assert.Equal(0u, fixture.Msi.Table.Taken);
            Assert.True(function.Msix.IsMasked(0));
            order.Add(step);
        };
        fixture.Msi.Begins = step =>
        {
            Assert.True(function.Msix.IsMasked(0));
            order.Add(step);
        };
        fixture.Reference.Machine.Accessed = (address, isWrite, _) =>
        {
            if (!isWrite && (address & 0xFFF) == 0x9A)
            {
                order.Add("wait");
            }

            if (isWrite && (address & 0xFFFF) == DmaFunction.TableOffset + 12 && address >= ReferenceWindow && address < ReferenceWindow + 0x100_0000)
            {
                order.Add("entries masked");
            }
        };
        return order;
    }
}
