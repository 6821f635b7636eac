using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Sluice.Registers.Description;

/// <summary>Reads the overlays of a description and puts what they say into it.</summary>
internal sealed class OverlayReader(FileSet files, IReadOnlyList<MarkupFile> overlays, ProblemList problems, DeferredProblems deferred, CancellationToken cancellation)
{
    /// <summary>Applies all overlays among the files that are of a description, in the order of their paths.</summary>
    /// <param name="document">The description, with all derivation resolved.</param>
    /// <param name="read">The files of which it consists.</param>
    public void Apply(MarkupElement document, IReadOnlyCollection<MarkupFile> read)
    {
        foreach (MarkupFile file in overlays)
        {
            cancellation.ThrowIfCancellationRequested();
            string target = FileSet.Resolve(file.Path, OverlayFiles.TargetOf(file.Text) ?? "");
            MarkupFile? described = files.Find(target);
            if (described is null || read.Contains(described))
            {
                Apply(file, described, document);
            }
        }

        MarkupElement? holder = document.Child(SvdGrammar.Device)?.Child(SvdGrammar.Peripherals);
        foreach (MarkupElement block in holder?.Children() ?? [])
        {
            // What was found wrong with a block by now is wrong with those that derive from it.
            for (MarkupElement? at = block.Base; at is not null && !block.IsBroken; at = at.Base)
            {
                block.IsBroken = at.IsBroken;
            }
        }
    }

    private void Apply(MarkupFile file, MarkupFile? described, MarkupElement document)
    {
        MarkupReader markup = new(files, problems, deferred, null, cancellation);
        MarkupElement overlay = markup.ReadRoot(file, out _);
        if (overlay.Child(OverlayGrammar.Overlay) is not { } root || root.Attribute(OverlayGrammar.Of) is not { } of)
        {
            return;
        }

        if (described is null)
        {
            string? nearest = problems.WantsSuggestion ? Spelling.Nearest(FileName(of.Text), files.Paths.Select(FileName)) : null;
            string why = "which is not among the files given" + (nearest is null ? "" : " (the nearest is '" + nearest + "')");
            problems.Add(ProblemRules.OverlayWithoutDescription, file, of.ValueRange, of.Text, why);
            return;
        }

        OverlayMerge merge = new(problems, file, root.Attribute(TrapGrammar.From));
        merge.Apply(root, document, described);
        new Derivation(problems, deferred, null).Resolve(markup.Derived);
    }

    private static string FileName(string path) => path.Substring(path.LastIndexOf('/') + 1);
}
