namespace Sluice.Runtime.Domains;

/// <summary>Whether an owner can be given anything.</summary>
public enum OwnerState : byte
{
    /// <summary>The core has not heard of it, or it has been retired.</summary>
    Unknown = 0,

    /// <summary>It can.</summary>
    Alive = 1,

    /// <summary>It is being taken down: what it has is taken from it, and it is given nothing more.</summary>
    Dying = 2,
}
