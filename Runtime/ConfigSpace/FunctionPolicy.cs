using Sluice.Runtime.Memory;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>What a guest is shown of a function and may do with it, as far as assignments differ. The default value is what suits any guest.</summary>
public struct FunctionPolicy
{
    private GuestCapabilities _capabilities;
    private MemoryType _prefetchable;

    /// <summary>The capabilities that the guest is shown, as far as the function has them and they are usable. <see cref="GuestCapabilities.Standard"/> unless set.</summary>
    public GuestCapabilities Capabilities
    {
        // Kept as the difference, so that the default value of the struct is the standard.
        readonly get => _capabilities ^ GuestCapabilities.Standard;
        set => _capabilities = value ^ GuestCapabilities.Standard;
    }

    /// <summary>The memory type in stage 2 of prefetchable memory. Not cacheable unless set; registers are always device memory.</summary>
    public MemoryType PrefetchableMemory
    {
        readonly get => _prefetchable ^ MemoryType.NormalUncached;
        set => _prefetchable = value ^ MemoryType.NormalUncached;
    }

    /// <summary>When the guest may move the function's memory.</summary>
    public BarRelocation Relocation { get; set; }

    /// <summary>What becomes of memory that is smaller than a page.</summary>
    public SmallBars SmallBars { get; set; }

    /// <summary>Whether the guest is shown the expansion ROM. It is only ever read.</summary>
    public bool ShowsRom { get; set; }

    /// <summary>Whether a guest is shown a kind of capability.</summary>
    /// <param name="kind">The kind.</param>
    public readonly bool Shows(GuestCapability kind) => (Capabilities & CapabilityKinds.Set(kind)) != 0;
}
