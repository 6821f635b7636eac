using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Simulation.Invariants;

/// <summary>What the core says about one function at one instant, as the checker compares it with the machine.</summary>
public struct FunctionState
{
    /// <summary>The function on the machine.</summary>
    public RequesterId Function { get; set; }

    /// <summary>The other id that its messages carry; zero for none.</summary>
    public RequesterId Alias { get; set; }

    /// <summary>The stream of its DMA.</summary>
    public uint Stream { get; set; }

    /// <summary>Who owns it.</summary>
    public OwnerId Owner { get; set; }

    /// <summary>Whether it is given up.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether a guest's virtual host bridge has it. What follows counts only then.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Its vectors.</summary>
    public VectorBlock Vectors { get; set; }

    /// <summary>Whether the core has its memory where the guest put it.</summary>
    public bool IsDecoding { get; set; }

    /// <summary>Whether its memory was given up: it must not decode.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>The guest's command register as the guest reads it.</summary>
    public uint Command { get; set; }

    /// <summary>Pages that the core counts as mapped.</summary>
    public ulong MappedPages { get; set; }

    /// <summary>Its BARs on the machine.</summary>
    public HostBars Bars { get; set; }

    /// <summary>Its MSI-X table.</summary>
    public MsixLayout Msix { get; set; }

    /// <summary>Byte offset of its MSI-X capability; 0 for none.</summary>
    public uint MsixOffset { get; set; }

    /// <summary>Its MSI registers.</summary>
    public MsiLayout Msi { get; set; }

    /// <summary>Byte offset of its MSI capability; 0 for none.</summary>
    public uint MsiOffset { get; set; }

    /// <summary>The guest's BAR registers, as the guest reads them.</summary>
    public GuestBars Places { get; set; }

    /// <summary>What the core says of a function that somebody owns, or that is broken.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <typeparam name="TEntries">Memory for the guest's MSI-X table.</typeparam>
    /// <param name="owned">The function in the book of owners.</param>
    /// <param name="virtualBridge">The virtual host bridge of its owner.</param>
    public static FunctionState Of<TBridge, TGuest, TEntries>(in OwnedFunction owned, ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge)
        where TBridge : struct, IHostBridge
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        FunctionState state = new() { Function = owned.Function, Stream = owned.Stream, Owner = owned.Owner, IsBroken = owned.IsBroken };
        if (owned.Slot < 0 || owned.Slot >= VirtualHostBridge<TBridge, TGuest, TEntries>.Capacity || !virtualBridge.IsUsed(owned.Slot) || owned.IsBroken)
        {
            return state;
        }

        ref GuestFunction<TBridge, TGuest, TEntries> function = ref virtualBridge.FunctionOf(owned.Slot);
        state.IsPublished = true;
        state.Vectors = function.Vectors;
        state.IsDecoding = function.IsDecoding;
        state.IsGivenUp = function.IsBroken;
        state.Command = function.PeekHeader(0x04) & 0xFFFF;
        state.MappedPages = function.MappedPages;
        state.Bars = function.Host.Bars;
        state.Msix = function.Host.Msix;
        state.MsixOffset = function.Host.MsixOffset;
        state.Msi = function.Host.Msi;
        state.MsiOffset = function.Host.MsiOffset;
        GuestBars places = default;
        for (uint bar = 0; bar < HostBars.Count; bar++)
        {
            places[(int)bar] = function.PeekHeader(0x10 + (bar * 4));
        }

        state.Places = places;
        return state;
    }
}
