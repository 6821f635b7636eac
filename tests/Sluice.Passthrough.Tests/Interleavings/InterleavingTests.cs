using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Passthrough.Tests.Interleavings;

/// <summary>
/// Two to four processors at once, interrupted at every access to hardware: command register, BARs, MSI-X masks, a release, interrupts. What the core asks for is one caller at a time for
/// each virtual host bridge, and one for each assignment; with that all invariants hold at every step of every order. <c>SLUICE_PREEMPTIONS</c> says how often a processor is
/// interrupted that could have gone on; 2 in the ordinary run.
/// </summary>
public sealed class InterleavingTests(ITestOutputHelper output)
{
    private const int Assignment = 100;

    private static readonly string[] s_operations = ["command", "bar", "mask", "release", "interrupt"];

    public static TheoryData<string, string> Pairs()
    {
        TheoryData<string, string> pairs = [];
        foreach (string first in s_operations)
        {
            foreach (string second in s_operations.Where(second => string.CompareOrdinal(first, second) <= 0))
            {
                pairs.Add(first, second);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void XSA491_XSA492_two_processors_of_one_guest_break_nothing(string first, string second)
        => Explore([(0, first), (0, second)], Preemptions(2), locks: true);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void XSA491_XSA492_two_processors_of_two_guests_break_nothing(string first, string second)
        => Explore([(0, first), (1, second)], Preemptions(1), locks: true);

    [Theory]
    [InlineData("command", "mask", "interrupt")]
    [InlineData("command", "bar", "release")]
    [InlineData("release", "interrupt", "mask")]
    public void CVE_2024_26810_three_processors_break_nothing(string first, string second, string third)
        => Explore([(0, first), (0, second), (1, third)], Preemptions(1), locks: true);

    [Fact]
    public void Four_processors_break_nothing()
        => Explore([(0, "command"), (0, "interrupt"), (1, "mask"), (1, "release")], Preemptions(1), locks: true);

    [Fact]
    public void B19_without_one_caller_at_a_time_an_order_is_found_that_breaks_something()
        => Explore([(0, "command"), (0, "release")], 2, locks: false);

    private static int Preemptions(int ordinary) => int.TryParse(Environment.GetEnvironmentVariable("SLUICE_PREEMPTIONS"), out int wanted) ? wanted : ordinary;

    private void Explore((int Guest, string Operation)[] programs, int preemptions, bool locks)
    {
        using DeterministicScheduler scheduler = new(programs.Length) { Locks = locks };
        Exploration exploration = new(preemptions);
        long steps = 0;
        int broken = 0;
        exploration.All(run =>
        {
            Testbed machine = Prepare();
            machine.Stepped = DeterministicScheduler.Yield;
            scheduler.Run(
                [.. programs.Select(program => new Action(() => Do(machine, scheduler, program.Guest, program.Operation)))],
                run.Choose,
                () =>
                {
                    steps++;
                    machine.Checker.CheckInstant(machine.States());
                });
            machine.Stepped = null;
            machine.Checks = true;
            machine.TakeInterrupts();
            machine.Check();
            broken += machine.Checker.Violations.Count == 0 ? 0 : 1;
            if (locks)
            {
                machine.AssertInvariants($"order {run.Order}:");
            }
        });

        output.WriteLine($"{string.Join(" | ", programs)}: {exploration.Runs} orders, {steps} steps, {broken} broken");
        Assert.True(exploration.Runs > 1);
        Assert.Equal(locks, broken == 0);
    }

    private static Testbed Prepare()
    {
        Testbed machine = Testbeds.Build(MachineKind.EcamIts, 2);
        machine.Checks = false;
        machine.Parts.Machine.MicrosecondsALook = 5000;
        for (int guest = 0; guest < 2; guest++)
        {
            Assert.Equal(AssignmentStep.None, machine.Assign(guest, guest));
            machine.Use(guest, guest);
        }

        // A guest's function may be released while the checker looks: a stream is closed a moment before its owner is struck out.
        machine.Checker.HardwareMayDiffer = false;
        return machine;
    }

    private static void Do(Testbed machine, DeterministicScheduler scheduler, int guest, string operation)
    {
        switch (operation)
        {
            case "command":
                Locked(scheduler, guest, () => machine.Config(guest, guest, 0x04, 2, 0));
                Locked(scheduler, guest, () => machine.Config(guest, guest, 0x04, 2, 6));
                break;
            case "bar":
                Locked(scheduler, guest, () => machine.Config(guest, guest, 0x04, 2, 4));
                Locked(scheduler, guest, () => machine.Config(guest, guest, 0x10, 4, machine.BarOf(guest) + 0x40_0000));
                Locked(scheduler, guest, () => machine.Config(guest, guest, 0x04, 2, 6));
                break;
            case "mask":
                Locked(scheduler, guest, () => machine.WriteMemory(guest, machine.EntryOf(guest, 0) + 12, AccessWidth.Word, 1));
                Locked(scheduler, guest, () => machine.WriteMemory(guest, machine.EntryOf(guest, 0) + 12, AccessWidth.Word, 0));
                break;
            case "release":
                scheduler.Enter(Assignment);
                Locked(scheduler, guest, () => machine.Release(guest, guest));
                scheduler.Exit(Assignment);
                break;
            default:
                DeterministicScheduler.Yield();
                machine.Signal(guest, 0);
                DeterministicScheduler.Yield();
                scheduler.Enter(Assignment);
                List<uint> raised = machine.Collect();
                scheduler.Exit(Assignment);
                foreach (uint vector in raised)
                {
                    Locked(scheduler, guest, () => machine.TryDeliver(guest, vector));
                }

                break;
        }
    }

    private static void Locked(DeterministicScheduler scheduler, int guest, Action action)
    {
        scheduler.Enter(guest);
        action();
        scheduler.Exit(guest);
    }
}
