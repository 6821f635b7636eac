using System;
using System.Text;
using Xunit;

namespace Sluice.Registers.Tests.Tables;

/// <summary>Which register a byte belongs to, what it is called and what it resets to, by tables made by hand.</summary>
public sealed class DescribedRegisters
{
    [Theory]
    [InlineData(0u, 0, 0u)]
    [InlineData(3u, 0, 0u)]
    [InlineData(4u, 1, 0u)]
    [InlineData(5u, 1, 0u)]
    [InlineData(6u, -1, 0u)]
    [InlineData(7u, -1, 0u)]
    [InlineData(8u, 1, 1u)]
    [InlineData(9u, 1, 1u)]
    [InlineData(12u, 1, 2u)]
    [InlineData(13u, 1, 2u)]
    [InlineData(14u, -1, 0u)]
    [InlineData(15u, -1, 0u)]
    [InlineData(16u, 2, 0u)]
    [InlineData(23u, 2, 0u)]
    [InlineData(24u, -1, 0u)]
    [InlineData(uint.MaxValue, -1, 0u)]
    public void A_byte_belongs_to_the_element_that_covers_it_or_to_none(uint offset, int register, uint element)
    {
        Assert.Equal(register, RegisterNames.Find<Three>(offset, out uint found));
        Assert.Equal(element, found);
    }

    [Theory]
    [InlineData(0, "CTRL")]
    [InlineData(1, "LANE")]
    [InlineData(2, "BASE")]
    [InlineData(3, "")]
    [InlineData(-1, "")]
    public void A_register_has_the_hardware_s_name(int index, string name)
    {
        Assert.Equal(3, RegisterNames.Count<Three>());
        Assert.Equal(name, Encoding.UTF8.GetString(RegisterNames.Name<Three>(index)));
    }

    [Theory]
    [InlineData(0u, 4u, 0x8765_4321ul)]
    [InlineData(0u, 1u, 0x21ul)]
    [InlineData(1u, 1u, 0x43ul)]
    [InlineData(2u, 2u, 0x8765ul)]
    [InlineData(3u, 1u, 0x87ul)]
    [InlineData(16u, 8u, 0x0123_4567_89AB_CDEFul)]
    [InlineData(20u, 8u, 0ul)]
    [InlineData(24u, 4u, 0ul)]
    [InlineData(uint.MaxValue - 3, 4u, 0ul)]
    public void A_reset_value_is_that_of_the_bytes_and_zero_where_nothing_is_described(uint offset, uint bytes, ulong value)
        => Assert.Equal(value, RegisterFile.ResetValue<Three>(offset, bytes));

    [Fact]
    public void A_plain_word_is_read_and_written_at_once_and_one_that_is_not_is_left()
    {
        uint[] words = [0x1234_5678, 0xFFFF, 0, 0, 7, 8];

        Assert.True(RegisterFile.TryReadPlain<Three>(words, 0, out uint value));
        Assert.Equal(0x1234_5678u, value);
        Assert.True(RegisterFile.TryWritePlain<Three>(words, 0, 0x0000_FF00, 0xAAAA_AAAA));
        Assert.Equal(0x1234_AA78u, words[0]);
        Assert.False(RegisterFile.TryReadPlain<Three>(words, 4, out _));
        Assert.False(RegisterFile.TryWritePlain<Three>(words, 4, uint.MaxValue, 0));
        Assert.Equal(0xFFFFu, words[1]);
        Assert.False(RegisterFile.TryReadPlain<Three>(words, 24, out value));
        Assert.Equal(0u, value);
        Assert.False(RegisterFile.TryWritePlain<Three>(words, 24, uint.MaxValue, 0));
        Assert.False(RegisterFile.IsHighFirst<Three>(words, 0));
        Assert.False(RegisterFile.IsHighFirst<Three>(words, 24));
    }

    [Fact]
    public void A_reset_begins_what_lies_behind_the_registers_with_zero_and_keeps_what_is_sticky_when_it_is_warm()
    {
        uint[] words = [1, 2, 3, 4, 5, 6, 7];

        RegisterFile.Reset<Three>(words, ResetKind.Warm);
        Assert.Equal([0x8765_4321u, 2, 0, 0, 0x89AB_CDEF, 0x0123_4567, 0], words);

        words[1] = 9;
        RegisterFile.Reset<Three>(words, ResetKind.PowerOn);
        Assert.Equal([0x8765_4321u, 0, 0, 0, 0x89AB_CDEF, 0x0123_4567, 0], words);
    }

