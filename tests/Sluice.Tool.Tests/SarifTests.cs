using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace Sluice.Tool.Tests;

public class SarifTests
{
    private static readonly string[] s_kinds = ["pass", "fail", "informational", "notApplicable", "review", "open"];
    private static readonly string[] s_levels = ["none", "note", "warning", "error"];

    [Theory]
    [InlineData(Samples.Queue, false)]
    [InlineData(Samples.Queue, true)]
    [InlineData(Samples.Open, false)]
    [InlineData(Samples.Open, true)]
    [InlineData("<device>", true)]
    public void The_log_has_what_the_standard_requires(string description, bool isProof)
    {
        JsonElement log = Log(description, isProof);
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.EndsWith("sarif-2.1.0.json", log.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        JsonElement run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("sluice", driver.GetProperty("name").GetString());
        List<JsonElement> rules = driver.GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal(rules.Count, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
        {
            CheckResult(result, rules);
        }
    }

    [Fact]
    public void A_problem_is_a_result_at_its_place()
    {
        JsonElement result = Assert.Single(Results(Samples.Open, isProof: false), result => result.GetProperty("ruleId").GetString() == "SLU1040");
        Assert.Equal("error", result.GetProperty("level").GetString());
        JsonElement region = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal((12, 6), (region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32()));
        Assert.False(result.TryGetProperty("suppressions", out _));
    }

    [Fact]
    public void What_is_suppressed_is_a_result_with_its_reason()
    {
        JsonElement result = Assert.Single(Results(Samples.Excused, isProof: false), result => result.GetProperty("ruleId").GetString() == "SLU1040");
        JsonElement suppression = Assert.Single(result.GetProperty("suppressions").EnumerateArray());
        Assert.Equal("inSource", suppression.GetProperty("kind").GetString());
        Assert.Equal("the port takes any byte", suppression.GetProperty("justification").GetString());
    }

    [Fact]
    public void Every_sanitized_field_is_a_result_that_passes()
    {
        List<string> passed = Results(Samples.Queue, isProof: true)
            .Where(result => result.TryGetProperty("kind", out JsonElement kind) && kind.GetString() == "pass")
            .Select(result => result.GetProperty("locations")[0].GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString()!)
            .ToList();
        Assert.Equal(
            [
                "QUEUE/@guest/BASE/MODE", "QUEUE/@guest/BASE/ADDR", "QUEUE/@guest/ROUTE/VECTOR", "QUEUE/@guest/ROUTE/WEIGHT", "QUEUE/@guest/ROUTE/POLICY",
                "QUEUE/@guest/STATUS/DONE", "QUEUE/@guest/SCRATCH",
            ],
            passed);
    }

    [Fact]
    public void The_totals_are_those_of_the_text()
    {
        JsonElement totals = Log(Samples.Queue, isProof: true).GetProperty("runs")[0].GetProperty("properties");
        Assert.Equal(7, totals.GetProperty("registers").GetInt32());
        Assert.Equal(1, totals.GetProperty("registersNotMentioned").GetInt32());
        Assert.Equal((7, 7, 0), (totals.GetProperty("writableFields").GetInt32(), totals.GetProperty("sanitized").GetInt32(), totals.GetProperty("open").GetInt32()));
    }

    [Fact]
    public void A_path_is_a_relative_reference_without_characters_that_a_uri_forbids()
    {
        using Folder folder = new();
        string path = folder.Add("my board/registers.xml", Samples.Open);
        ToolRun run = ToolRun.Of("check", path, "--format", "sarif");
        Assert.Contains("my%20board/registers.xml\"", run.Output, StringComparison.Ordinal);
    }

    // SARIF 2.1.0, 3.27 (result), 3.28 (location), 3.30 (region), 3.35 (suppression).
    private static void CheckResult(JsonElement result, List<JsonElement> rules)
    {
        Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString());
        Assert.Contains(result.GetProperty("level").GetString(), s_levels);
        if (result.TryGetProperty("kind", out JsonElement kind))
        {
            Assert.Contains(kind.GetString(), s_kinds);
            Assert.True(kind.GetString() == "fail" || result.GetProperty("level").GetString() == "none", "3.27.10: a result that is no failure has the level none");
        }

        Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        JsonElement place = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
        Assert.True(Uri.TryCreate(place.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.RelativeOrAbsolute, out _));
        JsonElement region = place.GetProperty("region");
        (int Line, int Column) start = (region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32());
        (int Line, int Column) end = (region.GetProperty("endLine").GetInt32(), region.GetProperty("endColumn").GetInt32());
        Assert.True(start.Line >= 1 && start.Column >= 1 && end.CompareTo(start) >= 0);
    }

    private static List<JsonElement> Results(string description, bool isProof)
        => Log(description, isProof).GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();

    private static JsonElement Log(string description, bool isProof)
    {
        using Folder folder = new();
        string path = folder.Add("registers.xml", description);
        string[] arguments = isProof ? ["check", path, "--format", "sarif", "--proof"] : ["check", path, "--format", "sarif"];
        ToolRun run = ToolRun.Of(arguments);
        Assert.Equal("", run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
