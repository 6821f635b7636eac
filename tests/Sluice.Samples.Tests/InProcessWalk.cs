using System;
using System.IO;
using Sluice.Samples.InProcess;
using Xunit;

namespace Sluice.Samples.Tests;

/// <summary>The walk without QEMU: what `./run.sh --in-process` shows.</summary>
public sealed class InProcessWalk
{
    [Fact]
    public void The_guest_drives_its_function_and_gets_its_interrupt()
    {
        string output = Run(quarantined: false);

        Assert.Contains("guest: pci 00:01.0 10ee:9034", output, StringComparison.Ordinal);
        Assert.Contains("copy of 0x400 bytes is there, status 1, interrupt 69", output, StringComparison.Ordinal);
        Assert.Equal(1, Count(output, "message", "delivered"));
        Assert.Equal(257, Count(output, "pages", "mapped for the device"));
        Assert.Equal(0, Count(output, "faults", "of the device"));
        Assert.Equal(2, Count(output, "trap", "msix.MSIX_FLAGS"));
        Assert.Equal(31, Count(output, "denied", "accesses to described blocks"));
    }

    [Fact]
    public void The_other_function_of_the_machine_is_not_there_for_the_guest()
        => Assert.Equal(2, Run(quarantined: false).Split("guest: pci ").Length);

    [Fact]
    public void With_the_stream_aborting_nothing_is_copied_and_the_fault_is_named()
    {
        string output = Run(quarantined: true);

        Assert.Contains("copy of 0x400 bytes is not there, status 2, interrupt 0", output, StringComparison.Ordinal);
        Assert.Contains("stream 0x00000010 address 0x0000000040001000 read event 0x10", output, StringComparison.Ordinal);
        Assert.Equal(0, Count(output, "message", "delivered"));
        Assert.Equal(0, Count(output, "pages", "mapped for the device"));
        Assert.Equal(1, Count(output, "faults", "of the device"));
    }

    private static string Run(bool quarantined)
    {
        using StringWriter output = new();
        Assert.True(Walk.Run(output, quarantined));
        return output.ToString();
    }

    private static int Count(string output, string kind, string name)
    {
        string row = Array.Find(output.Split('\n'), line => line.StartsWith(kind, StringComparison.Ordinal) && line[10..].StartsWith(name + "  ", StringComparison.Ordinal))
            ?? throw new InvalidDataException($"no row for {kind} {name}");
        return int.Parse(row[(10 + name.Length)..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
