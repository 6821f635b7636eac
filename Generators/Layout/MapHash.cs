using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sluice.Registers.Description;

namespace Sluice.Generators.Layout;

/// <summary>FNV-1a over everything that gives the stored words of a view their meaning.</summary>
internal static class MapHash
{
    private const ulong Basis = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    /// <summary>The hash of a view.</summary>
    public static ulong Of(ViewLayout layout)
    {
        ulong hash = Add(Add(Basis, layout.Block.Name), layout.View.Name);
        hash = Add(Add(Add(hash, layout.Absent), layout.SizeBytes), (uint)layout.StoredWords);
        foreach (WordLayout word in layout.Slots)
        {
            foreach (uint value in new[] { word.Offset, word.Readable, word.Writable, word.OneToClear, word.Flags, word.Reset, word.Sticky, word.Fixed })
            {
                hash = Add(hash, value);
            }

            foreach (uint effect in word.Effects)
            {
                hash = Add(hash, effect);
            }
        }

        foreach (uint value in layout.Gates.SelectMany(static row => row))
        {
            hash = Add(hash, value);
        }

        foreach (RegisterPolicy policy in layout.Policies)
        {
            RegisterModel register = policy.Register;
            hash = Add(Add(Add(hash, register.Name), register.Offset), (uint)register.WidthBits);
            hash = Add(Add(hash, register.Dimension.Count), register.Dimension.StrideBytes);
            foreach (FieldModel field in FieldsOf(policy))
            {
                hash = Add(Add(Add(hash, field.Name), (uint)field.LowBit), (uint)field.WidthBits);
            }
        }

        return hash;
    }

    // Two fields that change places leave all masks as they are, and what was stored for the one would be taken for the other. A constant has nothing stored.
    private static IEnumerable<FieldModel> FieldsOf(RegisterPolicy policy)
        => policy.IsConstant
            ? []
            : policy.Register.Fields.OrderBy(static field => field.LowBit).ThenBy(static field => field.WidthBits).ThenBy(static field => field.Name, StringComparer.Ordinal);

    private static ulong Add(ulong hash, string text)
    {
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ value) * Prime);
        }

        return Add(hash, (uint)text.Length);
    }

    private static ulong Add(ulong hash, uint value)
    {
        for (int shift = 0; shift < 32; shift += 8)
        {
            hash = unchecked((hash ^ (byte)(value >> shift)) * Prime);
        }

        return hash;
    }
}
