namespace Sluice.Registers.Description;

/// <summary>What may stand in an element or attribute.</summary>
internal enum ValueKind
{
    /// <summary>Elements only.</summary>
    Elements,

    /// <summary>Anything; it is not looked at.</summary>
    Anything,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A hardware name; <c>%s</c> stands for the index of a dimension.</summary>
    Name,

    /// <summary>An identifier of C#.</summary>
    Identifier,

    /// <summary>A number that is not negative.</summary>
    Number,

    /// <summary>A number, negative ones too.</summary>
    Integer,

    /// <summary>A number, possibly with don't-care bits.</summary>
    Pattern,

    /// <summary><c>[msb:lsb]</c>.</summary>
    BitRange,

    /// <summary>The index names of a dimension.</summary>
    DimensionIndex,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One word of a list.</summary>
    Word,
}
