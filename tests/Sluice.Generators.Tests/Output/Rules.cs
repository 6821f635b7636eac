using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Sluice.Generators.Pipeline;
using Xunit;

namespace Sluice.Generators.Tests.Output;

public sealed class Rules
{
    [Fact]
    public void Of_the_generator_are_numbered_without_a_gap_and_have_a_page_with_their_title()
    {
        DiagnosticDescriptor[] rules = [.. typeof(GenerationRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (DiagnosticDescriptor)field.GetValue(null)!).OrderBy(static rule => rule.Id)];
        Assert.Equal(Enumerable.Range(3001, rules.Length).Select(static number => $"SLU{number}"), rules.Select(static rule => rule.Id));
        Assert.All(rules, static rule =>
        {
            Assert.EndsWith($"/docs/rules/{rule.Id}.md", rule.HelpLinkUri);
            string page = Path.Combine(Repository.Root(), "docs/rules", rule.Id + ".md");
            Assert.Equal($"# {rule.Id}: {rule.Title}", File.ReadLines(page).First());
        });
    }
}
