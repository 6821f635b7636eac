using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>The QEMUs that the tests run against. The scripts install them; one that is missing fails its tests with the command that gets it.</summary>
internal static class QemuPrograms
{
    /// <summary>A QEMU whose SMMUv3 has stage 2 (8.1 and later): the distribution's own where it is new enough, otherwise the one that eng/qemu-stage2.sh unpacks.</summary>
    public static string WithStage2
    {
        get
        {
            string unpacked = Path.Combine(Artifacts, "qemu-stage2", "program");
            return File.Exists(unpacked)
                ? File.ReadAllText(unpacked).Trim()
                : throw new FileNotFoundException("no QEMU with stage 2 of the SMMUv3 was found; eng/qemu-stage2.sh gets one", unpacked);
        }
    }

    /// <summary>Where eng/guest-assets.sh leaves the guest's kernel and device trees.</summary>
    public static string GuestAssets => Path.Combine(Artifacts, "guest");

    private static string Artifacts => System.Environment.GetEnvironmentVariable("SLUICE_ARTIFACTS") ?? Path.Combine(Root, "artifacts");

    private static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new DirectoryNotFoundException("the tests do not run inside the repository");
        }
    }

    /// <summary>Where an unpacked QEMU finds its own libraries and modules.</summary>
    public static IReadOnlyDictionary<string, string> Environment(string? program)
    {
        string libraries = Path.Combine(Artifacts, "qemu-stage2", "libraries");
        return program is not null && program.StartsWith(Artifacts, StringComparison.Ordinal) && File.Exists(libraries)
            ? new Dictionary<string, string>
            {
                ["LD_LIBRARY_PATH"] = File.ReadAllText(libraries).Trim(),
                ["QEMU_MODULE_DIR"] = Path.Combine(File.ReadAllText(libraries).Trim().Split(':')[0], "qemu"),
            }
            : new Dictionary<string, string>();
    }

    /// <summary>What a program says with --version.</summary>
    public static string Version(string program)
    {
        ProcessStartInfo start = new(program, "--version") { RedirectStandardOutput = true };
        foreach ((string name, string value) in Environment(program))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd();
    }
}
