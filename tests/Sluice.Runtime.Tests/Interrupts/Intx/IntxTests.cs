using System;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.ConfigSpace;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Intx;

/// <summary>Scenarios of group F: a function's interrupt pin, from the machine's line to the guest's level interrupt.</summary>
public sealed class IntxTests
{
    [Fact]
    public void F1_A_line_that_is_asserted_stays_masked_until_the_guest_ends_its_interrupt_and_fires_again_if_it_still_is()
    {
        IntxMachine machine = new();
        machine.Want(true);

        Assert.Equal(1, machine.TakePhysicalInterrupts());
        Assert.True(machine.IsGuestAsserted);
        Assert.False(machine.Lines.IsOpen(IntxMachine.Line));
        Assert.Equal(1u << (int)IntxMachine.Line, machine.Physical.Held);
        Assert.Equal(0, machine.TakePhysicalInterrupts());

        // Ended, but the function has not been served: the level is what it was, and the line is still held.
        machine.End();
        Assert.True(machine.IsGuestAsserted);
        Assert.False(machine.Lines.IsOpen(IntxMachine.Line));

        // Served and ended: the line is open again, and silent.
        machine.Want(false);
        Assert.Equal(0, machine.End());
        Assert.False(machine.IsGuestAsserted);
        Assert.True(machine.Lines.IsOpen(IntxMachine.Line));
        Assert.Equal(0u, machine.Physical.Held);

        // And it fires again.
        machine.Want(true);
        Assert.Equal(1, machine.TakePhysicalInterrupts());
        Assert.True(machine.IsGuestAsserted);
        Assert.Equal(0u, machine.Physical.Spurious);
    }

