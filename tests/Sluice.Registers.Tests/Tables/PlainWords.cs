using System;
using Xunit;

namespace Sluice.Registers.Tests.Tables;

/// <summary>The masks and golden values of the unit test that Xen's vPCI has for its own merge (tools/tests/vpci/main.c).</summary>
public sealed class PlainWords
{
    private const uint State = 0x0F0F_0F0F;

    [Fact]
    public void A_read_shows_read_only_and_w1c_bits_and_no_reserved_ones()
    {
        uint[] words = [State];
        AccessOutcome outcome = RegisterFile.Read<OneWord.Tables<Masks>>(words, 0, Lanes.Word, out uint value);
        Assert.Equal(0x0000_0F0Fu, value);
        Assert.Equal(AccessResult.Done, outcome.Result);
        Assert.Equal(State, words[0]);
    }

    [Theory]
    [InlineData(0xFu, 0x0000_0000u, 0x000F_0F0Fu)]
    [InlineData(0xFu, 0xFFFF_FFFFu, 0x000F_000Fu)]
    [InlineData(0x2u, 0x0000_5A00u, 0x000F_050Fu)]
    [InlineData(0x1u, 0xFFFF_FFFFu, 0x000F_0F0Fu)]
    public void A_write_keeps_read_only_and_RsvdP_bits_and_clears_by_ones(uint lanes, uint value, uint expected)
    {
        // RsvdZ bits are never stored: the state of a view has zeros there from the beginning.
        uint[] words = [State & 0x00FF_FFFF];
        RegisterFile.Write<OneWord.Tables<Masks>>(words, 0, new Lanes(lanes), value, out uint old);
        Assert.Equal(expected, words[0]);
        Assert.Equal(State & 0x00FF_FFFF, old);
    }

    [Fact]
    public void A_partial_write_never_clears_a_neighbouring_w1c_bit()
    {
        for (uint lanes = 0; lanes < 16; lanes++)
        {
            uint[] words = [uint.MaxValue];
            RegisterFile.Write<OneWord.Tables<AllOneToClear>>(words, 0, new Lanes(lanes), uint.MaxValue, out _);
            Assert.Equal(~new Lanes(lanes).Mask32, words[0]);
        }
    }

    [Fact]
    public void Bytes_words_and_half_words_leave_the_same_state()
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            uint start = (uint)random.NextInt64();
            uint value = (uint)random.NextInt64();
            uint[] whole = [start];
            uint[] halves = [start];
            uint[] bytes = [start];
            RegisterFile.Write<OneWord.Tables<Masks>>(whole, 0, Lanes.Word, value, out _);
            RegisterFile.Write<OneWord.Tables<Masks>>(halves, 0, new Lanes(0x3), value, out _);
            RegisterFile.Write<OneWord.Tables<Masks>>(halves, 0, new Lanes(0xC), value, out _);
            for (int lane = 0; lane < 4; lane++)
            {
                RegisterFile.Write<OneWord.Tables<Masks>>(bytes, 0, new Lanes(1u << lane), value, out _);
            }

            Assert.Equal(whole, halves);
            Assert.Equal(whole, bytes);
        }
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(uint.MaxValue)]
    public void A_word_without_a_slot_reads_absent_and_drops_writes(uint offset)
    {
        uint[] words = [State];
        Assert.Equal(AccessResult.Denied, RegisterFile.Read<OneWord.Tables<Masks>>(words, offset, Lanes.Word, out uint value).Result);
        Assert.Equal(uint.MaxValue, value);
        Assert.Equal(AccessResult.Denied, RegisterFile.Write<OneWord.Tables<Masks>>(words, offset, Lanes.Word, 0, out _).Result);
        Assert.Equal(uint.MaxValue, RegisterFile.Peek<OneWord.Tables<Masks>>(words, offset));
        Assert.Equal(State, words[0]);
    }

    [Fact]
    public void A_warm_reset_spares_sticky_bits_and_a_power_on_reset_does_not()
    {
        uint[] words = [0x1234_5678];
        RegisterFile.Reset<OneWord.Tables<Masks>>(words, ResetKind.Warm);
        Assert.Equal(0x1200_0001u, words[0]);
        RegisterFile.Reset<OneWord.Tables<Masks>>(words, ResetKind.PowerOn);
        Assert.Equal(0x0000_0001u, words[0]);
    }

    /// <summary>Xen's: RO in the lowest byte, RW1C above, then RsvdP, then RsvdZ.</summary>
    private readonly struct Masks : OneWord.IMasks
    {
        public static uint Readable => 0x0000_FFFF;

        public static uint Writable => 0;

        public static uint OneToClear => 0x0000_FF00;

        public static uint Flags => 0;

        public static ReadOnlySpan<uint> Effects => default;

        public static uint Reset => 1;

        public static uint Sticky => 0xFF00_0000;
    }

    private readonly struct AllOneToClear : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => 0;

        public static uint OneToClear => uint.MaxValue;

        public static uint Flags => 0;

        public static ReadOnlySpan<uint> Effects => default;

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }
}
