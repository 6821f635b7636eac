namespace Sluice.Registers.Description;

/// <summary>One thing that a description leaves unsaid.</summary>
/// <param name="Kind">What.</param>
/// <param name="Register">Of which register; empty for the block as a whole.</param>
/// <param name="Field">Of which field; empty for the register as a whole.</param>
/// <param name="Detail">For a doubt, the description's own words; else empty.</param>
public sealed record UnsaidItem(UnsaidKind Kind, string Register, string Field, string Detail);
