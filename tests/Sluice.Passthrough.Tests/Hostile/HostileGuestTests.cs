using System;
using System.Diagnostics;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Runtime.Domains;
using Sluice.Simulation.Hostile;
using Sluice.Simulation.Pci;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Passthrough.Tests.Hostile;

/// <summary>
/// A guest's random accesses to hostile devices: no invariant broken, no exception, no loop without end, no allocation. <c>SLUICE_ACCESSES</c> says how many, all machines together;
/// <c>SLUICE_SEED</c> repeats a run.
/// </summary>
public sealed class HostileGuestTests(ITestOutputHelper output)
{
    // One access that changes nothing but the guest's own registers takes none; one that enables MSI-X rewrites every entry. A reset waits, and its looks at the device are counted apart.
    private const long MostSteps = 400;
    private const long MostStepsOfReset = 200_000;

    public static TheoryData<MachineKind> Kinds => Testbeds.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Random_accesses_to_hostile_devices_break_nothing(MachineKind kind)
    {
        long accesses = (long.TryParse(Environment.GetEnvironmentVariable("SLUICE_ACCESSES"), out long wanted) ? wanted : 100_000) / Enum.GetValues<MachineKind>().Length;
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out ulong given) ? given : (ulong)Environment.TickCount64;
        output.WriteLine($"{kind}: SLUICE_SEED={seed}");
        HostileHabits habits = new() { Readbacks = 64, Identities = 16, Memory = 16, Dma = 32, Messages = 64, ForeignMessages = 64 };
        Testbed machine = Testbeds.Hostile(kind, seed, habits with { Readbacks = 0, Identities = 0 }, 2);
        machine.ChecksSteps = false;
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 1));
        machine.Use(0, 0);
        machine.Use(0, 1);
        foreach (DmaFunction function in machine.Functions)
        {
            ((HostileFunction)function).Habits = habits;
        }

        HostileGuest guest = new(seed, Testbed.Window, Testbed.Doorbell, Testbed.FirstInterrupt, 3);
        long most = 0;
        long mostOfReset = 0;
        long touching = 0;
        long lastTouching = 0;
        Stopwatch time = Stopwatch.StartNew();
        for (long number = 0; number < accesses; number++)
        {
            GuestAccess access = guest.Next();
            long steps = machine.Steps;
            int resets = Resets(machine);
            machine.Access(0, in access);
            touching += machine.Steps == steps ? 0 : 1;
            lastTouching = machine.Steps == steps ? lastTouching : number;
            bool isReset = Resets(machine) != resets || (access.Target == GuestTarget.Config && (access.Address & 0xFFF) is >= 0x90 and < 0xA0);
            most = isReset ? most : Math.Max(most, machine.Steps - steps);
            mostOfReset = isReset ? Math.Max(mostOfReset, machine.Steps - steps) : mostOfReset;
            if (number % 64 == 0)
            {
                machine.TakeInterrupts();
                while (machine.Parts.Guest[0].TryTakeInterrupt(out uint interrupt))
                {
                    Assert.InRange(interrupt, Testbed.FirstInterrupt, Testbed.FirstInterrupt + Testbed.Interrupts - 1);
                }
            }

            if (machine.Checker.Violations.Count != 0)
            {
                machine.AssertInvariants($"SLUICE_SEED={seed}, access {number}: {access}");
            }
        }

        output.WriteLine($"{kind}: {accesses} accesses in {time.Elapsed.TotalSeconds:f1} s, {machine.Checker.Checks} checks, {touching} touched hardware, the last one was {lastTouching}; at most {most} steps, {mostOfReset} with a reset");

        // A run whose functions were given up at its beginning would show nothing.
        Assert.True(touching >= accesses / 200, $"SLUICE_SEED={seed}: {touching} touched hardware, the last one was {lastTouching}");
        Assert.InRange(most, 1, MostSteps);
        Assert.InRange(mostOfReset, 0, MostStepsOfReset);
        machine.Checker.Clear();
        machine.Release(0, 0);
        machine.Release(0, 1);
        machine.AssertInvariants($"SLUICE_SEED={seed}");
        Assert.Equal(0, machine.Owned);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_access_allocates_nothing_whatever_it_is_and_whatever_the_device_answers(MachineKind kind)
    {
        Testbed machine = Testbeds.Hostile(kind, 9, new HostileHabits { Readbacks = 0, Identities = 16, Memory = 16 }, 2);
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        machine.Use(0, 0);
        machine.Checks = false;
        HostileGuest guest = new(77, Testbed.Window, Testbed.Doorbell, Testbed.FirstInterrupt, 2);
        Run(machine, guest, 20_000);

        // The runtime may compile a method anew while it is watched: an allocation of the core comes again, that does not.
        long allocated = long.MaxValue;
        for (int attempt = 0; attempt < 5 && allocated != 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(machine, guest, 20_000);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    private static void Run(Testbed machine, HostileGuest guest, int accesses)
    {
        for (int number = 0; number < accesses; number++)
        {
            GuestAccess access = guest.Next();
            machine.Access(0, in access);
        }
    }

    private static int Resets(Testbed machine)
    {
        int resets = 0;
        foreach (DmaFunction function in machine.Functions)
        {
            resets += function.Resets;
        }

        return resets;
    }
}
