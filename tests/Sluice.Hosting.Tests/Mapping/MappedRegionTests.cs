using System;
using System.IO;
using Sluice.Registers;
using Xunit;

namespace Sluice.Hosting.Tests.Mapping;

public sealed class MappedRegionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Accesses_of_every_width_reach_the_file_at_the_machine_address()
    {
        string path = NewFile(0x3000);
        using (MappedRegion region = MappedRegion.Map(path, 0x1010, 0x20, 0xFD48_0010, "none"))
        {
            MappedBus bus = region.Bus;
            bus.Write32(new RegisterAddress(0xFD48_0010), 0x1122_3344);
            bus.Write8(new RegisterAddress(0xFD48_0014), 0x55);
            bus.Write16(new RegisterAddress(0xFD48_0016), 0x6677);
            bus.Write64(new RegisterAddress(0xFD48_0018), 0x8899_AABB_CCDD_EEFF);
            Assert.Equal(0x6677_0055_1122_3344UL, bus.Read64(new RegisterAddress(0xFD48_0010)));
            Assert.Equal(0xCCDD_EEFFu, bus.Read32(new RegisterAddress(0xFD48_0018)));
            Assert.Equal(0x6677, bus.Read16(new RegisterAddress(0xFD48_0016)));
            Assert.Equal(0x44, bus.Read8(new RegisterAddress(0xFD48_0010)));
        }

        Assert.Equal([0x44, 0x33, 0x22, 0x11, 0x55, 0x00, 0x77, 0x66], File.ReadAllBytes(path)[0x1010..0x1018]);
    }

    [Theory]
    [InlineData(0x0FFC)]
    [InlineData(0x1020)]
    [InlineData(0x101E)]
    [InlineData(0x1012)]
    public void An_access_outside_or_across_the_edge_or_misaligned_is_an_error_with_both_addresses(ulong address)
    {
        using MappedRegion region = MappedRegion.Map(NewFile(0x1000), 0, 0x20, 0x1000, "none");
        HostingException error = Assert.Throws<HostingException>(() => region.Bus.Read32(new RegisterAddress(address)));
        Assert.Equal(HostingFailure.Range, error.Reason);
        Assert.Contains($"0x{address:x}", error.Message, StringComparison.Ordinal);
        Assert.Contains("0x1000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registers_that_were_unmapped_cannot_be_reached()
    {
        MappedRegion region = MappedRegion.Map(NewFile(0x1000), 0, 0x20, 0x1000, "none");
        region.Dispose();
        Assert.Throws<ObjectDisposedException>(() => region.Bus.Read32(new RegisterAddress(0x1000)));
    }

    [Fact]
    public void A_device_file_that_is_not_there_is_absent_and_named()
    {
        string path = Path.Combine(_folder, "mem");
        HostingException error = Assert.Throws<HostingException>(() => MappedRegion.OfMachine(0xFD00_0000, 0x1000, path));
        Assert.Equal(HostingFailure.Absent, error.Reason);
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains("run as root", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_be_written_is_not_permitted_and_named_with_advice()
    {
        // Of a kernel parameter without a mode for writing: not even root may open it for that.
        const string path = "/proc/sys/kernel/ostype";
        HostingException error = Assert.Throws<HostingException>(() => MappedRegion.OfMachine(0xFD00_0000, 0x1000, path));
        Assert.Equal(HostingFailure.Permission, error.Reason);
        Assert.StartsWith(path + ": cannot be opened for reading and writing", error.Message, StringComparison.Ordinal);
        Assert.Contains("run as root", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_mapped_says_which_range_was_wanted()
    {
        // A folder can be opened by nobody for writing; /proc/version can, by root, but has no memory behind it.
        HostingException error = Assert.Throws<HostingException>(() => MappedRegion.Map("/proc/version", 0x2000, 0x1000, 0, "no advice"));
        Assert.Contains("/proc/version: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("no advice", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 0xFFF, 0x1000)]
    public void A_range_that_is_none_is_refused_before_the_file_is_opened(ulong offset, ulong length)
    {
        HostingException error = Assert.Throws<HostingException>(() => MappedRegion.Map(Path.Combine(_folder, "none"), offset, length, 0, "none"));
        Assert.Equal(HostingFailure.Range, error.Reason);
    }

    private string NewFile(int length)
    {
        string path = Path.Combine(_folder, "registers");
        File.WriteAllBytes(path, new byte[length]);
        return path;
    }
}
