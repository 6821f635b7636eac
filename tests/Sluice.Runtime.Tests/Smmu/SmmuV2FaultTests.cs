using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

public class SmmuV2FaultTests
{
    private const ulong GuestPage = 0x8000_0000;

    [Fact]
    public void A_fault_tells_stream_address_access_and_reason()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuV2Fixture.Pages, access: PageAccess.Read));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(0x4D0), in space));
        Assert.False(fixture.Read(0x4D0, GuestPage + 0x1238));
        AssertFault(SmmuFaultKind.Translation, 0x4D0, GuestPage + 0x1238, isWrite: false, isStage2: true);
        Assert.False(fixture.Write(0x4D0, GuestPage + 8));
        AssertFault(SmmuFaultKind.Permission, 0x4D0, GuestPage + 8, isWrite: true, isStage2: true);
        Assert.False(fixture.Write(0x4D0, 1UL << 45));
        AssertFault(SmmuFaultKind.Translation, 0x4D0, 1UL << 45, isWrite: true, isStage2: true);
        Assert.False(fixture.Read(0x123, 0x7_0000_0040));
        AssertFault(SmmuFaultKind.BadStream, 0x123, 0x7_0000_0040, isWrite: false, isStage2: false);
        Assert.Equal(0u, fixture.Smmu.FaultLosses);

        void AssertFault(SmmuFaultKind kind, uint stream, ulong address, bool isWrite, bool isStage2)
        {
            SmmuFault fault = fixture.TakeFaults().Single();
            Assert.True(fault.HasAddress);
            Assert.Equal(
                (kind, stream, address, isWrite, isStage2), (fault.Kind, fault.Stream.Value, fault.Address.Untrusted, fault.IsWrite, fault.IsStage2));
        }
    }

    [Theory]
    [InlineData(0x2u, SmmuFaultKind.Translation)]
    [InlineData(0x4u, SmmuFaultKind.AccessFlag)]
    [InlineData(0x8u, SmmuFaultKind.Permission)]
    [InlineData(0x10u, SmmuFaultKind.WalkAbort)]
    [InlineData(0x20u, SmmuFaultKind.TlbConflict)]
    [InlineData(0x80u, SmmuFaultKind.AddressSize)]
    [InlineData(0x100u, SmmuFaultKind.UnsupportedTransaction)]
    [InlineData(0xC000_01FEu, SmmuFaultKind.Translation)]
    public void Each_bit_of_a_banks_status_is_a_reason_and_is_cleared(uint bits, SmmuFaultKind kind)
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        fixture.Model.Write(Smmu500.Offsets.SmmuCbFsrrestore + 0x5000, AccessWidth.Word, bits);
        Assert.Equal(kind, fixture.TakeFaults().Single().Kind);
        Assert.Equal(0u, fixture.Model.Peek(Smmu500.Offsets.SmmuCbFsr + 0x5000));
    }

    [Theory]
    [InlineData(0x1u, SmmuFaultKind.BadStreamEntry)]
    [InlineData(0x2u, SmmuFaultKind.BadStream)]
    [InlineData(0x4u, SmmuFaultKind.ConfigurationConflict)]
    [InlineData(0x8u, SmmuFaultKind.RegisterAccess)]
    [InlineData(0x10u, SmmuFaultKind.RegisterAccess)]
    [InlineData(0x20u, SmmuFaultKind.RegisterAccess)]
    [InlineData(0x40u, SmmuFaultKind.WalkAbort)]
    [InlineData(0x80u, SmmuFaultKind.Permission)]
    [InlineData(0x100u, SmmuFaultKind.UnsupportedTransaction)]
    public void Each_bit_of_the_global_status_is_a_reason_and_is_cleared(uint bits, SmmuFaultKind kind)
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        fixture.Model.Write(Smmu500.Offsets.Sgfsrrestore, AccessWidth.Word, bits);
        Assert.Equal(kind, fixture.TakeFaults().Single().Kind);
        Assert.Equal(0u, fixture.Model.Peek(Smmu500.Offsets.Sgfsr));
    }

    [Fact]
    public void A_burst_gives_its_first_fault_and_one_loss()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Quarantine(new StreamId(5)));
        for (ulong address = 0; address < 100; address++)
        {
            Assert.False(fixture.Write(5, address * 0x1000));
            Assert.False(fixture.Write(6, address * 0x1000));
        }

        List<SmmuFault> faults = fixture.TakeFaults();
        Assert.Equal([5u, 6u], faults.Select(fault => fault.Stream.Value).Order());
        Assert.All(faults, fault => Assert.Equal(0u, fault.Address.Untrusted));
        Assert.Equal(2u, fixture.Smmu.FaultLosses);
    }

    [Fact]
    public void Fault_registers_that_nobody_answers_report_nothing_and_ones_go_to_described_bits_only()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        uint[] status = [Smmu500.Offsets.Sgfsr, Smmu500.Offsets.SmmuCbFsr];
        uint ones = 0;
        fixture.Machine.Accessed = (address, isWrite, value) => ones |= isWrite && Array.IndexOf(status, (uint)(address - SmmuV2Fixture.Registers)) >= 0 ? (uint)value : 0;
        Assert.False(fixture.Write(9, 0));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Quarantine(new StreamId(8)));
        Assert.False(fixture.Write(8, 0));
        Assert.Equal(2, fixture.TakeFaults().Count);
        Assert.NotEqual(0u, ones);
        Assert.Equal(0u, ones & ~0xC000_01FFu);

        SmmuV2Fixture other = new(new SimulatedSmmu500Options { StreamEntries = 3, ContextBanks = 2 });
        FaultPlan plan = new();
        Assert.Equal(SmmuResult.Done, SmmuV2<FaultyBus, SimulatedMemory, SimulatedClock>.TryStart(
            new FaultyBus(other.Machine.Bus, plan), new RegisterAddress(SmmuV2Fixture.Registers), other.Memory, new SimulatedClock(other.Machine), SmmuV2Fixture.Options, ref other.Pool,
            out SmmuV2<FaultyBus, SimulatedMemory, SimulatedClock> smmu, out _));
        for (int step = 0; step < 3; step++)
        {
            plan.Restart(step);
            Assert.False(smmu.TryTakeFault(out _));
            Assert.True(plan.HasFailed);
        }
    }

    [Fact]
    public void A_fault_reaches_the_combined_interrupt_only_through_its_mask_and_is_taken_before_it_is_acknowledged()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        ZynqmpSmmuInterrupt<SimulatedBus> interrupt = new(fixture.Machine.Bus, new RegisterAddress(SmmuV2Fixture.Surroundings));
        Assert.False(fixture.Write(9, 0));
        Assert.False(fixture.Surrounding.IsRaised);
        Assert.Single(fixture.TakeFaults());
        Assert.True(interrupt.TryOpen());
        Assert.False(interrupt.Causes().Any);
        Assert.False(fixture.Write(9, 0));
        Assert.True(fixture.Surrounding.IsRaised);
        SmmuInterruptCauses early = interrupt.Causes();
        Assert.True(early.IsFault);
        interrupt.Acknowledge(early);
        Assert.True(fixture.Surrounding.IsRaised);
        Assert.Single(fixture.TakeFaults());
        interrupt.Acknowledge(interrupt.Causes());
        Assert.False(fixture.Surrounding.IsRaised);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Quarantine(new StreamId(9)));
        Assert.False(fixture.Write(9, 0));
        Assert.True(fixture.Surrounding.IsRaised);
        interrupt.Close();
        Assert.False(fixture.Surrounding.IsRaised);
        Assert.False(interrupt.Causes().Any);
    }

    [Fact]
    public void A_storm_loses_its_interrupt_and_no_other_bank_does()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(options: SmmuV2Fixture.Options with { MostReports = 10 });
        ZynqmpSmmuInterrupt<SimulatedBus> interrupt = new(fixture.Machine.Bus, new RegisterAddress(SmmuV2Fixture.Surroundings));
        Assert.True(interrupt.TryOpen());
        BankSpace noisy = fixture.NewSpace(1);
        BankSpace quiet = fixture.NewSpace(2);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(1), in noisy));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(2), in quiet));
        Assert.Equal(10, Interrupts(1));
        Assert.Equal(1u, fixture.Smmu.MutedBanks);
        Assert.False(fixture.Write(1, 0));
        Assert.Single(fixture.TakeFaults());
        Assert.False(fixture.Write(2, 0x77));
        Assert.True(fixture.Surrounding.IsRaised);
        Assert.Equal(0x77u, fixture.TakeFaults().Single().Address.Untrusted);
        interrupt.Acknowledge(interrupt.Causes());
        Assert.Equal(10, Interrupts(77));
        Assert.True(fixture.Smmu.IsGlobalMuted);
        Assert.Single(fixture.TakeFaults());
        Assert.Equal(SmmuResult.Done, fixture.Smmu.AllowReports());
        Assert.Equal(0u, fixture.Smmu.MutedBanks);
        Assert.False(fixture.Smmu.IsGlobalMuted);
        Assert.Equal(10, Interrupts(1));
        Assert.Equal(10, Interrupts(77));
        Assert.Equal(0, fixture.Model.Bypassed);

        int Interrupts(uint stream)
        {
            int raised = 0;
            for (int attempt = 0; attempt < 100; attempt++)
            {
                Assert.False(fixture.Write(stream, 0));
                if (fixture.Surrounding.IsRaised)
                {
                    raised++;
                    SmmuInterruptCauses causes = interrupt.Causes();
                    _ = fixture.TakeFaults();
                    interrupt.Acknowledge(causes);
                }
            }

            return raised;
        }
    }
}
