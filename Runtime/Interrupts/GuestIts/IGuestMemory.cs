using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>A guest's own memory as an emulated device reads it: through the guest's address map, each word once, so that what was checked is what is used.</summary>
public interface IGuestMemory
{
    /// <summary>One 64-bit read, little-endian.</summary>
    /// <param name="address">Guest address, a multiple of 8.</param>
    /// <param name="value">What is there; 0 when the answer is no.</param>
    /// <returns>Whether the guest has RAM there.</returns>
    bool TryRead64(GuestAddress address, out ulong value);

    /// <summary>Whether a range is the guest's RAM, all of it.</summary>
    /// <param name="address">First guest address.</param>
    /// <param name="bytes">How many bytes; not 0.</param>
    bool HasRam(GuestAddress address, ulong bytes);
}
