namespace Sluice.Registers.Description;

/// <summary>SVD's register properties: the elements that are in force at some level, each from the innermost level that has it.</summary>
internal readonly record struct RegisterProperties(MarkupElement? Size, MarkupElement? Access, MarkupElement? ResetValue, MarkupElement? ResetMask, MarkupElement? Protection)
{
    /// <summary>The properties in force inside an element.</summary>
    public RegisterProperties Inside(MarkupElement element) => new(
        element.Inherited(SvdGrammar.Size) ?? Size,
        element.Inherited(SvdGrammar.Access) ?? Access,
        element.Inherited(SvdGrammar.ResetValue) ?? ResetValue,
        element.Inherited(SvdGrammar.ResetMask) ?? ResetMask,
        element.Inherited(SvdGrammar.Protection) ?? Protection);
}
