using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Smmu;
using Sluice.Runtime.Tests.Interrupts;
using Sluice.Runtime.Tests.Smmu;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Interrupts;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Faults;

/// <summary>
/// One access of a start goes wrong, every one of them, one at a time: the driver works as if nothing had been, or it says which register it was. The bridges, their message controllers
/// and the transceivers have the same test beside their own.
/// </summary>
public sealed class EveryStepTests
{
    [Fact]
    public void A_translation_service_starts_or_names_the_register_and_keeps_no_page_that_it_does_not_still_read()
    {
        HashSet<string> named = [];
        int kept = 0;
        int steps = 0;
        for (bool failed = true; failed; steps++)
        {
            ItsFixture fixture = new(processor: 3);
            FaultPlan plan = new() { FailsAt = steps };
            uint free = fixture.Pool.FreePages;
            ItsResult result = GicItsController<FaultyBus, SimulatedMemory, SimulatedClock>.TryStart(
                new FaultyBus(fixture.Machine.Bus, plan), new RegisterAddress(ItsFixture.Its), new RegisterAddress(ItsFixture.Redistributor), fixture.Memory,
                new SimulatedClock(fixture.Machine), ItsFixture.Options, ref fixture.Pool, out GicItsController<FaultyBus, SimulatedMemory, SimulatedClock> controller);
            if (result == ItsResult.Done)
            {
                MsiRequest request = new() { Owner = new OwnerId(1), Requester = new RequesterId(0x0100), Count = 1 };
                if (controller.TryAllocate(in request, out VectorBlock block))
                {
                    fixture.Send(0x0100, controller.Message(block.First));
                    Assert.True(fixture.Interrupts.TryTake(out uint interrupt), $"step {steps}");
                    Assert.Equal(8192u + block.First, interrupt);
                }
            }
            else
            {
                string text = RefusalText.OfIts(result, controller.FailedRegister);
                Assert.True(text.StartsWith("GIC_", StringComparison.Ordinal) && !text.Contains("0x", StringComparison.Ordinal), $"step {steps}: {text}");
                named.Add(text.Split(' ')[0]);
                Assert.True(controller.IsBroken);
                bool returned = fixture.Pool.FreePages == free;
                kept += returned ? 0 : 1;

                // What is kept may still be read by a part that did not confirm that it is off.
                Assert.True(returned || plan.HasFailed, $"step {steps}");
            }

            failed = plan.HasFailed;
        }

        Assert.InRange(steps, 40, 400);
        Assert.InRange(kept, 0, steps / 3);
        Assert.Superset(new HashSet<string> { "GIC_ITS.GITS_BASER", "GIC_ITS.GITS_CBASER", "GIC_ITS.GITS_CTLR", "GIC_REDISTRIBUTOR.GICR_CTLR" }, named);
    }

