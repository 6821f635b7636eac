using System;

namespace Sluice.Registers;

/// <summary>
/// The tables that the generator makes of one view of a block. Everything is read-only data of the assembly: nothing is built at start-up.
/// A block is seen as little-endian 32-bit words; a word that the view describes has a slot, and the slot indexes all tables.
/// </summary>
public interface IRegisterTables
{
    /// <summary>Four entries a slot: readable bits, writable bits, write-one-to-clear bits, <see cref="WordFlags"/>.</summary>
    static abstract ReadOnlySpan<uint> Words { get; }

    /// <summary>Entries of <see cref="WriteEffects.EntryLength"/> values for the words that have rarer semantics; a word's flags hold its entry, counted from 1. Behind all entries stand the gates of words, see <see cref="WordGates"/>.</summary>
    static abstract ReadOnlySpan<uint> Effects { get; }

    /// <summary>The reset value of each slot. Bytes that are not described hold the absent value.</summary>
    static abstract ReadOnlySpan<uint> Reset { get; }

    /// <summary>The bits of each slot, and of each word of memory behind the slots, that survive a warm reset; empty when no bit of the view does.</summary>
    static abstract ReadOnlySpan<uint> Sticky { get; }

    /// <summary>The bits of each slot that neither an access nor a hook can change: constants, and bytes that are not described; empty when there are none.</summary>
    static abstract ReadOnlySpan<uint> Fixed { get; }

    /// <summary>What a byte that is not described reads as, in each byte of a word: 0xFFFFFFFF or 0.</summary>
    static abstract uint Absent { get; }

    /// <summary>The size of the block in bytes.</summary>
    static abstract uint SizeBytes { get; }

    /// <summary>A hash over everything that gives stored words their meaning; a snapshot carries it.</summary>
    static abstract ulong MapHash { get; }

    /// <summary>Five entries a register, sorted by offset: byte offset, width in bytes, element count, stride in bytes, name (start in <see cref="Names"/> &lt;&lt; 8 | length).</summary>
    static abstract ReadOnlySpan<uint> Registers { get; }

    /// <summary>The hardware names of the registers, UTF-8, one after the other.</summary>
    static abstract ReadOnlySpan<byte> Names { get; }

    /// <summary>The slot of the word at a byte offset.</summary>
    /// <param name="offset">Byte offset in the block; any value.</param>
    /// <returns>The slot, or a number that is not below the number of slots when the word is not described.</returns>
    static abstract uint Slot(uint offset);
}
