namespace Sluice.Simulation.Invariants;

/// <summary>What must hold whatever guests, devices and failing hardware do.</summary>
public enum Invariant
{
    /// <summary>A function, and a stream, has one owner at most.</summary>
    OneOwnerPerStream,

    /// <summary>A vector of the MSI controller belongs to one function at most, and to the owner of that function.</summary>
    OneOwnerPerVector,

    /// <summary>A lane of the transceivers has one owner at most.</summary>
    OneOwnerPerLane,

    /// <summary>A page of the machine, of memory or of a function, is within reach of one guest at most.</summary>
    OneOwnerPerPage,

    /// <summary>No message that a guest wrote stands where the hardware would send it.</summary>
    NoGuestMessageInHardware,

    /// <summary>A function decodes exactly when its memory is mapped for its guest: all of it that may be, where the guest put it, and nothing else.</summary>
    DecodesWhenMapped,

    /// <summary>No transaction passes an SMMU untranslated, at any instant.</summary>
    NeverBypass,

    /// <summary>The DMA of a function reaches its owner's memory or nothing.</summary>
    DmaReachesOwnerOnly,

    /// <summary>A function that nobody owns is not within reach of any guest, and reaches nothing.</summary>
    QuarantinedHasNoMapping,

    /// <summary>The guest's command register and the hardware's agree in the bits that the guest owns.</summary>
    CommandAgrees,

    /// <summary>A message raises a vector only in the name of the function that the vector was given to.</summary>
    MessagesOfOwnerOnly,
}
