using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>Vectors of one MSI controller that follow one another.</summary>
/// <param name="first">The first vector, counted from the controller's vector 0.</param>
/// <param name="count">How many; 0 for none.</param>
public readonly struct VectorBlock(uint first, uint count)
{
    /// <summary>The first vector, counted from the controller's vector 0.</summary>
    public uint First { get; } = first;

    /// <summary>How many.</summary>
    public uint Count { get; } = count;

    /// <summary>Where in the block a vector is.</summary>
    /// <param name="vector">The controller's vector.</param>
    /// <param name="index">Its index in the block; 0 when it is not in it.</param>
    /// <returns>Whether it is in the block.</returns>
    [Sanitizes]
    public bool TryIndex([GuestControlled] uint vector, [Sanitizes] out uint index)
    {
        uint distance = vector - First;
        bool within = vector >= First && distance < Count;
        index = within ? distance : 0;
        return within;
    }
}
