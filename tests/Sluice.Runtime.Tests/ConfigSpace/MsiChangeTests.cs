using Sluice.Registers;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>What a guest changes of its MSI while that is enabled.</summary>
public sealed class MsiChangeTests
{
    private const uint First = AssignedFunction.FirstInterrupt;

    [Fact]
    public void The_number_of_messages_can_change_while_they_are_enabled()
    {
        AssignedFunction assigned = Enabled(0x0001);
        Assert.False(assigned.Device.SignalMessage(3));

        assigned.Write(0x52, 2, 0x0021);

        Assert.Equal(0x0021u, assigned.Device.Peek(0x52, AccessWidth.HalfWord) & 0x0071);
        Assert.Equal(0x0021u, assigned.Read(0x52, 2) & 0x0071);
        Assert.Equal(First + 3, Signal(assigned, 3));
    }

    [Fact]
    public void Other_data_is_another_interrupt_from_then_on()
    {
        AssignedFunction assigned = Enabled(0x0001);
        Assert.Equal(First, Signal(assigned, 0));

        assigned.Write(0x5C, 2, First + 9);

        Assert.Equal(First + 9, Signal(assigned, 0));
        Assert.Equal(0u, assigned.Function.RefusedMessages);
    }

    [Theory]
    [InlineData(0x54u, 4, 0x4000_0000u)]
    [InlineData(0x58u, 4, 0x0000_0001u)]
    [InlineData(0x5Cu, 2, 0x0000_03FFu)]
    public void What_means_nothing_is_counted_once_and_what_arrives_meanwhile_waits_until_it_means_something(uint register, int width, uint nonsense)
    {
        AssignedFunction assigned = Enabled(0x0001);
        uint sense = assigned.Read(register, width);

        assigned.Write(register, width, nonsense);
        Assert.Equal(1u, assigned.Function.RefusedMessages);
        assigned.Write(register, width, nonsense);
        Assert.Equal(1u, assigned.Function.RefusedMessages);
        _ = assigned.Device.SignalMessage(0);
        assigned.TakePhysicalInterrupts();
        Assert.False(assigned.Guest.TryTakeInterrupt(out _));

        assigned.Write(register, width, sense);

        Assert.Equal(1u, assigned.Function.RefusedMessages);
        assigned.TakePhysicalInterrupts();
        if (!assigned.Guest.TryTakeInterrupt(out uint interrupt))
        {
            interrupt = Signal(assigned, 0);
        }

        Assert.Equal(First, interrupt);
    }

    [Fact]
    public void D9_Messages_that_there_are_not_are_never_pending()
    {
        AssignedFunction assigned = Enabled(0x0001);
        assigned.Device.Poke(0x64, AccessWidth.Word, 0xFFFF_FFFF);

        Assert.Equal(0u, assigned.Read(0x64, 4) & 0xFFFF_FF00);
    }

    [Fact]
    public void E13_Entries_that_were_written_before_are_in_the_hardware_when_MSI_X_is_enabled_masked()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Program(0, AssignedFunction.Doorbell, First);
        Assert.Equal(0ul, assigned.Device.Msix.Address(0));

        assigned.Write(0x72, 2, 0xC000);

        Assert.NotEqual(0ul, assigned.Device.Msix.Address(0));
        Assert.False(assigned.Device.Msix.IsMasked(0));
        assigned.Write(0x72, 2, 0x8000);
        assigned.Device.Signal(0);
        assigned.TakePhysicalInterrupts();
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(First, interrupt);
    }

    private static AssignedFunction Enabled(uint control)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x54, 4, AssignedFunction.Doorbell);
        assigned.Write(0x5C, 2, First);
        assigned.Write(0x52, 2, control);
        Assert.Equal(1u, assigned.Read(0x52, 2) & 1);
        return assigned;
    }

    private static uint Signal(AssignedFunction assigned, int message)
    {
        Assert.True(assigned.Device.SignalMessage(message));
        assigned.TakePhysicalInterrupts();
        Assert.True(assigned.Guest.TryTakeInterrupt(out uint interrupt));
        return interrupt;
    }
}
