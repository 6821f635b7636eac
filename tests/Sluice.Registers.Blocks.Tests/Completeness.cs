using System;
using System.IO;
using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>What holds for every block.</summary>
public sealed class Completeness
{
    [Fact]
    public void Every_block_reads_without_a_problem()
        => Assert.Equal("", string.Join('\n', Boards.Results.SelectMany(result => result.Problems).Where(problem => problem.Rule.DefaultSeverity != ProblemSeverity.Information)));

    [Fact]
    public void Every_file_of_the_folder_is_part_of_one_device()
    {
        string roots = string.Concat(Boards.Roots.Select(root => File.ReadAllText(Path.Combine(Boards.Folder, root))));
        string[] files = Directory.GetFiles(Boards.BlockFolder);
        string[] lost = files
            .Select(path => Path.GetFileName(path))
            .Where(name => !roots.Contains($"Blocks/{name}\"", StringComparison.Ordinal))
            .ToArray();

        Assert.Empty(lost);
        Assert.Equal(files.Length, Boards.Blocks.Count());
    }

    [Fact]
    public void Every_file_has_its_place_in_the_documentation()
    {
        string page = File.ReadAllText(Path.Combine(Boards.Folder, "docs", "blocks.md"));
        string[] missing = Directory.GetFiles(Boards.BlockFolder)
            .Select(path => Path.GetFileName(path))
            .Where(name => !page.Contains(name, StringComparison.Ordinal))
            .ToArray();

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_block_and_register_says_what_it_is_and_where_that_comes_from()
    {
        string[] silent = Boards.Blocks
            .Where(block => block.Source.Length == 0 || block.Description.Length == 0)
            .Select(block => block.Name)
            .Concat(Boards.Blocks.SelectMany(block => block.Registers
                .Where(register => register.Source.Length == 0 || register.Description.Length == 0)
                .Select(register => block.Name + "/" + register.Name)))
            .Concat(Boards.Blocks.SelectMany(block => block.Registers.SelectMany(register => register.Fields
                .Where(field => field.Description.Length == 0)
                .Select(field => block.Name + "/" + register.Name + "/" + field.Name))))
            .ToArray();

        Assert.Empty(silent);
    }

    [Fact]
    public void No_two_registers_of_a_block_share_a_byte_unless_they_are_alternates()
    {
        foreach (BlockModel block in Boards.Blocks.Where(block => block.TypeName != "MsiCapability"))
        {
            int bytes = block.Registers.Sum(register => (int)register.Dimension.Count * register.WidthBits / 8);
            int distinct = block.Registers.SelectMany(ByteMap.BytesOf).Distinct().Count();

            Assert.True(bytes == distinct, block.Name);
        }
    }
}