    [Fact]
    public void F1_What_is_asserted_again_before_the_guest_ends_its_interrupt_is_not_lost()
    {
        IntxMachine machine = new();
        machine.Want(true);
        machine.TakePhysicalInterrupts();
        machine.Want(false);
        machine.Want(true);

        machine.End();

        Assert.True(machine.IsGuestAsserted);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void F2_With_the_pin_disabled_what_is_pending_is_not_delivered_and_once_when_it_is_enabled(int width)
    {
        IntxMachine machine = new();
        machine.Assigned.Write(width == 2 ? 0x04u : 0x05u, width, width == 2 ? 0x0400u : 0x04u);
        machine.Want(true);

        Assert.Equal(0, machine.TakePhysicalInterrupts());
        Assert.False(machine.IsGuestAsserted);
        Assert.Equal(8u, machine.Assigned.Read(0x06, 2) & 8);

        machine.Assigned.Write(width == 2 ? 0x04u : 0x05u, width, 0);
        machine.AfterAccess();

        Assert.Equal(1, machine.TakePhysicalInterrupts());
        Assert.True(machine.IsGuestAsserted);
        Assert.Equal(1, machine.Rises);
    }

    [Fact]
    public void F2_Disabling_the_pin_while_its_interrupt_is_pending_takes_it_back_and_lets_the_line_go()
    {
        IntxMachine machine = new();
        machine.Want(true);
        machine.TakePhysicalInterrupts();

        machine.Assigned.Write(0x04, 2, 0x0400);
        machine.AfterAccess();

        Assert.False(machine.IsGuestAsserted);
        Assert.Equal(0u, machine.Physical.Held);
        Assert.True(machine.Lines.IsOpen(IntxMachine.Line));

        machine.Assigned.Write(0x04, 2, 0);
        machine.AfterAccess();
        Assert.Equal(1, machine.TakePhysicalInterrupts());
        Assert.True(machine.IsGuestAsserted);
    }

    [Fact]
    public void F4_From_messages_to_the_pin_and_back_nothing_of_the_one_is_left_in_the_other()
    {
        IntxMachine machine = new();
        AssignedFunction assigned = machine.Assigned.Enable();
        assigned.Program(0, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt);
        assigned.Write(0x72, 2, 0x8000);
        machine.Want(true);

        // With MSI-X on the pin is silent in hardware and for the guest, whatever the guest says of it.
        assigned.Write(0x04, 2, 0x0006);
        machine.AfterAccess();
        Assert.Equal(0x0400u, assigned.HostCommand & 0x0400);
        Assert.Equal(0, machine.TakePhysicalInterrupts());
        Assert.False(machine.IsGuestAsserted);
        Assert.True(assigned.Device.Signal(0));
        Assert.Equal(1, assigned.TakePhysicalInterrupts());
        Assert.True(assigned.Guest.TryTakeInterrupt(out _));

        // MSI-X off: its messages mean nothing any more, and the pin is heard as soon as the guest opens it.
        assigned.Write(0x72, 2, 0);
        assigned.Write(0x04, 2, 0x0006);
        machine.AfterAccess();
        Assert.False(assigned.Device.Signal(0));
        Assert.True(assigned.Bridge.Deliver(assigned.Function.Vectors.First));
        Assert.False(assigned.Guest.TryTakeInterrupt(out _));
        Assert.Equal(1, machine.TakePhysicalInterrupts());
        Assert.True(machine.IsGuestAsserted);

        // MSI-X on again while the line is held: the level goes, the line is let go, and messages come.
        assigned.Write(0x72, 2, 0x8000);
        machine.AfterAccess();
        Assert.False(machine.IsGuestAsserted);
        Assert.Equal(0u, machine.Physical.Held);
        Assert.Equal(0, machine.TakePhysicalInterrupts());
        Assert.True(assigned.Device.Signal(0));
        Assert.Equal(1, assigned.TakePhysicalInterrupts());
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(AssignedFunction.FirstInterrupt, interrupt);
    }

    [Fact]
    public void F4_From_MSI_X_to_the_pin_to_MSI_and_back_each_is_heard_alone()
    {
        IntxMachine machine = new();
        AssignedFunction assigned = machine.Assigned.Enable();
        assigned.Program(0, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt);
        assigned.Write(0x54, 4, AssignedFunction.Doorbell);
        assigned.Write(0x58, 4, 0);
        assigned.Write(0x5C, 2, AssignedFunction.FirstInterrupt + 9);
        for (int round = 0; round < 3; round++)
        {
            Switch(0x72, 0x8000);
            machine.Want(true);
            Assert.Equal((true, false, false), Heard());

            Switch(0x72, 0);
            assigned.Write(0x04, 2, 0x0006);
            machine.AfterAccess();
            Assert.Equal((false, false, true), Heard());

            Switch(0x52, 1);
            Assert.Equal((false, true, false), Heard());

            Switch(0x52, 0);
            assigned.Write(0x04, 2, 0x0006);
            machine.AfterAccess();
            Assert.Equal((false, false, true), Heard());
            machine.Want(false);
            machine.End();
            Assert.False(machine.IsGuestAsserted);
        }

        void Switch(uint offset, uint value)
        {
            assigned.Write(offset, 2, value);
            machine.AfterAccess();
        }

        (bool Msix, bool Msi, bool Pin) Heard()
        {
            assigned.Device.Signal(0);
            assigned.Device.SignalMessage(0);
            machine.TakePhysicalInterrupts();
            assigned.TakePhysicalInterrupts();
            bool msix = false;
            bool msi = false;
            while (assigned.Guest.TryTakeInterrupt(out uint interrupt))
            {
                msix |= interrupt == AssignedFunction.FirstInterrupt;
                msi |= interrupt == AssignedFunction.FirstInterrupt + 9;
            }

            return (msix, msi, machine.IsGuestAsserted);
        }
    }

    [Fact]
    public void Without_a_pin_the_guest_sees_none_and_the_function_cannot_assert_its_own()
    {
        IntxMachine machine = new(provide: false);
        machine.Want(true);
        machine.Assigned.Write(0x04, 2, 0x0006);

        Assert.Equal(0u, machine.Assigned.Read(0x3D, 1));
        Assert.Equal(0x0400u, machine.Assigned.HostCommand & 0x0400);
        Assert.False(machine.IsAsserting);
        Assert.False(machine.Assigned.Bridge.SampleIntx(IntxMachine.Line));
    }

    [Fact]
    public void With_a_pin_the_guest_sees_the_hardware_s()
    {
        IntxMachine machine = new();

        Assert.Equal(1u, machine.Assigned.Read(0x3D, 1));
        Assert.Equal(0u, machine.Assigned.HostCommand & 0x0400);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(5u)]
    [InlineData(0xFFu)]
    public void A_function_without_a_pin_of_its_own_is_given_none(uint pin)
    {
        AssignedFunction assigned = new(device => device.Poke(0x3D, AccessWidth.Byte, pin));

        Assert.False(assigned.Function.TryProvideIntx(0));
        Assert.Equal(0u, assigned.Read(0x3D, 1));
        Assert.Equal(0x0400u, assigned.HostCommand & 0x0400);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(3u)]
    [InlineData(4u)]
    public void A_function_with_any_of_the_four_pins_is_given_it(uint pin)
    {
        AssignedFunction assigned = new(device => device.Poke(0x3D, AccessWidth.Byte, pin));

        Assert.True(assigned.Function.TryProvideIntx(0));
        Assert.Equal(pin, assigned.Read(0x3D, 1));
    }

    [Fact]
    public void A_function_whose_pin_cannot_be_closed_is_given_none()
    {
        AssignedDevice<OldFunction> assigned = new(new OldFunction(), 17);

        Assert.False(assigned.Function.TryProvideIntx(0));
        Assert.Equal(0u, assigned.Read(0x3D, 1));
    }

    [Fact]
    public void A_reset_of_the_function_releases_the_guest_s_wire_and_the_pin_works_afterwards()
    {
        IntxMachine machine = new();
        machine.Want(true);
        machine.TakePhysicalInterrupts();

        machine.Assigned.Write(0x98, 2, 0x8000);
        machine.Want(false);
        machine.AfterAccess();

        Assert.Equal(1, machine.Assigned.Device.Resets - 1);
        Assert.False(machine.IsGuestAsserted);
        Assert.Equal(1u, machine.Assigned.Read(0x3D, 1));
        machine.Want(true);
        Assert.Equal(1, machine.TakePhysicalInterrupts());
        Assert.True(machine.IsGuestAsserted);
    }

    [Fact]
    public void A_function_that_is_taken_from_its_guest_leaves_no_wire_asserted_and_the_line_masked()
    {
        IntxMachine machine = new();
        machine.Want(true);
        machine.TakePhysicalInterrupts();

        Assert.True(machine.Assigned.Release());
        machine.Physical.Release(new OwnerId(1), IntxMachine.Line);

        Assert.False(machine.IsGuestAsserted);
        Assert.False(machine.Lines.IsOpen(IntxMachine.Line));
        Assert.Equal(0u, machine.Physical.Held);
        Assert.Equal(0u, machine.Physical.Taken);
        Assert.True(machine.Physical.OwnerOf(IntxMachine.Line).IsNone);
    }

    [Fact]
    public void A_function_that_sleeps_does_not_assert_its_pin()
    {
        IntxMachine machine = new();
        machine.Want(true);
        machine.TakePhysicalInterrupts();

        machine.Assigned.Write(0x44, 2, 3);
        machine.AfterAccess();

        Assert.False(machine.IsGuestAsserted);
        Assert.Equal(0, machine.TakePhysicalInterrupts());
        machine.Assigned.Write(0x44, 2, 0);
        Assert.Equal(1, machine.TakePhysicalInterrupts());
        Assert.True(machine.IsGuestAsserted);
    }

    [Fact]
    public void A_line_is_never_shared_across_owners_but_by_all_functions_of_one()
    {
        LineModel model = new();
        IntxLines<EcamIntxController<LineGate>> lines = new(new EcamIntxController<LineGate>(model.Gate, LineModel.First));

        Assert.True(lines.TryTake(new OwnerId(1), 3));
        Assert.True(lines.TryTake(new OwnerId(1), 3));
        Assert.False(lines.TryTake(new OwnerId(2), 3));
        lines.Release(new OwnerId(2), 3);
        lines.Release(new OwnerId(1), 3);
        Assert.False(lines.TryTake(new OwnerId(2), 3));
        Assert.Equal(1, lines.OwnerOf(3).Value);
        lines.Release(new OwnerId(1), 3);
        Assert.False(model.IsOpen(3));
        Assert.True(lines.TryTake(new OwnerId(2), 3));
        Assert.True(model.IsOpen(3));
        Assert.False(lines.TryTake(new OwnerId(1), 4));
        Assert.False(lines.TryTake(default, 0));
        Assert.Equal(1u, lines.Taken);
    }

    [Fact]
    public void A_line_that_fires_without_cause_is_counted_and_silenced_after_a_while()
    {
        IntxMachine machine = new();
        machine.Lines.IsDriven = static line => line == IntxMachine.Line;

        int taken = machine.TakePhysicalInterrupts();

        Assert.Equal((int)IntxLines<EcamIntxController<LineGate>>.MostSpurious, taken);
        Assert.Equal((uint)taken, machine.Physical.Spurious);
        Assert.Equal(1u << (int)IntxMachine.Line, machine.Physical.Silenced);
        Assert.False(machine.Lines.IsOpen(IntxMachine.Line));
        Assert.Equal(0, machine.Rises);

        machine.Physical.Release(new OwnerId(1), IntxMachine.Line);
        Assert.True(machine.Physical.TryTake(new OwnerId(1), IntxMachine.Line));
        Assert.True(machine.Lines.IsOpen(IntxMachine.Line));
    }

    [Fact]
    public void A_line_of_nobody_is_masked_and_counted()
    {
        IntxMachine machine = new();
        machine.Lines.IsDriven = static line => line == 0;
        machine.Lines.Set(LineModel.First, true);

        Assert.Equal(1, machine.TakePhysicalInterrupts());

        Assert.Equal(1u, machine.Physical.Unowned);
        Assert.False(machine.Lines.IsOpen(0));
        Assert.Equal(0u, machine.Physical.Held);
    }

    [Fact]
    public void Pins_are_swizzled_to_wires_by_device_and_pin()
    {
        for (uint device = 0; device < 32; device++)
        {
            for (uint pin = 1; pin <= 4; pin++)
            {
                GuestIntx wires = default;
                uint wire = (device + pin - 1) % 4;

                Assert.True(wires.Set(new RequesterId(0, device, 0), pin, true));
                Assert.Equal(1u << (int)wire, wires.Levels);
                Assert.True(wires.Set(new RequesterId(0, device, 0), pin, false));
                Assert.Equal(0u, wires.Levels);
            }
        }
    }

    [Fact]
    public void A_wire_stays_asserted_until_the_last_function_releases_it()
    {
        GuestIntx wires = default;
        Assert.True(wires.Set(new RequesterId(0, 1, 0), 1, true));
        Assert.False(wires.Set(new RequesterId(0, 5, 0), 1, true));
        Assert.False(wires.Set(new RequesterId(0, 1, 7), 1, true));
        Assert.False(wires.Set(new RequesterId(0, 1, 0), 1, false));
        Assert.Equal(2u, wires.Levels);
        Assert.True(wires.Has(new RequesterId(0, 5, 0), 1));
        Assert.False(wires.Set(new RequesterId(0, 5, 0), 1, false));
        Assert.True(wires.Set(new RequesterId(0, 1, 7), 1, false));
        Assert.Equal(0u, wires.Levels);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(5u)]
    [InlineData(uint.MaxValue)]
    public void A_pin_that_is_none_drives_no_wire(uint pin)
    {
        GuestIntx wires = default;

        Assert.False(wires.Set(new RequesterId(0, 1, 0), pin, true));
        Assert.Equal(0u, wires.Levels);
        Assert.False(wires.Has(new RequesterId(0, 1, 0), pin));
    }

    [Fact]
    public void Wires_equal_a_plain_model_under_random_levels()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        bool[,] model = new bool[256, 5];
        GuestIntx wires = default;
        for (int step = 0; step < 20_000; step++)
        {
            int function = random.Next(256);
            uint pin = (uint)random.Next(1, 5);
            bool asserted = random.Next(2) == 0;
            wires.Set(new RequesterId((ushort)function), pin, asserted);
            model[function, pin] = asserted;
            if (step % 97 == 0)
            {
                uint expected = 0;
                for (int other = 0; other < 256; other++)
                {
                    for (uint at = 1; at <= 4; at++)
                    {
                        expected |= wires.Has(new RequesterId((ushort)other), at) ? 1u << (int)GuestIntx.WireOf(new RequesterId((ushort)other), at) : 0;
                        Assert.True(wires.Has(new RequesterId((ushort)other), at) == model[other, at], $"seed {seed}");
                    }
                }

                Assert.True(expected == wires.Levels, $"seed {seed}");
            }
        }
    }
}

/// <summary>A function from before PCI 2.3: its interrupt pin has no disable bit.</summary>
internal sealed class OldFunction : DmaFunction
{
    public OldFunction() => Define(0x04, AccessWidth.HalfWord, 0, 0x03FF);
}