    [Fact]
    public void A_snapshot_that_was_taken_back_leaves_fixed_bits_at_their_reset_value()
    {
        uint[] words = [0xFFFF_FFFF, 1, 2, 3, 4, 5, 6];
        byte[] snapshot = new byte[RegisterSnapshot.SizeBytes(words.Length)];
        Assert.Equal(8 + (7 * 4), snapshot.Length);
        Assert.True(RegisterSnapshot.TrySave<Three>(words, snapshot));
        uint[] restored = new uint[7];

        Assert.True(RegisterSnapshot.TryRestore<Three>(restored, snapshot));

        Assert.Equal([0xFFFF_4321u, 1, 2, 3, 4, 5, 6], restored);
        Assert.False(RegisterSnapshot.TryRestore<Three>(restored.AsSpan(1), snapshot));
        Assert.False(RegisterSnapshot.TrySave<Three>(words, snapshot.AsSpan(1)));
        Assert.True(RegisterSnapshot.TrySave<Three>(words, new byte[snapshot.Length + 1]));
    }

    [Fact]
    public void A_restore_says_which_register_was_unfit_and_names_none_when_it_was_not_due_to_one()
    {
        Assert.Equal((-1, 0u, false), Told(new RestoreOutcome(RestoreResult.OtherMap)));
        Assert.Equal((-1, 0u, true), Told(new RestoreOutcome(RestoreResult.Restored)));
        Assert.Equal((1, 2u, false), Told(new RestoreOutcome(1, 2)));
        Assert.Equal(RestoreResult.Unsanitized, new RestoreOutcome(1, 2).Result);

        static (int, uint, bool) Told(RestoreOutcome outcome) => (outcome.Register, outcome.Element, outcome.IsRestored);
    }

    [Theory]
    [InlineData(new uint[0], 0u, -1)]
    [InlineData(new uint[] { 5 }, 5u, 0)]
    [InlineData(new uint[] { 5 }, 4u, -1)]
    [InlineData(new uint[] { 5 }, 6u, -1)]
    [InlineData(new uint[] { 0, 1, 0xFFFF_FFFF }, 0xFFFF_FFFFu, 2)]
    [InlineData(new uint[] { 0, 1, 0xFFFF_FFFF }, 0xFFFF_FFFEu, -1)]
    [InlineData(new uint[] { 1, 3, 5, 7, 9 }, 0u, -1)]
    [InlineData(new uint[] { 1, 3, 5, 7, 9 }, 1u, 0)]
    [InlineData(new uint[] { 1, 3, 5, 7, 9 }, 3u, 1)]
    [InlineData(new uint[] { 1, 3, 5, 7, 9 }, 5u, 2)]
    [InlineData(new uint[] { 1, 3, 5, 7, 9 }, 7u, 3)]
    [InlineData(new uint[] { 1, 3, 5, 7, 9 }, 9u, 4)]
    [InlineData(new uint[] { 1, 3, 5, 7, 9 }, 6u, -1)]
    [InlineData(new uint[] { 1, 3, 5, 7, 9 }, 10u, -1)]
    public void A_page_far_from_others_is_found_among_them(uint[] pages, uint page, int place)
        => Assert.Equal(place < 0 ? uint.MaxValue : (uint)place, SparsePages.Find(pages, page));

    /// <summary>A 32-bit register at 0, three of 16 bits four bytes apart from 4 on, which are not plain, and one of 64 bits at 16.</summary>
    private readonly struct Three : IRegisterTables
    {
        private const uint Special = WordFlags.SpecialReads | WordFlags.SpecialWrites;

        public static ReadOnlySpan<uint> Words =>
        [
            uint.MaxValue, uint.MaxValue, 0, 0,
            0xFFFF, 0xFFFF, 0, Special,
            0xFFFF, 0xFFFF, 0, Special,
            0xFFFF, 0xFFFF, 0, Special,
            uint.MaxValue, uint.MaxValue, 0, 0,
            uint.MaxValue, uint.MaxValue, 0, 0,
        ];

        public static ReadOnlySpan<uint> Effects => default;

        public static ReadOnlySpan<uint> Reset => [0x8765_4321, 0, 0, 0, 0x89AB_CDEF, 0x0123_4567];

        public static ReadOnlySpan<uint> Sticky => [0, uint.MaxValue];

        public static ReadOnlySpan<uint> Fixed => [0xFFFF];

        public static uint Absent => 0;

        public static uint SizeBytes => 24;

        public static ulong MapHash => 0x0123_4567_89AB_CDEF;

        public static ReadOnlySpan<uint> Registers =>
        [
            0, 4, 1, 0, 4,
            4, 2, 3, 4, (4 << 8) | 4,
            16, 8, 1, 0, (8 << 8) | 4,
        ];

        public static ReadOnlySpan<byte> Names => "CTRLLANEBASE"u8;

        public static uint Slot(uint offset) => offset >> 2;
    }
}
