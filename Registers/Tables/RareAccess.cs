using System;
using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>What an access does beyond the four masks of a plain word: effects, locks, registers that are not there, halves that wait for each other.</summary>
internal static class RareAccess
{
    /// <summary>Completes a read of a word whose masks do not say everything about it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static AccessOutcome Read<TTables>(Span<uint> words, uint slot, uint flags, Lanes lanes, ref uint value)
        where TTables : struct, IRegisterTables
    {
        uint absent = new Lanes((flags >> WordFlags.ReadDeniedShift) & 0xF).Mask32;
        uint unseen = 0;
        uint effects = (flags & WordFlags.EffectsMask) >> WordFlags.EffectsShift;
        if (effects != 0)
        {
            ReadOnlySpan<uint> entry = Entry<TTables>(effects);
            uint laneMask = lanes.Mask32;
            if (entry[WriteEffects.GateCount] != 0)
            {
                OpenGates open = OpenGates.Ask<TTables>(words, entry, lanes);
                absent |= open.Absent;
                unseen = open.Unseen & ~(open.Locked & ~(open.Absent | open.Zero));
                laneMask &= ~(open.Absent | open.Zero);
                value &= ~open.Zero;
                if (open.Half.Length != 0 && laneMask != 0)
                {
                    unseen |= ReadHalf<TTables>(words, open.Half, ref value);
                }
            }

            ref uint stored = ref words[(int)slot];
            stored = (stored & ~(entry[WriteEffects.ReadClears] & laneMask)) | (entry[WriteEffects.ReadSets] & laneMask);
        }

        value = (value & ~absent) | (TTables.Absent & absent);
        AccessResult result = (absent & lanes.Mask32) != 0 ? AccessResult.Denied : AccessResult.Done;
        return new AccessOutcome(result, (flags & WordFlags.HookReads) != 0 ? flags & WordFlags.HookMask : 0, LanesOf(unseen));
    }

    /// <summary>Completes a write of a word whose masks do not say everything about it.</summary>
    /// <param name="words">The stored words.</param>
    /// <param name="slot">The word's slot.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="lanes">The lanes of the access.</param>
    /// <param name="value">What is written.</param>
    /// <param name="next">What the plain masks make of it.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static AccessOutcome Write<TTables>(Span<uint> words, uint slot, uint flags, Lanes lanes, uint value, uint next)
        where TTables : struct, IRegisterTables
    {
        uint absent = new Lanes((flags >> WordFlags.WriteDeniedShift) & 0xF).Mask32;
        uint unseen = 0;
        uint laneMask = lanes.Mask32;
        uint effects = (flags & WordFlags.EffectsMask) >> WordFlags.EffectsShift;
        bool waits = false;
        if (effects != 0)
        {
            ReadOnlySpan<uint> entry = Entry<TTables>(effects);
            uint locked = 0;
            if (entry[WriteEffects.GateCount] != 0)
            {
                OpenGates open = OpenGates.Ask<TTables>(words, entry, lanes);
                locked = open.Locked;
                absent |= open.Absent;
                unseen = open.Unseen;
                waits = open.Half.Length != 0 && (laneMask & ~unseen) != 0 && WriteHalf<TTables>(words, open.Half, lanes, value);
                unseen |= waits ? uint.MaxValue : 0;
            }

            next = waits ? words[(int)slot] : MergeRare(entry, words, words[(int)slot], next, value, laneMask, locked);
        }

        words[(int)slot] = next;

        AccessResult result = (absent & laneMask) != 0 ? AccessResult.Denied : AccessResult.Done;
        return new AccessOutcome(result, (flags & WordFlags.HookWrites) != 0 ? flags & WordFlags.HookMask : 0, LanesOf(unseen));
    }

    /// <summary>The bits of a word whose registers are not there now, whatever the width of the access.</summary>
    public static uint AbsentBits<TTables>(ReadOnlySpan<uint> words, uint flags)
        where TTables : struct, IRegisterTables
    {
        uint effects = (flags & WordFlags.EffectsMask) >> WordFlags.EffectsShift;
        return effects == 0 ? 0 : OpenGates.Ask<TTables>(words, Entry<TTables>(effects), default).Absent;
    }

    /// <summary>Whether a word is the lower half of a 64-bit register whose upper half comes first.</summary>
    public static bool IsSecondHalf<TTables>(ReadOnlySpan<uint> words, uint flags)
        where TTables : struct, IRegisterTables
    {
        uint effects = (flags & WordFlags.EffectsMask) >> WordFlags.EffectsShift;
        ReadOnlySpan<uint> half = effects == 0 ? default : OpenGates.Ask<TTables>(words, Entry<TTables>(effects), default).Half;
        return half.Length != 0 && (half[WordGates.Kind] & WordGates.KindMask) == WordGates.SecondHalf;
    }

