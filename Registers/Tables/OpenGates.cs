using System;
using System.Numerics;

namespace Sluice.Registers;

/// <summary>What the gates of a word leave of an access to it.</summary>
internal ref struct OpenGates
{
    /// <summary>Bits that a write does not change.</summary>
    public uint Locked { get; private set; }

    /// <summary>Bits of registers that are not there for this access.</summary>
    public uint Absent { get; private set; }

    /// <summary>Bits of registers that read zero in this access.</summary>
    public uint Zero { get; private set; }

    /// <summary>Bits of registers about whose access nobody is told.</summary>
    public uint Unseen { get; private set; }

    /// <summary>The half of a 64-bit register that the word is; empty when it is none.</summary>
    public ReadOnlySpan<uint> Half { get; private set; }

    /// <summary>Asks the gates of a word.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">The stored words.</param>
    /// <param name="entry">The word's entry of effects.</param>
    /// <param name="lanes">The lanes of the access; none when its width does not matter.</param>
    public static OpenGates Ask<TTables>(ReadOnlySpan<uint> words, ReadOnlySpan<uint> entry, Lanes lanes)
        where TTables : struct, IRegisterTables
    {
        OpenGates open = default;
        ReadOnlySpan<uint> rows = TTables.Effects.Slice((int)entry[WriteEffects.GatesStart], (int)entry[WriteEffects.GateCount] * WordGates.RowLength);
        for (; rows.Length != 0; rows = rows[WordGates.RowLength..])
        {
            open.Ask(words, rows[..WordGates.RowLength], lanes);
        }

        return open;
    }

    private void Ask(ReadOnlySpan<uint> words, ReadOnlySpan<uint> row, Lanes lanes)
    {
        uint bits = row[WordGates.Bits];
        uint kind = row[WordGates.Kind];
        switch (kind & WordGates.KindMask)
        {
            case WordGates.WriteEnable when !Holds(words, row):
                Locked |= bits;
                Unseen |= (kind & WordGates.Whole) != 0 ? bits : 0;
                break;
            case WordGates.Presence when !Holds(words, row):
            case WordGates.WidthsOrAbsent when !IsPermitted(row, lanes):
                Absent |= bits;
                Locked |= bits;
                Unseen |= bits;
                break;
            case WordGates.WidthsOrZero when !IsPermitted(row, lanes):
                Zero |= bits;
                Locked |= bits;
                Unseen |= bits;
                break;
            case WordGates.FirstHalf or WordGates.SecondHalf:
                Half = row;
                break;
        }
    }

    private static bool Holds(ReadOnlySpan<uint> words, ReadOnlySpan<uint> row)
        => ((words[(int)row[WordGates.Slot]] & row[WordGates.Mask]) == row[WordGates.Value]) == ((row[WordGates.Kind] & WordGates.Negated) == 0);

    // One, two, four or eight lanes are an access of so many bytes; any other number is none that a processor makes.
    private static bool IsPermitted(ReadOnlySpan<uint> row, Lanes lanes)
        => lanes.IsEmpty || ((uint)BitOperations.PopCount(lanes.Bits) is uint bytes && BitOperations.IsPow2(bytes) && (row[WordGates.Mask] & bytes) != 0);
}
