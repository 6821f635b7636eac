using System;
using System.IO;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Xunit;

namespace Sluice.Hosting.Tests.Sysfs;

/// <summary>The kernel's files of PCI functions, in a folder of our own.</summary>
public sealed class SysfsHostBridgeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Config_space_is_read_and_written_at_the_width_of_the_access()
    {
        NewFunction("0000:01:00.0", 4096);
        using SysfsPci functions = new(root: _folder);
        SysfsHostBridge bridge = functions.Bridge;
        RequesterId function = new(1, 0, 0);
        Assert.Equal(0x9034_10EEu, bridge.ReadConfig(function, 0, AccessWidth.Word));
        Assert.Equal(0x90u, bridge.ReadConfig(function, 3, AccessWidth.Byte));
        bridge.WriteConfig(function, 4, AccessWidth.HalfWord, 0x0006);
        Assert.Equal(0x0006u, bridge.ReadConfig(function, 4, AccessWidth.Word));
        Assert.Equal(0x06, File.ReadAllBytes(Path.Combine(_folder, "0000:01:00.0", "config"))[4]);
    }

    [Fact]
    public void A_function_that_is_not_there_reads_as_all_ones_and_swallows_writes()
    {
        using SysfsPci functions = new(root: _folder);
        functions.Bridge.WriteConfig(new RequesterId(9, 0, 0), 4, AccessWidth.HalfWord, 6);
        Assert.Equal(0xFFFF_FFFFu, functions.Bridge.ReadConfig(new RequesterId(9, 0, 0), 0, AccessWidth.Word));
        Assert.Equal(0xFFu, functions.Bridge.ReadConfig(new RequesterId(9, 0, 0), 0, AccessWidth.Byte));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Bytes_that_a_conventional_function_does_not_have_read_as_all_ones()
    {
        NewFunction("0000:01:00.0", 256);
        using SysfsPci functions = new(root: _folder);
        Assert.Equal(uint.MaxValue, functions.Bridge.ReadConfig(new RequesterId(1, 0, 0), 0x100, AccessWidth.Word));
    }

    [Fact]
    public void The_same_drivers_enumerate_and_probe_over_sysfs()
    {
        NewFunction("0000:01:00.0", 4096);
        NewFunction("0000:02:03.0", 4096);
        NewFunction("0001:01:00.0", 4096);
        using SysfsPci functions = new(root: _folder);
        FunctionEnumerator<SysfsHostBridge> found = new(functions.Bridge, 0, 255);
        Assert.True(found.MoveNext());
        Assert.Equal(0x0100, found.Current.Value);
        Assert.True(found.MoveNext());
        Assert.Equal(0x0218, found.Current.Value);
        Assert.False(found.MoveNext());
    }

    [Fact]
    public void Memory_of_a_function_is_mapped_where_the_kernel_says_it_is()
    {
        NewFunction("0000:01:00.0", 4096);
        using SysfsPci functions = new(root: _folder);
        functions.Bridge.WriteMemory(new RegisterAddress(0xE000_0010), AccessWidth.Word, 0x1234_5678);
        Assert.Equal(0x5678UL, functions.Bridge.ReadMemory(new RegisterAddress(0xE000_0010), AccessWidth.HalfWord));
        Assert.Equal(ulong.MaxValue, functions.Bridge.ReadMemory(new RegisterAddress(0xE100_0000), AccessWidth.DoubleWord));
        Assert.Equal(0x78, File.ReadAllBytes(Path.Combine(_folder, "0000:01:00.0", "resource0"))[0x10]);
    }

    [Fact]
    public void A_machine_without_PCI_says_which_folder_is_missing()
    {
        HostingException error = Assert.Throws<HostingException>(() => new SysfsPci(root: _folder + "/none"));
        Assert.Equal(HostingFailure.Absent, error.Reason);
        Assert.Contains(_folder + "/none", error.Message, StringComparison.Ordinal);
    }

    private void NewFunction(string name, int length)
    {
        string folder = Path.Combine(_folder, name);
        Directory.CreateDirectory(folder);
        byte[] config = new byte[length];
        new byte[] { 0xEE, 0x10, 0x34, 0x90 }.CopyTo(config, 0);
        File.WriteAllBytes(Path.Combine(folder, "config"), config);
        string[] lines =
        [
            "0x00000000e0000000 0x00000000e0000fff 0x0000000000040200",
            .. Enumerable.Repeat("0x0000000000000000 0x0000000000000000 0x0000000000000000", 6),
        ];
        File.WriteAllLines(Path.Combine(folder, "resource"), lines);
        File.WriteAllBytes(Path.Combine(folder, "resource0"), new byte[0x1000]);
    }
}
