using System;
using Xunit;

namespace Sluice.Registers.Tests.Tables;

/// <summary>Words whose registers are not always there: several gates at once, and what an access through a closed one comes to.</summary>
public sealed class GatedWords
{
    private const uint State = 0xA5A5_5A5A;
    private const uint There = 1;

    [Theory]
    [InlineData(There, 0xFu, AccessResult.Done, State)]
    [InlineData(There, 0x1u, AccessResult.Denied, 0xFFFF_FFFFu)]
    [InlineData(0u, 0xFu, AccessResult.Denied, 0xFFFF_FFFFu)]
    [InlineData(0u, 0x1u, AccessResult.Denied, 0xFFFF_FFFFu)]
    public void A_register_behind_two_gates_is_there_when_both_are_open(uint condition, uint lanes, AccessResult result, uint value)
    {
        uint[] words = [State, condition];

        AccessOutcome read = RegisterFile.Read<OneWord.Tables<TwiceAbsent>>(words, 0, new Lanes(lanes), out uint shown);
        AccessOutcome write = RegisterFile.Write<OneWord.Tables<TwiceAbsent>>(words, 0, new Lanes(lanes), 0, out _);

        Assert.Equal((result, value), (read.Result, shown));
        Assert.Equal(result, write.Result);
        Assert.Equal(result == AccessResult.Done ? 0 : State, words[0]);
        Assert.Equal(result == AccessResult.Done ? lanes : 0, read.Seen(new Lanes(lanes)).Bits);
        Assert.Equal(result == AccessResult.Done ? lanes : 0, write.Seen(new Lanes(lanes)).Bits);
    }

    [Theory]
    [InlineData(0xFu, State, true)]
    [InlineData(0x3u, 0u, false)]
    [InlineData(0x1u, 0u, false)]
    public void A_register_behind_two_gates_for_widths_reads_zero_through_either_and_is_not_written(uint lanes, uint value, bool written)
    {
        uint[] words = [State, 0];

        AccessOutcome read = RegisterFile.Read<OneWord.Tables<TwiceZero>>(words, 0, new Lanes(lanes), out uint shown);
        AccessOutcome write = RegisterFile.Write<OneWord.Tables<TwiceZero>>(words, 0, new Lanes(lanes), 0, out _);

        Assert.Equal((AccessResult.Done, value), (read.Result, shown));
        Assert.Equal(AccessResult.Done, write.Result);
        Assert.Equal(written ? 0 : State, words[0]);
        Assert.Equal(written ? lanes : 0, write.Seen(new Lanes(lanes)).Bits);
    }

    [Theory]
    [InlineData(There, true)]
    [InlineData(0u, false)]
    public void A_lock_keeps_a_write_out_however_many_locks_there_are_and_is_no_hindrance_to_a_read(uint condition, bool written)
    {
        uint[] words = [State, condition];

        AccessOutcome read = RegisterFile.Read<OneWord.Tables<TwiceLocked>>(words, 0, Lanes.Word, out uint shown);
        AccessOutcome write = RegisterFile.Write<OneWord.Tables<TwiceLocked>>(words, 0, Lanes.Word, 0, out _);

        Assert.Equal((AccessResult.Done, State, 0xFu), (read.Result, shown, read.Seen(Lanes.Word).Bits));
        Assert.Equal(AccessResult.Done, write.Result);
        Assert.Equal(written ? 0 : State & 0xFFFF, words[0]);
        Assert.Equal(written ? 0xFu : 0xCu, write.Seen(Lanes.Word).Bits);
    }

    [Fact]
    public void A_lane_that_is_denied_and_behind_a_closed_gate_is_absent_once()
    {
        uint[] words = [State, 0];

        Assert.Equal(AccessResult.Denied, RegisterFile.Read<OneWord.Tables<DeniedAndAbsent>>(words, 0, new Lanes(0x8), out uint value).Result);
        Assert.Equal(0xFF00_0000u, value & 0xFF00_0000);
        Assert.Equal(AccessResult.Denied, RegisterFile.Write<OneWord.Tables<DeniedAndAbsent>>(words, 0, new Lanes(0x8), 0, out _).Result);
        Assert.Equal(0xFFFF_FFFFu, RegisterFile.Peek<OneWord.Tables<DeniedAndAbsent>>(words, 0));
        Assert.Equal(State, RegisterFile.Peek<OneWord.Tables<DeniedAndAbsent>>([State, There], 0));
    }

