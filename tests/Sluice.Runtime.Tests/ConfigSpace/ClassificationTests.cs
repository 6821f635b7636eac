using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Testing.Snapshots;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class ClassificationTests
{
    private const GuestCapabilities Everything = GuestCapabilities.Standard | GuestCapabilities.VitalProductData | GuestCapabilities.Vendor | GuestCapabilities.ErrorReporting;

    public static TheoryData<GuestCapabilities> Policies => [GuestCapabilities.None, GuestCapabilities.Standard, Everything];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Every_byte_of_every_width_and_direction_is_what_it_is_classified_as(GuestCapabilities shown)
    {
        AssignedFunction assigned = new(RichFunction.Prepare, policy: new FunctionPolicy { Capabilities = shown, ShowsRom = true });
        for (uint offset = 0; offset < 0x1000; offset++)
        {
            for (int width = 1; width <= 4; width *= 2)
            {
                ConfigByte[] bytes = [.. Enumerable.Range((int)offset, width).Select(at => assigned.Function.Classify((uint)at))];
                bool aligned = offset % (uint)width == 0;
                Check(assigned, offset, width, isWrite: false, aligned, [.. bytes.Select(static one => one.Reads)]);
                Check(assigned, offset, width, isWrite: true, aligned, [.. bytes.Select(static one => one.Writes)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_byte_that_is_stored_or_constant_never_reaches_the_hardware_and_one_that_is_constant_never_changes(GuestCapabilities shown)
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        AssignedFunction assigned = new(RichFunction.Prepare, policy: new FunctionPolicy { Capabilities = shown });
        for (uint offset = 0; offset < 0x1000; offset++)
        {
            ConfigByte one = assigned.Function.Classify(offset);
            uint before = assigned.Read(offset, 1);
            assigned.Device.Trace.Clear();
            if (one.Writes is ByteTreatment.Mediated)
            {
                continue;
            }

            for (int step = 0; step < 8; step++)
            {
                assigned.Write(offset, 1, (ulong)random.Next(256));
                Assert.True(one.Reads == ByteTreatment.Mediated || one.Writes == ByteTreatment.Stored || assigned.Read(offset, 1) == before, $"seed {seed}, 0x{offset:x}");
            }

            Assert.True(one.Reads == ByteTreatment.Mediated || assigned.Device.Trace.Accesses.Count == 0, $"seed {seed}, 0x{offset:x}");
            Assert.DoesNotContain(assigned.Device.Trace.Accesses, static access => access.IsWrite);
        }
    }

    [Fact]
    public void Each_byte_is_classified_as_was_agreed()
    {
        AssignedFunction assigned = new(RichFunction.Prepare, policy: new FunctionPolicy { Capabilities = Everything, ShowsRom = true });
        List<string> lines = ["bytes        owner, read, write"];
        for (uint start = 0, offset = 1; offset <= 0x1000; offset++)
        {
            if (offset == 0x1000 || !assigned.Function.Classify(offset).Equals(assigned.Function.Classify(start)))
            {
                ConfigByte one = assigned.Function.Classify(start);
                lines.Add($"{start:x3} to {offset - 1:x3}   {one.Owner}, {one.Reads}, {one.Writes}");
                start = offset;
            }
        }

        Snapshot.Match(string.Join('\n', lines), "txt");
    }

    [Fact]
    public void The_classes_add_up_to_4096_bytes()
    {
        AssignedFunction assigned = new();
        Dictionary<GuestCapability, int> owners = [];
        for (uint offset = 0; offset < 0x1000; offset++)
        {
            ConfigByte one = assigned.Function.Classify(offset);
            owners[one.Owner] = owners.GetValueOrDefault(one.Owner) + 1;
        }

        Assert.Equal(
            new Dictionary<GuestCapability, int>
            {
                [GuestCapability.Header] = 0x40,
                [GuestCapability.Power] = 8,
                [GuestCapability.Msi] = 24,
                [GuestCapability.Msix] = 12,
                [GuestCapability.Express] = 0x3C,
                [GuestCapability.ExtendedHead] = 4,
                [GuestCapability.None] = 4096 - 0x40 - 8 - 24 - 12 - 0x3C - 4,
            },
            owners);
        Assert.Equal(default, assigned.Function.Classify(0x1000));
        Assert.Equal(default, assigned.Function.Classify(uint.MaxValue));
    }

    [Fact]
    public void A12_An_access_visits_a_bounded_number_of_hardware_registers_whatever_it_is()
    {
        // Enabling MSI-X writes each entry that the guest has (four words and the mask again); everything else is a handful. A reset waits, and is not counted here.
        const int Handful = 24;
        const int Entries = 17 * 6;
        int seed = Environment.TickCount;
        Random random = new(seed);
        AssignedFunction assigned = new AssignedFunction(RichFunction.Prepare, policy: new FunctionPolicy { Capabilities = Everything, ShowsRom = true, Relocation = BarRelocation.Always }).Enable();
        int visits = 0;
        assigned.Reference.Machine.Accessed = (_, _, _) => visits++;
        int most = 0;
        for (int step = 0; step < 30_000; step++)
        {
            uint offset = (uint)random.Next(random.Next(3) == 0 ? 0x1000 : 0x100);
            int width = 1 << random.Next(4);
            ulong value = (ulong)random.NextInt64() << 1;
            if (offset + (uint)width > 0x98 && offset < 0x9A)
            {
                continue;
            }

            visits = 0;
            if (random.Next(2) == 0)
            {
                assigned.TryRead(offset, width, out _);
            }
            else
            {
                assigned.Write(offset, width, value);
            }

            most = Math.Max(most, visits);
            Assert.True(visits <= Handful + (2 * Entries), $"seed {seed}, step {step}, 0x{offset:x}: {visits}");
        }

        Assert.InRange(most, 1, Handful + (2 * Entries));
    }

    private static void Check(AssignedFunction assigned, uint offset, int width, bool isWrite, bool aligned, ByteTreatment[] bytes)
    {
        assigned.Device.Trace.Clear();
        ulong value = 0;
        AccessResult result = isWrite ? assigned.Write(offset, width, 0) : assigned.TryRead(offset, width, out value);
        string what = $"{(isWrite ? "write" : "read")} of {width} at 0x{offset:x}";
        AccessResult expected = !aligned ? AccessResult.Rejected : bytes.Contains(ByteTreatment.Denied) ? AccessResult.Denied : AccessResult.Done;
        Assert.True(result == expected, $"{what}: {result}");
        if (!aligned || !bytes.Contains(ByteTreatment.Mediated))
        {
            // A word that has a register of the hardware beside it is answered as a whole; an access to other bytes of it alone asks nobody.
            Assert.True(assigned.Device.Trace.Accesses.Count == 0, what);
        }

        for (int index = 0; aligned && !isWrite && index < width; index++)
        {
            Assert.True(bytes[index] != ByteTreatment.Denied || ((value >> (index * 8)) & 0xFF) == 0xFF, what);
        }
    }
}
