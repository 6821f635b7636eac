using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Sluice.Checkouts;
using Xunit;

namespace Sluice.Repository.Tests;

/// <summary>Nothing is silenced without saying why, and in what runs at EL2 none of our own rules is.</summary>
public sealed partial class Suppressions
{
    private static readonly string[] s_own = ["Registers/", "Runtime/", "Hypervisor/", "samples/InProcess/"];

    [Fact]
    public void Every_pragma_has_a_reason_in_its_line()
        => Assert.DoesNotContain(Lines(".cs"), line => Pragma().IsMatch(line.Text) && !PragmaWithReason().IsMatch(line.Text));

    [Fact]
    public void Every_suppressing_attribute_has_a_justification()
    {
        foreach (string path in TrackedFiles.All(".cs").Where(path => !path.StartsWith("tests/Sluice.Repository.Tests/", StringComparison.Ordinal)))
        {
            foreach (Match attribute in Attribute().Matches(TrackedFiles.Text(path)))
            {
                Assert.True(Justification().IsMatch(attribute.Value), path + ": " + attribute.Value);
            }
        }
    }

    [Fact]
    public void Every_rule_that_a_project_silences_has_a_comment_before_it()
    {
        List<string> silent = [];
        foreach (string path in TrackedFiles.All("proj").Concat(TrackedFiles.All(".props")).Concat(TrackedFiles.All(".targets")))
        {
            foreach (XElement element in XDocument.Parse(TrackedFiles.Text(path)).Descendants().Where(element => element.Name.LocalName == "NoWarn"))
            {
                XNode? before = element.PreviousNode;
                while (before is XText { NodeType: XmlNodeType.Text or XmlNodeType.Whitespace })
                {
                    before = before.PreviousNode;
                }

                if (before is not XComment { Value.Length: > 10 })
                {
                    silent.Add(path + ": " + element.Value);
                }
            }
        }

        Assert.Empty(silent);
    }

    [Fact]
    public void None_of_our_rules_is_silenced_by_configuration()
    {
        IEnumerable<string> configurations = new[] { ".editorconfig", ".globalconfig" }.SelectMany(TrackedFiles.All);
        Assert.DoesNotContain(
            configurations,
            path => OwnSeverity().IsMatch(TrackedFiles.Text(path)) && !path.StartsWith("samples/VendorSvd/", StringComparison.Ordinal));
        Assert.DoesNotContain(TrackedFiles.All("proj").Concat(TrackedFiles.All(".props")), path => OwnNoWarn().IsMatch(TrackedFiles.Text(path)));
    }

    [Fact]
    public void In_our_own_code_every_warning_is_an_error()
    {
        XElement properties = XDocument.Parse(TrackedFiles.Text("Directory.Build.props")).Root!;
        Assert.Equal("true", Assert.Single(properties.Descendants("TreatWarningsAsErrors")).Value);
        IEnumerable<string> milder = TrackedFiles.All("proj")
            .Where(path => s_own.Any(own => path.StartsWith(own, StringComparison.Ordinal)))
            .Where(path => Milder().IsMatch(TrackedFiles.Text(path)));
        Assert.Empty(milder);
    }

    [Fact]
    public void Every_suppression_in_a_description_has_a_reason()
    {
        foreach (string path in TrackedFiles.All(".xml").Concat(TrackedFiles.All(".svd")))
        {
            foreach (Match suppression in InDescription().Matches(TrackedFiles.Text(path)))
            {
                Assert.Matches("reason=\"[^\"]{10,}\"", suppression.Value);
            }
        }
    }

    private static IEnumerable<(string Place, string Text)> Lines(string ending)
        => TrackedFiles.All(ending).SelectMany(path => File.ReadLines(Path.Combine(Checkout.Root, path)).Select((text, index) => ($"{path}({index + 1})", text)));

    [GeneratedRegex(@"^\s*#pragma warning disable")]
    private static partial Regex Pragma();

    [GeneratedRegex(@"^\s*#pragma warning disable [A-Z]+\d+ // \w.{10,}$")]
    private static partial Regex PragmaWithReason();

    [GeneratedRegex(@"\[[^\]\n]*SuppressMessage\([^)]*\)")]
    private static partial Regex Attribute();

    [GeneratedRegex("Justification = \\\\?\"[^\"\\\\]{5,}")]
    private static partial Regex Justification();

    [GeneratedRegex(@"dotnet_diagnostic\.SLU\d+\.severity\s*=\s*(none|silent|suggestion)")]
    private static partial Regex OwnSeverity();

    [GeneratedRegex(@"<NoWarn>[^<]*SLU\d")]
    private static partial Regex OwnNoWarn();

    [GeneratedRegex(@"<(TreatWarningsAsErrors>\s*false|RunAnalyzers[A-Za-z]*>\s*false|WarningsNotAsErrors)")]
    private static partial Regex Milder();

    [GeneratedRegex(@"<trap:suppress\b[^>]*>")]
    private static partial Regex InDescription();
}
