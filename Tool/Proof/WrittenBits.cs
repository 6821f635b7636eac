namespace Sluice.Tool.Proof;

/// <summary>A field, or a register without fields, that a view's party may write.</summary>
/// <param name="Name">The field's name; empty for a register without fields.</param>
/// <param name="HighBit">The field's highest bit in the register.</param>
/// <param name="LowBit">Its lowest bit.</param>
/// <param name="Bits">Those of its bits that the party may write, in their place in the register.</param>
/// <param name="Action">What a write does to them, in the short terms of the field; empty when it stores.</param>
/// <param name="Destination">Where the value goes.</param>
/// <param name="Sanitizer">How it is made fit; empty when it is not.</param>
/// <param name="Reason">Why it need not be, in the words of the description; empty when it is, or nothing is said.</param>
internal sealed record WrittenBits(string Name, int HighBit, int LowBit, ulong Bits, string Action, string Destination, string Sanitizer, string Reason)
{
    /// <summary>Whether nothing stands between the party and what is behind the view, and nothing says why.</summary>
    public bool IsOpen => Sanitizer.Length == 0 && Reason.Length == 0;
}
