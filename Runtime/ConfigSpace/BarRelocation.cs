namespace Sluice.Runtime.ConfigSpace;

/// <summary>When a guest may move the memory of its function.</summary>
public enum BarRelocation : byte
{
    /// <summary>While the function does not decode, as software does; a write while it decodes is ignored.</summary>
    WhileSilent = 0,

    /// <summary>Always: what moves while the function decodes is unmapped first and mapped again at the new place; if that is no place, the function stops decoding.</summary>
    Always = 1,

    /// <summary>Never, because the guest's addresses are the machine's: a base address register holds the host's address. It sizes, and takes no other address.</summary>
    Never = 2,
}
