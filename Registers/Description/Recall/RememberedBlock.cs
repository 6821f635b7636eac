namespace Sluice.Registers.Description;

/// <summary>A block as it was read from a file of its own, with what else the reading of the device took from that file.</summary>
/// <param name="Text">The file's text.</param>
/// <param name="Outline">What the device's own checks look at: the block's element with its name, its interrupts and what it is an alternate of.</param>
/// <param name="Elements">The number of elements in the file.</param>
/// <param name="Outside">The register properties that were in force in the device.</param>
/// <param name="WantedName">The name in code that the block asked for.</param>
/// <param name="Block">The block.</param>
/// <param name="Suppressed">The problems that the block itself suppresses.</param>
/// <param name="IsSilent">Whether it says itself that what it leaves unsaid is not to be reported.</param>
/// <param name="Cost">What it took of the budget.</param>
internal sealed record RememberedBlock(
    string Text,
    MarkupElement Outline,
    int Elements,
    OutsideProperties Outside,
    string WantedName,
    BlockModel Block,
    EquatableArray<SuppressedProblem> Suppressed,
    bool IsSilent,
    ReadingCost Cost);
