using System;
using System.IO;
using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Tool.Tests;

public class CheckTests
{
    [Fact]
    public void A_sound_description_gives_exit_code_0()
    {
        using Folder folder = new();
        ToolRun run = ToolRun.Of("check", folder.Add("registers.xml", Samples.Queue));
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1 description: 0 errors, 0 warnings", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flaw_is_printed_as_the_build_prints_it_and_gives_exit_code_1()
    {
        using Folder folder = new();
        string path = folder.Add("registers.xml", Samples.Open);
        ToolRun run = ToolRun.Of("check", path);
        Problem expected = Assert.Single(DescriptionReader.Read(new SourceFile("registers.xml", Samples.Open), []).Problems, problem => problem.Rule == ProblemRules.MissingSanitizer);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected + " [" + expected.Rule.HelpLink + "]\n", run.OutputIn(folder), StringComparison.Ordinal);
        Assert.StartsWith("registers.xml(12,6): error SLU1040: ", expected.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_description_includes_is_found_in_its_folder()
    {
        using Folder folder = new();
        folder.Add("blocks/queue.xml", Samples.Open);
        ToolRun run = ToolRun.Of("check", folder.Add("registers.xml", Samples.Board("blocks/queue.xml")));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("blocks/queue.xml(12,6): error SLU1040", run.OutputIn(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_cannot_make_the_tool_read_outside_the_folders_given()
    {
        using Folder folder = new();
        folder.Add("outside/queue.xml", Samples.Queue);
        string root = folder.Add("inside/registers.xml", Samples.Board("../outside/queue.xml"));
        ToolRun refused = ToolRun.Of("check", root);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("SLU1014", refused.Output, StringComparison.Ordinal);

        string blocks = Path.Combine(folder.Path, "outside");
        folder.Add("outside/registers.xml", Samples.Board("queue.xml"));
        Assert.Equal(0, ToolRun.Of("check", root, blocks).ExitCode);
    }

    [Fact]
    public void In_a_folder_every_description_is_found_and_build_output_is_not()
    {
        using Folder folder = new();
        folder.Add("a/registers.xml", Samples.Queue);
        folder.Add("b/port.svd", Samples.Excused);
        folder.Add("b/notes.xml", "<notes/>");
        folder.Add("b/bin/registers.xml", Samples.Open);
        ToolRun run = ToolRun.Of("check", folder.Path);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2 descriptions: 0 errors", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 suppressed problem\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_another_includes_is_no_description_of_its_own()
    {
        using Folder folder = new();
        string block = folder.Add("queue.xml", Samples.Queue);
        string root = folder.Add("registers.xml", Samples.Board("queue.xml"));
        Assert.Contains("1 description:", ToolRun.Of("check", block, root).Output, StringComparison.Ordinal);
        Assert.Contains("1 description:", ToolRun.Of("check", root, block, root).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overlay_that_is_named_is_read_with_its_description()
    {
        using Folder folder = new();
        string root = folder.Add("registers.xml", Samples.Excused);
        string overlay = folder.Add("overlay.xml", Samples.Overlay);
        ToolRun run = ToolRun.Of("check", overlay, root);
        Assert.Equal("", run.Error);
        Assert.Contains("1 description: 0 errors", run.Output, StringComparison.Ordinal);
        ToolRun wrong = ToolRun.Of("check", root, folder.Add("wrong.xml", Samples.Overlay.Replace("of=\"DATA\"", "of=\"DATUM\"", StringComparison.Ordinal)));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("wrong.xml(3,", wrong.OutputIn(folder), StringComparison.Ordinal);
        Assert.Equal(2, ToolRun.Of("check", overlay).ExitCode);
    }

    [Fact]
    public void Files_that_include_each_other_are_reported_and_not_followed_forever()
    {
        using Folder folder = new();
        string one = folder.Add("one.xml", Samples.Board("two.xml"));
        string two = folder.Add("two.xml", Samples.Board("one.xml"));
        ToolRun run = ToolRun.Of("check", one, two);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("SLU10", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<device")]
    [InlineData("<!DOCTYPE device [<!ENTITY a \"aaaa\">]><device>&a;</device>")]
    [InlineData("\0\u0001\ufffe")]
    public void A_hostile_file_gives_an_error_at_its_place(string text)
    {
        using Folder folder = new();
        ToolRun run = ToolRun.Of("check", folder.Add("registers.xml", text));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("registers.xml(1,", run.OutputIn(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_and_gives_exit_code_2()
    {
        ToolRun run = ToolRun.Of("check", "nowhere/registers.xml");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("sluice: cannot read 'nowhere/registers.xml': there is no such file\n", run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void A_folder_without_descriptions_gives_exit_code_2()
    {
        using Folder folder = new();
        folder.Add("notes.xml", "<notes/>");
        ToolRun run = ToolRun.Of("check", folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no description in", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("chekc", "registers.xml")]
    [InlineData("check", "registers.xml", "--format", "xml")]
    [InlineData("check", "registers.xml", "--unknown")]
    public void Arguments_without_sense_give_exit_code_2_and_one_line_each(params string[] arguments)
    {
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.All(run.Error.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("sluice: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_result_that_cannot_be_written_gives_exit_code_2()
    {
        using Folder folder = new();
        ToolRun run = ToolRun.Of("check", folder.Add("registers.xml", Samples.Queue), "--output", Path.Combine(folder.Path, "no", "such", "folder"));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("sluice: cannot write", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_result_goes_into_the_file_that_is_named()
    {
        using Folder folder = new();
        string root = folder.Add("registers.xml", Samples.Queue);
        string result = Path.Combine(folder.Path, "proof.txt");
        ToolRun run = ToolRun.Of("check", root, "--proof", "--output", result);
        Assert.Equal("", run.Output);
        Assert.Equal(ToolRun.Of("check", root, "--proof").Output, File.ReadAllText(result));
    }

    [Fact]
    public void The_board_of_this_repository_has_no_problem_and_no_open_field()
    {
        string root = Path.Combine(Repository.Root, "registers.xml");
        ToolRun run = ToolRun.Of("check", root, "--proof");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(", 0 open\n", run.Output[run.Output.LastIndexOf("total,", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(run.Output, ToolRun.Of("check", root, "--proof").Output);
    }
}
