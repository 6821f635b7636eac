using System.Collections.Generic;

namespace Sluice.Analyzers.Tests;

/// <summary>One case of the corpus.</summary>
/// <param name="Name">File and method.</param>
/// <param name="HasFlaw">Whether the code of the case lets a guest's value through.</param>
/// <param name="IsMissed">Whether it is known that the analyzer does not see it.</param>
/// <param name="IsFalseAlarm">Whether it is known that the analyzer reports it in vain.</param>
/// <param name="Surprises">Where the analyzer does not do what the marks say.</param>
internal sealed record CorpusCase(string Name, bool HasFlaw, bool IsMissed, bool IsFalseAlarm, IReadOnlyList<string> Surprises);
