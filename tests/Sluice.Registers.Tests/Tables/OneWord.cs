using System;

namespace Sluice.Registers.Tests.Tables;

/// <summary>Tables of one word, made by hand: what a test writes here is what the merge routine works on.</summary>
public static class OneWord
{
    /// <summary>A word without a register in its upper two bytes, and with every mask that a plain word can have.</summary>
    public interface IMasks
    {
        static abstract uint Readable { get; }

        static abstract uint Writable { get; }

        static abstract uint OneToClear { get; }

        static abstract uint Flags { get; }

        static abstract ReadOnlySpan<uint> Effects { get; }

        static abstract uint Reset { get; }

        static abstract uint Sticky { get; }
    }

    /// <summary>The tables of such a word.</summary>
    public readonly struct Tables<TMasks> : IRegisterTables
        where TMasks : struct, IMasks
    {
        public static ReadOnlySpan<uint> Words => new[] { TMasks.Readable, TMasks.Writable, TMasks.OneToClear, TMasks.Flags };

        public static ReadOnlySpan<uint> Effects => TMasks.Effects;

        public static ReadOnlySpan<uint> Reset => new[] { TMasks.Reset };

        public static ReadOnlySpan<uint> Sticky => new[] { TMasks.Sticky };

        public static ReadOnlySpan<uint> Fixed => default;

        public static uint Absent => uint.MaxValue;

        public static uint SizeBytes => 4;

        public static ulong MapHash => 0x0123_4567_89AB_CDEF;

        public static ReadOnlySpan<uint> Registers => [0, 4, 1, 0, 4];

        public static ReadOnlySpan<byte> Names => "WORD"u8;

        public static uint Slot(uint offset) => offset >> 2;
    }
}
