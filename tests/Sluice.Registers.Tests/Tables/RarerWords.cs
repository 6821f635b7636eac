using System;
using Xunit;

namespace Sluice.Registers.Tests.Tables;

public sealed class RarerWords
{
    [Fact]
    public void Reading_one_lane_clears_only_that_lane()
    {
        uint[] words = [uint.MaxValue, 0];
        RegisterFile.Read<OneWord.Tables<ReadClears>>(words, 0, new Lanes(0x4), out uint value);
        Assert.Equal(uint.MaxValue, value);
        Assert.Equal(0xFF00_FFFFu, words[0]);
    }

    [Fact]
    public void Peeking_clears_nothing()
    {
        uint[] words = [uint.MaxValue, 0];
        Assert.Equal(uint.MaxValue, RegisterFile.Peek<OneWord.Tables<ReadClears>>(words, 0));
        Assert.Equal(uint.MaxValue, words[0]);
    }

    [Fact]
    public void A_write_once_bit_takes_the_first_write_to_its_lane_until_a_reset()
    {
        uint[] words = [0, 0];
        RegisterFile.Write<OneWord.Tables<WriteOnce>>(words, 0, new Lanes(0x1), 0x0000_00A5, out _);
        Assert.Equal(0x0000_00A5u, words[0]);
        RegisterFile.Write<OneWord.Tables<WriteOnce>>(words, 0, Lanes.Word, 0x1122_3344, out _);
        Assert.Equal(0x1122_33A5u, words[0]);
        RegisterFile.Write<OneWord.Tables<WriteOnce>>(words, 0, Lanes.Word, 0, out _);
        Assert.Equal(0x1122_33A5u, words[0]);
        RegisterFile.Reset<OneWord.Tables<WriteOnce>>(words, ResetKind.Warm);
        RegisterFile.Write<OneWord.Tables<WriteOnce>>(words, 0, Lanes.Word, 0x55, out _);
        Assert.Equal(0x55u, words[0]);
    }

    [Fact]
    public void A_denied_lane_is_reported_only_when_it_is_touched()
    {
        uint[] words = [0xFFFF_1234];
        Assert.Equal(AccessResult.Done, RegisterFile.Read<OneWord.Tables<UpperHalfDenied>>(words, 0, new Lanes(0x3), out _).Result);
        Assert.Equal(AccessResult.Denied, RegisterFile.Read<OneWord.Tables<UpperHalfDenied>>(words, 0, Lanes.Word, out uint value).Result);
        Assert.Equal(0xFFFF_1234u, value);
        Assert.Equal(AccessResult.Denied, RegisterFile.Write<OneWord.Tables<UpperHalfDenied>>(words, 0, Lanes.Word, 0x0000_5678, out _).Result);
        Assert.Equal(0xFFFF_5678u, words[0]);
    }

    [Fact]
    public void A_hook_is_named_for_the_kind_of_access_that_it_wants()
    {
        uint[] words = [0];
        Assert.Equal(0u, RegisterFile.Read<OneWord.Tables<HookedOnWrite>>(words, 0, Lanes.Word, out _).Hook);
        AccessOutcome outcome = RegisterFile.Write<OneWord.Tables<HookedOnWrite>>(words, 0, Lanes.Word, 0x99, out uint old);
        Assert.Equal((7u, AccessResult.Done, 0u, 0x99u), (outcome.Hook, outcome.Result, old, words[0]));
    }

    [Fact]
    public void A_snapshot_of_another_map_or_length_is_refused_and_changes_nothing()
    {
        uint[] words = [0x1234];
        byte[] snapshot = new byte[RegisterSnapshot.SizeBytes(1)];
        Assert.False(RegisterSnapshot.TrySave<OneWord.Tables<HookedOnWrite>>(words, snapshot.AsSpan(1)));
        Assert.True(RegisterSnapshot.TrySave<OneWord.Tables<HookedOnWrite>>(words, snapshot));
        words[0] = 0x5678;
        snapshot[0] ^= 1;
        Assert.False(RegisterSnapshot.TryRestore<OneWord.Tables<HookedOnWrite>>(words, snapshot));
        snapshot[0] ^= 1;
        Assert.False(RegisterSnapshot.TryRestore<OneWord.Tables<HookedOnWrite>>(words, snapshot.AsSpan(0, 11)));
        Assert.Equal(0x5678u, words[0]);
        Assert.True(RegisterSnapshot.TryRestore<OneWord.Tables<HookedOnWrite>>(words, snapshot));
        Assert.Equal(0x1234u, words[0]);
    }

    private readonly struct ReadClears : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => 0;

        public static uint OneToClear => 0;

        public static uint Flags => (1u << WordFlags.EffectsShift) | WordFlags.SpecialReads | WordFlags.SpecialWrites;

        public static ReadOnlySpan<uint> Effects => [0, 0, 0, 0, 0, 0, 0, uint.MaxValue, 0, 0, 0, 0, 0];

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }

    private readonly struct WriteOnce : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => uint.MaxValue;

        public static uint OneToClear => 0;

        public static uint Flags => (1u << WordFlags.EffectsShift) | WordFlags.SpecialReads | WordFlags.SpecialWrites;

        public static ReadOnlySpan<uint> Effects => [0, 0, 0, 0, 0, 0, 0, 0, 0, uint.MaxValue, 1, 0, 0];

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }

    private readonly struct UpperHalfDenied : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => 0x0000_FFFF;

        public static uint OneToClear => 0;

        public static uint Flags => (0xCu << WordFlags.ReadDeniedShift) | (0xCu << WordFlags.WriteDeniedShift) | WordFlags.SpecialReads | WordFlags.SpecialWrites;

        public static ReadOnlySpan<uint> Effects => default;

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }

    private readonly struct HookedOnWrite : OneWord.IMasks
    {
        public static uint Readable => uint.MaxValue;

        public static uint Writable => uint.MaxValue;

        public static uint OneToClear => 0;

        public static uint Flags => 7u | WordFlags.HookWrites | WordFlags.SpecialWrites;

        public static ReadOnlySpan<uint> Effects => default;

        public static uint Reset => 0;

        public static uint Sticky => 0;
    }
}
