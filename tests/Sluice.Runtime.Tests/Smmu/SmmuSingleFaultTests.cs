using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

/// <summary>A stream's life with two owners, in which one access of the driver goes wrong: every one of them, one at a time.</summary>
public class SmmuSingleFaultTests
{
    private const ulong GuestPage = 0x8000_0000;

    [Fact]
    public void I4_whatever_access_of_the_SMMU_500_goes_wrong_the_stream_reaches_its_owner_or_nobody()
    {
        HashSet<string> ends = [];
        int steps = 0;
        for (bool failed = true; failed; steps++)
        {
            SmmuV2Fixture fixture = new(new SimulatedSmmu500Options { StreamEntries = 2, ContextBanks = 3 });
            FaultPlan plan = new();
            plan.Restart(steps);
            uint free = fixture.Pool.FreePages;
            SmmuResult started = SmmuV2<FaultyBus, SimulatedMemory, SimulatedClock>.TryStart(
                new FaultyBus(fixture.Machine.Bus, plan),
                new RegisterAddress(SmmuV2Fixture.Registers),
                fixture.Memory,
                new SimulatedClock(fixture.Machine),
                SmmuV2Fixture.Options,
                ref fixture.Pool,
                out SmmuV2<FaultyBus, SimulatedMemory, SimulatedClock> smmu,
                out _);
            if (started == SmmuResult.Done)
            {
                ends.Add(Live(fixture, ref smmu, steps));
                Assert.Equal(0, fixture.Model.Bypassed);
            }
            else
            {
                ends.Add("start");
                Assert.Equal(free, fixture.Pool.FreePages);
            }

            failed = plan.HasFailed;
        }

        Assert.InRange(steps, 80, 400);
        Assert.Superset(new HashSet<string> { "start", "space", "attach", "detach", "whole" }, ends);

        static string Live(SmmuV2Fixture fixture, ref SmmuV2<FaultyBus, SimulatedMemory, SimulatedClock> smmu, int step)
        {
            StreamId stream = new(0x4D0);
            BankSpace[] spaces = new BankSpace[2];
            for (ushort owner = 0; owner < 2; owner++)
            {
                ulong page = SmmuV2Fixture.Pages + (owner * 0x1000UL);
                if (smmu.TryCreateSpace(ref fixture.Pool, (ushort)(owner + 1), 40, LeafSize.TwoMegabytes, out spaces[owner]) != SmmuResult.Done)
                {
                    return "space";
                }

                Assert.Equal(
                    MappingResult.Done, smmu.Map(ref spaces[owner], ref fixture.Pool, GuestPage, new MachineAddress(page), 0x1000, PageAttributes.DmaRam));
            }

            for (ushort owner = 0; owner < 2; owner++)
            {
                SmmuResult attached = smmu.Attach(stream, in spaces[owner]);
                bool reaches = fixture.Write(0x4D0, GuestPage, (byte)(owner + 1));
                Assert.Equal(attached == SmmuResult.Done, reaches);
                Assert.Equal(owner == 1 && reaches ? 2 : 0, fixture.ByteAt(SmmuV2Fixture.Pages + 0x1000));
                if (attached != SmmuResult.Done)
                {
                    return "attach";
                }

                SmmuResult detached = smmu.Detach(stream, in spaces[owner]);
                Assert.True(detached != SmmuResult.Done || !fixture.Write(0x4D0, GuestPage), $"step {step}");
                if (detached != SmmuResult.Done)
                {
                    Assert.NotEqual(SmmuResult.Done, smmu.Attach(stream, in spaces[1 - owner]));
                    return "detach";
                }
            }

            return smmu.Unmap(ref spaces[0], ref fixture.Pool, GuestPage, 0x1000) != MappingResult.Done ? "unmap" : "whole";
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void I4_whatever_access_of_the_SMMUv3_goes_wrong_the_stream_reaches_its_owner_or_nobody(bool stage2)
    {
        HashSet<string> ends = [];
        int steps = 0;
        for (bool failed = true; failed; steps++)
        {
            SmmuFixture fixture = new(new SimulatedSmmuOptions { Stage1 = !stage2, Stage2 = stage2 });
            FaultPlan plan = new();
            plan.Restart(steps);
            uint free = fixture.Pool.FreePages;
            SmmuResult started = SmmuV3<FaultyBus, SimulatedMemory, SimulatedClock>.TryStart(
                new FaultyBus(fixture.Machine.Bus, plan),
                new RegisterAddress(SmmuFixture.Registers),
                fixture.Memory,
                new SimulatedClock(fixture.Machine),
                new SmmuOptions { StreamBits = 8, Interrupts = true, PatienceMicroseconds = SmmuFixture.Patience },
                ref fixture.Pool,
                out SmmuV3<FaultyBus, SimulatedMemory, SimulatedClock> smmu,
                out _);
            if (started == SmmuResult.Done)
            {
                ends.Add(Live(fixture, ref smmu, steps));
                Assert.Equal(0, fixture.Model.Bypassed);
            }
            else
            {
                ends.Add("start");
                Assert.Equal(free, fixture.Pool.FreePages);
            }

            failed = plan.HasFailed;
        }

        Assert.InRange(steps, 40, 400);
        Assert.Superset(new HashSet<string> { "start", "attach", "detach", "unmap", "whole" }, ends);

        static string Live(SmmuFixture fixture, ref SmmuV3<FaultyBus, SimulatedMemory, SimulatedClock> smmu, int step)
        {
            StreamId stream = new(0x10);
            SmmuSpace[] spaces = new SmmuSpace[2];
            for (ushort owner = 0; owner < 2; owner++)
            {
                ulong page = SmmuFixture.Pages + (owner * 0x1000UL);
                Assert.Equal(SmmuResult.Done, smmu.TryCreateSpace(ref fixture.Pool, (ushort)(owner + 1), 40, LeafSize.TwoMegabytes, out spaces[owner]));
                Assert.Equal(
                    MappingResult.Done, smmu.Map(ref spaces[owner], ref fixture.Pool, GuestPage, new MachineAddress(page), 0x1000, PageAttributes.DmaRam));
            }

            for (ushort owner = 0; owner < 2; owner++)
            {
                SmmuResult attached = smmu.Attach(stream, in spaces[owner]);
                bool reaches = fixture.Write(0x10, GuestPage, (byte)(owner + 1));
                Assert.True(attached != SmmuResult.Done || reaches, $"step {step}");
                Assert.True(owner == 1 || fixture.ByteAt(SmmuFixture.Pages + 0x1000) == 0, $"step {step}");
                if (attached != SmmuResult.Done)
                {
                    Assert.False(reaches, $"step {step}");
                    return "attach";
                }

                SmmuResult detached = smmu.Detach(stream, in spaces[owner]);
                Assert.True(detached != SmmuResult.Done || !fixture.Write(0x10, GuestPage), $"step {step}");
                if (detached != SmmuResult.Done)
                {
                    Assert.NotEqual(SmmuResult.Done, smmu.Attach(stream, in spaces[1 - owner]));
                    return "detach";
                }
            }

            return smmu.Unmap(ref spaces[0], ref fixture.Pool, GuestPage, 0x1000) != MappingResult.Done ? "unmap" : "whole";
        }
    }
}
