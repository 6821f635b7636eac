namespace Sluice.Registers.Description;

/// <summary>What a file may begin with.</summary>
internal static class DocumentGrammar
{
    /// <summary>A device, one block on its own, or what is said of a device that another file describes.</summary>
    public static readonly ElementGrammar Document
        = new ElementGrammar("document").Optional(SvdGrammar.Device, SvdGrammar.Peripheral, OverlayGrammar.Overlay);
}
