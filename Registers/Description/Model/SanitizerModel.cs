namespace Sluice.Registers.Description;

/// <summary>What stands between a guest's value of one field and everything behind the view. A value that does not pass leaves the field as it was.</summary>
/// <param name="Field">Index of the field in <see cref="RegisterModel.Fields"/>.</param>
/// <param name="Kind">What is checked.</param>
/// <param name="Minimum">Range: the smallest value.</param>
/// <param name="Maximum">Range: the largest value.</param>
/// <param name="Clamps">Range: whether a value outside becomes the nearest one inside instead of being ignored.</param>
/// <param name="Subject">Guest address: what lies there (<c>ram</c>, <c>mmio</c>, <c>doorbell</c>). Owned index: of what (<c>vector</c>, <c>lane</c>, <c>stream</c>, <c>context-bank</c>).</param>
/// <param name="SizeBytes">Guest address: how many bytes from there on must be the guest's.</param>
/// <param name="AlignmentBytes">Guest address: of what the address must be a multiple.</param>
/// <param name="Method">Method: the name of the hook's method that returns the sanitized value.</param>
public sealed record SanitizerModel(
    int Field,
    SanitizerKind Kind,
    ulong Minimum,
    ulong Maximum,
    bool Clamps,
    string Subject,
    ulong SizeBytes,
    ulong AlignmentBytes,
    string Method);
