using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sluice.Testing.Compilation;

/// <summary>The options of a project and of its files, in memory.</summary>
public sealed class MemoryOptions(ImmutableDictionary<string, string> global, ImmutableDictionary<(string Path, string Key), string> perFile) : AnalyzerConfigOptionsProvider
{
    /// <summary>No options at all.</summary>
    public static MemoryOptions None { get; } = new(ImmutableDictionary<string, string>.Empty, ImmutableDictionary<(string, string), string>.Empty);

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(global);

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
        => new Values(perFile.Where(entry => entry.Key.Path == textFile.Path).ToImmutableDictionary(static entry => entry.Key.Key, static entry => entry.Value));

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Keys => values.Keys;

        /// <inheritdoc/>
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
