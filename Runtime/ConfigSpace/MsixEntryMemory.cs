namespace Sluice.Runtime.ConfigSpace;

/// <summary>MSI-X entries in memory that nobody moves or frees: at EL2.</summary>
public readonly unsafe struct MsixEntryMemory : IMsixEntries
{
    private readonly GuestMsixEntry* _entries;

    /// <summary>Takes memory for entries.</summary>
    /// <param name="entries">The first one.</param>
    /// <param name="capacity">How many there is memory for.</param>
    public MsixEntryMemory(GuestMsixEntry* entries, uint capacity)
    {
        _entries = entries;
        Capacity = capacity;
    }

    /// <inheritdoc/>
    public uint Capacity { get; }

    /// <inheritdoc/>
    public ref GuestMsixEntry At(uint index) => ref _entries[index];
}
