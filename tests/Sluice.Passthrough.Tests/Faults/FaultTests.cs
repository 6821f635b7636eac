using System;
using System.Collections.Generic;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Simulation.Hostile;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Passthrough.Tests.Faults;

/// <summary>
/// A function's life in which a step goes wrong: a read that nobody answers, a write that gets lost, a vector, a mapping or a stream that is refused. Afterwards everything is as
/// before, or the function is broken and quarantined; and at no step anything is broken that must hold even then.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const ulong Secret = 0x5EC2_E7A1;
    private const ulong SecretOffset = 0x2E00;

    public static TheoryData<MachineKind> Kinds => Testbeds.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whatever_single_step_fails_all_is_as_before_or_the_function_is_quarantined_for_good(MachineKind kind)
    {
        Dictionary<Ending, int> endings = [];
        int steps = 0;
        List<string> problems = [];
        for (bool failed = true; failed; steps++)
        {
            try
            {
                Ending ending = Live(kind, steps, -1, out failed, out _);
                endings[ending] = endings.GetValueOrDefault(ending) + 1;
            }
            catch (Exception exception) when (exception is Xunit.Sdk.XunitException)
            {
                problems.Add(exception.Message);
            }
        }

        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));

        output.WriteLine($"{kind}: {steps} steps; {string.Join(", ", endings)}");
        Assert.InRange(steps, 60, 2000);
        Assert.True(endings[Ending.Refused] > 0 && endings[Ending.Whole] > 0 && endings[Ending.Broken] > 0, string.Join(", ", endings));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_holds_for_two_steps_that_fail(MachineKind kind)
    {
        Live(kind, -1, -1, out _, out int steps);
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out ulong given) ? given : (ulong)Environment.TickCount64;
        int pairs = int.TryParse(Environment.GetEnvironmentVariable("SLUICE_FAULT_PAIRS"), out int wanted) ? wanted : 100;
        SeededRandom random = new(seed);
        for (int pair = 0; pair < pairs; pair++)
        {
            int first = (int)random.Below((uint)steps);
            int second = (int)random.Below((uint)steps);
            try
            {
                Live(kind, first, second, out _, out _);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"SLUICE_SEED={seed}: steps {first} and {second}", exception);
            }
        }

        output.WriteLine($"{kind}: {pairs} pairs, SLUICE_SEED={seed}");
    }

    [Fact]
    public void A_secret_of_the_last_owner_is_gone_when_the_function_is_free()
    {
        Assert.Equal(Ending.Whole, Live(MachineKind.EcamIts, -1, -1, out bool failed, out _));
        Assert.False(failed);
    }

    private static Ending Live(MachineKind kind, int first, int second, out bool failed, out int steps)
    {
        Testbed machine = Testbeds.Build(kind, 2);

        // The friendly neighbour shows that nothing is taken from those who have nothing to do with it.
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 1));
        MachineCounts before = machine.Counts;
        machine.Parts.Faults.Restart(first, second);
        machine.Parts.Faults.Failed = () => machine.Checker.HardwareMayDiffer = true;
        string when = $"{kind}, steps {first} and {second}";
        Ending ending = Walk(machine, before, when);
        failed = machine.Parts.Faults.HasFailed;
        steps = machine.Parts.Faults.Steps;

        // Nothing fails any more: the neighbour is well, and what was not given up can be assigned again.
        machine.Parts.Faults.Restart(-1);
        machine.Check();
        machine.AssertInvariants(when);
        if (machine.Smmu.IsBroken || machine.Parts.IsMsiBroken)
        {
            // What was given up confirms nothing any more: who rests on it is not taken away from its owner, and nobody gets anything.
            machine.Checks = false;
            Assert.NotEqual(AssignmentStep.None, machine.Assign(0, 0));
            return ending;
        }

        AssignmentStep again = machine.Assign(0, 0);

        AssignmentStep expected = ending == Ending.Broken ? AssignmentStep.Check : AssignmentStep.None;

        // Both probes can lose the same answer. Then they agree on something else than the function says afterwards, and it is refused its place: it is nobody's, and quarantined.
        bool isBelieved = second >= 0 && again == AssignmentStep.Place;
        Assert.True(isBelieved || again == expected, $"{when}: {ending}, then {again}");
        Assert.True(machine.Release(0, 1), when);
        machine.AssertInvariants(when);
        return ending;
    }

    private static Ending Walk(Testbed machine, MachineCounts before, string when)
    {
        if (machine.Assign(0, 0) != AssignmentStep.None)
        {
            return After(machine, before, when, Ending.Refused);
        }

        machine.Use(0, 0);
        machine.WriteMemory(0, machine.BarOf(0) + SecretOffset, AccessWidth.Word, Secret);
        machine.Signal(0, 0);
        machine.TakeInterrupts();
        if (!machine.Release(0, 0))
        {
            return After(machine, before, when, Ending.Broken);
        }

        Assert.True(machine.Functions[0].ReadMemory(0, SecretOffset, AccessWidth.Word) != Secret, $"{when}: the next owner reads what the last one wrote");
        return After(machine, before, when, Ending.Whole);
    }

    private static Ending After(Testbed machine, MachineCounts before, string when, Ending ending)
    {
        bool broken = machine.IsBroken(0);
        MachineCounts after = machine.Counts;
        Assert.True(after.Owned == before.Owned, $"{when}: {before}, then {after}");

        // What a broken function had is not given to anybody: its vectors, and what its guest may still reach.
        if (!broken)
        {
            Assert.True(ending != Ending.Broken, $"{when}: not free, and not broken");

            // A translation service that was given up may still hold what it was told: its vectors stay with who had them.
            uint vectors = machine.Parts.IsMsiBroken ? before.Vectors : after.Vectors;
            Assert.True((after with { FreeWindow = 0, Vectors = vectors }) == (before with { FreeWindow = 0 }), $"{when}: {before}, then {after}");
        }

        machine.AssertInvariants(when);
        return broken ? Ending.Broken : ending;
    }

    private enum Ending
    {
        Refused,
        Whole,
        Broken,
    }
}
