using System;

namespace Sluice.Registers.Description;

/// <summary>Which of the files given to the compiler is the root of a description. Generator and analyzers ask here, so that they agree.</summary>
public static class DescriptionRoots
{
    /// <summary>The file metadata that says it explicitly: <c>true</c> or <c>false</c>.</summary>
    public const string MetadataName = "SluiceRoot";

    /// <summary>Whether a file is a root: what its metadata says; without metadata, <c>registers.xml</c> and every <c>.svd</c> are.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="metadata">The value of its <see cref="MetadataName"/> metadata; null or empty when there is none.</param>
    public static bool IsRoot(string path, string? metadata)
    {
        if (metadata is { Length: > 0 })
        {
            return string.Equals(metadata, "true", StringComparison.OrdinalIgnoreCase);
        }

        int slash = path.LastIndexOfAny(['/', '\\']);
        string name = path.Substring(slash + 1);
        return string.Equals(name, "registers.xml", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".svd", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whether a file is a vendor's (<c>.svd</c>), which whoever reads it does not edit. What is wrong with SVD's part of it is repaired where it can be, with
    /// a warning that says what was assumed; in a file of one's own (<c>.xml</c>) the same is an error.
    /// </summary>
    /// <param name="path">The file's path.</param>
    public static bool IsVendors(string path) => path.EndsWith(".svd", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a root may include a file: any XML file may be one of its blocks.</summary>
    public static bool IsPart(string path)
        => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".svd", StringComparison.OrdinalIgnoreCase);

    /// <summary>The ending of names by which overlays are found beside a description; one that is named may be called anything.</summary>
    public const string OverlayEnding = ".overlay.xml";

    /// <summary>The description that a file is an overlay of, by a path relative to its own; null when it is no overlay.</summary>
    /// <param name="text">The file's text.</param>
    public static string? OverlayTarget(string text) => OverlayFiles.TargetOf(text);
}
