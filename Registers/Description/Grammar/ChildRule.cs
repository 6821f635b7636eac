namespace Sluice.Registers.Description;

/// <summary>How one kind of element may stand in another.</summary>
/// <param name="Child">The kind of element.</param>
/// <param name="Bit">The bit in <see cref="MarkupElement.Seen"/>; zero when it may stand any number of times and need not.</param>
/// <param name="IsRequired">Whether it must stand.</param>
/// <param name="IsSingle">Whether it may stand once only.</param>
internal sealed record ChildRule(ElementGrammar Child, ulong Bit, bool IsRequired, bool IsSingle);
