namespace Sluice.Runtime.ConfigSpace.HardwareDomain;

/// <summary>What a byte of config space is for the hardware domain.</summary>
public enum DomainByte : byte
{
    /// <summary>Not there: a read gives ones, a write is dropped, both are counted.</summary>
    Denied = 0,

    /// <summary>The hardware's to read; a write is dropped and counted.</summary>
    ReadOnly = 1,

    /// <summary>A register of the header: the hardware's to read, and to write as far as the description lets.</summary>
    Described = 2,

    /// <summary>The hardware's, to read and to write: nobody has described it, and the hardware domain is trusted with what is its own.</summary>
    Passed = 3,
}
