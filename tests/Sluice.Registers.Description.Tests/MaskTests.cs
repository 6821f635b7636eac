using Xunit;

namespace Sluice.Registers.Description.Tests;

public class MaskTests
{
    [Theory]
    [InlineData("oneToClear")]
    [InlineData("oneToSet")]
    [InlineData("oneToToggle")]
    [InlineData("zeroToClear")]
    [InlineData("zeroToSet")]
    [InlineData("zeroToToggle")]
    [InlineData("clear")]
    [InlineData("set")]
    [InlineData("modify")]
    public void Each_write_action_has_its_own_mask(string action)
    {
        BitMasks masks = Description.Register(Description.WithFields(
            "<field><name>F</name><bitRange>[7:4]</bitRange><modifiedWriteValues>" + action + "</modifiedWriteValues></field>")).Masks;
        ulong[] all =
        [
            masks.OneToClear, masks.OneToSet, masks.OneToToggle, masks.ZeroToClear, masks.ZeroToSet, masks.ZeroToToggle,
            masks.AnyClears, masks.AnySets, masks.WriteModifies,
        ];
        int index = System.Array.IndexOf(SvdWords.ModifiedWriteValues.Words, action);
        for (int other = 0; other < all.Length; other++)
        {
            Assert.Equal(other == index ? 0xF0u : 0u, all[other]);
        }

        Assert.Equal(0u, masks.Store);
        Assert.Equal(0xF0u, masks.Writable);
    }

    [Theory]
    [InlineData("read-write", 0xF, 0xF, 0)]
    [InlineData("read-only", 0xF, 0, 0)]
    [InlineData("write-only", 0, 0xF, 0)]
    [InlineData("writeOnce", 0, 0xF, 0xF)]
    [InlineData("read-writeOnce", 0xF, 0xF, 0xF)]
    public void Access_says_who_reads_and_writes(string access, uint readable, uint store, uint once)
    {
        BitMasks masks = Description.Register(Description.WithFields(
            "<field><name>F</name><bitRange>[3:0]</bitRange><access>" + access + "</access></field>")).Masks;
        Assert.Equal((readable, store, once), ((uint)masks.Readable, (uint)masks.Store, (uint)masks.WriteOnce));
    }

    [Fact]
    public void Read_actions_reserved_sticky_and_strapped_bits_have_their_masks()
    {
        BitMasks masks = Description.Register(Description.WithFields(
            """
            <field><name>RC</name><bitRange>[0:0]</bitRange><readAction>clear</readAction></field>
            <field><name>RS</name><bitRange>[1:1]</bitRange><readAction>set</readAction></field>
            <field><name>RM</name><bitRange>[2:2]</bitRange><readAction>modify</readAction></field>
            <field><name>RX</name><bitRange>[3:3]</bitRange><readAction>modifyExternal</readAction></field>
            <field trap:reserved="preserve"><name>P</name><bitRange>[4:4]</bitRange></field>
            <field trap:reserved="zero"><name>Z</name><bitRange>[5:5]</bitRange></field>
            <field trap:sticky="true"><name>S</name><bitRange>[6:6]</bitRange></field>
            <field trap:hwInit="true"><name>H</name><bitRange>[7:7]</bitRange></field>
            """)).Masks;
        Assert.Equal((1ul, 2ul, 0xCul), (masks.ReadClears, masks.ReadSets, masks.ReadModifies));
        Assert.Equal((0x10ul, 0xFFFF_FF20ul), (masks.ReservedPreserve, masks.ReservedZero));
        Assert.Equal((0xC0ul, 0xCFul, 0x4Ful), (masks.Sticky, masks.Readable, masks.Store));
    }

    [Fact]
    public void A_register_without_fields_acts_as_one()
    {
        BitMasks masks = Description.Register(Description.WithRegisters(
            "<register><name>R</name><addressOffset>0</addressOffset><size>64</size><modifiedWriteValues>oneToClear</modifiedWriteValues><readAction>set</readAction></register>")).Masks;
        Assert.Equal((ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0ul), (masks.Readable, masks.OneToClear, masks.ReadSets, masks.ReservedZero));
    }

    [Fact]
    public void Fields_take_the_registers_actions_unless_they_have_their_own()
    {
        BitMasks masks = Description.Register(Description.WithRegisters(
            """
            <register><name>R</name><addressOffset>0</addressOffset><modifiedWriteValues>oneToSet</modifiedWriteValues><readAction>clear</readAction><fields>
              <field><name>A</name><bitRange>[0:0]</bitRange></field>
              <field><name>B</name><bitRange>[1:1]</bitRange><modifiedWriteValues>zeroToClear</modifiedWriteValues></field>
              <field><name>C</name><bitRange>[2:2]</bitRange><access>read-only</access></field>
              <field><name>D</name><bitRange>[3:3]</bitRange><access>write-only</access></field></fields></register>
            """)).Masks;
        Assert.Equal((0x9ul, 0x2ul, 0x7ul), (masks.OneToSet, masks.ZeroToClear, masks.ReadClears));
    }
}
