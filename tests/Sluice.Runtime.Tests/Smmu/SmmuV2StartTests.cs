using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

public class SmmuV2StartTests
{
    [Fact]
    public void I7_from_the_start_on_no_unknown_stream_passes_whatever_the_firmware_left()
    {
        SmmuV2Fixture fixture = new();
        fixture.Model.Write(Smmu500.Offsets.SmmuSmr + 8, AccessWidth.Word, 0x8000_0003);
        fixture.Model.Write(Smmu500.Offsets.SmmuS2cr + 8, AccessWidth.Word, 0x1_0000);
        Assert.True(fixture.Write(3, SmmuV2Fixture.Pages));
        Assert.True(fixture.Write(4, SmmuV2Fixture.Pages));
        bool[] stopped = new bool[2];
        int passedAgain = 0;
        fixture.Model.Written = (_, _) =>
        {
            for (uint stream = 3; stream < 5; stream++)
            {
                bool passed = fixture.Write(stream, SmmuV2Fixture.Pages);
                passedAgain += stopped[stream - 3] && passed ? 1 : 0;
                stopped[stream - 3] |= !passed;
            }
        };
        Assert.Equal(SmmuResult.Done, fixture.Start());
        Assert.Equal([true, true], stopped);
        Assert.Equal(0, passedAgain);
    }

    [Fact]
    public void An_SMMU_that_lacks_what_is_needed_is_refused_by_the_register_that_says_so()
    {
        AssertRefused(new SimulatedSmmu500Options { Stage2 = false }, Smmu500.Offsets.Sidr0);
        AssertRefused(new SimulatedSmmu500Options { MatchesStreams = false }, Smmu500.Offsets.Sidr0);
        AssertRefused(new SimulatedSmmu500Options { LargePages = true }, Smmu500.Offsets.Sidr1);

        // What firmware left in entries beyond those that are described could not be taken away.
        AssertRefused(new SimulatedSmmu500Options { StreamEntries = 49 }, Smmu500.Offsets.Sidr0);

        static void AssertRefused(SimulatedSmmu500Options options, uint register)
        {
            SmmuV2Fixture fixture = new(options);
            uint free = fixture.Pool.FreePages;
            Assert.Equal(SmmuResult.Unsupported, fixture.Start());
            Assert.Equal(register, fixture.FailedRegister);
            Assert.Equal(free, fixture.Pool.FreePages);
            Assert.True(fixture.Smmu.IsBroken);
        }
    }

    [Fact]
    public void Each_write_of_the_start_that_is_lost_is_either_told_with_its_register_or_changes_nothing()
    {
        HashSet<uint> registers = [];
        SmmuV2Fixture sound = new();
        sound.Model.Written = (register, _) => registers.Add(register);
        Assert.Equal(SmmuResult.Done, sound.Start());
        Assert.InRange(registers.Count, 140, 250);
        uint[] needed = [Smmu500.Offsets.Scr0, Smmu500.Offsets.SmmuSmr, Smmu500.Offsets.SmmuCbar, Smmu500.Offsets.SmmuCba2r, Smmu500.Offsets.SmmuCbSctlr,
            Smmu500.Offsets.SmmuCbTcrLpae, Smmu500.Offsets.SmmuCbTtbr0Low];
        Assert.Subset(registers, needed.ToHashSet());
        int told = 0;
        foreach (uint lost in registers)
        {
            // What firmware left: entries that let everything pass, banks that are on.
            SmmuV2Fixture fixture = new(poolPages: 20);
            LeaveThingsBehind(fixture);
            uint free = fixture.Pool.FreePages;
            fixture.Model.Loses = register => register == lost;
            SmmuResult result = fixture.Start();
            if (result != SmmuResult.Done)
            {
                told++;
                Assert.Equal(lost, fixture.FailedRegister);
                Assert.Equal(free, fixture.Pool.FreePages);
                Assert.True(fixture.Smmu.IsBroken);
            }
            else
            {
                Assert.DoesNotContain(lost, needed);
                int before = fixture.Model.Bypassed;
                for (uint stream = 0; stream < 64; stream++)
                {
                    Assert.False(fixture.Write(stream, SmmuV2Fixture.Pages), $"0x{lost:x}");
                }

                Assert.Equal(before, fixture.Model.Bypassed);
            }
        }

        Assert.InRange(told, 100, registers.Count);
    }

