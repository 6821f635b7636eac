using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>How many vectors a function needs for its guest: MSI-X and MSI share them, since only one of the two is enabled at a time.</summary>
public readonly struct VectorNeed
{
    private VectorNeed(uint entries, uint messages)
    {
        Entries = entries;
        Count = entries > messages ? entries : messages;
        Alignment = messages == 0 ? 1 : messages;
    }

    /// <summary>How many entries the guest's MSI-X table has.</summary>
    public uint Entries { get; }

    /// <summary>How many; 0 for none.</summary>
    public uint Count { get; }

    /// <summary>What the first one is a multiple of: MSI's messages differ in the low bits of their data.</summary>
    public uint Alignment { get; }

    /// <summary>What a function needs.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="host">The function.</param>
    /// <param name="policy">What its guest is shown.</param>
    /// <param name="most">How many vectors the guest may have.</param>
    public static VectorNeed Of<TBridge>(ref readonly HostFunction<TBridge> host, FunctionPolicy policy, uint most)
        where TBridge : struct, IHostBridge
    {
        uint entries = policy.Shows(GuestCapability.Msix) ? host.Msix.Entries : 0;
        uint messages = policy.Shows(GuestCapability.Msi) ? host.Msi.Messages : 0;
        while (messages > most)
        {
            messages >>= 1;
        }

        return new VectorNeed(entries < most ? entries : most, messages);
    }

    /// <summary>Takes the vectors. Where none lie on a boundary, MSI-X gets its vectors all the same, and MSI what is left of a boundary in them: one message at least.</summary>
    /// <typeparam name="TMsi">The physical MSI controller.</typeparam>
    /// <param name="msi">The controller.</param>
    /// <param name="request">For whom, and whose messages they will be.</param>
    /// <param name="block">The vectors; none when none are needed or none are left.</param>
    /// <returns>Whether there are as many as it takes.</returns>
    public bool TryAllocate<TMsi>(ref TMsi msi, MsiRequest request, out VectorBlock block)
        where TMsi : struct, IMsiController
    {
        block = default;
        if (Count == 0)
        {
            return true;
        }

        request.Count = Count;
        request.Alignment = Alignment;
        if (msi.TryAllocate(in request, out block))
        {
            return true;
        }

        request.Count = Entries == 0 ? 1 : Entries;
        request.Alignment = 1;
        return Alignment != 1 && msi.TryAllocate(in request, out block);
    }
}
