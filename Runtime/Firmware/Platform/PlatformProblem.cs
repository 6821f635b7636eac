using System;

namespace Sluice.Runtime.Firmware;

/// <summary>Why a device tree was refused: what is wrong with which property of which node.</summary>
/// <param name="kind">What is wrong.</param>
/// <param name="node">With which node.</param>
/// <param name="property">With which of its properties.</param>
public readonly struct PlatformProblem(PlatformProblemKind kind, FdtNode node, PlatformProperty property)
{
    /// <summary>What is wrong; <see cref="PlatformProblemKind.None"/> when nothing is.</summary>
    public PlatformProblemKind Kind { get; } = kind;

    /// <summary>With which node.</summary>
    public FdtNode Node { get; } = node;

    /// <summary>With which of its properties.</summary>
    public PlatformProperty Property { get; } = property;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsNone => Kind == PlatformProblemKind.None;

    /// <summary>Writes path and property, for example <c>/axi/pcie@fd0e0000: iommu-map</c>, in UTF-8.</summary>
    /// <param name="tree">The tree that was read.</param>
    /// <param name="into">Where to; what does not fit is cut off.</param>
    /// <returns>How many bytes were written.</returns>
    public int WriteTo(FdtReader tree, Span<byte> into)
    {
        int length = tree.WritePath(Node, into);
        ReadOnlySpan<byte> name = PlatformPropertyNames.NameOf(Property);
        if (name.Length == 0)
        {
            return length;
        }

        length += Append(into[length..], ": "u8);
        return length + Append(into[length..], name);
    }

    private static int Append(Span<byte> into, ReadOnlySpan<byte> text)
    {
        int length = text.Length < into.Length ? text.Length : into.Length;
        text[..length].CopyTo(into);
        return length;
    }
}
