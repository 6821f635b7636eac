using System;
using Xunit;

namespace Sluice.Registers.Tests.Tables;

/// <summary>A 64-bit register that is accessed upper half first, by tables made by hand: what waits, what is held, and what the hooks see of it.</summary>
public sealed class WaitingHalves
{
    private const uint Low = 0;
    private const uint High = 4;

    // The two halves, and behind them what a read holds, what a write waits with, which lanes wait, and what was in the upper half before.
    private readonly uint[] _words = [0x1111_1111, 0x2222_2222, 0, 0, 0, 0];

    [Fact]
    public void A_write_of_the_first_half_waits_for_the_second_and_then_both_are_there()
    {
        AccessOutcome first = RegisterFile.Write<Halves<Plain>>(_words, High, Lanes.Word, 0xAAAA_AAAA, out uint old);
        Assert.Equal((0x2222_2222u, 0x2222_2222u, 8u, 0u), (old, _words[1], first.Hook, first.Seen(Lanes.Word).Bits));

        AccessOutcome second = RegisterFile.Write<Halves<Plain>>(_words, Low, Lanes.Word, 0xBBBB_BBBB, out old);

        Assert.Equal((0x1111_1111u, 0xBBBB_BBBBu, 0xAAAA_AAAAu), (old, _words[0], _words[1]));
        Assert.Equal((7u, 0xFu), (second.Hook, second.Seen(Lanes.Word).Bits));
        Assert.Equal((0xF0u, 0x2222_2222u), (_words[2 + WordGates.HeldLanes], _words[2 + WordGates.FirstBefore]));
    }

    [Fact]
    public void Only_the_lanes_that_wait_are_taken_along_and_once()
    {
        RegisterFile.Write<Halves<Plain>>(_words, High, new Lanes(0x2), 0xAAAA_AAAA, out _);
        RegisterFile.Write<Halves<Plain>>(_words, High, new Lanes(0x8), 0xCCCC_CCCC, out _);

        RegisterFile.Write<Halves<Plain>>(_words, Low, new Lanes(0x1), 0xBBBB_BBBB, out _);
        Assert.Equal((0x1111_11BBu, 0xCC22_AA22u), (_words[0], _words[1]));
        Assert.Equal(0xA0u, _words[2 + WordGates.HeldLanes]);

        _words[1] = 0x3333_3333;
        RegisterFile.Write<Halves<Plain>>(_words, Low, Lanes.Word, 0x4444_4444, out _);
        Assert.Equal((0x4444_4444u, 0x3333_3333u, 0u), (_words[0], _words[1], _words[2 + WordGates.HeldLanes]));
    }

    [Fact]
    public void A_read_of_the_first_half_holds_the_second_until_it_is_written()
    {
        AccessOutcome first = RegisterFile.Read<Halves<Plain>>(_words, High, Lanes.Word, out uint value);
        Assert.Equal((0x2222_2222u, 0xFu), (value, first.Seen(Lanes.Word).Bits));
        _words[0] = 0x5555_5555;

        AccessOutcome held = RegisterFile.Read<Halves<Plain>>(_words, Low, Lanes.Word, out value);
        Assert.Equal((0x1111_1111u, 0u), (value, held.Seen(Lanes.Word).Bits));
        Assert.Equal(0x5555_5555u, _words[0]);

        RegisterFile.Write<Halves<Plain>>(_words, Low, Lanes.Word, 0x6666_6666, out _);
        AccessOutcome free = RegisterFile.Read<Halves<Plain>>(_words, Low, Lanes.Word, out value);
        Assert.Equal((0x6666_6666u, 0xFu), (value, free.Seen(Lanes.Word).Bits));
    }

    [Fact]
    public void The_second_half_alone_is_read_as_it_is()
    {
        AccessOutcome read = RegisterFile.Read<Halves<Plain>>(_words, Low, Lanes.Word, out uint value);

        Assert.Equal((0x1111_1111u, 0xFu), (value, read.Seen(Lanes.Word).Bits));
    }

