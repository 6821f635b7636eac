using System;
using System.Globalization;
using System.IO;
using Sluice.Checkouts;
using Xunit;

namespace Sluice.Boot.Tests;

/// <summary>An unmodified Debian kernel as the guest of the EL2 image, with the NVMe disk passed through.</summary>
public sealed class GuestBoots
{
    /// <summary>One case for each boot that <c>SLUICE_BOOTS</c> asks for; 3 without it.</summary>
    public static TheoryData<int> Boots
    {
        get
        {
            var boots = new TheoryData<int>();
            string? asked = Environment.GetEnvironmentVariable("SLUICE_BOOTS");
            int count = asked is null ? 3 : int.Parse(asked, NumberStyles.None, CultureInfo.InvariantCulture);
            for (int boot = 1; boot <= count; boot++)
            {
                boots.Add(boot);
            }

            return boots;
        }
    }

    [Theory]
    [MemberData(nameof(Boots))]
    public void A_guest_reaches_user_space_and_reads_and_writes_its_disk(int boot)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"boot-{boot}");

        Script run = Script.Run("eng/boot.sh", "--quiet", "--name", name);

        Assert.True(run.ExitCode == 0, run.Output + ConsoleEnd(name));
    }

    [Fact]
    public void With_the_stream_set_to_abort_no_disk_IO_completes_and_the_fault_names_stream_and_address()
    {
        Script run = Script.Run("eng/boot.sh", "--quiet", "--smmu-abort", "--name", "control");

        Assert.True(run.ExitCode == 0, run.Output + ConsoleEnd("control"));
    }

    [Theory]
    [InlineData("ahci")]
    [InlineData("nvme")]
    public void A_guest_with_an_NWL_bridge_is_served_by_the_vendor_s_own_driver_and_reads_and_writes_its_disk(string disk)
    {
        // The driver gives out MSI, which AHCI has; NVMe has MSI-X alone and is served by its interrupt pin.
        Script run = Script.Run("eng/boot.sh", "--quiet", "--bridge", "nwl", "--disk", disk, "--name", "nwl-" + disk);

        Assert.True(run.ExitCode == 0, run.Output + ConsoleEnd("nwl-" + disk));
    }

    [Fact]
    public void A_guest_that_does_without_messages_is_served_by_the_function_s_interrupt_pin()
    {
        Script run = Script.Run("eng/boot.sh", "--quiet", "--messages", "no", "--name", "pin");

        Assert.True(run.ExitCode == 0, run.Output + ConsoleEnd("pin"));
    }

    private static string ConsoleEnd(string name)
    {
        string log = Checkout.Artifact("logs", name + ".log");
        if (!File.Exists(log))
        {
            return $"There is no {log}.";
        }

        string[] lines = File.ReadAllLines(log);
        return "The end of its console:\n" + string.Join('\n', lines[Math.Max(0, lines.Length - 40)..]);
    }
}
