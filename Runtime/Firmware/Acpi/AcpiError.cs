namespace Sluice.Runtime.Firmware;

/// <summary>What is wrong with an ACPI table, or with the way one is being written.</summary>
public enum AcpiError : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The bytes end before the table does, or before a header.</summary>
    Truncated,

    /// <summary>Another table than the one asked for.</summary>
    BadSignature,

    /// <summary>The bytes do not add up to zero.</summary>
    BadChecksum,

    /// <summary>A length that is no whole number of what the table holds, or too small for it.</summary>
    BadLength,

    /// <summary>A node that is too short for its kind, overlaps the next one or lies outside the table.</summary>
    BadNode,

    /// <summary>An id mapping that lies outside its node, runs past the last id, or refers to no node.</summary>
    BadMapping,

    /// <summary>A segment, bus range or address that no host bridge can have.</summary>
    BadWindow,

    /// <summary>The buffer is full.</summary>
    BufferFull,
}
