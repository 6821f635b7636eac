namespace Sluice.Registers;

/// <summary>Which reset a block goes through.</summary>
public enum ResetKind : byte
{
    /// <summary>Power-on (fundamental) reset: every bit takes its reset value.</summary>
    PowerOn = 0,

    /// <summary>A reset that sticky bits survive, as PCIe's function-level and hot reset are (PCI Express Base Specification, "sticky" attributes).</summary>
    Warm = 1,
}
