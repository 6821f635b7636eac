using System;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Runtime.Domains;
using Sluice.Simulation.Hostile;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Passthrough.Tests.Hostile;

/// <summary>Devices that do what they like, at every step of the core.</summary>
public sealed class HostileDeviceTests
{
    public static TheoryData<MachineKind> Kinds => Testbeds.Kinds;

    /// <summary>Every machine and every layout that no specification allows.</summary>
    public static TheoryData<MachineKind, int> Layouts()
    {
        TheoryData<MachineKind, int> data = [];
        foreach (MachineKind kind in Enum.GetValues<MachineKind>())
        {
            for (int layout = 0; layout < HostileLayout.Count; layout++)
            {
                data.Add(kind, layout);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Whatever_stands_in_config_space_the_function_is_refused_or_works_with_what_is_sound(MachineKind kind, int layout)
    {
        string what = string.Empty;
        Testbed machine = Testbeds.Build(kind, 2, number =>
        {
            DmaFunction function = new();
            what = number == 0 ? HostileLayout.Apply(function, layout) : what;
            return function;
        });
        MachineCounts before = machine.Counts;

        AssignmentStep step = machine.Assign(0, 0);

        if (step == AssignmentStep.None)
        {
            machine.Use(0, 0);
            machine.Signal(0, 0);
            machine.TakeInterrupts();
            Assert.True(machine.Release(0, 0), what);
        }

        Assert.Equal(before with { FreeWindow = 0 }, machine.Counts with { FreeWindow = 0 });

        // An extended list that comes back to itself is walked to its bound of 960, for each thing that is looked for.
        Assert.InRange(machine.Steps, 1, 20_000);
        machine.AssertInvariants(what);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_config_space_of_random_bytes_ends_in_refusal_or_in_an_assignment_that_can_be_undone(MachineKind kind)
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            Testbed machine = Testbeds.Build(kind, 2);
            HostileLayout.Scramble(machine.Functions[0], new SeededRandom(seed));

            AssignmentStep step = machine.Assign(0, 0);
            if (step == AssignmentStep.None)
            {
                machine.Use(0, 0);
                machine.TakeInterrupts();
                machine.Release(0, 0);
            }

            machine.AssertInvariants($"seed {seed}: {step}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_that_must_hold_is_broken_by_a_device_that_lies_reads_writes_and_sends_at_every_step(MachineKind kind)
    {
        int reached = 0;
        int stopped = 0;
        int messages = 0;
        int assigned = 0;
        for (ulong seed = 0; seed < 10; seed++)
        {
            Testbed machine = Testbeds.Hostile(kind, seed * 16, HostileHabits.Wild with { Readbacks = seed % 4 == 0 ? 4u : 200u, Identities = 400 });
            HostileGuest guest = new(seed, Testbed.Window, Testbed.Doorbell, Testbed.FirstInterrupt, 3);
            for (int function = 0; function < machine.Functions.Count; function++)
            {
                assigned += machine.Assign(function % 2, function) == AssignmentStep.None ? 1 : 0;
            }

            for (int access = 0; access < 200; access++)
            {
                machine.Access(access & 1, guest.Next());
                if (access % 50 == 0)
                {
                    machine.TakeInterrupts();
                }
            }

            for (int function = 0; function < machine.Functions.Count; function++)
            {
                machine.Release(function % 2, function);
                HostileFunction hostile = (HostileFunction)machine.Functions[function];
                reached += hostile.Reached;
                stopped += hostile.Stopped;
                messages += hostile.Messages;
            }

            machine.AssertInvariants($"seed {seed}");
        }

        // The devices were not idle, and not all was refused.
        Assert.True(assigned > 3, $"{assigned} assigned");
        Assert.True(reached > 10 && stopped > 1000 && messages > 1000, $"{reached} reached, {stopped} stopped, {messages} messages");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_device_may_vanish_at_any_step_and_return_at_any_other(MachineKind kind)
    {
        // One run shows how many steps there are; then it vanishes at each of them.
        int steps = Life(kind, -1, out _);
        int broken = 0;
        for (int step = 0; step < steps; step++)
        {
            Life(kind, step, out bool released);
            broken += released ? 0 : 1;
        }

        Assert.InRange(broken, 1, steps);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_device_that_never_comes_back_from_its_reset_is_not_assigned(MachineKind kind)
    {
        Testbed machine = Testbeds.Hostile(kind, 1, new HostileHabits { FailsReset = true });
        MachineCounts before = machine.Counts;

        Assert.Equal(AssignmentStep.Reset, machine.Assign(0, 0));

        Assert.Equal(before with { StreamEntries = 0 }, machine.Counts with { StreamEntries = 0 });
        machine.AssertInvariants();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_device_that_never_comes_to_rest_is_not_assigned_and_the_wait_ends(MachineKind kind)
    {
        Testbed machine = Testbeds.Hostile(kind, 1, new HostileHabits { NeverRests = true });
        machine.ChecksSteps = false;

        Assert.Equal(AssignmentStep.Reset, machine.Assign(0, 0));

        machine.AssertInvariants();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_device_that_claims_another_identity_after_assignment_changes_nothing_that_its_guest_sees(MachineKind kind)
    {
        Testbed machine = Testbeds.Hostile(kind, 1, new HostileHabits());
        Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
        uint[] before = Header(machine);

        ((HostileFunction)machine.Functions[0]).Habits = new HostileHabits { Identities = 1 };

        // STATUS is the hardware's own: its bits are the device's to say.
        Assert.Equal(before, Header(machine));
        machine.AssertInvariants();

        static uint[] Header(Testbed machine) =>
            [machine.Config(0, 0, 0, 4), machine.Config(0, 0, 4, 2), machine.Config(0, 0, 8, 4), machine.Config(0, 0, 0xE, 1), machine.Config(0, 0, 0x2C, 4)];
    }

    private static int Life(MachineKind kind, int vanishesAt, out bool released)
    {
        Testbed machine = Testbeds.Hostile(kind, 3, new HostileHabits());
        int step = 0;
        machine.Stepped = () =>
        {
            if (vanishesAt >= 0 && step >= vanishesAt)
            {
                // What is written to it while it is away does not arrive.
                machine.Checker.HardwareMayDiffer = true;
                machine.Functions[0].IsPresent = step < vanishesAt || step > vanishesAt + 40;
            }

            step++;
        };
        released = machine.Assign(0, 0) == AssignmentStep.None;
        if (released)
        {
            machine.Use(0, 0);
            machine.Signal(0, 0);
            machine.TakeInterrupts();
            released = machine.Release(0, 0);
        }

        machine.AssertInvariants($"{kind}, vanished at step {vanishesAt}");
        return step;
    }
}
