namespace Sluice.Registers.Description;

/// <summary>How a view treats one register.</summary>
/// <param name="Register">Index of the register in <see cref="BlockModel.Registers"/>.</param>
/// <param name="Kind">Where an access goes.</param>
/// <param name="Visible">The bits that a read shows; the others read zero.</param>
/// <param name="Writable">The bits on which the party's writes act, each by the field's own write action; the others keep what is stored.</param>
/// <param name="ResetValue">The value that the view begins with.</param>
/// <param name="HooksRead">Whether the hook is asked on a read.</param>
/// <param name="HooksWrite">Whether the hook is told of a write.</param>
/// <param name="Sanitizers">One for each writable field.</param>
public sealed record PolicyModel(
    int Register,
    PolicyKind Kind,
    ulong Visible,
    ulong Writable,
    ulong ResetValue,
    bool HooksRead,
    bool HooksWrite,
    EquatableArray<SanitizerModel> Sanitizers)
{
    /// <summary>Whether the view says itself what the register begins with, so that the description's values for single elements do not count.</summary>
    public bool HasOwnReset { get; init; }

    /// <summary>What an element of the register begins with.</summary>
    /// <param name="register">The register.</param>
    /// <param name="element">Which element.</param>
    public ulong ResetOf(RegisterModel register, uint element) => HasOwnReset ? ResetValue : register.ElementResets.Count == 0 ? ResetValue : register.ResetOf(element);
}
