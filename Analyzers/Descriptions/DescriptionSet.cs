using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Descriptions;

/// <summary>All descriptions that a compilation is given, each read once however many files ask.</summary>
internal sealed class DescriptionSet
{
    private readonly AnalyzerOptions _options;
    private readonly object _reading = new();
    private ImmutableArray<DescriptionResult> _results;

    public DescriptionSet(AnalyzerOptions options)
    {
        _options = options;
    }

    public bool IsRoot(AdditionalText file)
    {
        AnalyzerConfigOptions options = _options.AnalyzerConfigOptionsProvider.GetOptions(file);
        options.TryGetValue("build_metadata.AdditionalFiles." + DescriptionRoots.MetadataName, out string? metadata);
        return DescriptionRoots.IsRoot(file.Path, metadata);
    }

    public ImmutableArray<DescriptionResult> Results(CancellationToken cancellationToken)
    {
        lock (_reading)
        {
            if (_results.IsDefault)
            {
                _results = Read(cancellationToken);
            }

            return _results;
        }
    }

    private ImmutableArray<DescriptionResult> Read(CancellationToken cancellationToken)
    {
        List<AdditionalText> parts = _options.AdditionalFiles.Where(file => DescriptionRoots.IsPart(file.Path) || IsRoot(file)).ToList();
        List<AdditionalText> roots = parts.Where(IsRoot).ToList();
        if (roots.Count == 0)
        {
            return ImmutableArray<DescriptionResult>.Empty;
        }

        Dictionary<AdditionalText, SourceFile> files = parts.ToDictionary(
            file => file,
            file => new SourceFile(file.Path, file.GetText(cancellationToken)?.ToString() ?? ""));
        ImmutableArray<DescriptionResult>.Builder results = ImmutableArray.CreateBuilder<DescriptionResult>();
        foreach (AdditionalText root in roots)
        {
            List<SourceFile> others = parts.Where(file => file != root).Select(file => files[file]).ToList();
            results.Add(DescriptionReader.Read(files[root], others, cancellationToken));
        }

        return results.ToImmutable();
    }
}
