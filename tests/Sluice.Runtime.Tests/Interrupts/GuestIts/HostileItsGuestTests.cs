using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.GuestIts;

/// <summary>A guest that writes whatever it likes, wherever it likes, and changes commands while they are looked at.</summary>
public sealed class HostileItsGuestTests
{
    [Fact]
    public void Whatever_a_guest_does_quotas_hold_work_is_bounded_and_no_interrupt_is_raised_that_is_not_its_own()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        GuestItsMachine machine = new GuestItsMachine(new GuestItsOptions { Devices = 5, Events = 512, StallsAtErrors = random.Next(2) == 0 }).Start(pages: 2);
        machine.Memory.AfterRead = address =>
        {
            if (random.Next(16) == 0)
            {
                machine.Memory.Write64(address, (ulong)random.NextInt64());
            }
        };
        uint[] offsets = [0x00, 0x04, 0x08, 0x80, 0x84, 0x88, 0x8C, 0x90, 0x100, 0x108, 0x1_0040, 0xFFE8];
        AccessWidth[] widths = [AccessWidth.Byte, AccessWidth.HalfWord, AccessWidth.Word, AccessWidth.DoubleWord];
        for (int step = 0; step < 100_000; step++)
        {
            uint before = machine.Its.Commands + machine.Its.WrongCommands;
            switch (random.Next(8))
            {
                case 0:
                    machine.Write(offsets[random.Next(offsets.Length)], (ulong)random.NextInt64(), widths[random.Next(4)]);
                    break;
                case 1:
                    machine.Its.WriteRedistributor((uint)random.Next(0x100), widths[random.Next(4)], new GuestValue((ulong)random.NextInt64()), machine.Sink.Handle);
                    break;
                case 2:
                    _ = machine.Send((uint)random.Next(12), (uint)random.Next(64));
                    break;
                case 3:
                    machine.Read(offsets[random.Next(offsets.Length)], widths[random.Next(4)]);
                    break;
                case 4:
                    machine.Write(0x88, ((ulong)(uint)random.Next(256) << 5) | (uint)random.Next(2));
                    break;
                case 5 when random.Next(50) == 0:
                    machine.Start(pages: 2);
                    break;
                default:
                    Scatter(machine, random);
                    break;
            }

            Assert.True(machine.Its.Commands + machine.Its.WrongCommands - before <= GuestIts<GuestRam>.MostWork * 8, $"seed {seed}");
            Assert.True(machine.Its.TakenEvents <= 512, $"seed {seed}");
            Assert.True(machine.Its.PendingInterrupts <= GuestLpis.Count, $"seed {seed}");
        }
    }

    [Fact]
    public void The_service_equals_a_plain_model_under_random_right_and_wrong_commands()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        GuestItsMachine machine = new GuestItsMachine(new GuestItsOptions { Devices = 4, Events = 256 }).Start();
        Dictionary<uint, int> devices = [];
        Dictionary<(uint Device, uint Event), (uint Interrupt, uint Collection)> events = [];
        HashSet<uint> collections = [0];
        for (int step = 0; step < 30_000; step++)
        {
            uint device = (uint)random.Next(6);
            uint number = (uint)random.Next(70);
            uint interrupt = GuestLpis.First + (uint)random.Next(20);
            uint collection = (uint)random.Next(4);
            bool known = events.TryGetValue((device, number), out (uint Interrupt, uint Collection) entry);
            switch (random.Next(8))
            {
                case 0:
                    int bits = random.Next(4, 8);
                    bool mapped = machine.MapDevice(device, bits) == GuestItsError.None;
                    Forget(device);
                    devices.Remove(device);
                    if (mapped)
                    {
                        devices[device] = 1 << bits;
                    }

                    Assert.True(devices.Count <= 4, $"seed {seed}");
                    break;
                case 1:
                    machine.MapDevice(device, 4, valid: false);
                    Forget(device);
                    devices.Remove(device);
                    break;
                case 2:
                case 3:
                    bool fits = devices.TryGetValue(device, out int count) && number < count;
                    Assert.True(fits == (machine.MapEvent(device, number, interrupt, collection) == GuestItsError.None), $"seed {seed}");
                    if (fits)
                    {
                        events[(device, number)] = (interrupt, collection);
                    }

                    break;
                case 4:
                    bool valid = random.Next(3) != 0;
                    machine.Command(0x09, 0, (valid ? 1ul << 63 : 0) | collection);
                    _ = valid ? collections.Add(collection) : collections.Remove(collection);
                    break;
                case 5:
                    bool moves = known && collections.Contains(collection);
                    Assert.True(moves == (machine.Event(0x01, device, number, collection) == GuestItsError.None), $"seed {seed}");
                    if (moves)
                    {
                        events[(device, number)] = (entry.Interrupt, collection);
                    }

                    break;
                case 6:
                    Assert.True(known == (machine.Event(0x0F, device, number) == GuestItsError.None), $"seed {seed}");
                    events.Remove((device, number));
                    break;
                default:
                    while (machine.Sink.TryTake(out _))
                    {
                    }

                    bool arrives = known && collections.Contains(entry.Collection);
                    Assert.True(arrives == machine.Send(device, number), $"seed {seed}");
                    Assert.True(!arrives || (machine.Sink.TryTake(out uint raised) && raised == entry.Interrupt), $"seed {seed}");
                    break;
            }
        }

        void Forget(uint device)
        {
            for (uint number = 0; number < 128; number++)
            {
                events.Remove((device, number));
            }
        }
    }

    private static void Scatter(GuestItsMachine machine, Random random)
    {
        ulong opcode = random.Next(4) == 0 ? (uint)random.Next(256) : (uint)random.Next(0x11);
        ulong at = GuestItsMachine.Queue + ((ulong)random.Next(256) * 32);
        machine.Memory.Write64(at, opcode | ((ulong)(uint)random.Next(12) << 32));
        machine.Memory.Write64(at + 8, (uint)random.Next(64) | ((ulong)(GuestLpis.First + (uint)random.Next(1100)) << 32));
        machine.Memory.Write64(at + 16, (uint)random.Next(18) | (random.Next(2) == 0 ? 1ul << 63 : 0) | (random.Next(8) == 0 ? 1ul << 16 : 0));
    }
}
