using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class MultiFunctionTests
{
    [Fact]
    public void A_device_says_that_it_has_several_functions_exactly_while_the_guest_sees_several()
    {
        AssignedFunction assigned = new();
        Assert.Equal(0u, HeaderType(assigned, new(0, 1, 0)));

        Add(assigned, new(0, 3, 0), new(0, 1, 1));
        Assert.Equal(0x80u, HeaderType(assigned, new(0, 1, 0)));
        Assert.Equal(0x80u, HeaderType(assigned, new(0, 1, 1)));

        Add(assigned, new(0, 4, 0), new(0, 2, 0));
        Assert.Equal(0u, HeaderType(assigned, new(0, 2, 0)));

        Assert.True(assigned.Assignment.TryRelease(new(0, 3, 0), assigned.Guest.Handle, ref assigned.Bridge));
        Assert.Equal(0u, HeaderType(assigned, new(0, 1, 0)));
        Assert.Equal(0xFFu, HeaderType(assigned, new(0, 1, 1)));
    }

    [Fact]
    public void The_guest_cannot_write_the_bit_and_a_reset_does_not_change_it()
    {
        AssignedFunction assigned = new();
        Add(assigned, new(0, 3, 0), new(0, 1, 7));

        assigned.Write(0x0E, 1, 0x00);
        assigned.Write(0x98, 2, 0x8000);

        Assert.Equal(0x80u, assigned.Read(0x0E, 1));
    }

    [Fact]
    public void There_is_one_bus_and_a_place_is_given_once()
    {
        AssignedFunction assigned = new();
        assigned.Reference.Plug(new(0, 3, 0));

        Assert.Equal(AssignmentStep.Publish, Assign(assigned, new(0, 3, 0), new(1, 0, 0)));
        Assert.Equal(AssignmentStep.Publish, Assign(assigned, new(0, 3, 0), new(0, 1, 0)));
        Assert.Equal(AssignmentStep.None, Assign(assigned, new(0, 3, 0), new(0, 31, 7)));
    }

    [Fact]
    public void Each_function_has_its_own_messages()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        DmaFunction second = Add(assigned, new(0, 3, 0), new(0, 1, 1));
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(0, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt);
        WriteTo(assigned, new(0, 1, 1), 0x54, 4, AssignedFunction.Doorbell);
        WriteTo(assigned, new(0, 1, 1), 0x5C, 2, AssignedFunction.FirstInterrupt + 9);
        WriteTo(assigned, new(0, 1, 1), 0x04, 2, 0x0004);
        WriteTo(assigned, new(0, 1, 1), 0x52, 2, 0x0001);

        Assert.True(second.SignalMessage(0));
        Assert.Equal(1, assigned.TakePhysicalInterrupts());
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(AssignedFunction.FirstInterrupt + 9, interrupt);
        Assert.Equal(0, assigned.Guest.PendingInterrupts);
        Assert.Equal(0u, assigned.Read(0x52, 2) & 1);
    }

    [Fact]
    public void An_offset_beyond_the_bus_finds_nobody_however_large_it_is()
    {
        AssignedFunction assigned = new();
        foreach (ulong offset in (ulong[])[0x10_8000, 0x1_0000_8000, 0x8000_0000_0000_8000, ulong.MaxValue & ~7ul])
        {
            Assert.Equal(AccessResult.Denied, assigned.Bridge.ReadConfig(offset, AccessWidth.Word, out ulong value));
            Assert.Equal(0xFFFF_FFFFul, value);
            Assert.Equal(AccessResult.Denied, assigned.Bridge.WriteConfig(offset, AccessWidth.DoubleWord, new GuestValue(0)));
        }

        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    private static DmaFunction Add(AssignedFunction assigned, RequesterId physical, RequesterId place)
    {
        DmaFunction function = assigned.Reference.Plug(physical);
        Assert.Equal(AssignmentStep.None, Assign(assigned, physical, place));
        return function;
    }

    private static AssignmentStep Assign(AssignedFunction assigned, RequesterId physical, RequesterId place)
    {
        AssignmentRequest<MsixEntryArray> request = assigned.Request;
        request.Function = physical;
        request.Stream = physical.Value;
        request.Place = place;
        request.Entries = new MsixEntryArray(new GuestMsixEntry[17]);
        return assigned.Assignment.Assign(in request, assigned.Guest.Handle, ref assigned.Bridge);
    }

    private static uint HeaderType(AssignedFunction assigned, RequesterId place)
    {
        assigned.Bridge.ReadConfig(((ulong)place.Value << 12) + 0x0E, AccessWidth.Byte, out ulong value);
        return (uint)value;
    }

    private static void WriteTo(AssignedFunction assigned, RequesterId place, uint offset, int bytes, ulong value)
        => assigned.Bridge.WriteConfig(((ulong)place.Value << 12) + offset, (AccessWidth)bytes, new GuestValue(value));
}
