using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Matrix;

/// <summary>Every physical MSI controller behind every one that a guest sees: from the function's message to the guest's interrupt.</summary>
public sealed class ControllerMatrixTests
{
    private const int Entries = 8;

    private static readonly string[] s_physical = ["GICv2m", "NWL decoded", "NWL FIFO", "AXI FIFO", "ITS"];
    private static readonly string[] s_virtual = ["GICv2m", "NWL", "ITS"];

    public static TheoryData<string, string> Pairs()
    {
        TheoryData<string, string> pairs = [];
        foreach (string physical in s_physical)
        {
            foreach (string seen in s_virtual)
            {
                pairs.Add(physical, seen);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Each_message_becomes_one_interrupt_of_the_right_guest(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] functions, int[] owners) = Populate(machine);
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int step = 0; step < 500; step++)
        {
            int which = random.Next(functions.Length);
            int entry = random.Next(Entries);

            Assert.True(functions[which].Signal(entry), $"seed {seed}");
            machine.Pump();

            for (int owner = 0; owner < machine.Guests.Count; owner++)
            {
                List<(uint Device, int Entry)> taken = machine.Guests[owner].Take();
                Assert.True(owner == owners[which] ? taken.SequenceEqual([((uint)(3 + which), entry)]) : taken.Count == 0, $"seed {seed}, step {step}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_comes_again_before_it_is_taken_is_one_and_nothing_is_lost(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] functions, int[] owners) = Populate(machine);
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < 50; round++)
        {
            HashSet<(uint Device, int Entry)>[] expected = [[], []];
            for (int message = 0; message < 100; message++)
            {
                int which = random.Next(functions.Length);
                int entry = random.Next(Entries);
                functions[which].Signal(entry);
                expected[owners[which]].Add(((uint)(3 + which), entry));

                // Before a FIFO of the hardware's is full; between the guest's own looks at it, many come.
                if (message % 8 == 7)
                {
                    machine.Pump();
                }
            }

            machine.Pump();
            for (int owner = 0; owner < machine.Guests.Count; owner++)
            {
                List<(uint Device, int Entry)> taken = machine.Guests[owner].Take();
                Assert.True(expected[owner].SetEquals(taken) && taken.Count == expected[owner].Count, $"seed {seed}, round {round}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_entry_that_the_guest_has_masked_waits_and_comes_once(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] functions, int[] owners) = Populate(machine);
        for (int which = 0; which < functions.Length; which++)
        {
            uint device = (uint)(3 + which);
            machine.WriteTable(owners[which], device, 5, 12, 1);
            functions[which].Signal(5);
            functions[which].Signal(5);
            machine.Pump();
            Assert.All(machine.Guests, static guest => Assert.Empty(guest.Take()));

            machine.WriteTable(owners[which], device, 5, 12, 0);
            machine.Pump();
            Assert.Equal([(device, 5)], machine.Guests[owners[which]].Take());
            Assert.All(machine.Guests, static guest => Assert.Empty(guest.Take()));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_guest_that_unmasks_does_not_unmask_what_the_host_masks(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] functions, int[] owners) = Populate(machine);

        // The message means nothing, so the host keeps the entry masked, whatever the guest says.
        machine.WriteTable(owners[0], 3, 2, 12, 1);
        machine.WriteTable(owners[0], 3, 2, 0, 0x4000_0000);
        machine.WriteTable(owners[0], 3, 2, 4, 0);
        machine.WriteTable(owners[0], 3, 2, 12, 0);

        Assert.True(functions[0].Msix.IsMasked(2));
        Assert.False(functions[0].Signal(2));
        machine.Pump();
        Assert.All(machine.Guests, static guest => Assert.Empty(guest.Take()));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_block_of_MSI_messages_becomes_as_many_interrupts(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] functions, int[] owners) = Populate(machine);
        for (int which = 0; which < functions.Length; which++)
        {
            uint device = (uint)(3 + which);
            (ulong address, uint data) = machine.Guests[owners[which]].Compose(new(0, device, 0), 0);
            machine.WriteConfig(owners[which], device, 0x72, 2, 0);
            machine.WriteConfig(owners[which], device, 0x54, 4, (uint)address);
            machine.WriteConfig(owners[which], device, 0x58, 4, (uint)(address >> 32));
            machine.WriteConfig(owners[which], device, 0x5C, 2, data);
            machine.WriteConfig(owners[which], device, 0x52, 2, 0x0021);
        }

        for (int message = 0; message < 4; message++)
        {
            for (int which = 0; which < functions.Length; which++)
            {
                Assert.True(functions[which].SignalMessage(message));
                machine.Pump();
                Assert.Equal([((uint)(3 + which), message)], machine.Guests[owners[which]].Take());
                Assert.All(machine.Guests, static guest => Assert.Empty(guest.Take()));
            }
        }

        for (int which = 0; which < functions.Length; which++)
        {
            MsiMessage message = machine.Message(machine.VectorsOf(owners[which], machine.Isolates ? 0 : which).First);
            Assert.Equal((uint)message.Address.Value, functions[which].Peek(0x54, AccessWidth.Word));
            Assert.Equal((uint)(message.Address.Value >> 32), functions[which].Peek(0x58, AccessWidth.Word));
            Assert.Equal(message.Data, functions[which].Peek(0x5C, AccessWidth.HalfWord));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void D8_What_the_host_masks_no_write_of_the_guest_opens_and_nothing_of_it_is_lost(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] functions, int[] owners) = Populate(machine);
        uint vector = machine.VectorsOf(owners[0], 0).First + 4;

        // A GICv2m frame has no masks: there the host masks at the machine's interrupt controller.
        Assert.Equal(physical != "GICv2m", machine.TryMask(vector));
        if (physical == "GICv2m")
        {
            return;
        }

        functions[0].Signal(4);
        functions[0].Signal(4);
        machine.Pump();
        machine.WriteTable(owners[0], 3, 4, 12, 1);
        machine.WriteTable(owners[0], 3, 4, 12, 0);
        machine.Pump();
        Assert.All(machine.Guests, static guest => Assert.Empty(guest.Take()));

        // Both masked, then the host opens: the guest's own mask still holds it back.
        machine.WriteTable(owners[0], 3, 4, 12, 1);
        machine.Unmask(vector);
        machine.Pump();
        Assert.All(machine.Guests, static guest => Assert.Empty(guest.Take()));
        machine.WriteTable(owners[0], 3, 4, 12, 0);
        machine.Pump();
        Assert.Equal([(3u, 4)], machine.Guests[owners[0]].Take());
        Assert.All(machine.Guests, static guest => Assert.Empty(guest.Take()));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void From_the_message_to_the_guest_s_controller_nothing_is_allocated(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] _, int[] owners) = Populate(machine);
        uint vector = machine.VectorsOf(owners[0], 0).First;
        machine.IsWatched = false;

        // The runtime may make code anew in between, and that allocates.
        long least = long.MaxValue;
        for (int round = 0; round < 8; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool delivered = machine.Deliver(owners[0], vector);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(delivered);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_function_that_sends_another_s_message_interrupts_no_other_guest(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] _, int[] owners) = Populate(machine);
        Assert.Equal(machine.Isolates ? [0, 1] : [0, 0], owners);

        // Everything that any vector's message could be, and more, from a function of guest 0.
        for (uint vector = 0; vector < 64; vector++)
        {
            machine.Forge(3, machine.Message(vector));
            machine.Pump();
        }

        Assert.Empty(machine.Guests[1].Take());
        List<(uint Device, int Entry)> taken = machine.Guests[0].Take();
        Assert.All(taken, own => Assert.InRange(own.Device, 3u, machine.Isolates ? 3u : 4u));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_storm_is_bounded_for_its_guest_and_the_other_guest_still_gets_its_own(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] functions, int[] owners) = Populate(machine);
        for (int message = 0; message < 20_000; message++)
        {
            functions[0].Signal(message % Entries);
            if (message % 512 == 511)
            {
                machine.Pump();
            }
        }

        machine.Pump();

        // However many came, what waits for a guest is at most one for each of its entries.
        Assert.InRange(machine.Guests[owners[0]].Take().Count, 1, 2 * Entries);
        Assert.InRange(machine.Guests[1 - owners[0]].Take().Count, 0, Entries);

        functions[1].Signal(7);
        machine.Pump();
        Assert.Contains((4u, 7), machine.Guests[owners[1]].Take());
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_late_message_of_a_function_that_was_taken_away_reaches_nobody(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] _, int[] owners) = Populate(machine);
        MsiMessage late = machine.Message(machine.VectorsOf(owners[0], 0).First + 1);
        Assert.True(machine.Release(owners[0], 3));

        machine.Forge(3, late);
        machine.Pump();

        Assert.All(machine.Guests, static guest => Assert.Empty(guest.Take()));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_guest_s_address_and_data_never_reach_hardware(string physical, string seen)
    {
        IMatrixMachine machine = Create(physical, seen);
        (DmaFunction[] functions, int[] owners) = Populate(machine);
        Random random = new(1);
        HashSet<ulong> guests = [];
        for (int which = 0; which < functions.Length; which++)
        {
            for (int entry = 0; entry < Entries; entry++)
            {
                // Masked, and then again: right messages, wrong ones, and ones that are the host's own doorbell.
                (ulong address, _) = machine.Guests[owners[which]].Compose(new(0, (uint)(3 + which), 0), entry);
                ulong written = entry % 3 == 0 ? address : 0x7B5A_0000_0000_0000ul | ((ulong)(uint)random.Next() << 4);
                uint data = 0x9000_0000u | (uint)random.Next();
                guests.UnionWith([(uint)written, written >> 32, written, data]);
                uint device = (uint)(3 + which);
                machine.WriteTable(owners[which], device, entry, 12, 1);
                machine.WriteTable(owners[which], device, entry, 0, (uint)written);
                machine.WriteTable(owners[which], device, entry, 4, (uint)(written >> 32));
                machine.WriteTable(owners[which], device, entry, 8, data);
                machine.WriteTable(owners[which], device, entry, 12, 0);
                functions[which].Signal(entry);
                machine.Pump();
            }
        }

        guests.Remove(0);
        Assert.NotEmpty(machine.Writes);

        // Every write of the run, of whatever width, whole or in part; and the tables of the functions as they are now hold the host's messages only.
        foreach ((ulong address, ulong value) in machine.Writes)
        {
            Assert.False(guests.Contains(value) || guests.Contains((uint)value & 0xFFFF_FFFC) || (value >> 32 != 0 && guests.Contains(value >> 32)), $"{value:x} to {address:x}");
        }

        for (int which = 0; which < functions.Length; which++)
        {
            VectorBlock vectors = machine.VectorsOf(owners[which], machine.Isolates ? 0 : which);
            for (int entry = 0; entry < Entries; entry++)
            {
                MsiMessage message = machine.Message(vectors.First + (uint)entry);
                Assert.Equal(message.Address.Value, functions[which].Msix.Address(entry));
                Assert.Equal(message.Data, functions[which].Msix.Data(entry));
            }
        }
    }

    private static IMatrixMachine Create(string physical, string seen)
    {
        Func<SimulatedMachine, GuestSide> guest = seen switch
        {
            "GICv2m" => static machine => new FrameGuest(machine),
            "NWL" => static machine => new NwlSideGuest(machine),
            _ => static machine => new ItsGuest(machine),
        };
        return physical switch
        {
            "GICv2m" => new MatrixMachine<GicV2mController>(new FrameSide(), guest),
            "NWL decoded" => new MatrixMachine<NwlMsiController<SimulatedBus, SimulatedClock>>(new NwlSide(usesFifo: false), guest),
            "NWL FIFO" => new MatrixMachine<NwlMsiController<SimulatedBus, SimulatedClock>>(new NwlSide(usesFifo: true), guest),
            "AXI FIFO" => new MatrixMachine<AxiMsiController<SimulatedBus, SimulatedClock>>(new AxiSide(), guest),
            _ => new MatrixMachine<ItsDriver>(new ItsSide(), guest),
        };
    }

    /// <summary>Two functions, devices 3 and 4: of two guests where the controller keeps them apart, otherwise of one.</summary>
    private static (DmaFunction[] Functions, int[] Owners) Populate(IMatrixMachine machine)
    {
        int[] owners = [0, machine.Isolates ? 1 : 0];
        return ([machine.Plug(owners[0], 3, Entries), machine.Plug(owners[1], 4, Entries)], owners);
    }
}
