using System.Collections.Generic;
using System.Threading;

namespace Sluice.Registers.Description;

/// <summary>
/// Reads descriptions: CMSIS-SVD 1.3 with the trap namespace. Text in, model and positioned problems out; it opens no file and throws for no text.
/// </summary>
public static class DescriptionReader
{
    /// <summary>Reads a description.</summary>
    /// <param name="root">The file to begin with: a device, or one block on its own.</param>
    /// <param name="others">The files that it may include, and overlays; in any order.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <returns>The model and the problems.</returns>
    /// <exception cref="System.OperationCanceledException">The reading was cancelled.</exception>
    public static DescriptionResult Read(SourceFile root, IReadOnlyList<SourceFile> others, CancellationToken cancellation = default)
    {
        ProblemList problems = new();
        DeferredProblems deferred = new(problems);
        FileSet files = new(root, others);
        MarkupReader markup = new(files, problems, deferred, cancellation);
        MarkupElement document = markup.ReadRoot(files.Root, out bool isWhole);
        ProblemList checks = problems;
        if (!isWhole)
        {
            // Of what is missing behind the place where reading ended there is nothing to say.
            deferred.Report(null, new BlockProblems(problems));
            checks = new ProblemList();
        }

        new Derivation(checks, deferred).Resolve(markup.Derived);
        new OverlayReader(files, checks, deferred, cancellation).Apply(document, markup.Files);
        DeviceReader reader = new(checks, deferred, cancellation);
        DeviceModel? model = reader.Read(document, isWhole);
        return new DescriptionResult(
            model,
            new EquatableArray<BlockModel>(reader.Partial.ToArray()),
            problems.ToSorted(),
            problems.SuppressedToSorted(),
            new PositionTable(reader.Positions),
            reader.Silent,
            problems.FatalCount == 0);
    }
}
