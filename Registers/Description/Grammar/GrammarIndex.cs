using System;
using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>All kinds of elements, by name: where each can stand.</summary>
internal static class GrammarIndex
{
    private static readonly Dictionary<string, List<string>> _parents = Collect();

    /// <summary>All kinds of elements that the reader knows, in a stable order.</summary>
    public static IReadOnlyList<ElementGrammar> Elements { get; } = Walk(DocumentGrammar.Document).Skip(1).ToArray();

    public static bool IsElement(string name) => _parents.ContainsKey(name);

    public static string ParentsOf(string name) => string.Join(", ", _parents[name].Select(parent => "'" + parent + "'"));

    private static Dictionary<string, List<string>> Collect()
    {
        Dictionary<string, List<string>> parents = new(StringComparer.Ordinal);
        foreach (ElementGrammar parent in Walk(DocumentGrammar.Document).Skip(1))
        {
            foreach (ChildRule rule in parent.Children)
            {
                // Everything of SVD may stand in an overlay; that helps nobody to find where it belongs.
                if (parent.IsTrap && !rule.Child.IsTrap)
                {
                    continue;
                }

                if (!parents.TryGetValue(rule.Child.Name, out List<string>? known))
                {
                    parents.Add(rule.Child.Name, known = []);
                }

                known.Add(parent.Name);
            }
        }

        return parents;
    }

    private static List<ElementGrammar> Walk(ElementGrammar root)
    {
        List<ElementGrammar> met = [root];
        for (int index = 0; index < met.Count; index++)
        {
            foreach (ChildRule rule in met[index].Children)
            {
                if (!met.Contains(rule.Child))
                {
                    met.Add(rule.Child);
                }
            }
        }

        return met;
    }
}
