using System;
using System.Text;
using Sluice.Hypervisor.Guests.Start;
using Sluice.Runtime.Firmware;
using Xunit;

namespace Sluice.Hypervisor.Tests.Start;

public sealed class GuestDescriptionTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("generic", false)]
    [InlineData("nwl", true)]
    public void A_guest_s_host_bridge_is_generic_unless_the_node_says_otherwise(string? bridge, bool isNwl)
    {
        Assert.Equal("", Problem(bridge, out bool hasNwl));
        Assert.Equal(isNwl, hasNwl);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NWL")]
    [InlineData("nwl-pcie")]
    public void A_host_bridge_that_there_is_not_is_refused_by_name(string bridge)
        => Assert.Equal("sluice,host-bridge is neither \"generic\" nor \"nwl\"", Problem(bridge, out _));

    private static string Problem(string? bridge, out bool hasNwl)
    {
        byte[] bytes = new byte[4096];
        FdtWriter writer = new(bytes);
        writer.BeginNode(""u8);
        writer.Cell("#address-cells"u8, 2);
        writer.Cell("#size-cells"u8, 2);
        writer.BeginNode("chosen"u8);
        writer.BeginNode("guest"u8, 0);
        writer.Text("compatible"u8, "sluice,guest"u8);
        writer.Cell("#address-cells"u8, 2);
        writer.Cell("#size-cells"u8, 2);
        writer.Cell("cpus"u8, 1);
        writer.Number("memory"u8, 0x80000);
        writer.Cell("sluice,devices"u8, 0x10);
        if (bridge is not null)
        {
            writer.Text("sluice,host-bridge"u8, Encoding.ASCII.GetBytes(bridge));
        }

        writer.BeginNode("module"u8, 0x7000_0000);
        writer.Text("compatible"u8, "multiboot,kernel\0multiboot,module"u8);
        writer.BeginProperty("reg"u8);
        writer.AppendNumber(0x7000_0000);
        writer.AppendNumber(0x10_0000);
        writer.EndProperty();
        writer.EndNode();
        writer.EndNode();
        writer.EndNode();
        writer.EndNode();
        Assert.Equal(FdtError.None, writer.Finish(out int length));
        Assert.Equal(FdtError.None, FdtReader.TryOpen(bytes.AsSpan(0, length), out FdtReader tree));
        bool read = GuestDescription.TryRead(tree, out GuestDescription guest, out ReadOnlySpan<byte> problem);
        hasNwl = guest.HasNwlBridge;
        Assert.Equal(read, problem.IsEmpty);
        return Encoding.ASCII.GetString(problem);
    }
}
