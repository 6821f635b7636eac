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
    /// <param name="others">The files that it may include, in any order.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <returns>The model and the problems.</returns>
    /// <exception cref="System.OperationCanceledException">The reading was cancelled.</exception>
    public static DescriptionResult Read(SourceFile root, IReadOnlyList<SourceFile> others, CancellationToken cancellation = default)
    {
        ProblemList problems = new();
        FileSet files = new(root, others);
        MarkupReader markup = new(files, problems, cancellation);
        MarkupElement? document = markup.ReadRoot(files.Root);
        DeviceModel? model = null;
        List<BlockPositions> positions = [];
        if (document is not null)
        {
            new Derivation(problems).Resolve(markup.Derived);
            DeviceReader reader = new(problems, cancellation);
            model = reader.Read(document);
            positions = reader.Positions;
        }

        return new DescriptionResult(model, problems.ToSorted(), problems.SuppressedToSorted(), new PositionTable(positions), problems.FatalCount == 0);
    }
}
