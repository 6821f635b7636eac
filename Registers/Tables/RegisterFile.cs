using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Registers;

/// <summary>
/// The one place where the semantics of an access are applied. The generator contributes tables, this type the meaning; a plain word
/// (read-write, read-only, W1C and reserved bits in any mixture) is done without a branch on its kind.
/// </summary>
/// <remarks>
/// Reserved bits need no mask of their own: RsvdP is neither readable nor writable (it keeps what is stored), RsvdZ the same with zero
/// stored. Lanes guard every effect, so that a write to one byte never acts on a bit of another.
/// </remarks>
public static class RegisterFile
{
    /// <summary>Reads one word.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">The stored words, one a slot.</param>
    /// <param name="offset">Byte offset of the word; the low two bits are ignored.</param>
    /// <param name="lanes">The bytes that are read; read effects act on no others.</param>
    /// <param name="value">The word. Bytes outside <paramref name="lanes"/> are not meaningful.</param>
    /// <returns>The result, and the hook that wants to see the read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AccessOutcome Read<TTables>(Span<uint> words, uint offset, Lanes lanes, out uint value)
        where TTables : struct, IRegisterTables
    {
        uint slot = TTables.Slot(offset);
        if (slot >= (uint)TTables.Reset.Length)
        {
            value = TTables.Absent;
            return new AccessOutcome(AccessResult.Denied, 0);
        }

        ref uint masks = ref Unsafe.Add(ref MemoryMarshal.GetReference(TTables.Words), (nint)(slot * 4));
        value = words[(int)slot] & masks;
        uint flags = Unsafe.Add(ref masks, 3);
        return (flags & WordFlags.SpecialReads) == 0 ? default : RareAccess.Read<TTables>(words, slot, flags, lanes, ref value);
    }

    /// <summary>Writes one word.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">The stored words, one a slot.</param>
    /// <param name="offset">Byte offset of the word; the low two bits are ignored.</param>
    /// <param name="lanes">The bytes that are written; no others change.</param>
    /// <param name="value">What the guest writes, in its lanes.</param>
    /// <param name="old">What was stored before.</param>
    /// <returns>The result, and the hook that wants to see the write. The new value is stored already.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AccessOutcome Write<TTables>(Span<uint> words, uint offset, Lanes lanes, [GuestControlled] uint value, out uint old)
        where TTables : struct, IRegisterTables
    {
        uint slot = TTables.Slot(offset);
        if (slot >= (uint)TTables.Reset.Length)
        {
            old = 0;
            return new AccessOutcome(AccessResult.Denied, 0);
        }

        ref uint masks = ref Unsafe.Add(ref MemoryMarshal.GetReference(TTables.Words), (nint)(slot * 4));
        ref uint stored = ref words[(int)slot];
        uint flags = Unsafe.Add(ref masks, 3);
        old = stored;
        uint next = Merge(ref masks, old, value, lanes.Mask32);
        if ((flags & WordFlags.SpecialWrites) == 0)
        {
            stored = next;
            return default;
        }

        return RareAccess.Write<TTables>(words, slot, flags, lanes, value, next);
    }

    /// <summary>Reads one word if its masks say everything about a read of it.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">The stored words, one a slot.</param>
    /// <param name="offset">Byte offset of the word; the low two bits are ignored.</param>
    /// <param name="value">The word; not meaningful otherwise.</param>
    /// <returns>Whether they do. If not, nothing has happened.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadPlain<TTables>(ReadOnlySpan<uint> words, uint offset, out uint value)
        where TTables : struct, IRegisterTables
    {
        uint slot = TTables.Slot(offset);
        if (slot >= (uint)TTables.Reset.Length)
        {
            value = 0;
            return false;
        }

        ref uint masks = ref Unsafe.Add(ref MemoryMarshal.GetReference(TTables.Words), (nint)(slot * 4));
        value = words[(int)slot] & masks;
        return (Unsafe.Add(ref masks, 3) & WordFlags.SpecialReads) == 0;
    }

