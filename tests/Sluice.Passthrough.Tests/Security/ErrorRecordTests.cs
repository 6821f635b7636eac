using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Sluice.Passthrough.Tests.Machines;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Xunit;

namespace Sluice.Passthrough.Tests.Security;

/// <summary>The record's flaws about errors and reports, and about the code itself.</summary>
public sealed class ErrorRecordTests
{
    [Theory]
    [InlineData(MachineKind.NwlFifo)]
    [InlineData(MachineKind.NwlDecoded)]
    public void XSA59_an_error_of_a_device_ends_at_the_bridge(MachineKind kind)
    {
        for (int bit = 0; bit < 32; bit++)
        {
            Testbed machine = Testbeds.Build(kind);
            Assert.Equal(AssignmentStep.None, machine.Assign(0, 0));
            machine.Use(0, 0);

            // That messages were lost raises every vector once; it is an error that comes with messages, and no device's.
            machine.Checker.HardwareMayDiffer = bit == 1;
            machine.Parts.Nwl!.Report(1u << bit);
            machine.TakeInterrupts();

            Assert.True(machine.Signal(0, 0));
            Assert.InRange(machine.TakeInterrupts(), 1, bit == 1 ? 16 : 1);
            machine.AssertInvariants($"event {bit}");
        }
    }

    [Fact]
    public void XSA130_however_often_messages_are_lost_there_is_one_report_a_second()
    {
        SimulatedMachine machine = new(new RandomAccessMemory(MachineParts.Ram, 0x1000));
        SimulatedNwlBridge bridge = new(machine, new(), new SimulatedNwlOptions { FifoDepth = 2 });
        machine.Add(0xFD0E_0000, SimulatedNwlBridge.SizeBytes, bridge.Registers);
        NwlMsiSettings settings = new() { UsesFifo = true, Doorbell = 0xFD48_0000, LowInterrupt = 1, HighInterrupt = 2, EventInterrupt = 3 };
        Assert.True(NwlMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Bus, new RegisterAddress(0xFD0E_0000), new SimulatedClock(machine), settings, [], out NwlMsiController<SimulatedBus, SimulatedClock> msi, out _));
        int reports = 0;
        for (int flood = 0; flood < 1000; flood++)
        {
            for (int message = 0; message < 4; message++)
            {
                Assert.True(bridge.TryWrite(0x100, 0xFD48_0000, [0, 0, 0, 0]));
            }

            PendingBits raised = default;
            _ = msi.Collect(3, ref raised);
            reports += msi.TryReport(out _) ? 1 : 0;
        }

        ulong seconds = machine.PassMicroseconds(0) / 1_000_000;
        Assert.InRange(reports, 1, (int)seconds + 1);
        Assert.True(msi.Losses > 900);
    }

    [Fact]
    public void XSA450_what_runs_at_EL2_has_no_conditional_compilation()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));
        List<string> conditional = [];
        foreach (string folder in new[] { "Registers", "Runtime" })
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            {
                bool isOurs = !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                    && !file.Contains("/Description/", StringComparison.Ordinal);
                conditional.AddRange(isOurs && File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)) ? [file] : []);
            }
        }

        Assert.Empty(conditional);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
