namespace Sluice.Registers.Description;

/// <summary>Reads what an access does besides moving a value.</summary>
internal static class ActionReader
{
    public static WriteAction Write(MarkupElement? element) => element is { IsValid: true } ? (WriteAction)(element.Number + 1) : WriteAction.Store;

    public static ReadAction Read(MarkupElement? element) => element is { IsValid: true } ? (ReadAction)(element.Number + 1) : ReadAction.None;
}
