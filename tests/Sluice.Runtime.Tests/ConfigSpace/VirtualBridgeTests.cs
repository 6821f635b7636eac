using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Tests.HostBridges;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>The guest's host bridge: what finds nothing there, and accesses of which a part does.</summary>
public sealed class VirtualBridgeTests
{
    private const ulong Absent = 5UL << 15;
    private const ulong Nowhere = 0x2F00_0000;

    [Fact]
    public void A1_What_is_misaligned_or_finds_nothing_is_counted_once()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        Assert.Equal(0u, assigned.Bridge.Denied);

        Assert.Equal(AccessResult.Rejected, assigned.TryRead(0x01, 2, out _));
        Assert.Equal(AccessResult.Rejected, assigned.Write(0x02, 4, 0));
        Assert.Equal(2u, assigned.Bridge.Denied);
        Assert.Equal(AccessResult.Denied, assigned.Bridge.ReadConfig(Absent, AccessWidth.Word, out _));
        Assert.Equal(AccessResult.Denied, assigned.Bridge.WriteConfig(Absent, AccessWidth.Word, new GuestValue(0)));
        Assert.Equal(4u, assigned.Bridge.Denied);
        Assert.Equal(AccessResult.Denied, assigned.Bridge.ReadMemory(new GuestAddress(Nowhere), AccessWidth.HalfWord, out ulong value));
        Assert.Equal(0xFFFFul, value);
        Assert.Equal(AccessResult.Denied, assigned.Bridge.WriteMemory(new GuestAddress(Nowhere), AccessWidth.Word, new GuestValue(0)));
        Assert.Equal(6u, assigned.Bridge.Denied);
        Assert.Equal(AccessResult.Done, assigned.TryRead(0x00, 4, out _));
        Assert.Equal(6u, assigned.Bridge.Denied);
    }

    [Fact]
    public void A6_Eight_bytes_of_which_one_word_is_not_there_are_denied_and_the_other_word_is_as_it_is()
    {
        BareFunction function = new();
        function.Set(0x06, AccessWidth.HalfWord, 0x10);
        function.Set(0x34, AccessWidth.Byte, 0x44);
        function.Set(0x44, AccessWidth.Word, 0x0008_0009);
        function.Set(0x48, AccessWidth.Word, 0x1234_5678);
        AssignedDevice<BareFunction> assigned = new(function, 0, new FunctionPolicy { Capabilities = GuestCapabilities.Vendor });

        Assert.Equal(AccessResult.Denied, assigned.TryRead(0x40, 8, out ulong value));
        Assert.Equal(0x0008_0009_FFFF_FFFFul, value);
        Assert.Equal(AccessResult.Denied, assigned.TryRead(0x48, 8, out value));
        Assert.Equal(0xFFFF_FFFF_1234_5678ul, value);
        Assert.Equal(AccessResult.Denied, assigned.Write(0x40, 8, 0));
        Assert.Equal(AccessResult.Denied, assigned.Write(0x48, 8, 0));
        Assert.Equal(AccessResult.Done, assigned.TryRead(0x00, 8, out _));
        Assert.Equal(AccessResult.Done, assigned.Write(0x10, 8, 0));
    }

    [Fact]
    public void A_message_of_a_function_whose_messages_are_off_is_dropped_and_counted()
    {
        AssignedFunction assigned = new AssignedFunction(mostVectors: 4).Enable();

        Assert.True(assigned.Bridge.Deliver(assigned.Function.Vectors.First));
        Assert.Equal((0u, 1u), (assigned.Function.Delivered, assigned.Function.Dropped));

        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(3, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt);
        Assert.True(assigned.Bridge.Deliver(assigned.Function.Vectors.First + 3));
        Assert.Equal((1u, 1u), (assigned.Function.Delivered, assigned.Function.Dropped));
        Assert.False(assigned.Bridge.Deliver(assigned.Function.Vectors.First + 4));
    }
}
