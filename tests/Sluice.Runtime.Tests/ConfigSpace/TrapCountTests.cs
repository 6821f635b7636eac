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
        assigned.Read(0x6C, 2);
        assigned.Read(0x100, 4);
        assigned.Read(0x140, 4);
        assigned.ReadMemory(assigned.Entry(1), 4);
        assigned.WriteMemory(assigned.Entry(1) + 0xC, 4, 0);
        assigned.WriteMemory(assigned.Entry(0) + 0xD, 1, 0);

        Dictionary<string, uint> counts = [];
        Recorder recorder = new(counts);
        assigned.Function.VisitTraps(ref recorder);

        Assert.Equal(
            new Dictionary<string, uint>
            {
                ["config.VENDOR_ID"] = 1,
                ["config.DEVICE_ID"] = 1,
                ["config.COMMAND"] = 1,
                ["config.STATUS"] = 2,
                ["config.BAR"] = 3,
                ["pm.PMCSR"] = 1,
                ["msix.MSIX_FLAGS"] = 2,
                ["msix.MSIX_TABLE"] = 1,
                ["pcie.EXP_DEVCTL"] = 1,
                ["config.not described"] = 1,
                ["config.extended"] = 2,
                ["msix-entry.LOWER_ADDR"] = 1,
                ["msix-entry.VECTOR_CTRL"] = 2,
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
