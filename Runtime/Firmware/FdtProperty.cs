using System;

namespace Sluice.Runtime.Firmware;

/// <summary>A property: its name and its bytes, and the ways to read them. Nothing here reads beyond the value.</summary>
public readonly ref struct FdtProperty
{
    internal FdtProperty(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The name, without its end mark.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value as it stands in the tree.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>How many whole 32-bit cells the value has.</summary>
    public int CellCount => Value.Length / sizeof(uint);

    /// <summary>One 32-bit cell.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="value">The cell.</param>
    /// <returns>False when the value is shorter.</returns>
    public bool TryGetCell(int index, out uint value)
    {
        bool within = index >= 0 && index < CellCount;
        value = within ? FdtFormat.ReadCell(Value, index * sizeof(uint)) : 0;
        return within;
    }

    /// <summary>A number of some cells, as <c>#address-cells</c> and <c>#size-cells</c> say.</summary>
    /// <param name="index">The first cell, from 0.</param>
    /// <param name="cells">0 (the number 0), 1 or 2.</param>
    /// <param name="value">The number.</param>
    /// <returns>False when the value is shorter, or the number wider than 64 bits.</returns>
    public bool TryGetNumber(int index, int cells, out ulong value)
    {
        value = 0;
        if (cells is < 0 or > 2 || index < 0 || index > CellCount - cells)
        {
            return false;
        }

        for (int cell = index; cell < index + cells; cell++)
        {
            value = (value << 32) | FdtFormat.ReadCell(Value, cell * sizeof(uint));
        }

        return true;
    }

    /// <summary>The value as one number of 32 or 64 bits, by its length.</summary>
    /// <returns>False when it has another length.</returns>
    public bool TryGetNumber(out ulong value)
    {
        value = 0;
        return Value.Length is 4 or 8 && TryGetNumber(0, Value.Length / sizeof(uint), out value);
    }

    /// <summary>The first text of the value, without its end mark.</summary>
    /// <returns>False when the value is not terminated.</returns>
    public bool TryGetText(out ReadOnlySpan<byte> text)
    {
        int end = FdtFormat.IndexOfZero(Value);
        text = end < 0 ? default : Value[..end];
        return end >= 0;
    }

    /// <summary>Whether a list of texts, such as <c>compatible</c>, has this one among them.</summary>
    public bool HasText(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = Value;
        while (rest.Length > 0)
        {
            int end = FdtFormat.IndexOfZero(rest);
            if (end < 0)
            {
                return false;
            }

            if (FdtFormat.AreEqual(rest[..end], text))
            {
                return true;
            }

            rest = rest[(end + 1)..];
        }

        return false;
    }
}
