using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

/// <summary>
/// SMMUs of every legal kind, by random identification registers: each one is used as it is, so that a device reaches what is mapped for it and nothing else, or it is refused by the identification register that
/// says what is missing, with all memory back.
/// </summary>
public sealed class IdentificationTests
{
    private const int Kinds = 300;
    private const ulong Input = 0x7000;

    [Fact]
    public void An_MMU_500_of_any_kind_isolates_or_is_refused_by_its_identification()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        int used = 0;
        for (int kind = 0; kind < Kinds; kind++)
        {
            SimulatedSmmu500Options options = new()
            {
                Stage2 = random.Next(10) != 0,
                MatchesStreams = random.Next(10) != 0,
                LargePages = random.Next(10) == 0,
                Coherent = random.Next(2) == 0,
                StreamEntries = (uint)random.Next(random.Next(4) == 0 ? 129 : 49),
                ContextBanks = (uint)random.Next(17),
                SizeCode = (uint)random.Next(6),
                SyncReads = random.Next(4),
                KeepsPrefetching = random.Next(2) == 0,
                Strict = true,
            };
            string what = $"seed {seed}, {options}";
            SmmuV2Fixture fixture = new(options, options.Coherent);
            uint free = fixture.Pool.FreePages;
            SmmuResult result = fixture.Start();
            bool lacks = !options.Stage2 || !options.MatchesStreams || options.StreamEntries is 0 or > 48 || options.LargePages || options.ContextBanks == 0;
            Assert.True(lacks == (result == SmmuResult.Unsupported), $"{what}: {result}, 0x{fixture.FailedRegister:x}");
            if (lacks)
            {
                Assert.True(fixture.FailedRegister is Smmu500.Offsets.Sidr0 or Smmu500.Offsets.Sidr1, what);
                Assert.Equal(free, fixture.Pool.FreePages);
                continue;
            }

            used++;
            Assert.True(result == SmmuResult.Done, $"{what}: {result}, 0x{fixture.FailedRegister:x}");
            int bits = fixture.Smmu.Capabilities.InputBits;
            result = fixture.Smmu.TryCreateSpace(ref fixture.Pool, 1, bits, LeafSize.TwoMegabytes, out BankSpace space);
            Assert.True(result == (options.ContextBanks > 1 ? SmmuResult.Done : SmmuResult.OutOfEntries), $"{what}: {result}");
            if (result == SmmuResult.Done)
            {
                Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(0x4D0), in space));
                Assert.Equal(MappingResult.Done, fixture.Map(ref space, Input, SmmuV2Fixture.Pages));
                Assert.True(fixture.Write(0x4D0, Input + 5), what);
                Assert.Equal(0x5A, fixture.ByteAt(SmmuV2Fixture.Pages + 5));
                Assert.False(fixture.Write(0x4D0, Input + 0x1000) || fixture.Write(0x4D1, Input), what);
                Assert.Equal(MappingResult.Done, fixture.Unmap(ref space, Input));
                Assert.False(fixture.Write(0x4D0, Input), what);
                Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(new StreamId(0x4D0), in space));
                Assert.Equal(SmmuResult.Done, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
            }

            Assert.Equal(SmmuResult.Done, fixture.Smmu.TryStop(ref fixture.Pool));
            Assert.Equal(free, fixture.Pool.FreePages);
            Assert.True(fixture.Model.Violations.Count == 0, $"{what}: {string.Join("; ", fixture.Model.Violations)}");
        }

        Assert.InRange(used, Kinds / 4, Kinds);
    }

    [Fact]
    public void An_SMMUv3_of_any_kind_isolates_or_is_refused_by_its_identification()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        int used = 0;
        for (int kind = 0; kind < Kinds; kind++)
        {
            SimulatedSmmuOptions options = new()
            {
                Stage1 = random.Next(3) != 0,
                Stage2 = random.Next(3) != 0,
                Hypervisor = random.Next(2) == 0,
                Stalls = random.Next(2) == 0,
                WideTags = random.Next(2) == 0,
                Coherent = random.Next(2) == 0,
                TwoLevelStreams = random.Next(2) == 0,
                StreamBits = (uint)random.Next(33),
                CommandQueueLog2 = (uint)random.Next(20),
                EventQueueLog2 = (uint)random.Next(20),
                OutputSizeCode = (uint)random.Next(7),
                Preset = random.Next(10) == 0,
                GlobalAbort = random.Next(10) != 0,
                AcknowledgeReads = random.Next(4),
                Lazy = random.Next(2) == 0,
            };
            bool twoLevels = random.Next(2) == 0;
            string what = $"seed {seed}, {options}, two levels: {twoLevels}";
            SmmuFixture fixture = new(options, options.Coherent);
            uint free = fixture.Pool.FreePages;
            SmmuResult result = fixture.Start(new SmmuOptions { StreamBits = 11, TwoLevelStreams = twoLevels, PatienceMicroseconds = SmmuFixture.Patience });
            bool lacks = (!options.Stage1 && !options.Stage2) || options.Preset || !options.GlobalAbort;
            Assert.True(lacks == (result == SmmuResult.Unsupported), $"{what}: {result}, 0x{fixture.FailedRegister:x}");
            if (lacks)
            {
                Assert.True(fixture.FailedRegister is Smmuv3.Offsets.Idr0 or Smmuv3.Offsets.Idr1 or Smmuv3.Offsets.Gbpa, what);
                Assert.Equal(free, fixture.Pool.FreePages);
                continue;
            }

            used++;
            Assert.True(result == SmmuResult.Done, $"{what}: {result}, 0x{fixture.FailedRegister:x}");
            uint stream = options.StreamBits < 11 ? (1u << (int)options.StreamBits) - 1 : 0x4D0;
            result = fixture.Smmu.TryCreateSpace(ref fixture.Pool, 1, fixture.Smmu.Capabilities.OutputBits, LeafSize.TwoMegabytes, out SmmuSpace space);
            Assert.True(result == SmmuResult.Done, $"{what}: {result}");
            Assert.Equal(SmmuResult.Done, fixture.Smmu.TryReserve(new StreamId(stream), ref fixture.Pool));
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(stream), in space));
            Assert.Equal(MappingResult.Done, fixture.Map(ref space, Input, SmmuFixture.Pages));
            Assert.True(fixture.Write(stream, Input + 5), what);
            Assert.Equal(0x5A, fixture.ByteAt(SmmuFixture.Pages + 5));
            Assert.False(fixture.Write(stream, Input + 0x1000) || fixture.Write(stream ^ 1, Input), what);
            Assert.Equal(MappingResult.Done, fixture.Unmap(ref space, Input));
            Assert.False(fixture.Write(stream, Input), what);
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(new StreamId(stream), in space));
            Assert.Equal(SmmuResult.Done, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
            Assert.Equal(0u, fixture.Smmu.RejectedCommands);
            Assert.Equal(SmmuResult.Done, fixture.Smmu.TryStop(ref fixture.Pool));
            Assert.Equal(free, fixture.Pool.FreePages);
            Assert.True(fixture.Model.Violations.Count == 0, $"{what}: {string.Join("; ", fixture.Model.Violations)}");
        }

        Assert.InRange(used, Kinds / 4, Kinds);
    }
}
