using System;
using System.Diagnostics;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Runtime.Domains;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Passthrough.Tests.Cycles;

/// <summary>A function is given, used and taken back again and again: afterwards every count is what it was. <c>SLUICE_CYCLES</c> says how often, all machines together.</summary>
public sealed class CycleTests(ITestOutputHelper output)
{
    public static TheoryData<MachineKind> Kinds => Testbeds.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void J9_XSA356_XSA360_after_any_number_of_owners_every_count_is_as_at_the_beginning(MachineKind kind)
    {
        int cycles = (int.TryParse(Environment.GetEnvironmentVariable("SLUICE_CYCLES"), out int wanted) ? wanted : 500) / Enum.GetValues<MachineKind>().Length;
        Testbed machine = Testbeds.Build(kind, 2);
        machine.ChecksSteps = false;
        machine.Parts.Machine.MicrosecondsALook = 500;

        // The first owner of each place makes what is kept for good: places of memory, and the books of owners.
        for (int guest = 0; guest < MachineParts.Guests; guest++)
        {
            Live(machine, guest, guest % 2);
            Live(machine, guest, 1 - (guest % 2));
        }

        MachineCounts before = machine.Counts;
        Stopwatch time = Stopwatch.StartNew();
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            Live(machine, cycle % MachineParts.Guests, cycle % 2);
            Assert.Equal(before, machine.Counts);
        }

        output.WriteLine($"{kind}: {cycles} cycles in {time.Elapsed.TotalSeconds:f1} s");
        machine.AssertInvariants();
    }

    private static void Live(Testbed machine, int guest, int function)
    {
        Assert.Equal(AssignmentStep.None, machine.Assign(guest, function));
        machine.Use(guest, function);
        Assert.True(machine.Signal(function, 0));
        Assert.Equal(1, machine.TakeInterrupts());
        Assert.True(machine.Parts.Guest[guest].TryTakeInterrupt(out uint interrupt));
        Assert.Equal(Testbed.FirstInterrupt, interrupt);
        Assert.True(machine.Release(guest, function));
    }
}
