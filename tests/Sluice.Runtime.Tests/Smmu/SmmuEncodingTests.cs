using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

public class SmmuEncodingTests
{
    [Fact]
    public void Commands_are_written_as_the_architecture_lays_them_out()
    {
        AssertCommand(SmmuCommand.Sync, 0x46, 0);
        AssertCommand(SmmuCommand.ForgetAllConfiguration, 0x04, 31);
        AssertCommand(SmmuCommand.ForgetAllTranslations, 0x30, 0);
        AssertCommand(SmmuCommand.ForgetStream(new StreamId(0x1234_5678)), 0x1234_5678_0000_0003, 1);
        AssertCommand(SmmuCommand.ForgetMachine(0xABCD), 0x0000_ABCD_0000_0028, 0);
        AssertCommand(SmmuCommand.ForgetMachineAddress(0xABCD, 0x12_3456_7FFF, leafOnly: true), 0x0000_ABCD_0000_002A, 0x12_3456_7001);
        AssertCommand(SmmuCommand.ForgetMachineAddress(1, 0x1000, leafOnly: false), 0x0000_0001_0000_002A, 0x1000);
        AssertCommand(SmmuCommand.ForgetSpace(0xABCD), 0xABCD_0000_0000_0011, 0);
        AssertCommand(SmmuCommand.ForgetSpaceAddress(0xABCD, 0x12_3456_7FFF, leafOnly: true), 0xABCD_0000_0000_0012, 0x12_3456_7001);
    }

    [Fact]
    public void A_stage_2_entry_is_laid_out_field_by_field()
    {
        Assert.True(PageTableGeometry.TryCreate<Stage2Format>(40, 44, LeafSize.OneGigabyte, out PageTableGeometry geometry));
        StreamTableEntry entry = StreamTableEntry.Stage2(new MachineAddress(0x4567_8000), geometry, 0x1234, coherent: true);
        Assert.Equal(0xDu, entry.Word0);
        Assert.Equal(1UL << 44, entry.Word1);
        ulong word2 = 0x1234 | (24UL << 32) | (1UL << 38) | (1UL << 40) | (1UL << 42) | (3UL << 44) | (4UL << 48) | (1UL << 51) | (1UL << 54) | (1UL << 58);
        Assert.Equal(word2, entry.Word2);
        Assert.Equal(0x4567_8000u, entry.Word3);
        StreamTableEntry apart = StreamTableEntry.Stage2(new MachineAddress(0x4567_8000), geometry, 0x1234, coherent: false);
        Assert.Equal(2UL << 44, apart.Word2 & (0x3FUL << 40));
    }

    [Fact]
    public void A_stage_1_entry_and_its_context_are_laid_out_field_by_field()
    {
        Assert.True(PageTableGeometry.TryCreate<Stage1Format>(39, 44, LeafSize.OneGigabyte, out PageTableGeometry geometry));
        StreamTableEntry entry = StreamTableEntry.Stage1(new MachineAddress(0x4567_8000), canStall: false, coherent: true);
        Assert.Equal(0x4567_800Bu, entry.Word0);
        Assert.Equal((1UL << 44) | 0xD4, entry.Word1);
        Assert.Equal(0u, entry.Word2 | entry.Word3);
        Assert.Equal(1UL << 27, StreamTableEntry.Stage1(new MachineAddress(0x4567_8000), canStall: true, coherent: true).Word1 & (1UL << 27));

        ContextDescriptor context = new(new MachineAddress(0x1_2345_6000), geometry, 0x4321, coherent: true);
        ulong word0 = 25 | (1UL << 8) | (1UL << 10) | (3UL << 12) | (1UL << 30) | (1UL << 31) | (4UL << 32) | (1UL << 41) | (1UL << 45) | (1UL << 46)
            | (1UL << 47) | (0x4321UL << 48);
        Assert.Equal(word0, context.Word0);
        Assert.Equal(0x1_2345_6000u, context.Word1);
        Assert.Equal(0x0004_44FFu, context.Word3);
    }

    [Fact]
    public void An_event_record_is_read_field_by_field()
    {
        SmmuFault fault = new(0x0000_0010_0000_0010, (1UL << 35) | (1UL << 39) | (2UL << 40), 0x12_3456_7890);
        Assert.Equal(SmmuFaultKind.Translation, fault.Kind);
        Assert.Equal(0x10u, fault.Stream.Value);
        Assert.True(fault.HasAddress);
        Assert.Equal(0x12_3456_7890u, fault.Address.Untrusted);
        Assert.False(fault.IsWrite);
        Assert.True(fault.IsStage2);
        SmmuFault bad = new(0x0000_0010_0000_0004, 0, 0xDEAD);
        Assert.Equal(SmmuFaultKind.BadStreamEntry, bad.Kind);
        Assert.False(bad.HasAddress);
        Assert.Equal(0u, bad.Address.Untrusted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(19)]
    public void A_ring_tells_full_from_empty_at_every_position(int log2)
    {
        QueueRing ring = new(log2);
        uint consumed = 0;
        for (int round = 0; round < 5; round++)
        {
            uint produced = consumed;
            for (int entry = 0; entry < 1 << log2; entry++)
            {
                Assert.False(ring.IsFull(produced, consumed));
                produced = ring.Next(produced);
                Assert.NotEqual(produced, consumed);
            }

            Assert.True(ring.IsFull(produced, consumed));
            Assert.Equal(ring.Slot(consumed), ring.Slot(produced));
            consumed = ring.Next(consumed);
            Assert.False(ring.IsFull(produced, consumed));
            consumed = produced;
        }
    }

    private static void AssertCommand(SmmuCommand command, ulong low, ulong high)
    {
        Assert.Equal(low, command.Low);
        Assert.Equal(high, command.High);
    }
}