    /// <summary>Writes one word if its masks say everything about a write of it.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">The stored words, one a slot.</param>
    /// <param name="offset">Byte offset of the word; the low two bits are ignored.</param>
    /// <param name="laneMask">0xFF in each byte that is written; no others change.</param>
    /// <param name="value">What the guest writes, in its lanes.</param>
    /// <returns>Whether they do. If not, nothing has happened.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWritePlain<TTables>(Span<uint> words, uint offset, uint laneMask, [GuestControlled] uint value)
        where TTables : struct, IRegisterTables
    {
        uint slot = TTables.Slot(offset);
        if (slot >= (uint)TTables.Reset.Length)
        {
            return false;
        }

        ref uint masks = ref Unsafe.Add(ref MemoryMarshal.GetReference(TTables.Words), (nint)(slot * 4));
        ref uint stored = ref words[(int)slot];
        if ((Unsafe.Add(ref masks, 3) & WordFlags.SpecialWrites) != 0)
        {
            return false;
        }

        stored = Merge(ref masks, stored, value, laneMask);
        return true;
    }

    /// <summary>Reads one word without any effect: for debuggers, traces and snapshots.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">The stored words, one a slot.</param>
    /// <param name="offset">Byte offset of the word.</param>
    /// <returns>The stored word as a read would show it, hooks aside; the absent value where nothing is described.</returns>
    public static uint Peek<TTables>(ReadOnlySpan<uint> words, uint offset)
        where TTables : struct, IRegisterTables
    {
        uint slot = TTables.Slot(offset);
        if (slot >= (uint)TTables.Reset.Length)
        {
            return TTables.Absent;
        }

        uint value = words[(int)slot] & TTables.Words[(int)(slot * 4)];
        uint flags = TTables.Words[(int)(slot * 4) + 3];
        uint absent = (flags & WordFlags.EffectsMask) == 0 ? 0 : RareAccess.AbsentBits<TTables>(words, flags);
        return (value & ~absent) | (TTables.Absent & absent);
    }

    /// <summary>Whether the halves of the 64-bit register at an offset are accessed upper half first.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">The stored words, one a slot.</param>
    /// <param name="offset">Byte offset of the lower half; any value.</param>
    public static bool IsHighFirst<TTables>(ReadOnlySpan<uint> words, uint offset)
        where TTables : struct, IRegisterTables
    {
        uint slot = TTables.Slot(offset);
        return slot < (uint)TTables.Reset.Length && RareAccess.IsSecondHalf<TTables>(words, TTables.Words[(int)(slot * 4) + 3]);
    }

    /// <summary>What a register holds after a power-on reset.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="offset">Byte offset of the register.</param>
    /// <param name="bytes">Its width in bytes.</param>
    /// <returns>The value, right-aligned; zero where nothing is described.</returns>
    public static ulong ResetValue<TTables>(uint offset, uint bytes)
        where TTables : struct, IRegisterTables
    {
        uint slot = TTables.Slot(offset);
        uint last = TTables.Slot(offset + bytes - 1);
        ReadOnlySpan<uint> reset = TTables.Reset;
        if (slot >= (uint)reset.Length || last >= (uint)reset.Length)
        {
            return 0;
        }

        ulong value = bytes == 8 ? reset[(int)slot] | ((ulong)reset[(int)last] << 32) : reset[(int)slot] >> (int)((offset & 3) * 8);
        return value & (ulong.MaxValue >> (64 - ((int)bytes * 8)));
    }

    /// <summary>Puts every word to its reset value.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">The stored words, one a slot, with the memory of write-once bits and of held halves behind them.</param>
    /// <param name="kind">Whether sticky bits survive.</param>
    public static void Reset<TTables>(Span<uint> words, ResetKind kind)
        where TTables : struct, IRegisterTables
    {
        ReadOnlySpan<uint> reset = TTables.Reset;
        ReadOnlySpan<uint> sticky = TTables.Sticky;
        for (int slot = 0; slot < words.Length; slot++)
        {
            // Behind the described slots lies memory that begins with zero: nothing written once, nothing held. What sticky bits remember is sticky too.
            uint value = slot < reset.Length ? reset[slot] : 0;
            uint keep = kind == ResetKind.Warm && slot < sticky.Length ? sticky[slot] : 0;
            words[slot] = (words[slot] & keep) | (value & ~keep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Merge(ref uint masks, uint old, uint value, uint laneMask)
    {
        // Exclusive or takes over the bits that differ and may; one instruction less than to cut out and to put in.
        return (old ^ ((old ^ value) & Unsafe.Add(ref masks, 1) & laneMask)) & ~(value & Unsafe.Add(ref masks, 2) & laneMask);
    }
}
