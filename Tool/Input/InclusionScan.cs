using System.Collections.Generic;
using System.IO;
using System.Xml;

namespace Sluice.Tool.Input;

/// <summary>Finds what a file includes. It judges nothing: what is wrong with the file, its reader says.</summary>
internal static class InclusionScan
{
    private const string XInclude = "http://www.w3.org/2001/XInclude";

    private static readonly XmlReaderSettings s_settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The references of a file's inclusions, in the order of the document.</summary>
    public static IReadOnlyList<string> References(string text)
    {
        List<string> references = [];
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text), s_settings);
            while (references.Count < InputLimits.Files && reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "include", NamespaceURI: XInclude } && reader.GetAttribute("href") is { Length: > 0 } href)
                {
                    references.Add(href);
                }
            }
        }
        catch (XmlException)
        {
            // The reader of descriptions reports it, at its place.
        }

        return references;
    }
}
