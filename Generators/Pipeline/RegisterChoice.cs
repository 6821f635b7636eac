using System;
using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>One entry of the property that chooses registers: a block, and which of its registers its driver's side is made of.</summary>
/// <param name="Text">The entry as it was given.</param>
/// <param name="Block">The block by hardware name or name in code; <see cref="BlockChoice.Any"/> for every one.</param>
/// <param name="Pattern">The registers by hardware name or name in code; <c>*</c> stands for any characters.</param>
internal sealed record RegisterChoice(string Text, string Block, string Pattern)
{
    /// <summary>Reads an entry such as <c>Timer.CTRL</c> or <c>*.INT_*</c>. Without a dot it is a block, and all of its registers.</summary>
    public static RegisterChoice Of(string entry)
    {
        int dot = entry.IndexOf('.');
        return dot < 0
            ? new RegisterChoice(entry, entry, BlockChoice.Any)
            : new RegisterChoice(entry, entry.Substring(0, dot).Trim(), entry.Substring(dot + 1).Trim());
    }

    /// <summary>Whether it says anything about a block.</summary>
    public bool Means(BlockModel block) => Block == BlockChoice.Any || Block == block.TypeName || Block == block.Name;

    /// <summary>Whether it wants a register of a block that it means.</summary>
    public bool Wants(RegisterModel register) => Matches(Pattern, register.Name) || Matches(Pattern, register.TypeName);

    private static bool Matches(string pattern, string name)
    {
        string[] parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return pattern == name;
        }

        string last = parts[parts.Length - 1];
        if (!name.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        int at = parts[0].Length;
        for (int index = 1; index < parts.Length - 1; index++)
        {
            int found = name.IndexOf(parts[index], at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + parts[index].Length;
        }

        return name.Length - at >= last.Length && name.EndsWith(last, StringComparison.Ordinal);
    }
}
