using System;
using System.IO;
using Sluice.Checkouts;
using Xunit;

namespace Sluice.Boot.Tests;

/// <summary>What the linker's map says is in the EL2 image.</summary>
public sealed class ImageLink
{
    private static readonly string[] s_allocatorOrUnwinder =
        ["RhpNew", "RhNew", "RhpThrow", "RhThrow", "RhpRethrow", "RhpCall", "RhpGcAlloc", "_Unwind_", "__gxx_personality", "malloc", "libc.", "libgcc"];

    private static string Map => File.ReadAllText(Checkout.Artifact("hypervisor", "sluice-virt.map"));

    [Fact]
    public void The_image_contains_compiled_IL_and_neither_allocator_nor_unwinder()
    {
        string map = Map;

        Assert.Contains("managed.o", map, StringComparison.Ordinal);
        Assert.DoesNotContain(s_allocatorOrUnwinder, name => map.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_image_is_newer_than_the_assemblies_that_the_tests_load()
    {
        DateTime image = File.GetLastWriteTimeUtc(Checkout.Artifact("hypervisor", "sluice-virt.elf"));

        foreach (string assembly in (string[])["Registers/bin/Release/net10.0/Sluice.Registers.dll", "Runtime/bin/Release/net10.0/Sluice.Runtime.dll"])
        {
            Assert.True(File.GetLastWriteTimeUtc(Path.Combine(Checkout.Root, assembly)) <= image, $"{assembly} was built after the image.");
        }
    }
}
