using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Sluice.Registers.Description;

/// <summary>
/// What a description, with its overlays, leaves unsaid: data, and the same as text. A generator makes code of SVD's defaults for it, so that whoever
/// emulates or drives the hardware should know where they stand for knowledge.
/// </summary>
public static class CompletenessReport
{
    // In the order of UnsaidKind.
    private static readonly string[] _words =
    [
        "register(s) without access", "register(s) without reset value", "register(s) without source", "writable field(s) without write effect",
        "status flag(s) without write effect", "fact(s) in doubt", "register(s) in no view",
    ];

    /// <summary>What each block leaves unsaid, in the order of the blocks.</summary>
    public static IReadOnlyList<BlockCompleteness> Of(DeviceModel device) => device.Blocks.Select(block => new BlockSurvey(block).Take()).ToList();

    /// <summary>The counts of a block on one line; empty when nothing is unsaid.</summary>
    public static string Summary(BlockCompleteness block)
    {
        int[] counts = new int[_words.Length];
        foreach (UnsaidItem item in block.Items)
        {
            counts[(int)item.Kind]++;
        }

        IEnumerable<string> parts = Enumerable.Range(0, counts.Length)
            .Where(kind => counts[kind] != 0)
            .Select(kind => counts[kind].ToString(CultureInfo.InvariantCulture) + " " + _words[kind]);
        return string.Join(", ", parts);
    }

    /// <summary>The report as text: a line for each block, under it a line for each thing unsaid with the place where it would be said.</summary>
    /// <param name="result">What reading the description gave; its problems are not repeated.</param>
    public static string Text(DescriptionResult result)
    {
        StringBuilder text = new();
        int registers = 0;
        int unsaid = 0;
        foreach (BlockCompleteness block in result.Model is null ? [] : Of(result.Model))
        {
            registers += block.Registers;
            unsaid += block.Items.Count;
            string summary = Summary(block);
            text.Append(block.Block).Append(": ").Append(Number(block.Registers)).Append(" registers, ").Append(Number(block.Fields)).Append(" fields; ")
                .Append(summary.Length == 0 ? "nothing unsaid" : summary).Append('\n');
            foreach (UnsaidItem item in block.Items)
            {
                Append(text, result.Positions, block.Block, item);
            }
        }

        text.Append("In all: ").Append(Number(registers)).Append(" registers, ").Append(Number(unsaid)).Append(" things unsaid\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, PositionTable positions, string block, UnsaidItem item)
    {
        string path = item.Register.Length == 0 ? block : item.Field.Length == 0 ? block + "/" + item.Register : block + "/" + item.Register + "/" + item.Field;
        string name = path.Replace('/', '.');
        string what = item.Kind switch
        {
            UnsaidKind.Access => "no access, read-write is assumed",
            UnsaidKind.Reset => "no reset value, zero is assumed",
            UnsaidKind.Source => "no source",
            UnsaidKind.WriteEffect => "no write effect, plain storage is assumed",
            UnsaidKind.StatusEffect => "looks like a status flag and has no write effect, plain storage is assumed",
            UnsaidKind.Doubt => "in doubt: " + item.Detail,
            _ => "in no view, so it is denied",
        };
        string at = positions.TryFind(path, out FilePosition position)
            ? position.Path + "(" + Number(position.Range.Line) + "," + Number(position.Range.Column) + "): "
            : "";
        text.Append("  ").Append(at).Append(name).Append(": ").Append(what).Append('\n');
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
