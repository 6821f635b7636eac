using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace Sluice.Runtime.Tests.Firmware;

/// <summary>The ACPI disassembler of the machine (iasl), somebody else's reader.</summary>
internal static class AcpiDisassembler
{
    public static string Read(byte[] table)
    {
        string folder = Directory.CreateTempSubdirectory("sluice-acpi-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "table.aml"), table);
            ProcessStartInfo start = new("iasl", ["-d", "table.aml"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            string errors = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
            Assert.DoesNotContain("error", errors, StringComparison.OrdinalIgnoreCase);
            return File.ReadAllText(Path.Combine(folder, "table.dsl"));
        }
        catch (Win32Exception)
        {
            Assert.Fail("iasl is not on the PATH: install the package acpica-tools.");
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
