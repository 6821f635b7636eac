using System.Collections.Generic;

namespace Sluice.Generators.Layout;

/// <summary>What is called on an access to a word: the same for all words that lie alike in an array.</summary>
/// <param name="Index">The hook's number in the tables, counted from 1.</param>
/// <param name="Parts">The registers in such a word that want to see the access, by lane. Their elements are those of the first such word.</param>
internal sealed record HookShape(int Index, IReadOnlyList<WordPart> Parts);
