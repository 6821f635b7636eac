using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>What is off when a function is stopped, by its guest, by a move to nowhere, or because it is taken away.</summary>
public sealed class StoppedFunctionTests
{
    private static FunctionPolicy Moving => new() { Relocation = BarRelocation.Always, ShowsRom = true };

    [Fact]
    public void A_move_to_no_place_is_counted_and_masks_all_of_MSI_X_while_its_table_is_out_of_reach()
    {
        AssignedFunction assigned = WithMessages(new AssignedFunction(policy: Moving).Enable());
        Assert.Equal(0x8000u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0xC000);

        assigned.Write(0x10, 4, 0x4000_0000);

        Assert.Equal(1u, assigned.Function.RefusedMappings);
        Assert.Equal(0xC000u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0xC000);
        Assert.False(assigned.Device.SignalMessage(0));
        assigned.Write(0x10, 4, AssignedFunction.Bar0);
        assigned.Write(0x04, 2, 0x0006);
        Assert.Equal(0x8000u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0xC000);
        Assert.Equal(1u, assigned.Function.RefusedMappings);
    }

    [Theory]
    [InlineData(0x04u, 0x0000u)]
    [InlineData(0x98u, 0x8000u)]
    [InlineData(0x44u, 0x0003u)]
    public void While_its_memory_goes_MSI_X_is_masked_the_ROM_is_off_in_the_end_and_a_reset_does_not_begin_while_it_masters(uint register, uint value)
    {
        AssignedFunction assigned = new(policy: Moving);
        assigned.Write(0x30, 4, 0x2306_0001);
        WithMessages(assigned.Enable());
        List<(bool Masked, bool Masters)> order = [];
        assigned.Guest.Remapping = (maps, _, _) => order.Add(
            ((assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0xC000) is 0xC000 or 0, (assigned.HostCommand & 4) != 0));

        assigned.Write(register, 2, value);

        Assert.Equal(4, order.Count);
        Assert.All(order, step => Assert.True(register == 0x98 ? !step.Masters : step.Masked));
        Assert.Equal(0u, assigned.Device.Peek(0x30, AccessWidth.Word) & 1);
        Assert.Empty(assigned.Guest.Mappings);
    }

    [Fact]
    public void A_function_that_is_removed_has_every_entry_masked_and_empty_and_its_ROM_off()
    {
        AssignedFunction assigned = new(mostVectors: 5, policy: Moving);
        assigned.Write(0x30, 4, 0x2306_0001);
        assigned.Enable();
        assigned.Write(0x72, 2, 0x8000);
        for (int entry = 0; entry < 5; entry++)
        {
            assigned.Program(entry, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt + (uint)entry);
            Assert.False(assigned.Device.Msix.IsMasked(entry));
        }

        ulong machine = assigned.Guest.TryTranslate(AssignedFunction.Bar0, out ulong start) ? start : 0;
        ulong beyond = machine + DmaFunction.TableOffset + (5 * 16);
        List<ulong> written = [];
        assigned.Reference.Machine.Accessed = (address, isWrite, _) =>
        {
            if (isWrite && address >= beyond && address < machine + 0x1_0000)
            {
                written.Add(address);
            }
        };

        Assert.True(assigned.Assignment.TryRemove(AssignedFunction.Physical, assigned.Guest.Handle, ref assigned.Bridge));

        for (int entry = 0; entry < 5; entry++)
        {
            Assert.True(assigned.Device.Msix.IsMasked(entry));
        }

        Assert.Empty(written);
        Assert.Equal(0u, assigned.Device.Peek(0x30, AccessWidth.Word) & 1);
        Assert.Equal(0u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0x8000);
    }

    [Theory]
    [InlineData(false, 0u)]
    [InlineData(true, 8u)]
    public void The_status_of_a_pin_is_shown_to_a_guest_that_has_the_pin_only(bool hasPin, uint shown)
    {
        AssignedFunction assigned = new();
        if (hasPin)
        {
            Assert.True(assigned.Function.TryProvideIntx(2));
        }

        assigned.Enable();
        assigned.Device.Poke(0x06, AccessWidth.HalfWord, 0x0018);

        Assert.Equal(shown, assigned.Read(0x06, 2) & 8);
        Assert.Equal(0x10u, assigned.Read(0x06, 2) & 0x10);
        Assert.Equal(assigned.Device.Peek(0x04, AccessWidth.HalfWord) & 6, assigned.Read(0x04, 2) & 6);
    }

    [Fact]
    public void After_a_reset_that_the_guest_asked_for_its_messages_are_off_and_its_pin_is_its_own_again()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x54, 4, AssignedFunction.Doorbell);
        assigned.Write(0x5C, 2, AssignedFunction.FirstInterrupt);
        assigned.Write(0x52, 2, 0x0001);
        Assert.Equal(1u, assigned.Read(0x52, 2) & 1);
        Assert.Equal(0x400u, assigned.Read(0x04, 2) & 0x400);

        assigned.Write(0x98, 2, 0x8000);
        assigned.Reference.Machine.PassMicroseconds(200_000);

        assigned.Enable();
        Assert.Equal((0u, 0u), (assigned.Read(0x52, 2) & 1, assigned.Read(0x04, 2) & 0x400));
        WithMessages(assigned);
        Assert.Equal(0x8000u, assigned.Read(0x72, 2) & 0x8000);
    }

    private static AssignedFunction WithMessages(AssignedFunction assigned)
    {
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(0, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt);
        return assigned;
    }
}
