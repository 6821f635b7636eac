using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>
/// The blocks that one reading takes from the reading before it, and those that it leaves for the next one. A block qualifies when it is the whole of an
/// included file, nothing was found wrong with it, and nothing in it is resolved outside of it.
/// </summary>
/// <param name="known">The blocks of the reading before, by the paths of their files; null when none may be taken.</param>
internal sealed class BlockRecall(IReadOnlyDictionary<string, RememberedBlock>? known)
{
    private readonly Dictionary<MarkupElement, RememberedBlock> _recalled = [];
    private readonly Dictionary<MarkupElement, int> _candidates = [];
    private readonly Dictionary<string, RememberedBlock> _kept = new(StringComparer.Ordinal);

    /// <summary>Whether something came up that only a reading of all files can tell: another block refers to one taken, or the device's own checks found something.</summary>
    public bool MustReadAll { get; private set; }

    /// <summary>Whether a block was taken from the reading before.</summary>
    public bool HasRecalled => _recalled.Count != 0;

    /// <summary>The blocks for the next reading, by the paths of their files.</summary>
    public IReadOnlyDictionary<string, RememberedBlock> Kept => _kept;

    /// <summary>Gives the reading up; it is done again with all files.</summary>
    public void GiveUp() => MustReadAll = true;

    /// <summary>The block of a file whose text is as it was; null when it has to be read.</summary>
    public RememberedBlock? Find(MarkupFile file)
        => known is not null && known.TryGetValue(file.Path, out RememberedBlock? block) && string.Equals(block.Text, file.Text, StringComparison.Ordinal) ? block : null;

    /// <summary>Puts the outline of a known block where its element would be.</summary>
    public MarkupElement Recall(RememberedBlock block, MarkupFile file, MarkupElement parent)
    {
        MarkupElement outline = Copy(block.Outline, file, parent);
        parent.Append(outline);
        _recalled.Add(outline, block);
        return outline;
    }

    /// <summary>The block behind an outline; null for an element that was read.</summary>
    public RememberedBlock? Behind(MarkupElement peripheral) => _recalled.TryGetValue(peripheral, out RememberedBlock? block) ? block : null;

    /// <summary>Notes that an element is the whole of a file in which nothing was found wrong.</summary>
    public void Consider(MarkupElement peripheral, int elements) => _candidates[peripheral] = elements;

    /// <summary>Notes that what an element derives from was looked for outside its block.</summary>
    public void LooksOutside(MarkupElement element)
    {
        MustReadAll |= HasRecalled;
        for (MarkupElement? at = element; at is not null; at = at.Parent)
        {
            _candidates.Remove(at);
        }
    }

    /// <summary>Whether the next reading may take a block from this one.</summary>
    public bool IsCandidate(MarkupElement peripheral) => _candidates.ContainsKey(peripheral);

    /// <summary>Keeps a block that was read.</summary>
    public void Keep(MarkupElement peripheral, OutsideProperties outside, string wantedName, BlockModel block, EquatableArray<SuppressedProblem> suppressed, bool isSilent, ReadingCost cost)
    {
        MarkupFile file = peripheral.File;
        _kept[file.Path] = new RememberedBlock(file.Text, Copy(peripheral, file, null), _candidates[peripheral], outside, wantedName, block, suppressed, isSilent, cost);
    }

    /// <summary>Keeps a block that was taken.</summary>
    public void Keep(MarkupElement outline, RememberedBlock block) => _kept[outline.File.Path] = block;

    private static MarkupElement Copy(MarkupElement peripheral, MarkupFile file, MarkupElement? parent)
    {
        MarkupElement copy = CopyAlone(peripheral, file, parent);
        for (MarkupElement? child = peripheral.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child.Grammar == SvdGrammar.Name || child.Grammar == SvdGrammar.AlternatePeripheral)
            {
                copy.Append(CopyAlone(child, file, copy));
            }
            else if (child.Grammar == SvdGrammar.Interrupt)
            {
                MarkupElement interrupt = CopyAlone(child, file, copy);
                for (MarkupElement? part = child.FirstChild; part is not null; part = part.NextSibling)
                {
                    interrupt.Append(CopyAlone(part, file, interrupt));
                }

                copy.Append(interrupt);
            }
        }

        return copy;
    }

    private static MarkupElement CopyAlone(MarkupElement element, MarkupFile file, MarkupElement? parent)
    {
        MarkupElement copy = MarkupElement.Of(element.Grammar, file, element.Line, element.Column, parent);
        copy.Text = element.Text;
        copy.Number = element.Number;
        copy.IsValid = element.IsValid;
        return copy;
    }
}