    [Fact]
    public void What_waits_clears_by_ones_when_it_is_taken_along_and_keeps_what_cannot_be_written()
    {
        _words[1] = 0xFFFF_2222;
        RegisterFile.Write<Halves<Clears>>(_words, High, Lanes.Word, 0x00F0_3333, out _);
        Assert.Equal(0xFFFF_2222u, _words[1]);

        RegisterFile.Write<Halves<Clears>>(_words, Low, Lanes.Word, 0, out _);

        Assert.Equal(0xFF0F_2233u, _words[1]);
    }

    [Fact]
    public void It_is_said_which_half_comes_first()
    {
        Assert.True(RegisterFile.IsHighFirst<Halves<Plain>>(_words, Low));
        Assert.False(RegisterFile.IsHighFirst<Halves<Plain>>(_words, High));
    }

    [Theory]
    [InlineData(1u, 0xFu)]
    [InlineData(0u, 0u)]
    public void A_half_behind_a_closed_gate_neither_waits_nor_holds(uint condition, uint seen)
    {
        uint[] words = [0x1111_1111, 0x2222_2222, 0, 0, 0, 0, condition];

        AccessOutcome read = RegisterFile.Read<Halves<Gated>>(words, High, Lanes.Word, out uint value);
        Assert.Equal((condition == 0 ? uint.MaxValue : 0x2222_2222u, seen), (value, read.Seen(Lanes.Word).Bits));
        Assert.Equal(condition == 0 ? 0 : WordGates.ReadIsHeld, words[2 + WordGates.HeldLanes]);

        AccessOutcome write = RegisterFile.Write<Halves<Gated>>(words, High, Lanes.Word, 0xAAAA_AAAA, out _);
        Assert.Equal(condition == 0 ? AccessResult.Denied : AccessResult.Done, write.Result);
        Assert.Equal(condition == 0 ? 0 : WordGates.ReadIsHeld | 0xF, words[2 + WordGates.HeldLanes]);
        Assert.Equal((0x2222_2222u, 0u), (words[1], write.Seen(Lanes.Word).Bits));
    }

    /// <summary>What a test chooses: the masks of the upper half, and a gate beside the one that makes it the first.</summary>
    private interface IUpper
    {
        static abstract uint Writable { get; }

        static abstract uint OneToClear { get; }

        static abstract uint Gates { get; }
    }

    private readonly struct Plain : IUpper
    {
        public static uint Writable => uint.MaxValue;

        public static uint OneToClear => 0;

        public static uint Gates => 1;
    }

    private readonly struct Clears : IUpper
    {
        public static uint Writable => 0xFF;

        public static uint OneToClear => 0x00FF_0000;

        public static uint Gates => 1;
    }

    private readonly struct Gated : IUpper
    {
        public static uint Writable => uint.MaxValue;

        public static uint OneToClear => 0;

        public static uint Gates => 2;
    }

    private readonly struct Halves<TUpper> : IRegisterTables
        where TUpper : struct, IUpper
    {
        private const uint Rare = WordFlags.SpecialReads | WordFlags.SpecialWrites | WordFlags.HookReads | WordFlags.HookWrites;

        public static ReadOnlySpan<uint> Words => new uint[]
        {
            uint.MaxValue, uint.MaxValue, 0, 7 | (1u << WordFlags.EffectsShift) | Rare,
            uint.MaxValue, TUpper.Writable, TUpper.OneToClear, 8 | (2u << WordFlags.EffectsShift) | Rare,
        };

        public static ReadOnlySpan<uint> Effects => new uint[]
        {
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 26, 1,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 31, TUpper.Gates,
            uint.MaxValue, WordGates.SecondHalf, 2, 1, 0,
            uint.MaxValue, WordGates.FirstHalf, 2, 0, 0,
            uint.MaxValue, WordGates.Presence, 6, 1, 1,
        };

        public static ReadOnlySpan<uint> Reset => [0, 0];

        public static ReadOnlySpan<uint> Sticky => default;

        public static ReadOnlySpan<uint> Fixed => default;

        public static uint Absent => uint.MaxValue;

        public static uint SizeBytes => 8;

        public static ulong MapHash => 1;

        public static ReadOnlySpan<uint> Registers => [0, 8, 1, 0, 4];

        public static ReadOnlySpan<byte> Names => "BASE"u8;

        public static uint Slot(uint offset) => offset >> 2;
    }
}
