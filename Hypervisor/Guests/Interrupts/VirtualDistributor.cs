using System.Diagnostics.CodeAnalysis;
using Sluice.Hypervisor.Guests.Summary;
using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Hypervisor.Guests.Interrupts;

/// <summary>What a guest sees where its GICv2 distributor is.</summary>
internal struct VirtualDistributor
{
    public const uint SizeBytes = GicDistributor.Guest.SizeBytes;

    private GicDistributor.Guest _view;
    private DistributorHooks _hooks;
    private RegisterCounters<GicDistributor.Guest.Tables> _counters;

    /// <summary>Makes a distributor of interrupts that are owned already: ownership does not change afterwards.</summary>
    public VirtualDistributor(VirtualInterrupts interrupts)
    {
        _hooks = new DistributorHooks(interrupts);
        _view.Reset(ResetKind.PowerOn);
        _hooks.Initialize(ref _view);
    }

    [UnscopedRef]
    public ref VirtualInterrupts Interrupts => ref _hooks.Interrupts;

    [UnscopedRef]
    public readonly ref readonly RegisterCounters<GicDistributor.Guest.Tables> Counters => ref _counters;

    [TrapPath]
    public AccessResult Read(uint offset, AccessWidth width, out ulong value)
    {
        AccessResult result = _view.Read(offset, width, ref _hooks, out value);
        _counters.Count(offset, result);
        return result;
    }

    [TrapPath]
    public AccessResult Write(uint offset, AccessWidth width, GuestValue value)
    {
        AccessResult result = _view.Write(offset, width, value, ref _hooks);
        _counters.Count(offset, result);
        return result;
    }
}
