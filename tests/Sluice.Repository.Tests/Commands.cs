using System;
using System.Collections.Generic;
using System.IO;
using Sluice.Checkouts;
using Xunit;

namespace Sluice.Repository.Tests;

/// <summary>What the commands of the README say when something is missing or mistyped.</summary>
public sealed class Commands : IDisposable
{
    private readonly string _tools = Directory.CreateTempSubdirectory("sluice-tools-").FullName;

    public void Dispose() => Directory.Delete(_tools, recursive: true);

    [Fact]
    public void Without_apt_the_installer_names_every_missing_package_and_fails()
    {
        Script run = Script.Run("eng/install.sh", OnlyTools());

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no apt-get", run.Output, StringComparison.Ordinal);
        foreach (string package in (string[])["qemu-system-arm", "gcc-aarch64-linux-gnu", "binutils-aarch64-linux-gnu", "device-tree-compiler", "cpio"])
        {
            Assert.Contains(package, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_root_the_installer_changes_nothing_and_says_what_to_run()
    {
        Fake("apt-get", "echo apt-get was called >&2; exit 3");
        Fake("id", "echo 1000");

        Script run = Script.Run("eng/install.sh", OnlyTools());

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("apt-get install --no-install-recommends qemu-system-arm", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("apt-get was called", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_SDK_the_installer_says_so_before_it_installs_anything()
    {
        Fake("apt-get", "echo apt-get was called >&2; exit 3");
        IReadOnlyDictionary<string, string> environment = OnlyTools();
        File.Delete(Path.Combine(_tools, "dotnet"));

        Script run = Script.Run("eng/install.sh", environment);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(".NET SDK", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("apt-get was called", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_without_an_arm64_kernel_are_reported_as_that()
    {
        string sources = Path.Combine(_tools, "none.sources");
        File.WriteAllText(sources, "");
        var environment = new Dictionary<string, string> { ["SLUICE_GUEST_SOURCES"] = sources, ["SLUICE_ARTIFACTS"] = _tools };

        Script run = Script.Run("eng/guest-assets.sh", environment);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("offer no arm64 kernel", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.sh", "--in-proces")]
    [InlineData("test.sh", "--boots=3")]
    [InlineData("eng/boot.sh", "--smmu")]
    public void An_unknown_option_is_named_and_nothing_runs(string script, string option)
    {
        Script run = Script.Run(script, option);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unknown option " + option, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_boots_that_is_no_number_is_refused()
    {
        Script run = Script.Run("test.sh", "--boots", "many");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--boots needs a number", run.Output, StringComparison.Ordinal);
    }

    /// <summary>A search path with the shell's everyday tools and a stand-in for the SDK, and nothing else.</summary>
    private IReadOnlyDictionary<string, string> OnlyTools()
    {
        foreach (string tool in (string[])["bash", "dirname", "mkdir", "id", "tail"])
        {
            string link = Path.Combine(_tools, tool);
            if (!File.Exists(link))
            {
                File.CreateSymbolicLink(link, "/usr/bin/" + tool);
            }
        }

        Fake("dotnet", "echo 10.0.100");
        return new Dictionary<string, string> { ["PATH"] = _tools };
    }

    private void Fake(string name, string body)
    {
        string file = Path.Combine(_tools, name);
        File.WriteAllText(file, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
