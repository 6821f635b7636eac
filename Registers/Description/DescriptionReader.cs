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
        => ReadOnce(root, others, null, cancellation);

    /// <summary>Reads a description, of which most files may be as they were at the reading before.</summary>
    /// <param name="root">The file to begin with: a device, or one block on its own.</param>
    /// <param name="others">The files that it may include, and overlays; in any order.</param>
    /// <param name="memory">What earlier readings left, and where this one leaves its blocks for the next.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <returns>The model and the problems: the same as without a memory.</returns>
    /// <exception cref="System.OperationCanceledException">The reading was cancelled.</exception>
    public static DescriptionResult Read(SourceFile root, IReadOnlyList<SourceFile> others, ReadingMemory memory, CancellationToken cancellation)
    {
        BlockRecall recall = new(memory.Find(root.Path));
        DescriptionResult result = ReadOnce(root, others, recall, cancellation);
        if (recall.MustReadAll)
        {
            recall = new BlockRecall(null);
            result = ReadOnce(root, others, recall, cancellation);
        }

        memory.Replace(root.Path, recall.Kept);
        return result;
    }

    private static DescriptionResult ReadOnce(SourceFile root, IReadOnlyList<SourceFile> others, BlockRecall? recall, CancellationToken cancellation)
    {
        ProblemList problems = new();
        DeferredProblems deferred = new(problems);
        FileSet files = new(root, others);
        List<MarkupFile> overlays = OverlayFiles.Find(files);
        recall = overlays.Count == 0 ? recall : null;
        MarkupReader markup = new(files, problems, deferred, recall, cancellation);
        MarkupElement document = markup.ReadRoot(files.Root, out bool isWhole);
        ProblemList checks = problems;
        if (!isWhole)
        {
            // Of what is missing behind the place where reading ended there is nothing to say.
            deferred.Report(null, new BlockProblems(problems));
            checks = new ProblemList();
        }

        new Derivation(checks, deferred, recall).Resolve(markup.Derived);
        new OverlayReader(files, overlays, checks, deferred, cancellation).Apply(document, markup.Files);
        DeviceReader reader = new(checks, deferred, recall, cancellation);
        DeviceModel? model = reader.Read(document, isWhole);
        return new DescriptionResult(
            model,
            new EquatableArray<BlockModel>(reader.Partial.ToArray()),
            problems.ToSorted(),
            problems.SuppressedToSorted(),
            // Where the parts of a block stand is seldom asked; a block that was not read again is read then.
            recall is { HasRecalled: true } ? new PositionTable(() => ReadOnce(root, others, null, default).Positions) : new PositionTable(reader.Positions),
            reader.Silent,
            problems.FatalCount == 0);
    }
}
