using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Sluice.Simulation.Hostile;
using Xunit;

namespace Sluice.Passthrough.Tests.Security;

/// <summary>The record's flaws about DMA and about who owns what.</summary>
public sealed class DmaRecordTests
{
    private const ulong Page = MachineParts.Canary + 0x10_0000;

    public static TheoryData<MachineKind> Kinds => Testbeds.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void XSA78_XSA80_after_an_unmapping_no_stale_translation_is_left(MachineKind kind)
    {
        Testbed machine = Assigned(kind);
        MachineAddress target = MachineParts.CanaryOf(0) + 0x8000;
        Assert.Equal(MappingResult.Done, machine.Smmu.Map(0, Page, target, 0x1000));
        Assert.True(Reaches(machine, 0, Page));

        Assert.Equal(MappingResult.Done, machine.Smmu.Unmap(0, Page, 0x1000));

        Assert.False(Reaches(machine, 0, Page));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void XSA78_XSA80_XSA373_an_unmapping_that_the_SMMU_does_not_confirm_is_not_done(MachineKind kind)
    {
        Testbed machine = Assigned(kind);
        Assert.Equal(MappingResult.Done, machine.Smmu.Map(0, Page, MachineParts.CanaryOf(0) + 0x8000, 0x1000));
        machine.Smmu.Hangs = true;

        Assert.Equal(MappingResult.InvalidationIncomplete, machine.Smmu.Unmap(0, Page, 0x1000));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void XSA373_a_quarantine_that_is_not_confirmed_gives_the_function_up_for_good(MachineKind kind)
    {
        Testbed machine = Assigned(kind);
        machine.Smmu.Hangs = true;
        machine.Checks = false;

        Assert.False(machine.Release(0, 0));

        Assert.True(machine.IsBroken(0));
        Assert.Equal(AssignmentStep.Check, machine.Assign(0, 0));
        Assert.NotEqual(AssignmentStep.None, machine.Assign(1, 1));
        Assert.Empty(machine.Parts.Guest[0].Mappings);
    }

    [Fact]
    public void XSA83_XSA460_when_pages_run_out_nothing_is_left_and_no_page_is_lost()
    {
        for (uint pages = 1; pages < 12; pages++)
        {
            MachineParts parts = new();
            MachineSmmuV3 smmu = new(parts);
            List<MachineAddress> held = [];
            while (parts.Pool.FreePages > pages && parts.Pool.TryAllocate(1, out MachineAddress page))
            {
                held.Add(page);
            }

            uint free = parts.Pool.FreePages;
            MappingResult result = smmu.Map(0, 0x10_0000_0000, new MachineAddress(MachineParts.Pages), 0x1000);
            Assert.True(result is MappingResult.Done or MappingResult.OutOfTables, $"{pages} pages: {result}");
            if (result == MappingResult.Done)
            {
                Assert.Equal(MappingResult.Done, smmu.Unmap(0, 0x10_0000_0000, 0x1000));
            }

            Assert.Equal(free, parts.Pool.FreePages);
        }
    }

    [Fact]
    public void XSA154_a_page_that_is_mapped_does_not_get_a_second_mapping_with_other_attributes()
    {
        Testbed machine = Assigned(MachineKind.EcamIts);

        Assert.Equal(MappingResult.Overlap, machine.Smmu.Map(0, MachineParts.Canary, MachineParts.CanaryOf(1), 0x1000));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void XSA207_XSA275_XSA285_XSA311_after_random_mappings_a_device_reaches_exactly_what_is_mapped(MachineKind kind)
    {
        const uint Pages = 24;
        Testbed machine = Assigned(kind);
        SeededRandom random = new(11);
        Dictionary<ulong, uint> model = [];
        uint free = machine.Parts.Pool.FreePages;
        for (int round = 0; round < 400; round++)
        {
            ulong page = Page + (random.Below(Pages) * 0x1000ul) + (random.OneIn(4) ? 0x4000_0000ul : 0);
            if (model.Remove(page))
            {
                Assert.Equal(MappingResult.Done, machine.Smmu.Unmap(0, page, 0x1000));
            }
            else
            {
                model[page] = random.Below(8);
                Assert.Equal(MappingResult.Done, machine.Smmu.Map(0, page, MachineParts.CanaryOf(0) + 0x1_0000 + (model[page] * 0x1000ul), 0x1000));
            }

            Assert.Equal(model.ContainsKey(page), Reaches(machine, 0, page));
        }

        foreach (ulong page in model.Keys)
        {
            Assert.Equal(MappingResult.Done, machine.Smmu.Unmap(0, page, 0x1000));
        }

        Assert.Equal(free, machine.Parts.Pool.FreePages);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void XSA302_XSA306_DMA_at_every_step_of_a_release_reaches_the_owner_or_nobody(MachineKind kind)
    {
        Testbed machine = Assigned(kind);
        int tried = 0;
        int reached = 0;
        machine.Stepped = () =>
        {
            tried++;
            reached += Reaches(machine, 0, MachineParts.Canary) ? 1 : 0;
        };

        Assert.True(machine.Release(0, 0));

        machine.Stepped = null;
        Assert.True(tried > reached && reached > 0, $"{reached} of {tried}");
        Assert.False(Reaches(machine, 0, MachineParts.Canary));
        Assert.Equal(1ul, machine.Parts.Machine.Memory.Read64(MachineParts.CanaryOf(0).Value));
        machine.AssertInvariants();
    }

    [Fact]
    public void XSA321_where_walkers_do_not_snoop_they_see_each_table_entry_before_it_counts()
    {
        MachineParts parts = new(snooped: false);
        MachineSmmuV3 smmu = new(parts, coherent: false);
        for (int round = 0; round < 20; round++)
        {
            ulong page = Page + ((ulong)round * 0x20_0000);
            Assert.Equal(MappingResult.Done, smmu.Map(0, page, MachineParts.CanaryOf(0), 0x1000));
            Assert.True(smmu.TryQuarantine(0x10, default));
            Assert.True(smmu.TryAttach(0x10, new OwnerId(1)));
            Assert.True(smmu.Model.TryRead(0x10, page, new byte[8]));
            Assert.True(smmu.TryQuarantine(0x10, new OwnerId(1)));
            Assert.False(smmu.Model.TryRead(0x10, page, new byte[8]));
            Assert.Equal(MappingResult.Done, smmu.Unmap(0, page, 0x1000));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void XSA347_at_each_single_write_of_a_table_a_stream_reaches_its_owner_or_nobody(MachineKind kind)
    {
        Testbed machine = Testbeds.Build(kind);
        int writes = 0;
        bool isLooking = false;
        machine.Parts.Machine.Memory.Written = _ =>
        {
            if (!isLooking)
            {
                isLooking = true;
                writes++;
                machine.Checker.CheckInstant(machine.States());
                isLooking = false;
            }
        };

        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        Assert.True(machine.Release(0, 0));
        Assert.Equal(AssignmentStep.None, machine.Assign(1, 0));
        Assert.True(machine.Release(1, 0));

        // The MMU-500 has its stream entries in registers, whose writes are steps of their own.
        Assert.True(writes > 0 || kind is MachineKind.NwlDecoded or MachineKind.NwlFifo or MachineKind.AxiFifo);
        machine.AssertInvariants();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void XSA378_the_owner_is_written_down_when_nothing_can_fail_any_more(MachineKind kind)
    {
        Testbed machine = Testbeds.Build(kind);
        int owned = 0;
        int steps = 0;
        machine.Stepped = () =>
        {
            steps++;
            owned += machine.Owned;
        };

        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));

        Assert.True(steps > 20);
        Assert.Equal(0, owned);
        Assert.Equal(1, machine.Owned);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void XSA386_XSA395_which_ever_of_several_parts_cannot_be_mapped_none_is(int failing)
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        int part = 0;
        machine.Parts.Guest[0].RefusesMap = (_, _) => part++ == failing;

        machine.Use(0, 0);

        Assert.Empty(machine.Parts.Guest[0].Mappings);
        Assert.Equal(0u, machine.Config(0, 0, 4, 2) & 2);
        Assert.False(machine.Functions[0].DecodesMemory);
        machine.AssertInvariants();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void XSA386_which_ever_of_several_parts_cannot_be_unmapped_the_function_is_given_up(int failing)
    {
        Testbed machine = Assigned(MachineKind.EcamIts);
        int part = 0;
        machine.Parts.Guest[0].RefusesUnmap = (_, _) => part++ == failing;

        Assert.False(machine.Release(0, 0));

        Assert.True(machine.IsBroken(0));
        Assert.Single(machine.Parts.Guest[0].Mappings);
        Assert.False(machine.Functions[0].DecodesMemory);
        Assert.False(Reaches(machine, 0, MachineParts.Canary));
        machine.AssertInvariants();
    }

    [Theory]
    [InlineData(0x1000ul)]
    [InlineData(0x7F_FFFF_F000ul)]
    [InlineData(0xFF_FFFF_F000ul)]
    [InlineData(0x3F_C000_0000ul)]
    public void XSA390_XSA445_who_walks_the_table_and_who_builds_it_agree_on_its_depth(ulong address)
    {
        Testbed machine = Assigned(MachineKind.EcamIts);
        Assert.Equal(MappingResult.Done, machine.Smmu.Map(0, address, MachineParts.CanaryOf(0), 0x1000));

        Assert.True(Reaches(machine, 0, address));
        Assert.False(Reaches(machine, 0, address + (1ul << 40)));
        Assert.Equal(MappingResult.OutOfRange, machine.Smmu.Map(0, 1ul << 40, MachineParts.CanaryOf(0), 0x1000));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void XSA399_XSA400_XSA442_between_two_owners_a_function_reaches_nobody_and_then_nothing_of_the_first(MachineKind kind)
    {
        Testbed machine = Assigned(kind);
        Assert.Equal(1ul, Read(machine, 0, MachineParts.Canary));

        Assert.True(machine.Release(0, 0));
        Assert.False(Reaches(machine, 0, MachineParts.Canary));
        Assert.Equal(AssignmentStep.None, machine.Assign(1, 0));

        Assert.Equal(2ul, Read(machine, 0, MachineParts.Canary));
        Assert.Equal(0, machine.Smmu.Bypassed);
        machine.AssertInvariants();
    }

    [Fact]
    public void XSA461_no_page_of_the_machine_holds_memory_of_two_functions()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts, 3, _ => new SmallBarFunction());
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        Assert.Equal(AssignmentStep.None, machine.Assign(1, 1));
        Assert.Equal(AssignmentStep.None, machine.Assign(2, 2));
        for (int function = 0; function < 3; function++)
        {
            machine.Config(function, function, 0x24, 4, 0x2380_0000);
            machine.Config(function, function, 0x04, 2, 6);
        }

        Assert.Equal(3, States(machine).Select(state => state.Bars[5].MachineAddress.Value / 0x1000).Distinct().Count());
        machine.AssertInvariants();
    }

    [Theory]
    [InlineData(MachineKind.EcamV2m)]
    [InlineData(MachineKind.NwlFifo)]
    [InlineData(MachineKind.NwlDecoded)]
    [InlineData(MachineKind.AxiFifo)]
    public void Shared_stream_owner_before_attach_a_refused_guest_leaves_the_first_one_as_it_was(MachineKind kind)
    {
        Testbed machine = Assigned(kind);
        MachineCounts before = machine.Counts;
        long steps = machine.Steps;
        Assert.Equal(AssignmentStep.Check, machine.Assign(1, 1));

        Assert.Equal(before, machine.Counts);
        Assert.Equal(1ul, Read(machine, 0, MachineParts.Canary));

        // The bridge may be asked whether it is well; the function is not touched.
        Assert.InRange(machine.Steps - steps, 0, 64);
        machine.AssertInvariants();
    }

    private static Testbed Assigned(MachineKind kind)
    {
        Testbed machine = Testbeds.Build(kind);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        machine.AssertInvariants();
        return machine;
    }

    private static Simulation.Invariants.FunctionState[] States(Testbed machine) => machine.States().ToArray();

    private static bool Reaches(Testbed machine, int function, ulong address) => machine.Functions[function].Dma!.TryRead(machine.IdOf(function).Value, address, new byte[8]);

    private static ulong Read(Testbed machine, int function, ulong address)
    {
        byte[] word = new byte[8];
        Assert.True(machine.Functions[function].Dma!.TryRead(machine.IdOf(function).Value, address, word));
        return BitConverter.ToUInt64(word);
    }
}
