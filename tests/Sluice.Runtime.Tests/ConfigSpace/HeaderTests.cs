using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class HeaderTests
{
    [Fact]
    public void B1_The_guest_sets_only_the_command_bits_that_are_its_own()
    {
        AssignedFunction assigned = new(device => device.Poke(0x04, AccessWidth.HalfWord, 0x0340));

        assigned.Write(0x04, 2, 0xFFFF);

        Assert.Equal(0x043Eu, assigned.Read(0x04, 2));
        Assert.Equal(0x0340u, assigned.HostCommand & 0xFBC1);
    }

    [Fact]
    public void B2_A_function_begins_with_decoding_and_mastering_off()
    {
        AssignedFunction assigned = new(device => device.Poke(0x04, AccessWidth.HalfWord, 0x0007));

        Assert.Equal(0u, assigned.HostCommand & 0x003F);
        Assert.Equal(0u, assigned.Read(0x04, 2) & 0x003F);
    }

    [Fact]
    public void B3_A_write_to_one_byte_of_STATUS_clears_only_what_it_says()
    {
        AssignedFunction assigned = new();
        assigned.Device.Poke(0x06, AccessWidth.HalfWord, 0xF930);

        assigned.Write(0x06, 2, 0x0000);
        Assert.Equal(0xF930u, assigned.Device.Peek(0x06, AccessWidth.HalfWord));

        assigned.Write(0x07, 1, 0x80);
        Assert.Equal(0x7930u, assigned.Device.Peek(0x06, AccessWidth.HalfWord));
        Assert.Equal(0u, assigned.Read(0x06, 2) & 0x0046);
    }

    [Fact]
    public void A_write_to_COMMAND_never_clears_STATUS()
    {
        AssignedFunction assigned = new();
        assigned.Device.Poke(0x06, AccessWidth.HalfWord, 0xF930);

        assigned.Write(0x04, 2, 0xFFFF);
        assigned.Write(0x04, 1, 0xFF);

        Assert.Equal(0xF930u, assigned.Device.Peek(0x06, AccessWidth.HalfWord));
    }

    [Theory]
    [InlineData(0x00, 2, 0x10EE)]
    [InlineData(0x02, 2, 0x9034)]
    [InlineData(0x08, 4, 0x0880_0001)]
    [InlineData(0x0E, 1, 0x00)]
    [InlineData(0x2C, 2, 0x10EE)]
    [InlineData(0x2E, 2, 0x0007)]
    public void B5_Identity_is_the_hardwares_and_cannot_be_written(uint offset, int bytes, uint expected)
    {
        AssignedFunction assigned = new();

        assigned.Write(offset, bytes, 0xFFFF_FFFF);
        assigned.Write(offset, bytes, 0);

        Assert.Equal(expected, assigned.Read(offset, bytes));
    }

    [Fact]
    public void B6_One_function_is_not_a_multi_function_device()
    {
        AssignedFunction assigned = new(device => device.Poke(0x0E, AccessWidth.Byte, 0x80));

        Assert.Equal(AssignmentStep.None, assigned.Result);
        Assert.Equal(0u, assigned.Read(0x0E, 1));
    }

    [Fact]
    public void B7_A_64_bit_bar_sizes_over_both_its_halves_and_the_hardwares_is_not_touched()
    {
        AssignedFunction assigned = new();
        uint hardware = assigned.Device.Peek(0x10, AccessWidth.Word);

        assigned.Write(0x10, 4, 0xFFFF_FFFF);
        assigned.Write(0x14, 4, 0xFFFF_FFFF);

        Assert.Equal(0xFFFF_0004u, assigned.Read(0x10, 4));
        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x14, 4));
        Assert.Equal(hardware, assigned.Device.Peek(0x10, AccessWidth.Word));
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Theory]
    [InlineData(0x18u, 0xFFFF_F000u)]
    [InlineData(0x1Cu, 0u)]
    [InlineData(0x20u, 0u)]
    [InlineData(0x24u, 0u)]
    public void B8_A_32_bit_bar_sizes_and_absent_and_IO_bars_read_zero(uint offset, uint expected)
    {
        AssignedFunction assigned = new();

        assigned.Write(offset, 4, 0xFFFF_FFFF);

        Assert.Equal(expected, assigned.Read(offset, 4));
    }

    [Fact]
    public void B11_Sizing_an_absent_bar_moves_no_other()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        uint[] before = [.. Enumerable.Range(4, 6).Select(index => assigned.Read((uint)index * 4, 4))];

        assigned.Write(0x24, 4, 0xFFFF_FFFF);
        assigned.Write(0x1C, 4, 0xFFFF_FFFF);

        Assert.Equal(before, Enumerable.Range(4, 6).Select(index => assigned.Read((uint)index * 4, 4)));
    }

    [Fact]
    public void B12_Memory_is_mapped_without_the_pages_of_MSI_X_and_only_then_does_the_hardware_decode()
    {
        AssignedFunction assigned = new();
        List<bool> decoding = [];
        assigned.Guest.Remapping = (_, _, _) => decoding.Add(assigned.Device.DecodesMemory);

        assigned.Enable();

        ulong host = assigned.Device.BarAddress(assigned.Device.Bars[0]);
        Assert.Equal(
            [
                new GuestMapping(AssignedFunction.Bar0, host, 0x2000),
                new GuestMapping(AssignedFunction.Bar0 + 0x5000, host + 0x5000, 0xB000),
                new GuestMapping(AssignedFunction.Bar2, assigned.Device.BarAddress(assigned.Device.Bars[1]), 0x1000),
            ],
            assigned.Guest.Mappings);
        Assert.All(decoding, Assert.False);
        Assert.True(assigned.Device.DecodesMemory);
        Assert.Equal(0x2ul + 0xB + 1, assigned.Function.MappedPages);
    }

    [Fact]
    public void Memory_is_unmapped_before_the_hardware_stops_decoding()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        List<bool> decoding = [];
        assigned.Guest.Remapping = (_, _, _) => decoding.Add(assigned.Device.DecodesMemory);

        assigned.Write(0x04, 2, 0x0004);

        Assert.Equal(3, decoding.Count);
        Assert.All(decoding, Assert.True);
        Assert.Empty(assigned.Guest.Mappings);
        Assert.False(assigned.Device.DecodesMemory);
        Assert.True(assigned.Device.IsBusMaster);
        Assert.Equal(0ul, assigned.Function.MappedPages);
    }

    [Fact]
    public void B13_A_bar_does_not_move_while_it_decodes()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();

        assigned.Write(0x18, 4, 0x2305_0000);

        Assert.Equal((uint)AssignedFunction.Bar2, assigned.Read(0x18, 4));
        Assert.Contains(assigned.Guest.Mappings, mapping => mapping.Guest == AssignedFunction.Bar2);
    }

    [Theory]
    [InlineData(0x4000_0000u)]
    [InlineData(0x0802_0000u)]
    [InlineData(0x22FF_0000u)]
    [InlineData(0xFFFF_0000u)]
    public void B14_A_bar_over_anything_but_the_PCI_window_is_refused_and_nothing_decodes(uint address)
    {
        AssignedFunction assigned = new();
        assigned.Write(0x18, 4, AssignedFunction.Bar2);
        assigned.Write(0x10, 4, address);

        assigned.Write(0x04, 2, 0x0006);

        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(0x0004u, assigned.Read(0x04, 2));
        Assert.False(assigned.Device.DecodesMemory);
        Assert.Equal(1u, assigned.Function.RefusedMappings);
    }

    [Fact]
    public void Bars_that_lie_over_each_other_are_refused()
    {
        AssignedFunction assigned = new();
        assigned.Write(0x10, 4, AssignedFunction.Bar0);
        assigned.Write(0x18, 4, AssignedFunction.Bar0 + 0x3000);

        assigned.Write(0x04, 2, 0x0006);

        Assert.Equal(0x0004u, assigned.Read(0x04, 2));
        Assert.Empty(assigned.Guest.Mappings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_mapping_that_is_refused_half_way_leaves_nothing_mapped(int failing)
    {
        AssignedFunction assigned = new();
        int asked = 0;
        assigned.Guest.RefusesMap = (_, _) => ++asked == failing;

        assigned.Enable();

        Assert.Equal(failing, asked);
        Assert.Empty(assigned.Guest.Mappings);
        Assert.Equal(0x0004u, assigned.Read(0x04, 2));
        Assert.False(assigned.Device.DecodesMemory);
        Assert.Equal(0ul, assigned.Function.MappedPages);

        assigned.Write(0x04, 2, 0x0006);
        Assert.Equal(3, assigned.Guest.Mappings.Count);
    }

    [Fact]
    public void A_function_whose_memory_cannot_be_taken_away_never_decodes_again()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Guest.LosesUnmap = true;
        assigned.Write(0x04, 2, 0x0004);
        assigned.Guest.LosesUnmap = false;

        assigned.Write(0x04, 2, 0x0006);

        Assert.True(assigned.Function.IsBroken);
        Assert.Equal(0x0004u, assigned.Read(0x04, 2));
        Assert.Equal(0u, assigned.HostCommand & 0x0006);
    }

    [Fact]
    public void B16_A_sub_page_bar_at_another_offset_in_its_page_is_refused()
    {
        BareFunction small = new();
        small.Bar(new SimulatedBar(0, 0x800));
        AssignedDevice<BareFunction> assigned = new(small, 0);

        assigned.Write(0x10, 4, 0x2300_0800);
        assigned.Write(0x04, 2, 0x0002);
        Assert.Equal(0u, assigned.Read(0x04, 2));
        Assert.Empty(assigned.Guest.Mappings);

        assigned.Write(0x10, 4, 0x2300_1000);
        assigned.Write(0x04, 2, 0x0002);
        Assert.Equal(0x0002u, assigned.Read(0x04, 2));
        Assert.Single(assigned.Guest.Mappings);
    }

    [Fact]
    public void B20_The_ROM_is_hidden_and_its_hardware_enable_stays_off()
    {
        AssignedFunction assigned = new();

        assigned.Write(0x30, 4, 0xFFFF_FFFF);

        Assert.Equal(0u, assigned.Read(0x30, 4));
        Assert.Equal(0u, assigned.Device.Peek(0x30, AccessWidth.Word) & 1);
    }

    [Fact]
    public void B21_The_interrupt_line_is_a_note_and_there_is_no_INTx()
    {
        AssignedFunction assigned = new();

        assigned.Write(0x3C, 1, 0xAB);

        Assert.Equal(0xABu, assigned.Read(0x3C, 1));
        Assert.Equal(0u, assigned.Read(0x3D, 1));
        Assert.Equal(0u, assigned.Device.Peek(0x3C, AccessWidth.Byte));
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Theory]
    [InlineData(0x0Du)]
    [InlineData(0x0Fu)]
    [InlineData(0x28u)]
    [InlineData(0x2Bu)]
    [InlineData(0x35u)]
    [InlineData(0x36u)]
    [InlineData(0x38u)]
    [InlineData(0x3Eu)]
    [InlineData(0x3Fu)]
    public void What_conventional_PCI_left_over_reads_zero_and_takes_nothing(uint offset)
    {
        AssignedFunction assigned = new(device => device.Poke(offset, AccessWidth.Byte, 0xC5));

        Assert.Equal(AccessResult.Done, assigned.Write(offset, 1, 0xFF));

        Assert.Equal(0u, assigned.Read(offset, 1));
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Fact]
    public void The_cache_line_size_is_a_note()
    {
        AssignedFunction assigned = new();

        assigned.Write(0x0C, 4, 0xFFFF_FF10);

        Assert.Equal(0x0000_0010u, assigned.Read(0x0C, 4));
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Theory]
    [InlineData(0x05u, 0x04u, 0x0400u)]
    [InlineData(0x04u, 0x06u, 0x0006u)]
    public void COMMAND_is_written_by_bytes_as_by_words(uint offset, uint value, uint expected)
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x04, 2, 0);

        assigned.Write(offset, 1, value);

        Assert.Equal(expected, assigned.Read(0x04, 2));
        Assert.Equal(expected == 6, assigned.Device.DecodesMemory);
    }

    [Fact]
    public void B22_A_bridge_is_not_assigned()
    {
        AssignedFunction assigned = new(device => device.Poke(0x0E, AccessWidth.Byte, 0x01));

        Assert.Equal(AssignmentStep.Probe, assigned.Result);
        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0x00, 4));
    }

    [Fact]
    public void INTx_stays_off_in_hardware_whatever_the_guest_says()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();

        assigned.Write(0x04, 2, 0x0002);

        Assert.Equal(0x0400u, assigned.HostCommand & 0x0400);
        Assert.Equal(0u, assigned.Read(0x04, 2) & 0x0400);
    }

    [Fact]
    public void D12_With_MSI_X_enabled_the_guest_sees_INTx_disabled()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);

        assigned.Write(0x04, 2, 0x0006);

        Assert.Equal(0x0406u, assigned.Read(0x04, 2));
        Assert.Equal(0x0406u, assigned.HostCommand);
    }
}
