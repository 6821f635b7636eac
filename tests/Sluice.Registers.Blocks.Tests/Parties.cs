using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>Who sees what: the table of the documentation and the descriptions say the same, and who has no view has a reason.</summary>
public sealed class Parties
{
    private const string View = "view";

    private static readonly string[] _parties = ["guest", "hardware-domain"];

    private static readonly string[] _page = File.ReadAllLines(Path.Combine(Boards.Folder, "docs", "blocks.md"));

    // What only a capability of PCI can be, and what only something else can be.
    private static readonly string[] _reasonsOfCapabilities = ["hidden", "by code", "passed"];

    private static readonly Dictionary<string, string[]> _rows = Table("| block |");

    private static readonly Dictionary<string, string[]> _reasons = Table("| in the table |");

    private static readonly string[] _files = [.. Directory.GetFiles(Boards.BlockFolder).Select(static path => Path.GetFileName(path))];

    public static TheoryData<string> Files => new(_files);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_block_has_the_views_that_the_table_says_and_no_others(string file)
    {
        Assert.True(_rows.TryGetValue(file, out string[]? row), "The table of docs/blocks.md has no row for " + file);
        Dictionary<string, string> said = _parties.Zip(row, static (party, cell) => (party, cell)).ToDictionary(static pair => pair.party, static pair => pair.cell);
        IEnumerable<string> others = row[_parties.Length].Split([' ', ',', '`'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            said.Where(static pair => pair.Value == View).Select(static pair => pair.Key).Concat(others).Order(StringComparer.Ordinal),
            BlockOf(file).Views.Select(static view => view.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Where_a_block_has_no_view_the_reason_is_one_that_it_can_have(string file)
    {
        BlockModel block = BlockOf(file);
        bool isCapability = block.CapabilityId is not null || block.Registers.Any(static register => register.Name == "EXT_CAP_HEADER");
        Assert.All(
            _rows[file].Take(_parties.Length).Where(static cell => cell != View),
            cell =>
            {
                Assert.Contains(cell, _reasons.Keys);
                Assert.Equal(isCapability, _reasonsOfCapabilities.Contains(cell));
            });

        // Only who has a view of a guest's can be served by it.
        Assert.True(_rows[file][1] != "as a guest" || _rows[file][0] == View, file);
    }

    [Fact]
    public void The_table_has_no_block_that_is_not_there()
        => Assert.Equal([], _rows.Keys.Except(_files));

    [Fact]
    public void Every_word_of_the_table_is_explained_and_used()
        => Assert.Equal(
            _reasons.Keys.Order(StringComparer.Ordinal),
            _rows.Values.SelectMany(static row => row.Take(_parties.Length)).Distinct().Order(StringComparer.Ordinal));

    private static BlockModel BlockOf(string file)
    {
        string text = File.ReadAllText(Path.Combine(Boards.BlockFolder, file));
        int start = text.IndexOf("<name>", StringComparison.Ordinal) + "<name>".Length;
        string name = text[start..text.IndexOf('<', start)];
        return Boards.Blocks.Single(block => block.Name == name);
    }

    private static Dictionary<string, string[]> Table(string head)
        => _page.SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Split('|')[1..^1].Select(static cell => cell.Trim()).ToArray())
            .ToDictionary(static cells => cells[0], static cells => cells[1..]);
}
