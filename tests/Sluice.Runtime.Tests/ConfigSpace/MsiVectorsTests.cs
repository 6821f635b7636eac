using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Guests;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>The messages of a function's MSI: what each means to the guest, what waits, and what is counted.</summary>
public sealed class MsiVectorsTests
{
    private const uint First = AssignedFunction.FirstInterrupt;

    private readonly AssignedFunction _assigned = new AssignedFunction().Enable();

    [Fact]
    public void Each_message_that_is_enabled_is_delivered_and_counted_and_no_other_is()
    {
        Enable(0x0021);
        for (uint message = 0; message < 8; message++)
        {
            _assigned.Bridge.Deliver(_assigned.Function.Vectors.First + message);
        }

        Assert.Equal((4u, 4u), (_assigned.Function.Delivered, _assigned.Function.Dropped));
        for (uint message = 0; message < 4; message++)
        {
            Assert.True(_assigned.Guest.TryTakeInterrupt(out uint interrupt));
            Assert.Equal(First + message, interrupt);
        }

        Assert.False(_assigned.Guest.TryTakeInterrupt(out _));
    }

    [Fact]
    public void What_the_guest_s_controller_does_not_take_is_dropped_and_counted()
    {
        Enable(0x0001);
        _assigned.Guest.Messages = new NothingTaken();

        _assigned.Bridge.Deliver(_assigned.Function.Vectors.First);

        Assert.Equal((0u, 1u), (_assigned.Function.Delivered, _assigned.Function.Dropped));
    }

    [Fact]
    public void With_MSI_off_a_message_is_dropped_even_the_first_and_what_waited_is_forgotten()
    {
        Enable(0x0001);
        _assigned.Write(0x60, 4, 1);
        _assigned.Bridge.Deliver(_assigned.Function.Vectors.First);
        _assigned.Bridge.Deliver(_assigned.Function.Vectors.First);
        Assert.Equal(1u, _assigned.Read(0x64, 4));

        _assigned.Write(0x52, 2, 0x0000);
        Assert.Equal(0u, _assigned.Read(0x64, 4));
        _assigned.Write(0x60, 4, 0);

        Assert.Equal(0u, _assigned.Function.Delivered);
        Assert.False(_assigned.Guest.TryTakeInterrupt(out _));
    }

    [Fact]
    public void A_message_that_waits_twice_is_delivered_once_when_its_mask_goes_and_others_wait_on()
    {
        Enable(0x0021);
        _assigned.Write(0x60, 4, 0xF);
        _assigned.Bridge.Deliver(_assigned.Function.Vectors.First + 3);
        _assigned.Bridge.Deliver(_assigned.Function.Vectors.First + 3);
        _assigned.Bridge.Deliver(_assigned.Function.Vectors.First + 1);
        Assert.Equal(0xAu, _assigned.Read(0x64, 4));

        _assigned.Write(0x60, 4, 0x7);

        Assert.Equal(0x2u, _assigned.Read(0x64, 4));
        Assert.True(_assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(First + 3, interrupt);
        Assert.False(_assigned.Guest.TryTakeInterrupt(out _));
        Assert.Equal(1u, _assigned.Function.Delivered);
    }

    [Fact]
    public void A_vector_that_the_host_holds_is_masked_in_the_hardware_and_one_that_is_no_message_of_the_guest_s_changes_nothing()
    {
        Enable(0x0031);
        VectorBlock vectors = _assigned.Function.Vectors;

        Assert.True(_assigned.Function.TryHold(vectors.First + 2, held: true));
        Assert.Equal(0x4u, _assigned.Device.Peek(0x60, AccessWidth.Word));
        Assert.True(_assigned.Function.TryHold(vectors.First + 8, held: true));
        Assert.True(_assigned.Function.TryHold(vectors.First + 16, held: true));
        Assert.False(_assigned.Function.TryHold(vectors.First + vectors.Count, held: true));
        Assert.Equal(0x4u, _assigned.Device.Peek(0x60, AccessWidth.Word));

        _assigned.Write(0x60, 4, 0x1);
        Assert.Equal(0x5u, _assigned.Device.Peek(0x60, AccessWidth.Word));
        Assert.True(_assigned.Function.TryHold(vectors.First + 2, held: false));
        Assert.Equal(0x1u, _assigned.Device.Peek(0x60, AccessWidth.Word));
    }

    [Fact]
    public void Messages_that_mean_nothing_to_the_guest_s_controller_are_masked_in_the_hardware_and_no_others()
    {
        // The last two of a block of eight are behind the frame's last interrupt.
        _assigned.Write(0x54, 4, AssignedFunction.Doorbell);
        _assigned.Write(0x5C, 2, First + 24);
        _assigned.Guest.Messages = new OnlyEven(_assigned.Guest.Messages!);

        _assigned.Write(0x52, 2, 0x0031);

        Assert.Equal(1u, _assigned.Read(0x52, 2) & 1);
        Assert.Equal(0xAAu, _assigned.Device.Peek(0x60, AccessWidth.Word));
        Assert.Equal(0u, _assigned.Read(0x60, 4));
    }

    private void Enable(uint control)
    {
        _assigned.Write(0x54, 4, AssignedFunction.Doorbell);
        _assigned.Write(0x5C, 2, First);
        _assigned.Write(0x52, 2, control);
        Assert.Equal(1u, _assigned.Read(0x52, 2) & 1);
    }

    private sealed class NothingTaken : ISimulatedMessages
    {
        [Sanitizes]
        public bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
        {
            message = default;
            return false;
        }

        public bool TryDeliver(GuestMessage message) => false;
    }

    private sealed class OnlyEven(ISimulatedMessages frame) : ISimulatedMessages
    {
        [Sanitizes]
        public bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
            => frame.TryResolve(requester, address, data, out message) & (data.Untrusted & 1) == 0;

        public bool TryDeliver(GuestMessage message) => frame.TryDeliver(message);
    }
}
