using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// A physical MSI controller. Its vectors are counted from 0, and each has one owner. Implementations are structs that live in one place: they are
/// always passed by reference.
/// </summary>
public interface IMsiController
{
    /// <summary>What the controller can promise.</summary>
    MsiAbilities Abilities { get; }

    /// <summary>How many vectors it has.</summary>
    uint VectorCount { get; }

    /// <summary>Takes vectors that follow one another.</summary>
    /// <param name="owner">For whom.</param>
    /// <param name="count">How many.</param>
    /// <param name="alignment">What the first one is a multiple of: a power of two; 1 where the data need not be aligned.</param>
    /// <param name="block">The vectors; none when there are none left that fit.</param>
    /// <returns>Whether there were any.</returns>
    bool TryAllocate(OwnerId owner, uint count, uint alignment, out VectorBlock block);

    /// <summary>Gives vectors back.</summary>
    /// <param name="owner">Who gives them back; what it does not own is left alone.</param>
    /// <param name="block">Which ones.</param>
    void Free(OwnerId owner, VectorBlock block);

    /// <summary>Who owns a vector.</summary>
    /// <param name="vector">Any number.</param>
    OwnerId OwnerOf(uint vector);

    /// <summary>What a function writes to raise a vector.</summary>
    /// <param name="vector">A vector of this controller.</param>
    MsiMessage Message(uint vector);

    /// <summary>The vector that a physical interrupt stands for.</summary>
    /// <param name="interrupt">The interrupt number at the machine's interrupt controller.</param>
    /// <param name="vector">The vector; 0 when it is none.</param>
    /// <returns>Whether the interrupt is one of this controller's.</returns>
    [Sanitizes]
    bool TryVector(uint interrupt, out uint vector);
}
