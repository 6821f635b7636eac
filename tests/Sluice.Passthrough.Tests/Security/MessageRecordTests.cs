using System.Collections.Generic;
using System.Linq;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Hostile;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Passthrough.Tests.Security;

/// <summary>The record's flaws about messages: who may raise what.</summary>
public sealed class MessageRecordTests
{
    public static TheoryData<MachineKind> Isolating => [MachineKind.EcamIts, MachineKind.NwlFifo, MachineKind.AxiFifo];

    public static TheoryData<MachineKind> Kinds => Testbeds.Kinds;

    [Theory]
    [MemberData(nameof(Isolating))]
    public void CVE_2011_1898_a_device_that_writes_every_message_raises_its_own_vectors_only(MachineKind kind)
    {
        Testbed machine = Two(kind, out int owner);
        ulong doorbell = Testbeds.DoorbellOf(kind);
        HashSet<uint> theirs = [.. machine.VectorsOf(1)];

        for (uint data = 0; data < 256; data++)
        {
            machine.NoteMessage(machine.IdOf(0).Value, data);
            machine.Functions[0].Dma!.TryWrite(machine.IdOf(0).Value, doorbell, System.BitConverter.GetBytes(data));
            foreach (uint raised in machine.Collect())
            {
                Assert.DoesNotContain(raised, theirs);
            }
        }

        machine.AssertInvariants();
        Assert.Equal(0, machine.Parts.Guest[owner].PendingInterrupts);
    }

