namespace Sluice.Registers.Description;

/// <summary>PCI Express Base Specification, "Configuration Register Types": how software treats reserved bits.</summary>
public enum ReservedKind
{
    /// <summary>Not reserved.</summary>
    None,

    /// <summary>RsvdP: software writes back what it read. A view keeps what is stored and reads zero.</summary>
    Preserve,

    /// <summary>RsvdZ: software writes zero. A view stores nothing and reads zero.</summary>
    Zero,
}
