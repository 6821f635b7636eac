using System;
using System.IO;
using System.Text;
using Sluice.Checkouts;
using Xunit;

namespace Sluice.Boot.Tests;

/// <summary>What the linker's map says is in the EL2 image.</summary>
public sealed class ImageLink
{
    private static readonly string[] s_allocatorOrUnwinder =
        ["RhpNew", "RhNew", "RhpThrow", "RhThrow", "RhpRethrow", "RhpCall", "RhpGcAlloc", "_Unwind_", "__gxx_personality", "malloc", "libc.", "libgcc"];

    private static readonly string[] s_drivers =
    [
        "NwlHostBridge_1<", "NwlDomainBridge_1<", "XilinxAxiHostBridge_1<", "AxiDomainBridge_1", "EcamHostBridge_1<", "PsGtr_1<", "PsGtrDomain_1<", "NwlMsiController_2<", "AxiMsiController_2<", "AxiIntxController_4<",
        "GicV2mController", "GicItsController_3<", "SmmuV2_3<", "SmmuV3_3<", "ZynqmpSmmuInterrupt_1<",
    ];

    [Theory]
    [InlineData("sluice-virt.map")]
    [InlineData("drivers.map")]
    public void The_image_contains_compiled_IL_and_neither_allocator_nor_unwinder(string name)
    {
        string map = File.ReadAllText(Checkout.Artifact("hypervisor", name));

        Assert.Contains("managed.o", map, StringComparison.Ordinal);
        Assert.DoesNotContain(s_allocatorOrUnwinder, name => map.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_driver_is_compiled_for_EL2_and_links_without_allocator_and_unwinder()
    {
        string symbols = Encoding.Latin1.GetString(File.ReadAllBytes(Checkout.Artifact("hypervisor", "drivers.elf")));
        Assert.All(s_drivers, driver => Assert.Contains(driver, symbols, StringComparison.Ordinal));
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