    [Fact]
    public void An_MMU_500_starts_or_names_the_register_and_returns_its_pages()
    {
        HashSet<string> named = [];
        int steps = 0;
        for (bool failed = true; failed; steps++)
        {
            SmmuV2Fixture fixture = new(new SimulatedSmmu500Options { StreamEntries = 3, ContextBanks = 2 });
            FaultPlan plan = new() { FailsAt = steps };
            uint free = fixture.Pool.FreePages;
            SmmuResult result = SmmuV2<FaultyBus, SimulatedMemory, SimulatedClock>.TryStart(
                new FaultyBus(fixture.Machine.Bus, plan), new RegisterAddress(SmmuV2Fixture.Registers), fixture.Memory, new SimulatedClock(fixture.Machine), SmmuV2Fixture.Options,
                ref fixture.Pool, out _, out uint register);
            if (result != SmmuResult.Done)
            {
                string text = RefusalText.OfSmmuV2(result, register);
                Assert.True(text.StartsWith("SMMU500.", StringComparison.Ordinal) && !text.Contains("0x", StringComparison.Ordinal), $"step {steps}: {text}");
                named.Add(text.Split(' ')[0].Split('[')[0]);
                Assert.Equal(free, fixture.Pool.FreePages);
            }

            failed = plan.HasFailed;
        }

        Assert.InRange(steps, 50, 400);
        Assert.Superset(new HashSet<string> { "SMMU500.SMMU_SCR0", "SMMU500.SMMU_SMR", "SMMU500.SMMU_S2CR", "SMMU500.SMMU_CBAR", "SMMU500.SMMU_SIDR0" }, named);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_SMMUv3_starts_or_names_the_register_and_returns_its_pages(bool twoLevels)
    {
        HashSet<string> named = [];
        int steps = 0;
        for (bool failed = true; failed; steps++)
        {
            SmmuFixture fixture = new(new SimulatedSmmuOptions { TwoLevelStreams = twoLevels });
            FaultPlan plan = new() { FailsAt = steps };
            uint free = fixture.Pool.FreePages;
            SmmuResult result = SmmuV3<FaultyBus, SimulatedMemory, SimulatedClock>.TryStart(
                new FaultyBus(fixture.Machine.Bus, plan), new RegisterAddress(SmmuFixture.Registers), fixture.Memory, new SimulatedClock(fixture.Machine),
                new SmmuOptions { StreamBits = 8, Interrupts = true, TwoLevelStreams = twoLevels, PatienceMicroseconds = SmmuFixture.Patience }, ref fixture.Pool, out _, out uint register);
            if (result != SmmuResult.Done)
            {
                string text = RefusalText.OfSmmuV3(result, register);
                Assert.True(text.StartsWith("SMMUV3.", StringComparison.Ordinal) && !text.Contains("0x", StringComparison.Ordinal), $"step {steps}: {text}");
                named.Add(text.Split(' ')[0]);
                Assert.Equal(free, fixture.Pool.FreePages);
            }

            failed = plan.HasFailed;
        }

        Assert.InRange(steps, 30, 400);
        Assert.Superset(new HashSet<string> { "SMMUV3.STRTAB_BASE", "SMMUV3.CMDQ_BASE", "SMMUV3.EVENTQ_BASE", "SMMUV3.CR0ACK" }, named);
    }

    [Theory]
    [InlineData(80u, 64u, "the bridge is ready")]
    [InlineData(16u, 64u, "GICV2M.MSI_TYPER shows 0x00100040, which names no shared peripheral interrupts")]
    [InlineData(80u, 0u, "GICV2M.MSI_TYPER shows 0x00500000, which names no shared peripheral interrupts")]
    public void A_GICv2m_frame_is_one_register(uint first, uint count, string text)
    {
        SimulatedMachine machine = new(new RandomAccessMemory(0x4000_0000, 0x1000));
        machine.Add(0x0802_0000, 0x1000, new SimulatedV2mFrame(first, count));
        _ = GicV2mController.TryProbe(machine.Bus, new RegisterAddress(0x0802_0000), out _, out BridgeRefusal refusal);
        Assert.Equal(text, RefusalText.Of(refusal));

        FaultPlan plan = new() { FailsAt = 0 };
        Assert.False(GicV2mController.TryProbe(new FaultyBus(machine.Bus, plan), new RegisterAddress(0x0802_0000), out _, out refusal));
        Assert.Equal("GICV2M.MSI_TYPER shows 0xFFFFFFFF, which names no shared peripheral interrupts", RefusalText.Of(refusal));
    }

    [Fact]
    public void The_combined_interrupt_of_the_SMMU_opens_or_names_its_mask_and_holds_everything_back()
    {
        int refused = 0;
        int steps = 0;
        for (bool failed = true; failed; steps++)
        {
            SmmuV2Fixture fixture = SmmuV2Fixture.Started();
            FaultPlan plan = new() { FailsAt = steps };
            bool open = new ZynqmpSmmuInterrupt<FaultyBus>(new FaultyBus(fixture.Machine.Bus, plan), new RegisterAddress(SmmuV2Fixture.Surroundings)).TryOpen(out BridgeRefusal refusal);
            Assert.Equal(open, refusal.IsNone);
            Assert.False(fixture.Write(9, 0));
            Assert.Equal(open, fixture.Surrounding.IsRaised);
            if (!open)
            {
                refused++;
                Assert.StartsWith("SMMU_REG.IMR_0 shows 0x", RefusalText.Of(refusal), StringComparison.Ordinal);
            }

            failed = plan.HasFailed;
        }

        Assert.Equal(2, refused);
        Assert.Equal(4, steps);
    }

    [Fact]
    public void Over_a_generic_window_a_read_that_nobody_answers_is_a_function_that_is_not_there_and_a_lost_write_changes_nothing()
    {
        SimulatedMachine machine = new(new RandomAccessMemory(0x4000_0000, 0x1000));
        SimulatedPciBus functions = new();
        DmaFunction function = new();
        functions.Add(new RequesterId(0, 1, 0), function);
        machine.Add(0x3F00_0000, 1 << 20, functions.Ecam);
        for (int step = 0; step < 3; step++)
        {
            FaultPlan plan = new() { FailsAt = step };
            EcamHostBridge<FaultyBus> bridge = new(new FaultyBus(machine.Bus, plan), new EcamWindow(0x3F00_0000, 1 << 20, 0, 0));
            Assert.True(bridge.IsReady(out _));
            Assert.Equal(step == 0 ? uint.MaxValue : 0x9034_10EE, bridge.ReadConfig(new RequesterId(0, 1, 0), 0, AccessWidth.Word));
            bridge.WriteConfig(new RequesterId(0, 1, 0), 4, AccessWidth.HalfWord, step == 1 ? 6u : 0);
            Assert.Equal(0u, function.Peek(4, AccessWidth.HalfWord));
        }
    }
}
