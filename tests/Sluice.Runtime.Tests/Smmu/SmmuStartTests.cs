using System.Linq;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

public class SmmuStartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void From_the_first_confirmed_write_on_nothing_passes(bool stage2)
    {
        SmmuFixture fixture = new(new SimulatedSmmuOptions { Stage1 = !stage2, Stage2 = stage2 });
        bool aborting = false;
        int passedAfterAbort = 0;
        fixture.Machine.Accessed = (_, _, _) =>
        {
            bool passed = fixture.Write(3, SmmuFixture.Pages);
            aborting |= !passed;
            passedAfterAbort += aborting && passed ? 1 : 0;
        };
        Assert.Equal(SmmuResult.Done, fixture.Start());
        Assert.True(aborting);
        Assert.Equal(0, passedAfterAbort);
        Assert.False(fixture.Write(3, SmmuFixture.Pages));
        Assert.Empty(fixture.Model.Violations);
    }

    [Fact]
    public void Stage_2_is_used_where_there_is_one()
    {
        SmmuFixture both = new(new SimulatedSmmuOptions { Stage1 = true, Stage2 = true });
        Assert.Equal(SmmuResult.Done, both.Start());
        Assert.Equal(TranslationStage.Stage2, both.Smmu.Capabilities.Stage);
        Assert.Equal(TranslationStage.Stage2, both.NewSpace(1).Stage);
        SmmuFixture first = new(new SimulatedSmmuOptions { Stage2 = false });
        Assert.Equal(SmmuResult.Done, first.Start());
        Assert.Equal(TranslationStage.Stage1, first.NewSpace(1).Stage);
    }

    [Fact]
    public void An_SMMU_that_lacks_what_is_needed_is_refused_and_left_aborting()
    {
        AssertRefused(new SimulatedSmmuOptions { Stage1 = false, Stage2 = false }, Smmuv3.Offsets.Idr0);
        AssertRefused(new SimulatedSmmuOptions { Preset = true }, Smmuv3.Offsets.Idr1);

        static void AssertRefused(SimulatedSmmuOptions options, uint register)
        {
            SmmuFixture fixture = new(options);
            uint free = fixture.Pool.FreePages;
            Assert.Equal(SmmuResult.Unsupported, fixture.Start());
            Assert.Equal(register, fixture.FailedRegister);
            Assert.Equal(free, fixture.Pool.FreePages);
            Assert.False(fixture.Write(0, SmmuFixture.Pages));
        }
    }

    [Fact]
    public void An_SMMU_that_cannot_abort_while_off_is_taken_only_when_devices_are_silent_and_then_stays_on()
    {
        SmmuFixture refused = new(new SimulatedSmmuOptions { GlobalAbort = false });
        Assert.Equal(SmmuResult.Unsupported, refused.Start());
        Assert.Equal(Smmuv3.Offsets.Gbpa, refused.FailedRegister);

        SmmuFixture taken = new(new SimulatedSmmuOptions { GlobalAbort = false });
        SmmuOptions options = new() { StreamBits = 8, PatienceMicroseconds = SmmuFixture.Patience, DevicesAreSilent = true };
        Assert.Equal(SmmuResult.Done, taken.Start(options));
        Assert.False(taken.Write(3, SmmuFixture.Pages));
        Assert.Equal(SmmuResult.Unsupported, taken.Smmu.TryStop(ref taken.Pool));
        Assert.False(taken.Write(3, SmmuFixture.Pages));
        Assert.False(taken.Smmu.IsBroken);
    }

    [Fact]
    public void An_SMMU_that_does_not_acknowledge_is_given_up_within_the_bound()
    {
        SmmuFixture fixture = new();
        fixture.Model.NeverAcknowledges = true;

        // An acknowledgement of 0 cannot be told from none, so it is the first enable that shows.
        Assert.Equal(SmmuResult.Timeout, fixture.Start());
        Assert.Equal(Smmuv3.Offsets.Cr0Ack, fixture.FailedRegister);
        Assert.InRange(fixture.Machine.PassMicroseconds(0), SmmuFixture.Patience, 10 * SmmuFixture.Patience);
        Assert.False(fixture.Write(0, SmmuFixture.Pages));
    }

    [Fact]
    public void An_SMMU_that_takes_no_commands_is_switched_off_again_and_its_memory_returned()
    {
        SmmuFixture fixture = new();
        uint free = fixture.Pool.FreePages;
        fixture.Model.Hangs = true;
        Assert.Equal(SmmuResult.Timeout, fixture.Start());
        Assert.Equal(Smmuv3.Offsets.CmdqCons, fixture.FailedRegister);
        Assert.Equal(free, fixture.Pool.FreePages);
        Assert.False(fixture.Write(0, SmmuFixture.Pages));
        Assert.True(fixture.Smmu.IsBroken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_shortage_of_memory_is_undone(bool stage2)
    {
        int failures = 0;
        for (uint pages = 1; pages < 40; pages++)
        {
            SmmuFixture fixture = new(new SimulatedSmmuOptions { Stage1 = !stage2, Stage2 = stage2 }, poolPages: pages);
            uint free = fixture.Pool.FreePages;
            SmmuResult result = fixture.Start();
            if (result == SmmuResult.Done)
            {
                Assert.Equal(SmmuResult.Done, fixture.Smmu.TryStop(ref fixture.Pool));
            }
            else
            {
                failures++;
                Assert.Equal(SmmuResult.OutOfMemory, result);
            }

            Assert.Equal(free, fixture.Pool.FreePages);
            Assert.False(fixture.Write(0, SmmuFixture.Pages));
        }

        Assert.InRange(failures, 3, 30);
    }

    [Fact]
    public void Starting_again_after_a_stop_works()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.TryStop(ref fixture.Pool));
        Assert.Equal(SmmuResult.Done, fixture.Start());
        SmmuSpace space = fixture.NewSpace(1);
        Assert.Equal(Runtime.Memory.MappingResult.Done, fixture.Map(ref space, 0x1000, SmmuFixture.Pages));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(8), in space));
        Assert.True(fixture.Write(8, 0x1000));
        Assert.Empty(fixture.Model.Violations);
    }

    [Fact]
    public void I7_a_stream_beyond_the_table_is_refused_and_reported()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        Assert.False(fixture.Write(0x1FF, 0x1234));
        SmmuFault fault = fixture.TakeFaults().Single();
        Assert.Equal(SmmuFaultKind.BadStream, fault.Kind);
        Assert.Equal(0x1FFu, fault.Stream.Value);
    }
}
