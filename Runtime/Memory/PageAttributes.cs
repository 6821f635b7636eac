using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Memory;

/// <summary>Access and memory type of a page.</summary>
/// <param name="access">What may be done with it.</param>
/// <param name="type">How it is cached and ordered.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct PageAttributes(PageAccess access, MemoryType type)
{
    /// <summary>What may be done with the page.</summary>
    public PageAccess Access { get; } = access;

    /// <summary>How the page is cached and ordered.</summary>
    public MemoryType Type { get; } = type;

    /// <summary>Guest RAM: everything allowed, cacheable.</summary>
    public static PageAttributes Ram => new(PageAccess.All, MemoryType.Normal);

    /// <summary>A guest's RAM as its devices reach it: no fetches.</summary>
    public static PageAttributes DmaRam => new(PageAccess.ReadWrite, MemoryType.Normal);

    /// <summary>Registers of a device.</summary>
    public static PageAttributes Registers => new(PageAccess.ReadWrite, MemoryType.Device);
}
