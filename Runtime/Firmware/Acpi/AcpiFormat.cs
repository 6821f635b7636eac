namespace Sluice.Runtime.Firmware;

/// <summary>Lengths and offsets, in bytes, that writing and reading of tables share.</summary>
/// <remarks>Sources: ACPI 6.5, section 5.2.6 (header); PCI Firmware Specification 3.3, section 4.1.2 (MCFG); Arm DEN 0049D (IORT).</remarks>
internal static class AcpiFormat
{
    public const int HeaderBytes = 36;
    public const int LengthOffset = 4;
    public const int ChecksumOffset = 9;

    public const int McfgFirst = HeaderBytes + 8;
    public const int McfgRowBytes = 16;

    public const int IortFirst = HeaderBytes + 12;
    public const int NodeBytes = 16;
    public const int MappingBytes = 20;
    public const int RootComplexBytes = NodeBytes + 20;
    public const int GroupBytes = NodeBytes + 4;

    public const byte GroupKind = 0;
    public const byte RootComplexKind = 2;

    /// <summary>Bit 0 of a mapping's flags: the input is not looked at.</summary>
    public const uint SingleMapping = 1;
}
