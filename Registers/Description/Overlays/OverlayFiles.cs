using System;
using System.Collections.Generic;
using System.IO;
using System.Xml;

namespace Sluice.Registers.Description;

/// <summary>Finds the overlays among the files given.</summary>
internal static class OverlayFiles
{
    private static readonly XmlReaderSettings _settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The file that an overlay is of, as the overlay names it; null when a file is no overlay.</summary>
    /// <param name="text">The file's text. No more of it is read than its root element.</param>
    public static string? TargetOf(string text)
    {
        if (text.IndexOf("overlay", StringComparison.Ordinal) < 0)
        {
            return null;
        }

        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), _settings);
            bool isOverlay = reader.MoveToContent() == XmlNodeType.Element
                && reader.LocalName == OverlayGrammar.Overlay.LocalName
                && reader.NamespaceURI == TrapGrammar.Namespace;
            return isOverlay ? reader.GetAttribute(OverlayGrammar.Of.LocalName)?.Trim() ?? "" : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The overlays among files, sorted by path: neither the order in which they are given nor how a machine separates folders must matter.</summary>
    public static List<MarkupFile> Find(FileSet files)
    {
        List<MarkupFile> overlays = [];
        foreach (MarkupFile file in files.Files)
        {
            if (file != files.Root && TargetOf(file.Text) is not null)
            {
                overlays.Add(file);
            }
        }

        overlays.Sort((left, right) => string.CompareOrdinal(FileSet.Normalise(left.Path), FileSet.Normalise(right.Path)));
        return overlays;
    }
}