    [Fact]
    public void A_hook_that_wants_writes_is_not_told_of_a_read_that_has_effects()
    {
        uint[] words = [State, 0];

        Assert.Equal(0u, RegisterFile.Read<OneWord.Tables<ReadsClearHooksWrite>>(words, 0, Lanes.Word, out _).Hook);
        Assert.Equal(0u, words[0]);
        Assert.Equal(7u, RegisterFile.Write<OneWord.Tables<ReadsClearHooksWrite>>(words, 0, Lanes.Word, 0, out _).Hook);
    }

    [Fact]
    public void A_hook_that_wants_reads_is_not_told_of_a_write_that_has_effects()
    {
        uint[] words = [State, 0];

        Assert.Equal(0u, RegisterFile.Write<OneWord.Tables<WritesSetHooksRead>>(words, 0, Lanes.Word, 0, out _).Hook);
        Assert.Equal(uint.MaxValue, words[0]);
        Assert.Equal(7u, RegisterFile.Read<OneWord.Tables<WritesSetHooksRead>>(words, 0, Lanes.Word, out _).Hook);
    }

    private const uint Gated = (1u << WordFlags.EffectsShift) | WordFlags.SpecialReads | WordFlags.SpecialWrites;

    private readonly struct TwiceAbsent : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => uint.MaxValue;

        public static uint OneToClear => 0;

        public static uint Flags => Gated;

        public static ReadOnlySpan<uint> Effects =>
        [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13, 2,
            uint.MaxValue, WordGates.Presence, 1, There, There,
            uint.MaxValue, WordGates.WidthsOrAbsent, 0, 4, 0,
        ];

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }

    private readonly struct TwiceZero : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => uint.MaxValue;

        public static uint OneToClear => 0;

        public static uint Flags => Gated;

        public static ReadOnlySpan<uint> Effects =>
        [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13, 2,
            uint.MaxValue, WordGates.WidthsOrZero, 0, 4 | 2, 0,
            uint.MaxValue, WordGates.WidthsOrZero, 0, 4, 0,
        ];

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }

    private readonly struct TwiceLocked : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => uint.MaxValue;

        public static uint OneToClear => 0;

        public static uint Flags => Gated;

        public static ReadOnlySpan<uint> Effects =>
        [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13, 2,
            0xFFFF, WordGates.WriteEnable | WordGates.Whole, 1, There, There,
            0xFFFF, WordGates.WriteEnable | WordGates.Whole, 1, There, There,
        ];

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }

    private readonly struct DeniedAndAbsent : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => 0;

        public static uint OneToClear => 0;

        public static uint Flags => Gated | (0x8u << WordFlags.ReadDeniedShift) | (0x8u << WordFlags.WriteDeniedShift);

        public static ReadOnlySpan<uint> Effects =>
        [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13, 1,
            uint.MaxValue, WordGates.Presence, 1, There, There,
        ];

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }

    private readonly struct ReadsClearHooksWrite : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => 0;

        public static uint OneToClear => 0;

        public static uint Flags => 7u | Gated | WordFlags.HookWrites;

        public static ReadOnlySpan<uint> Effects => [0, 0, 0, 0, 0, 0, 0, uint.MaxValue, 0, 0, 0, 0, 0];

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }

    private readonly struct WritesSetHooksRead : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => 0;

        public static uint OneToClear => 0;

        public static uint Flags => 7u | Gated | WordFlags.HookReads;

        public static ReadOnlySpan<uint> Effects => [0, 0, 0, 0, 0, 0, uint.MaxValue, 0, 0, 0, 0, 0, 0];

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }
}
