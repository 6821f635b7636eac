using System;
using System.Collections.Generic;
using System.Text;
using Sluice.Runtime.ConfigSpace;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class TrapCountTests
{
    [Fact]
    public void Every_access_is_counted_once_under_the_register_in_which_it_began()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Read(0x00, 4);
        assigned.Read(0x02, 2);
        assigned.Read(0x06, 2);
        assigned.Read(0x07, 1);
        assigned.Write(0x72, 2, 0x8000);
        assigned.Write(0x73, 1, 0x80);
        assigned.Read(0x74, 4);
        assigned.Read(0x44, 2);
        assigned.Read(0x98, 4);
        assigned.Read(0x50, 2);
        assigned.Read(0x100, 4);
        assigned.Read(0x140, 4);
        assigned.ReadMemory(assigned.Entry(1), 4);
        assigned.WriteMemory(assigned.Entry(1), 1, 0);

        Dictionary<string, uint> counts = [];
        Recorder recorder = new(counts);
        assigned.Function.VisitTraps(ref recorder);

        Assert.Equal(
            new Dictionary<string, uint>
            {
                ["PCI_HEADER.VENDOR_ID"] = 1,
                ["PCI_HEADER.DEVICE_ID"] = 1,
                ["PCI_HEADER.COMMAND"] = 1,
                ["PCI_HEADER.STATUS"] = 2,
                ["PCI_HEADER.BAR"] = 3,
                ["PM_CAPABILITY.PMCSR"] = 1,
                ["MSIX_CAPABILITY.MSIX_FLAGS"] = 2,
                ["MSIX_CAPABILITY.MSIX_TABLE"] = 1,
                ["PCIE_CAPABILITY.EXP_DEVCTL"] = 1,
                ["PCI_CONFIG.(denied)"] = 1,
                ["PCI_CONFIG.(extended)"] = 2,
                ["MSIX_ENTRY.(table)"] = 2,
            },
            counts);
        Assert.Equal(3u, assigned.Function.Counts.Denied);
    }

    private readonly struct Recorder(Dictionary<string, uint> counts) : ITrapVisitor
    {
        public void Visit(ReadOnlySpan<byte> block, ReadOnlySpan<byte> register, uint count)
            => counts.Add(Encoding.UTF8.GetString(block) + "." + Encoding.UTF8.GetString(register), count);
    }
}
