using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Simulation.Guests;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>An expansion ROM that the guest may see: its place, its enable bit, and what the hardware's is meanwhile.</summary>
public sealed class RomTests
{
    private const uint Place = 0x2306_0000;
    private const uint Elsewhere = 0x2308_0000;

    [Fact]
    public void While_its_mapping_changes_the_ROM_itself_is_silent()
    {
        AssignedFunction assigned = Enabled(default);
        List<(bool Maps, bool Answers)> order = [];
        assigned.Guest.Remapping = (maps, guest, _) => order.Add((maps, Answers(assigned)));

        assigned.Write(0x30, 4, Place);
        assigned.Write(0x30, 4, Place | 1);

        Assert.Equal([(false, false), (true, false)], order);
        Assert.True(Answers(assigned));
    }

    [Theory]
    [InlineData(BarRelocation.WhileSilent)]
    [InlineData(BarRelocation.Never)]
    public void While_it_answers_its_place_stays_and_its_enable_bit_is_the_guest_s(BarRelocation relocation)
    {
        AssignedFunction assigned = relocation == BarRelocation.Never ? new(policy: new FunctionPolicy { ShowsRom = true, Relocation = relocation }) : Enabled(relocation);
        uint place = Place;
        if (relocation == BarRelocation.Never)
        {
            // A direct-mapped guest has it where the machine has it, or not at all.
            place = assigned.Device.Peek(0x30, AccessWidth.Word) & 0xFFFF_F800;
            assigned.Write(0x30, 4, place | 1);
            assigned.Write(0x04, 2, 0x0002);
        }

        Assert.Equal(place | 1, assigned.Read(0x30, 4));
        bool answers = Answers(assigned);

        assigned.Write(0x30, 4, Elsewhere | 1);
        Assert.Equal(answers ? place | 1 : Elsewhere | 1, assigned.Read(0x30, 4));
        Assert.True(!answers || Answers(assigned));

        assigned.Write(0x30, 4, Elsewhere);
        Assert.False(Answers(assigned));
        Assert.DoesNotContain(assigned.Guest.Mappings, static mapping => mapping.Guest is Elsewhere);
    }

    [Fact]
    public void Where_memory_may_move_it_moves_and_answers_there()
    {
        AssignedFunction assigned = Enabled(BarRelocation.Always);

        assigned.Write(0x30, 4, Elsewhere | 1);

        Assert.Equal(Elsewhere | 1, assigned.Read(0x30, 4));
        Assert.True(Answers(assigned));
        Assert.Contains(assigned.Guest.Mappings, static mapping => mapping.Guest == Elsewhere);
        Assert.DoesNotContain(assigned.Guest.Mappings, static mapping => mapping.Guest == Place);
    }

    [Fact]
    public void When_it_moves_to_no_place_the_function_is_off_the_bus_and_the_ROM_with_it()
    {
        AssignedFunction assigned = Enabled(BarRelocation.Always);

        assigned.Write(0x30, 4, 0x4000_0001);

        Assert.Empty(assigned.Guest.Mappings);
        Assert.False(Answers(assigned) || assigned.Device.DecodesMemory);
        Assert.Equal(0u, assigned.Read(0x04, 2) & 2);
    }

    [Fact]
    public void A_write_that_changes_nothing_of_a_ROM_that_is_off_asks_neither_the_mapper_nor_the_hardware()
    {
        AssignedFunction assigned = Enabled(default);
        assigned.Write(0x30, 4, Place);
        assigned.Device.Trace.Clear();
        int remapped = 0;
        assigned.Guest.Remapping = (_, _, _) => remapped++;

        assigned.Write(0x30, 4, Place);
        assigned.Write(0x30, 4, Elsewhere);

        Assert.Equal(0, remapped);
        Assert.Empty(assigned.Device.Trace.Accesses);
        Assert.Equal(Elsewhere, assigned.Read(0x30, 4));
    }

    private static bool Answers(AssignedFunction assigned) => (assigned.Device.Peek(0x30, AccessWidth.Word) & 1) != 0;

    private static AssignedFunction Enabled(BarRelocation relocation)
    {
        AssignedFunction assigned = new(policy: new FunctionPolicy { ShowsRom = true, Relocation = relocation });
        assigned.Write(0x30, 4, Place | 1);
        assigned.Enable();
        Assert.True(Answers(assigned));
        Assert.Contains(assigned.Guest.Mappings, static mapping => mapping.Guest == Place);
        return assigned;
    }
}
