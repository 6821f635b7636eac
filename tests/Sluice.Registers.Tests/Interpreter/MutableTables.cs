using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>Generated tables that a test can change while they are used: arrays instead of read-only data.</summary>
public static partial class MutableTables
{
    private const string Suffix = "Table";

    /// <summary>Rewrites generated source so that its tables are arrays.</summary>
    public static string Open(string source)
        => Lookup().Replace(Table().Replace(source, "ReadOnlySpan<uint> $1 => $1Table; public static readonly uint[] $1Table = [$2];"), "ReadOnlySpan<$1> $2 => $2Table; public static readonly $1[] $2Table = [$3];");

    /// <summary>The tables of a view, by name.</summary>
    public static Dictionary<string, Array> Of(Type tables)
        => tables.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field.FieldType.IsArray && field.Name.EndsWith(Suffix, StringComparison.Ordinal))
            .ToDictionary(static field => field.Name[..^Suffix.Length], static field => (Array)field.GetValue(null)!);

    /// <summary>Flips a bit of an entry; once more, and it is as before.</summary>
    public static void Flip(Array table, int entry, int bit)
    {
        switch (table)
        {
            case uint[] words:
                words[entry] ^= 1u << bit;
                break;
            case ushort[] halves:
                halves[entry] ^= (ushort)(1u << bit);
                break;
            default:
                ((byte[])table)[entry] ^= (byte)(1u << bit);
                break;
        }
    }

    /// <summary>Bits of an entry.</summary>
    public static int Width(Array table) => table switch { uint[] => 32, ushort[] => 16, _ => 8 };

    [GeneratedRegex(@"ReadOnlySpan<uint> (\w+)\s*\{\s*\[[^\]]*\]\s*get =>\s*\[(.*?)\];\s*\}", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex(@"ReadOnlySpan<(byte|ushort)> (Pages|Entries) =>\s*\[(.*?)\];", RegexOptions.Singleline)]
    private static partial Regex Lookup();
}
