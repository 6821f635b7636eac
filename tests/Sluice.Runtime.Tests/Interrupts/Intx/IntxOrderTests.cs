using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.ConfigSpace;
using Sluice.Testing;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Intx;

/// <summary>What function, guest and hypervisor do to one interrupt pin, in any order.</summary>
public sealed class IntxOrderTests
{
    private static readonly Action<IntxMachine>[] s_events =
    [
        static machine => machine.Want(true),
        static machine => machine.Want(false),
        static machine => Write(machine, 0x04, 0x0400),
        static machine => Write(machine, 0x04, 0x0000),
        static machine => Write(machine, 0x72, 0x8000),
        static machine => Write(machine, 0x72, 0x0000),
        static machine => machine.TakePhysicalInterrupts(),
        static machine => machine.End(),
        static machine => Write(machine, 0x52, 0x0001),
        static machine => Write(machine, 0x52, 0x0000),
        static machine => Write(machine, 0x44, 3),
        static machine => Write(machine, 0x44, 0),
    ];

    [Fact]
    public void In_every_order_of_three_events_no_level_is_lost_and_none_is_made_up()
    {
        int count = s_events.Length;
        for (int order = 0; order < count * count * count; order++)
        {
            IntxMachine machine = Create();
            for (int rest = order, step = 0; step < 3; step++, rest /= count)
            {
                s_events[rest % count](machine);
                Check(machine, $"order {order}, step {step}");
            }

            Settle(machine, $"order {order}");
        }
    }

    [Fact]
    public void In_a_long_random_order_no_level_is_lost_and_none_is_made_up()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        IntxMachine machine = Create();
        for (int step = 0; step < Effort.Of(20_000); step++)
        {
            s_events[random.Next(s_events.Length)](machine);
            Check(machine, $"seed {seed}, step {step}");
            if (random.Next(20) == 0)
            {
                Settle(machine, $"seed {seed}, step {step}");
            }
        }

        Assert.Equal(0u, machine.Physical.Silenced);
    }

    [Fact]
    public void Ten_thousand_times_given_and_taken_everything_is_as_it_was()
    {
        IntxMachine machine = new(provide: false);
        for (int round = 0; round < Effort.Of(10_000); round++)
        {
            Assert.True(machine.Physical.TryTake(new OwnerId(1), IntxMachine.Line));
            Assert.True(machine.Assigned.Function.TryProvideIntx(IntxMachine.Line));
            machine.Want(true);
            Assert.Equal(1, machine.TakePhysicalInterrupts());
            Assert.True(machine.Assigned.Release());
            machine.Want(false);
            machine.Physical.Release(new OwnerId(1), IntxMachine.Line);
            Assert.False(machine.IsGuestAsserted);
            Assert.Equal((0u, 0u, 0u), (machine.Physical.Held, machine.Physical.Taken, machine.Physical.Silenced));
            Assert.False(machine.Lines.IsOpen(IntxMachine.Line));
            Assert.Equal(Sluice.Runtime.Domains.AssignmentStep.None, machine.Assigned.Assign());
            machine.Lines.Trace.Clear();
        }
    }

    private static IntxMachine Create()
    {
        IntxMachine machine = new();
        machine.Assigned.Write(0x54, 4, AssignedFunction.Doorbell);
        machine.Assigned.Write(0x5C, 2, AssignedFunction.FirstInterrupt);
        return machine;
    }

    private static void Write(IntxMachine machine, uint offset, uint value)
    {
        machine.Assigned.Write(offset, 2, value);
        machine.AfterAccess();
    }

    private static void Check(IntxMachine machine, string where)
    {
        bool held = (machine.Physical.Held & (1u << (int)IntxMachine.Line)) != 0;

        // What the function asserts is either seen by the guest, or its line is open and fires.
        Assert.True(!machine.IsAsserting || machine.IsGuestAsserted || machine.Lines.IsOpen(IntxMachine.Line), where);

        // The guest never sees a pin that it has closed, and a line is held exactly as long as it is masked.
        bool closed = (machine.Assigned.HostCommand & 0x0400) != 0;
        Assert.True(!(closed && machine.IsGuestAsserted), where);
        Assert.True(held != machine.Lines.IsOpen(IntxMachine.Line), where);
    }

    private static void Settle(IntxMachine machine, string where)
    {
        machine.TakePhysicalInterrupts();
        machine.End();
        Assert.True(machine.IsAsserting == machine.IsGuestAsserted, where);
        Assert.True(machine.IsAsserting == !machine.Lines.IsOpen(IntxMachine.Line), where);
    }
}
