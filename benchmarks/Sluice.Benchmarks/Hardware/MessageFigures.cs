using System;
using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.Interrupts;
using Its = Sluice.Runtime.Interrupts.GicItsController<Sluice.Simulation.SimulatedBus, Sluice.Simulation.SimulatedMemory, Sluice.Simulation.SimulatedClock>;

namespace Sluice.Benchmarks.Hardware;

/// <summary>An interrupt from the write of a device to the bit of its owner: through the model of the controller, which is a part of the figure, and our driver.</summary>
internal static class MessageFigures
{
    private const int Messages = 1000;
    private const ulong Doorbell = 0x0802_0040;

    public static void Print()
    {
        PrintV2m();
        PrintIts();
        Stopwatches.PrintBytes("GICv2m: the driver", (ulong)Unsafe.SizeOf<GicV2mController>());
        Stopwatches.PrintBytes("ITS: the driver", (ulong)Unsafe.SizeOf<Its>());
    }

    private static void PrintV2m()
    {
        SimulatedMachine machine = new(new RandomAccessMemory(0x4000_0000, 0x10_0000));
        SimulatedV2mFrame frame = new(80, 64);
        machine.Add(Doorbell - 0x40, 0x1000, frame);
        if (!GicV2mController.TryProbe(machine.Bus, new RegisterAddress(Doorbell - 0x40), out GicV2mController controller)
            || !controller.TryAllocate(new MsiRequest { Owner = new OwnerId(1), Requester = new RequesterId(0x0100), Count = 4 }, out VectorBlock block))
        {
            throw new InvalidOperationException("no vectors");
        }

        MsiMessage message = controller.Message(block.First + 1);
        byte[] data = BitConverter.GetBytes(message.Data);
        uint sum = 0;
        Stopwatches.Print("GICv2m: from a device's write to its owner's bit, model and driver", Messages, () =>
        {
            for (int index = 0; index < Messages; index++)
            {
                PendingBits raised = default;
                if (machine.TryWrite(0x0100, message.Address.Value, data) && frame.TryTake(out uint interrupt) && controller.Collect(interrupt, ref raised) == MsiCollection.Done
                    && raised.TryTakeFirst(out uint vector))
                {
                    sum += vector;
                }
            }
        });
        uint raw = message.Data;
        Stopwatches.Print("GICv2m: of that, our driver: from the interrupt's number to the bit", Messages, () =>
        {
            for (int index = 0; index < Messages; index++)
            {
                PendingBits raised = default;
                if (controller.Collect(raw, ref raised) == MsiCollection.Done && raised.TryTakeFirst(out uint vector))
                {
                    sum += vector;
                }
            }
        });
        GC.KeepAlive(sum);
    }

    private static void PrintIts()
    {
        SimulatedMachine machine = new(new RandomAccessMemory(0x4000_0000, 0x10_0000));
        SimulatedMemory memory = new(machine);
        SimulatedRedistributor interrupts = new(machine, 0);
        machine.Add(0x0808_0000, SimulatedGicIts.SizeBytes, new SimulatedGicIts(machine, interrupts, 0x080A_0000));
        machine.Add(0x080A_0000, SimulatedRedistributor.SizeBytes, interrupts);
        if (!PagePool<SimulatedMemory>.TryCreate(memory, new MachineAddress(0x4000_0000), 0x10_0000, out PagePool<SimulatedMemory> pool)
            || Its.TryStart(
                machine.Bus, new RegisterAddress(0x0808_0000), new RegisterAddress(0x080A_0000), memory, new SimulatedClock(machine),
                new ItsOptions { Vectors = 512, Devices = 8, DeviceBits = 12, PatienceMicroseconds = 1000, IsCoherent = true }, ref pool, out Its controller) != ItsResult.Done
            || !controller.TryAllocate(new MsiRequest { Owner = new OwnerId(1), Requester = new RequesterId(0x0100), Count = 4 }, out VectorBlock block))
        {
            throw new InvalidOperationException("no service");
        }

        MsiMessage message = controller.Message(block.First + 1);
        byte[] data = BitConverter.GetBytes(message.Data);
        uint sum = 0;
        uint number = 0;
        Stopwatches.Print("ITS: from a device's write to its owner's bit, model and driver", Messages, () =>
        {
            for (int index = 0; index < Messages; index++)
            {
                PendingBits raised = default;
                if (machine.TryWrite(0x0100, message.Address.Value, data) && interrupts.TryTake(out number) && controller.Collect(number, ref raised) == MsiCollection.Done
                    && raised.TryTakeFirst(out uint vector))
                {
                    sum += vector;
                }
            }
        });
        Stopwatches.Print("ITS: of that, our driver: from the interrupt's number to the bit", Messages, () =>
        {
            for (int index = 0; index < Messages; index++)
            {
                PendingBits raised = default;
                if (controller.Collect(number, ref raised) == MsiCollection.Done && raised.TryTakeFirst(out uint vector))
                {
                    sum += vector;
                }
            }
        });
        GC.KeepAlive(sum);
    }
}