    [Fact]
    public void An_invalidation_that_does_not_end_is_given_up_within_the_bound_and_memory_returned()
    {
        SmmuV2Fixture fixture = new();
        uint free = fixture.Pool.FreePages;
        fixture.Model.Hangs = true;
        Assert.Equal(SmmuResult.Timeout, fixture.Start());
        Assert.Equal(Smmu500.Offsets.Stlbgstatus, fixture.FailedRegister);
        Assert.InRange(fixture.Machine.PassMicroseconds(0), SmmuV2Fixture.Patience, 4 * SmmuV2Fixture.Patience);
        Assert.Equal(free, fixture.Pool.FreePages);
        Assert.False(fixture.Write(0, SmmuV2Fixture.Pages));
        Assert.True(fixture.Smmu.IsBroken);
    }

    [Fact]
    public void A_shortage_of_memory_is_undone()
    {
        for (uint pages = 1; pages < 4; pages++)
        {
            SmmuV2Fixture fixture = new(poolPages: pages);
            uint free = fixture.Pool.FreePages;
            SmmuResult result = fixture.Start();
            Assert.True(result is SmmuResult.OutOfMemory or SmmuResult.Done);
            Assert.True(result == SmmuResult.OutOfMemory || fixture.Smmu.TryStop(ref fixture.Pool) == SmmuResult.Done);
            Assert.Equal(free, fixture.Pool.FreePages);
            Assert.False(fixture.Write(0, SmmuV2Fixture.Pages));
        }
    }

    [Fact]
    public void What_the_SMMU_is_like_is_read_from_it()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(model: new SimulatedSmmu500Options { StreamEntries = 7, ContextBanks = 5, KeepsPrefetching = true });
        Assert.Equal(7u, fixture.Smmu.Capabilities.StreamEntries);
        Assert.Equal(5u, fixture.Smmu.Capabilities.ContextBanks);
        Assert.Equal(48, fixture.Smmu.Capabilities.OutputBits);
        Assert.True(fixture.Smmu.Capabilities.IsCoherent);
        Assert.True(fixture.Smmu.KeepsPrefetching);
        Assert.False(SmmuV2Fixture.Started().Smmu.KeepsPrefetching);
    }

    [Fact]
    public void A_stopped_SMMU_stays_closed_and_can_be_started_again()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(options: SmmuV2Fixture.Options with { MayBypass = true });
        uint free = fixture.Pool.FreePages;
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Pass(new StreamMatch(9, 0)));
        Assert.True(fixture.Write(9, SmmuV2Fixture.Pages));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.TryStop(ref fixture.Pool));
        Assert.Equal(free + 1, fixture.Pool.FreePages);
        Assert.False(fixture.Write(9, SmmuV2Fixture.Pages));
        Assert.True(fixture.Smmu.IsBroken);
        Assert.Equal(SmmuResult.Done, fixture.Start());
        BankSpace space = fixture.NewSpace(1);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, 0x1000, SmmuV2Fixture.Pages));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(8), in space));
        Assert.True(fixture.Write(8, 0x1000));
    }

    private static void LeaveThingsBehind(SmmuV2Fixture fixture)
    {
        for (uint entry = 0; entry < 48; entry++)
        {
            fixture.Model.Write(Smmu500.Offsets.SmmuSmr + (entry * 4), AccessWidth.Word, 0x8000_0000 | entry);
            fixture.Model.Write(Smmu500.Offsets.SmmuS2cr + (entry * 4), AccessWidth.Word, 0x1_0000);
        }

        for (uint bank = 0; bank < 16; bank++)
        {
            fixture.Model.Write(Smmu500.Offsets.SmmuCbSctlr + (bank * 0x1000), AccessWidth.Word, 0x61);
            fixture.Model.Write(Smmu500.Offsets.SmmuCbTtbr0Low, AccessWidth.Word, 0xFFFF_0000);
            fixture.Model.Write(Smmu500.Offsets.SmmuCbTtbr0High, AccessWidth.Word, 0xFFFF);
        }
    }
}
