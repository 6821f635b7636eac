using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Sluice.Checkouts;
using Xunit;

namespace Sluice.Repository.Tests;

/// <summary>The pages hold together: links lead somewhere, and every page can be reached.</summary>
public sealed partial class Documentation
{
    [Fact]
    public void Every_relative_link_of_every_page_leads_to_a_file_or_folder()
    {
        var broken = new List<string>();
        foreach (string page in TrackedFiles.All(".md"))
        {
            foreach (string target in Links(page).Where(target => !target.Contains("://", StringComparison.Ordinal)))
            {
                if (!Path.Exists(Path.Combine(Checkout.Root, Path.GetDirectoryName(page)!, target)))
                {
                    broken.Add($"{page}: {target}");
                }
            }
        }

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_of_the_docs_folder_but_a_rule_s_is_reached_from_its_index()
    {
        HashSet<string> reached = ["docs/README.md"];
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out string? page))
        {
            foreach (string target in Links(page).Where(target => target.EndsWith(".md", StringComparison.Ordinal)))
            {
                string path = Path.GetRelativePath(Checkout.Root, Path.GetFullPath(Path.Combine(Checkout.Root, Path.GetDirectoryName(page)!, target)));
                if (File.Exists(Path.Combine(Checkout.Root, path)) && reached.Add(path))
                {
                    open.Enqueue(path);
                }
            }
        }

        // A rule's page is reached by its help link, which is tested with the rules.
        Assert.Empty(TrackedFiles.All(".md")
            .Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && !page.StartsWith("docs/rules/SLU", StringComparison.Ordinal))
            .Except(reached, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Links(string page) =>
        Link().Matches(TrackedFiles.Text(page)).Select(link => link.Groups["target"].Value.Split('#')[0]).Where(target => target.Length > 0);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
