namespace Sluice.Registers.Description;

/// <summary>How a guest's value of a field is made fit.</summary>
public enum SanitizerKind
{
    /// <summary>Every value that fits the field is harmless.</summary>
    Mask,

    /// <summary>The value lies between two bounds.</summary>
    Range,

    /// <summary>The value is one of the field's named values.</summary>
    Enumerated,

    /// <summary>The value is an address of the guest's own memory, aligned, with room behind it.</summary>
    GuestAddress,

    /// <summary>The value is the index of something that the guest owns.</summary>
    OwnedIndex,

    /// <summary>A named method of the hooks makes it fit.</summary>
    Method,
}
