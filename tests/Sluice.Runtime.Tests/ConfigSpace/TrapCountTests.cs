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
        assigned.Read(0x50, 4);
        assigned.Read(0x5C, 2);
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
                ["msi.CAP_ID"] = 1,
                ["msi.MSI_DATA_64"] = 1,
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

    [Fact]
    public void Capabilities_that_few_functions_have_are_counted_by_their_registers_and_a_vendor_s_as_one()
    {
        AssignedFunction assigned = new(RichFunction.Prepare, policy: new FunctionPolicy
        {
            Capabilities = GuestCapabilities.Standard | GuestCapabilities.VitalProductData | GuestCapabilities.Vendor,
        });
        assigned.Read(RichFunction.Advanced, 1);
        assigned.Read(RichFunction.Advanced + 4, 1);
        assigned.Read(RichFunction.Advanced + 4, 1);
        assigned.Read(RichFunction.ProductData + 2, 2);
        assigned.Read(RichFunction.FirstVendor, 4);
        assigned.Read(RichFunction.FirstVendor + 9, 1);
        assigned.Read(RichFunction.Advanced + 6, 1);

        Dictionary<string, uint> counts = [];
        Recorder recorder = new(counts);
        assigned.Function.VisitTraps(ref recorder);

        Assert.Equal(
            new Dictionary<string, uint>
            {
                ["vpd.VPD_ADDR"] = 1,
                ["vendor.VENDOR"] = 2,
                ["af.CAP_ID"] = 1,
                ["af.AF_CTRL"] = 2,
                ["af.not described"] = 1,
            },
            counts);
    }

    private readonly struct Recorder(Dictionary<string, uint> counts) : ITrapVisitor
    {
        public void Visit(ReadOnlySpan<byte> block, ReadOnlySpan<byte> register, uint count)
            => counts.Add(Encoding.UTF8.GetString(block) + "." + Encoding.UTF8.GetString(register), count);
    }
}
