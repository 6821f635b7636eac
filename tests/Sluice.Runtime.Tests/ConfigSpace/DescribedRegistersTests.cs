using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>What a guest's registers hold when it gets the function, and after a reset.</summary>
public sealed class DescribedRegistersTests
{
    private const uint DeviceControl = 0x98;
    private const uint DeviceControl2 = 0xB8;

    [Fact]
    public void C1_A_vendor_s_header_names_the_next_one_that_the_guest_is_shown_and_its_body_is_the_hardware_s()
    {
        AssignedFunction assigned = new(RichFunction.Prepare, policy: new FunctionPolicy { Capabilities = GuestCapabilities.Vendor });

        Assert.Equal([RichFunction.FirstVendor, RichFunction.SecondVendor], Chain(assigned));
        Assert.Equal(0x010C_0009u | (RichFunction.SecondVendor << 8), assigned.Read(RichFunction.FirstVendor, 4));
        Assert.Equal(0xAAAA_0001u, assigned.Read(RichFunction.FirstVendor + 4, 4));
        Assert.Equal(0x0208_0009u, assigned.Read(RichFunction.SecondVendor, 4));
        Assert.Equal(0xBBBB_0002u, assigned.Read(RichFunction.SecondVendor + 4, 4));
        Assert.Equal(AccessResult.Done, assigned.Write(RichFunction.SecondVendor, 4, 0xFFFF_FFFF));
        Assert.Equal(0x0208_0009u, assigned.Read(RichFunction.SecondVendor, 4));
    }

    [Theory]
    [InlineData(0x00u, 4u)]
    [InlineData(0x02u, 4u)]
    [InlineData(0x03u, 4u)]
    [InlineData(0x08u, 8u)]
    [InlineData(0x10u, 16u)]
    [InlineData(0x14u, 16u)]
    [InlineData(0xFFu, 16u)]
    public void A_vendor_s_capability_is_as_long_as_it_says_and_never_reaches_into_the_next_one(uint said, uint bytes)
    {
        BareFunction function = new();
        function.Set(0x06, AccessWidth.HalfWord, 0x10);
        function.Set(0x34, AccessWidth.Byte, 0x40);
        function.Set(0x40, AccessWidth.Word, 0x0000_5009 | (said << 16));
        function.Set(0x50, AccessWidth.Word, 0x0004_0009);
        AssignedDevice<BareFunction> assigned = new(function, 0, new FunctionPolicy { Capabilities = GuestCapabilities.Vendor });

        for (uint offset = 0x40; offset < 0x50; offset++)
        {
            Assert.Equal(offset < 0x40 + bytes ? GuestCapability.Vendor : GuestCapability.None, assigned.Function.Classify(offset).Owner);
        }

        Assert.Equal(0x0000_5009u | (said << 16), assigned.Read(0x40, 4));
        Assert.Equal(0x0004_0009u, assigned.Read(0x50, 4));
        Assert.Equal(GuestCapability.None, assigned.Function.Classify(0x54).Owner);
    }

    [Fact]
    public void J3_After_a_reset_what_the_guest_wrote_is_gone_and_what_it_was_told_is_there()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        List<uint> told = Told(assigned);
        assigned.Write(0x0C, 1, 0x10);
        assigned.Write(0x3C, 1, 0x55);
        assigned.Write(DeviceControl2, 2, 0x0010);
        assigned.Write(0x60, 4, 0x00FF);
        assigned.Write(0x52, 2, 0x0020);
        Assert.Equal((0x10u, 0x55u, 0x0010u), (assigned.Read(0x0C, 1), assigned.Read(0x3C, 1), assigned.Read(DeviceControl2, 2)));

        assigned.Write(DeviceControl, 2, 0x8000);
        assigned.Reference.Machine.PassMicroseconds(200_000);

        Assert.Equal((0u, 0u, 0u), (assigned.Read(0x0C, 1), assigned.Read(0x3C, 1), assigned.Read(DeviceControl2, 2)));
        Assert.Equal((0u, 0x0186u), (assigned.Read(0x60, 4), assigned.Read(0x52, 2)));
        Assert.Equal((0x0000_0004u, 0u, 0u), (assigned.Read(0x10, 4), assigned.Read(0x14, 4), assigned.Read(0x18, 4)));
        Assert.Equal(told, Told(assigned));
    }

    [Fact]
    public void J3_J7_A_reset_of_a_function_that_sleeps_leaves_it_awake()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x44, 2, 3);
        Assert.Equal(3u, assigned.Read(0x44, 2) & 3);

        assigned.Write(DeviceControl, 2, 0x8000);
        assigned.Reference.Machine.PassMicroseconds(200_000);

        Assert.Equal(0u, assigned.Read(0x44, 2) & 3);
        assigned.Enable();
        Assert.Equal(3, assigned.Guest.Mappings.Count);
        Assert.True(assigned.Device.DecodesMemory);
    }

    // Identity, class, header type, subsystem, list, pin; the head of each capability, and what it says that it can do.
    private static List<uint> Told(AssignedFunction assigned)
    {
        List<uint> words = [];
        foreach (uint offset in (uint[])[0x00, 0x08, 0x2C, 0x34, 0x40, 0x50, 0x70, 0x74, 0x78, 0x90, 0x94, 0x9C, 0xB4, 0xBC])
        {
            words.Add(offset == 0x50 ? assigned.Read(offset, 2) : assigned.Read(offset, 4));
        }

        words.Add(assigned.Read(0x0E, 1));
        words.Add(assigned.Read(0x3D, 1));
        return words;
    }

    private static List<uint> Chain(AssignedFunction assigned)
    {
        List<uint> found = [];
        for (uint next = assigned.Read(0x34, 1); next != 0; next = assigned.Read(next + 1, 1))
        {
            Assert.InRange(found.Count, 0, 47);
            found.Add(next);
        }

        return found;
    }
}