    // Reading the first half holds what the second shows at this moment. Who reads the second is shown that, and its hook was asked already.
    private static uint ReadHalf<TTables>(Span<uint> words, ReadOnlySpan<uint> half, ref uint value)
        where TTables : struct, IRegisterTables
    {
        Span<uint> memory = words.Slice((int)half[WordGates.Slot], WordGates.HalvesLength);
        if ((half[WordGates.Kind] & WordGates.KindMask) == WordGates.FirstHalf)
        {
            uint other = half[WordGates.Mask];
            memory[WordGates.HeldRead] = words[(int)other] & TTables.Words[(int)(other * 4)];
            memory[WordGates.HeldLanes] |= WordGates.ReadIsHeld;
            return 0;
        }

        if ((memory[WordGates.HeldLanes] & WordGates.ReadIsHeld) == 0)
        {
            return 0;
        }

        value = memory[WordGates.HeldRead];
        return uint.MaxValue;
    }

    // True when the write is kept back. The write of the second half takes along what waits, and ends what a read holds.
    private static bool WriteHalf<TTables>(Span<uint> words, ReadOnlySpan<uint> half, Lanes lanes, uint value)
        where TTables : struct, IRegisterTables
    {
        Span<uint> memory = words.Slice((int)half[WordGates.Slot], WordGates.HalvesLength);
        ref uint held = ref memory[WordGates.HeldLanes];
        if ((half[WordGates.Kind] & WordGates.KindMask) == WordGates.FirstHalf)
        {
            uint laneMask = lanes.Mask32;
            memory[WordGates.HeldWrite] = (memory[WordGates.HeldWrite] & ~laneMask) | (value & laneMask);
            held |= lanes.Bits & 0xF;
            return true;
        }

        uint first = half[WordGates.Mask];
        memory[WordGates.FirstBefore] = words[(int)first];
        Lanes waiting = new(held & 0xF);
        if (!waiting.IsEmpty)
        {
            TakeAlong<TTables>(words, first, waiting, memory[WordGates.HeldWrite]);
        }

        held = waiting.Bits << 4;
        return false;
    }

    private static void TakeAlong<TTables>(Span<uint> words, uint slot, Lanes lanes, uint value)
        where TTables : struct, IRegisterTables
    {
        ReadOnlySpan<uint> masks = TTables.Words.Slice((int)slot * 4, 4);
        ReadOnlySpan<uint> entry = Entry<TTables>((masks[3] & WordFlags.EffectsMask) >> WordFlags.EffectsShift);
        uint old = words[(int)slot];
        uint writable = masks[1] & lanes.Mask32;
        uint next = ((old & ~writable) | (value & writable)) & ~(value & masks[2] & lanes.Mask32);
        uint locked = OpenGates.Ask<TTables>(words, entry, default).Locked;
        words[(int)slot] = MergeRare(entry, words, old, next, value, lanes.Mask32, locked);
    }

    private static ReadOnlySpan<uint> Entry<TTables>(uint effects)
        where TTables : struct, IRegisterTables
        => TTables.Effects.Slice((int)(effects - 1) * WriteEffects.EntryLength, WriteEffects.EntryLength);

    private static Lanes LanesOf(uint bits)
        => new(((bits >> 7) & 1) | ((bits >> 14) & 2) | ((bits >> 21) & 4) | ((bits >> 28) & 8));

    private static uint MergeRare(ReadOnlySpan<uint> entry, Span<uint> words, uint old, uint next, uint value, uint laneMask, uint locked)
    {
        next |= value & entry[WriteEffects.OneToSet] & laneMask;
        next ^= value & entry[WriteEffects.OneToToggle] & laneMask;
        next &= ~(~value & entry[WriteEffects.ZeroToClear] & laneMask);
        next |= ~value & entry[WriteEffects.ZeroToSet] & laneMask;
        next ^= ~value & entry[WriteEffects.ZeroToToggle] & laneMask;
        next &= ~(entry[WriteEffects.AnyClears] & laneMask);
        next |= entry[WriteEffects.AnySets] & laneMask;
        next = (next & ~locked) | (old & locked);

        uint once = entry[WriteEffects.WriteOnce];
        if (once != 0)
        {
            ref uint written = ref words[(int)entry[WriteEffects.WriteOnceSlot]];
            next = (next & ~written) | (old & written);
            written |= once & laneMask & ~locked;
        }

        return next;
    }
}
