namespace Sluice.Runtime.ConfigSpace;

/// <summary>MSI-X entries in an array: for a .NET process. The default has none: for a function that is to have no MSI-X.</summary>
/// <param name="entries">The memory.</param>
public readonly struct MsixEntryArray(GuestMsixEntry[] entries) : IMsixEntries
{
    private readonly GuestMsixEntry[]? _entries = entries;

    /// <inheritdoc/>
    public uint Capacity => (uint)(_entries?.Length ?? 0);

    /// <inheritdoc/>
    public ref GuestMsixEntry At(uint index) => ref _entries![index];
}
