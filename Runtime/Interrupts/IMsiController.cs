namespace Sluice.Runtime.Interrupts;

/// <summary>
/// A physical MSI controller. Its vectors are counted from 0, and each has one owner. What differs between controllers is said by <see cref="Abilities"/>.
/// Implementations are structs that live in one place: they are always passed by reference.
/// </summary>
public interface IMsiController
{
    /// <summary>What the controller can promise.</summary>
    MsiAbilities Abilities { get; }

    /// <summary>How many vectors it has.</summary>
    uint VectorCount { get; }

    /// <summary>Takes vectors that follow one another. They are not masked.</summary>
    /// <param name="request">For whom, how many, how aligned, and whose messages they will be.</param>
    /// <param name="block">The vectors; none when there are none left that fit.</param>
    /// <returns>Whether there were any.</returns>
    bool TryAllocate(in MsiRequest request, out VectorBlock block);

    /// <summary>Gives vectors back. A message that still arrives for one of them is dropped.</summary>
    /// <param name="owner">Who gives them back; what it does not own is left alone.</param>
    /// <param name="block">Which ones.</param>
    void Free(OwnerId owner, VectorBlock block);

    /// <summary>Who owns a vector.</summary>
    /// <param name="vector">Any number.</param>
    OwnerId OwnerOf(uint vector);

    /// <summary>What a function writes to raise a vector.</summary>
    /// <param name="vector">A vector of this controller.</param>
    MsiMessage Message(uint vector);

    /// <summary>Keeps a vector from being raised. What arrives meanwhile is kept, as one.</summary>
    /// <param name="vector">Which one.</param>
    /// <returns>Whether it is masked: not when nobody owns it, nor when the controller has no masks (<see cref="MsiAbilities.MasksVectors"/>).</returns>
    bool TryMask(uint vector);

    /// <summary>Lets a vector be raised again.</summary>
    /// <param name="vector">Which one.</param>
    /// <param name="wasRaised">
    /// Whether a message arrived meanwhile that the caller must deliver now; a controller whose hardware keeps it raises its interrupt instead.
    /// </param>
    /// <returns>As for <see cref="TryMask"/>.</returns>
    bool TryUnmask(uint vector, out bool wasRaised);

    /// <summary>Takes what a physical interrupt stands for.</summary>
    /// <param name="interrupt">The interrupt number at the machine's interrupt controller.</param>
    /// <param name="raised">Gets the vectors that were raised: owned ones only, by those who may.</param>
    /// <returns>Whether the interrupt is the controller's, and whether all was taken. The work of one call is bounded.</returns>
    MsiCollection Collect(uint interrupt, ref PendingBits raised);
}