    [Theory]
    [InlineData(MachineKind.EcamV2m)]
    [InlineData(MachineKind.NwlDecoded)]
    public void CVE_2011_1898_where_senders_cannot_be_told_apart_a_second_guest_gets_nothing(MachineKind kind)
    {
        Testbed machine = Testbeds.Build(kind);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));

        Assert.Equal(AssignmentStep.Check, machine.Assign(1, 1));
    }

    [Fact]
    public void XSA36_after_its_function_is_taken_away_a_table_has_nothing_for_its_messages()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        Assert.True(machine.Release(0, 0));

        for (uint data = 0; data < 64; data++)
        {
            machine.Functions[0].Dma!.TryWrite(machine.IdOf(0).Value, Testbeds.DoorbellOf(MachineKind.EcamIts), System.BitConverter.GetBytes(data));
        }

        Assert.Empty(machine.Collect());
        Assert.Equal(0, machine.Parts.Guest[0].PendingInterrupts);
    }

    [Theory]
    [MemberData(nameof(Isolating))]
    public void XSA49_there_is_no_vector_that_anybody_but_its_function_may_raise(MachineKind kind)
    {
        Testbed machine = Two(kind, out _);
        HashSet<uint> own = [.. machine.VectorsOf(0)];
        for (uint sender = 0; sender < 0x200; sender++)
        {
            if (sender == machine.IdOf(0).Value)
            {
                continue;
            }

            foreach (uint vector in own)
            {
                machine.Functions[0].Dma!.TryWrite(sender, Testbeds.DoorbellOf(kind), System.BitConverter.GetBytes(machine.MessageOf(vector)));
            }

            Assert.DoesNotContain(machine.Collect(), own.Contains);
        }
    }

    [Fact]
    public void XSA129_what_the_host_keeps_masked_the_guest_cannot_unmask()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0, entry: 1);

        // A message that means none of the guest's interrupts: the host keeps the entry masked, however often the guest unmasks it.
        for (int round = 0; round < 3; round++)
        {
            machine.Program(0, 0, 0, MachineParts.Canary, 0);
            machine.WriteMemory(0, machine.EntryOf(0, 0) + 12, AccessWidth.Word, 0);
            Assert.True(machine.Functions[0].Msix.IsMasked(0));
        }

        Assert.False(machine.Functions[0].Msix.IsMasked(1));
        machine.AssertInvariants();
    }

    [Theory]
    [InlineData(0x2F00ul + (7 * 16), true)]
    [InlineData(0x2F00ul + (8 * 16), false)]
    [InlineData(0x2F00ul + (16 * 16), false)]
    [InlineData(0x2F00ul + (17 * 16) - 4, false)]
    public void XSA164_a_write_behind_the_guest_s_last_entry_reaches_no_table(ulong offset, bool exists)
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        int writes = machine.Functions[0].Msix.Writes;

        AccessResult result = machine.WriteMemory(0, machine.BarOf(0) + offset, AccessWidth.Word, 0xFFFF_FFFF);

        Assert.Equal(exists ? AccessResult.Done : AccessResult.Denied, result);
        Assert.Equal(writes, machine.Functions[0].Msix.Writes);
        machine.ReadMemory(0, machine.BarOf(0) + offset, AccessWidth.Word, out ulong value);
        Assert.Equal(0xFFFF_FFFFul, value | (exists ? 3u : 0));
        machine.AssertInvariants();
    }

    [Fact]
    public void XSA164_the_last_word_of_the_table_s_last_page_is_no_entry()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        int writes = machine.Functions[0].Msix.Writes;

        machine.WriteMemory(0, machine.BarOf(0) + 0x3FFC, AccessWidth.Word, 0x1234_5678);

        Assert.Equal(writes, machine.Functions[0].Msix.Writes);
        Assert.Equal(0x1234_5678ul, machine.Functions[0].ReadMemory(0, 0x3FFC, AccessWidth.Word));
        machine.AssertInvariants();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void XSA237_enabling_twice_and_releasing_twice_change_nothing_the_second_time(MachineKind kind)
    {
        Testbed machine = Testbeds.Build(kind);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        MachineCounts counts = machine.Counts;
        uint control = machine.Functions[0].Peek(0x72, AccessWidth.HalfWord);

        machine.Config(0, 0, 0x72, 2, 0x8000);
        Assert.Equal(AssignmentStep.Check, machine.Assign(0, 0));
        Assert.Equal(AssignmentStep.Check, machine.Assign(1, 0));

        Assert.Equal(counts, machine.Counts);
        Assert.Equal(control, machine.Functions[0].Peek(0x72, AccessWidth.HalfWord));
        Assert.False(machine.Release(0, 1));
        Assert.True(machine.Release(0, 0));
        counts = machine.Counts;
        Assert.False(machine.Release(0, 0));
        Assert.Equal(counts, machine.Counts);
        machine.AssertInvariants();
    }

    [Fact]
    public void CVE_2016_9083_the_end_of_a_range_of_vectors_does_not_wrap()
    {
        VectorTable table = default;
        Assert.True(table.TryAllocate(8, new OwnerId(1), 8, 1, out VectorBlock all));
        Assert.False(table.TryAllocate(8, new OwnerId(2), uint.MaxValue, 1, out _));
        Assert.False(table.TryAllocate(8, new OwnerId(2), 1, 0x8000_0000, out _));

        table.Free(new OwnerId(1), new VectorBlock(uint.MaxValue, 8));
        table.Free(new OwnerId(1), new VectorBlock(4, uint.MaxValue));
        table.Free(new OwnerId(2), all);

        Assert.Equal(4u, table.Taken);
        Assert.True(table.OwnerOf(3).Is(new OwnerId(1)));
        Assert.False(new VectorBlock(uint.MaxValue - 1, 4).TryIndex(1, out _));
    }

    [Fact]
    public void Linux_2021_an_entry_changes_only_while_it_is_masked_and_all_are_masked_when_MSI_X_is_enabled()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts, 1);
        DmaFunction function = machine.Functions[0];
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        bool wasLive = false;
        int changes = 0;
        uint[] before = new uint[function.Msix.Entries];
        machine.Stepped = () =>
        {
            // Seen before each step, so also between any two.
            for (int entry = 0; entry < function.Msix.Entries; entry++)
            {
                bool changed = function.Msix.Data(entry) != before[entry];
                changes += changed ? 1 : 0;
                Assert.False(changed && function.IsMsixLive && !function.Msix.IsMasked(entry), $"entry {entry} changed while it was open");
                before[entry] = function.Msix.Data(entry);
            }

            wasLive |= function.IsMsixLive;
        };

        machine.Use(0, 0);
        machine.Program(0, 0, 0, Testbed.Doorbell, Testbed.FirstInterrupt + 5);
        machine.Program(0, 0, 3, Testbed.Doorbell, Testbed.FirstInterrupt + 6);
        machine.Config(0, 0, 0x72, 2, 0);
        machine.Config(0, 0, 0x72, 2, 0x8000);

        Assert.True(wasLive && changes != 0);
        machine.AssertInvariants();
    }

    [Fact]
    public void XSA458_when_one_of_several_vectors_fails_none_is_left()
    {
        for (int failing = 0; failing < 24; failing++)
        {
            Testbed machine = Testbeds.Build(MachineKind.EcamIts, 1);
            uint before = machine.TakenVectors;
            int step = 0;
            bool refuses = false;
            machine.Parts.Its!.Refuses = _ => refuses && step++ == failing;
            refuses = true;

            AssignmentStep result = machine.Assign(0, 0);

            refuses = false;
            // A service that refuses what it was told is given up, and with it what it may still hold: nobody gets that. Otherwise all of it is back.
            Assert.True(result is AssignmentStep.None or AssignmentStep.Vectors, $"command {failing}: {result}");
            Assert.True(result == AssignmentStep.None || machine.Parts.IsMsiBroken || machine.TakenVectors == before, $"command {failing}");
            Assert.True(!machine.Parts.IsMsiBroken || result == AssignmentStep.None || machine.Assign(0, 0) == AssignmentStep.Vectors, $"command {failing}");
            machine.AssertInvariants($"command {failing}");
        }
    }

    private static Testbed Two(MachineKind kind, out int owner)
    {
        Testbed machine = Testbeds.Build(kind, 2);
        owner = kind == MachineKind.EcamIts ? 1 : 0;
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        Assert.Equal(AssignmentStep.None, machine.Assign(owner, 1));
        machine.Use(owner, 1);
        return machine;
    }
}
