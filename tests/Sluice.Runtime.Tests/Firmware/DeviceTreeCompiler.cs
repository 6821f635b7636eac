using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Sluice.Runtime.Tests.Firmware;

/// <summary>The device-tree compiler of the machine, somebody else's reader.</summary>
internal static class DeviceTreeCompiler
{
    /// <summary>Converts, and returns what it says on its error output. Fails the test when there is no dtc: it is a part of what the tests need.</summary>
    public static string Run(string from, string to, byte[] input, out byte[] output)
    {
        ProcessStartInfo start = new("dtc", ["-q", "-I", from, "-O", to, "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using MemoryStream converted = new();
            Task copying = process.StandardOutput.BaseStream.CopyToAsync(converted);
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
            copying.Wait();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
            output = converted.ToArray();
            return errors.Result;
        }
        catch (Win32Exception)
        {
            Assert.Fail("dtc is not on the PATH: install the package device-tree-compiler.");
            throw;
        }
    }
}
