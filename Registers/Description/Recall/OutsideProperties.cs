namespace Sluice.Registers.Description;

/// <summary>The register properties of a device by their texts: two devices with the same ones give a block the same.</summary>
internal readonly record struct OutsideProperties(string? Size, string? Access, string? ResetValue, string? ResetMask, string? Protection)
{
    /// <summary>The texts of properties.</summary>
    public static OutsideProperties Of(RegisterProperties properties)
        => new(properties.Size?.Text, properties.Access?.Text, properties.ResetValue?.Text, properties.ResetMask?.Text, properties.Protection?.Text);
}
