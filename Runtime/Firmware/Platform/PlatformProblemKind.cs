namespace Sluice.Runtime.Firmware;

/// <summary>Why a device tree does not describe a platform that can be used.</summary>
public enum PlatformProblemKind : byte
{
    /// <summary>It does.</summary>
    None,

    /// <summary>A property, or what it refers to, is not there.</summary>
    Missing,

    /// <summary>A property has the wrong length, or a value that has no meaning.</summary>
    Malformed,

    /// <summary>A property says something else than another one.</summary>
    Contradiction,

    /// <summary>More rows or references than any machine has.</summary>
    TooMany,

    /// <summary>A compatible, or a form of a binding, that is not known here.</summary>
    Unsupported,
}
