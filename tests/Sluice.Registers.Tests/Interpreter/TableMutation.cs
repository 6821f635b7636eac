using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>Damages the masks of a generated view, to see that the comparison with the interpreter can fail.</summary>
public static partial class TableMutation
{
    /// <summary>
    /// Flips one bit of one mask of one word, where the bit can be read and written: elsewhere a flipped bit may change nothing that anybody can see.
    /// Null when there is no such bit.
    /// </summary>
    public static (string Source, string Row)? Flip(string source, Random random)
    {
        Match[] rows = [.. Row().Matches(source).Where(static row => Live(Masks(row)) != 0)];
        if (rows.Length == 0)
        {
            return null;
        }

        Match row = rows[random.Next(rows.Length)];
        uint[] masks = Masks(row);
        int[] live = [.. Enumerable.Range(0, 32).Where(bit => ((Live(masks) >> bit) & 1) != 0)];
        masks[random.Next(3)] ^= 1u << live[random.Next(live.Length)];
        string damaged = string.Join(", ", masks.Select(static mask => "0x" + mask.ToString("X8", CultureInfo.InvariantCulture)));
        return (source[..row.Index] + damaged + source[(row.Index + row.Length)..], row.Value + " became " + damaged);
    }

    private static uint Live(uint[] masks) => masks[0] & (masks[1] | masks[2]);

    private static uint[] Masks(Match row)
        => [.. row.Groups.Cast<Group>().Skip(1).Select(static group => uint.Parse(group.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

    // A row of the words' table ends with a comment that names a register; the word of a hole has none.
    [GeneratedRegex("0x([0-9A-F]{8}), 0x([0-9A-F]{8}), 0x([0-9A-F]{8}), 0x([0-9A-F]{8})(?=, // 0x[0-9A-F]+ R)")]
    private static partial Regex Row();
}
