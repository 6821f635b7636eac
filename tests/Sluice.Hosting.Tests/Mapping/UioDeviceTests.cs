using System;
using System.Globalization;
using System.IO;
using Sluice.Registers;
using Xunit;

namespace Sluice.Hosting.Tests.Mapping;

/// <summary>UIO's files, as the kernel lays them out, in a folder of our own.</summary>
public sealed class UioDeviceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_range_is_mapped_at_the_address_that_the_kernel_states()
    {
        NewDevice("0xfd0e0000", "0x1000");
        using UioDevice device = new(0, _folder, _folder + "/class");
        using MappedRegion region = device.Map(1);
        Assert.Equal(0xFD0E_0000UL, region.MachineAddress);
        region.Bus.Write32(new RegisterAddress(0xFD0E_0004), 0xCAFE);
        Assert.Equal(0xFE, File.ReadAllBytes(Path.Combine(_folder, "uio0"))[Environment.SystemPageSize + 4]);
    }

    [Fact]
    public void A_range_that_the_device_does_not_have_is_absent()
    {
        NewDevice("0x0", "0x1000");
        using UioDevice device = new(0, _folder, _folder + "/class");
        HostingException error = Assert.Throws<HostingException>(() => device.Map(5));
        Assert.Equal(HostingFailure.Absent, error.Reason);
        Assert.Contains("map5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attribute_that_is_no_number_is_quoted()
    {
        NewDevice("0xzz", "0x1000");
        using UioDevice device = new(0, _folder, _folder + "/class");
        HostingException error = Assert.Throws<HostingException>(() => device.Map(1));
        Assert.Equal(HostingFailure.Protocol, error.Reason);
        Assert.Contains("'0xzz'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_is_absent_with_advice()
    {
        HostingException error = Assert.Throws<HostingException>(() => new UioDevice(7, _folder, _folder));
        Assert.Equal(HostingFailure.Absent, error.Reason);
        Assert.Contains("uio7", error.Message, StringComparison.Ordinal);
        Assert.Contains("bind the device", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupt_is_waited_for_and_counted()
    {
        // A plain file is always ready: its first word is what the kernel would count.
        NewDevice("0x0", "0x1000");
        byte[] content = new byte[16];
        content[0] = 3;
        File.WriteAllBytes(Path.Combine(_folder, "uio0"), content);
        using UioDevice device = new(0, _folder, _folder + "/class");
        Assert.True(device.TryWaitInterrupt(TimeSpan.FromSeconds(1), out uint count));
        Assert.Equal(3u, count);
    }

    private void NewDevice(string address, string size)
    {
        File.WriteAllBytes(Path.Combine(_folder, "uio0"), new byte[4 * Environment.SystemPageSize]);
        string map = Path.Combine(_folder, "class", "uio0", "maps", "map" + 1.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(map);
        File.WriteAllText(Path.Combine(map, "addr"), address + "\n");
        File.WriteAllText(Path.Combine(map, "size"), size + "\n");
        File.WriteAllText(Path.Combine(map, "offset"), "0x0\n");
    }
}
