using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using Sluice.Benchmarks.Hardware;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation;
using Sluice.Simulation.Guests;

namespace Sluice.Benchmarks.Guests;

/// <summary>
/// The guest side in one run: traps of config space and of the MSI-X table, a message from function to guest, a whole assignment, one and two processors on different functions, and what
/// a function and an owner take. Hardware is a model, whose time is part of what touches it; a hand-written header stands beside the plain trap.
/// </summary>
internal static class GuestFigures
{
    private const int Accesses = 10_000;
    private const int Messages = 1000;
    private const int Rounds = 15;

    public static int Print()
    {
        GuestMachine machine = new();
        machine.Assign();
        machine.Enable();
        PrintTraps(machine);
        PrintLife();
        PrintScaling();
        PrintSizes();
        return 0;
    }

    private static void PrintTraps(GuestMachine machine)
    {
        ulong sum = 0;
        SwitchedHeader written = new(0x9034_10EE);
        Stopwatches.Print("config trap, plain: read of a word", Accesses, () =>
        {
            for (uint index = 0; index < Accesses; index++)
            {
                sum += machine.Read((index & 1) * 8, AccessWidth.Word);
            }
        });
        Stopwatches.Print("    beside it: a switch written by hand, without bus, device and capabilities around it", Accesses, () =>
        {
            for (uint index = 0; index < Accesses; index++)
            {
                sum += written.Read((index & 1) * 8, 4);
            }
        });
        Stopwatches.Print("config trap, plain: write of INTERRUPT_LINE", Accesses, () =>
        {
            for (uint index = 0; index < Accesses; index++)
            {
                machine.Write(0x3C, AccessWidth.Byte, index);
            }
        });
        Stopwatches.Print("config trap, hooked: write of a BAR", Accesses, () =>
        {
            for (uint index = 0; index < Accesses; index++)
            {
                machine.Write(0x18, AccessWidth.Word, GuestMachine.Bar + 0x2_0000);
            }
        });
        Stopwatches.Print("config trap, hooked: COMMAND, one bit of which changes in the function's register (model)", Accesses, () =>
        {
            for (uint index = 0; index < Accesses; index++)
            {
                machine.Write(0x04, AccessWidth.HalfWord, 0x0006 | ((index & 1) << 4));
            }
        });
        Stopwatches.Print("COMMAND: memory off and on: two BARs unmapped and mapped in a model of stage 2, entries written anew", Messages, () =>
        {
            for (uint index = 0; index < Messages; index++)
            {
                machine.Write(0x04, AccessWidth.HalfWord, 0x0004);
                machine.Write(0x04, AccessWidth.HalfWord, 0x0006);
            }
        });
        Stopwatches.Print("MSI-X table: read of an entry's word", Accesses, () =>
        {
            for (uint index = 0; index < Accesses; index++)
            {
                machine.Bridge.ReadMemory(new GuestAddress(GuestMachine.Table + (index & 12)), AccessWidth.Word, out ulong value);
                sum += value;
            }
        });
        Stopwatches.Print("MSI-X table: mask or unmask an entry, in the function's table too (model)", Accesses, () =>
        {
            for (uint index = 0; index < Accesses; index++)
            {
                machine.Bridge.WriteMemory(new GuestAddress(GuestMachine.Table + 12), AccessWidth.Word, new GuestValue(~index & 1));
            }
        });
        machine.Bridge.WriteMemory(new GuestAddress(GuestMachine.Table + 12), AccessWidth.Word, new GuestValue(0));
        Stopwatches.Print("MSI-X message: from the function's write (model) to the guest's interrupt", Messages, () =>
        {
            for (int index = 0; index < Messages; index++)
            {
                if (machine.Interrupt() == 0)
                {
                    throw new InvalidOperationException("no interrupt");
                }
            }
        });
        GC.KeepAlive(sum);
    }

    private static void PrintLife()
    {
        GuestMachine machine = new();
        Stopwatches.Print("assign and release: probe twice, reset, place, publish; silence, unmap, reset, restore (model)", 10, () =>
        {
            for (int index = 0; index < 10; index++)
            {
                machine.Assign();
                machine.Release();
            }
        });
        Stopwatches.Print("assign, enable as a driver does, one interrupt, release (model)", 10, () =>
        {
            for (int index = 0; index < 10; index++)
            {
                machine.Assign();
                machine.Enable();
                machine.Interrupt();
                machine.Release();
            }
        });
    }

    private static void PrintScaling()
    {
        GuestMachine first = new();
        GuestMachine second = new();
        first.Assign();
        second.Assign();
        first.Enable();
        second.Enable();
        double[] ratios = new double[Rounds];
        Work(first);
        Work(second);
        for (int round = 0; round < Rounds; round++)
        {
            double alone = Time(() => Work(first));
            double together = Time(() =>
            {
                Thread other = new(() => Work(second));
                other.Start();
                Work(first);
                other.Join();
            });
            ratios[round] = 2 * alone / together;
        }

        Array.Sort(ratios);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"two processors on two functions do in the same time, of what one does on one",-88} {ratios[Rounds / 2],14:0.00} times, {ratios[0]:0.00} to {ratios[^1]:0.00} in {Rounds} rounds"));
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Work(GuestMachine machine)
    {
        ulong sum = 0;
        for (uint index = 0; index < 2_000_000; index++)
        {
            sum += machine.Read((index & 1) * 8, AccessWidth.Word);
            machine.Write(0x3C, AccessWidth.Byte, index);
        }

        GC.KeepAlive(sum);
    }

    private static void PrintSizes()
    {
        Stopwatches.PrintBytes("a function on its guest's bus, without its MSI-X entries", (ulong)Unsafe.SizeOf<GuestFunction<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>>());
        Stopwatches.PrintBytes("an MSI-X entry that it was granted", (ulong)Unsafe.SizeOf<GuestMsixEntry>());
        Stopwatches.PrintBytes(
            $"a guest's host bridge with places for {VirtualHostBridge<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>.Capacity} functions",
            (ulong)Unsafe.SizeOf<VirtualHostBridge<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>>());
        Stopwatches.PrintBytes("a function in the book of owners", (ulong)Unsafe.SizeOf<OwnedFunction>());
        Stopwatches.PrintBytes("an owner in the book of owners", (ulong)Unsafe.SizeOf<Owner>());
        Stopwatches.PrintBytes("a domain: a guest's GICv2m frame", (ulong)Unsafe.SizeOf<GuestV2mFrame>());
        Stopwatches.PrintBytes(
            $"a host bridge's whole assignment: topology, groups, {OwnedFunctions.Capacity} functions, journal",
            (ulong)Unsafe.SizeOf<FunctionAssignment<EcamHostBridge<SimulatedBus>, GicV2mController, NoStreams>>());
    }
}
