using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>One function as the survey found it. Decisions rest on this copy; while somebody owns the function, it is not asked again.</summary>
public struct TopologyFunction
{
    /// <summary>Base address registers of a type-0 header.</summary>
    public const int BarCount = 6;

    /// <summary>The function.</summary>
    public RequesterId Id { get; set; }

    /// <summary>What it is on the way of requests.</summary>
    public FunctionKind Kind { get; set; }

    /// <summary>Whether its header is a bridge's (type 1).</summary>
    public bool IsBridge { get; set; }

    /// <summary>Whether its device has other functions.</summary>
    public bool IsMultifunction { get; set; }

    /// <summary>Whether it is another function's virtual function.</summary>
    public bool IsVirtual { get; set; }

    /// <summary>The physical function of a virtual one.</summary>
    public RequesterId Physical { get; set; }

    /// <summary>How many virtual functions it has switched on, as it says.</summary>
    public uint VirtualCount { get; set; }

    /// <summary>How far the first virtual function's id is from its own.</summary>
    public uint VirtualOffset { get; set; }

    /// <summary>How far the ids of virtual functions are apart.</summary>
    public uint VirtualStride { get; set; }

    /// <summary>The bridge above: its index in the topology; -1 on the first bus, and where no bridge leads to the function's bus.</summary>
    public int Parent { get; set; }

    /// <summary>Whether no bridge that the survey found leads to its bus: nothing is known of its way.</summary>
    public bool IsUnrouted { get; set; }

    /// <summary>A bridge's bus below; 0 for none.</summary>
    public uint SecondaryBus { get; set; }

    /// <summary>A bridge's last bus below.</summary>
    public uint SubordinateBus { get; set; }

    /// <summary>Byte offset of its access control capability; 0 for none.</summary>
    public uint AccessOffset { get; set; }

    /// <summary>What it can control.</summary>
    public AccessControl AccessAbilities { get; set; }

    /// <summary>What it does control.</summary>
    public AccessControl AccessEnabled { get; set; }

    /// <summary>How far apart its phantom functions are: 4, 2 or 1; 0 for none.</summary>
    public uint PhantomStride { get; set; }

    /// <summary>The wire that it uses: 1 for INTA to 4 for INTD; 0 for none.</summary>
    public uint InterruptPin { get; set; }

    /// <summary>How it can be reset alone.</summary>
    public ResetAbilities Resets { get; set; }

    /// <summary>Who had it last; nobody when that is not known.</summary>
    public OwnerId LastOwner { get; set; }

    /// <summary>Whether it was reset since.</summary>
    public bool IsFresh { get; set; }

    /// <summary>Whether it is kept as it is, because somebody owns it or it is given up.</summary>
    public bool IsPinned { get; set; }

    /// <summary>Whether the last survey has found it.</summary>
    public bool IsFound { get; set; }

    /// <summary>The 4 KiB pages in which its BARs began when it was found, as PCI numbers them; 0 for none.</summary>
    public BarPages Pages;

    /// <summary>The pages of six BARs.</summary>
    [InlineArray(BarCount)]
    public struct BarPages
    {
        private ulong _page;
    }
}
