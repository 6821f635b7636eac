using System.Diagnostics.CodeAnalysis;
using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Hypervisor.Guests.Interrupts;

/// <summary>
/// What the registers of a guest's distributor mean. Interrupts that the guest does not own read zero and take nothing. Source: Arm IHI 0048,
/// §4.3.
/// </summary>
/// <remarks>
/// A register that sets state rests at zeros, one that clears state at ones: so the bits that a write named are those that differ from what it rests at.
/// Afterwards it rests again.
/// </remarks>
internal struct DistributorHooks : GicDistributor.IGuestHooks
{
    private const uint InterruptsPerWord = 32;
    private const uint PerPriorityWord = 4;
    private const uint PerConfigurationWord = 16;
    private const uint AllClear = uint.MaxValue;

    private VirtualInterrupts _interrupts;

    public DistributorHooks(VirtualInterrupts interrupts)
    {
        _interrupts = interrupts;
    }

    [UnscopedRef]
    public ref VirtualInterrupts Interrupts => ref _interrupts;

    /// <summary>Shows in the stored registers what the guest owns.</summary>
    public readonly void Initialize(ref GicDistributor.Guest view)
    {
        for (uint word = 0; word < InterruptSet.Limit / PerPriorityWord; word++)
        {
            view.SetItargetsr(word, new GicDistributor.Itargetsr(Targets(word * PerPriorityWord)));
        }

        // Software generated interrupts are edges.
        view.SetIcfgr(0, new GicDistributor.Icfgr(0xAAAA_AAAA));
    }

    public void WriteCtlr(ref GicDistributor.Guest view, GicDistributor.Ctlr old, GicDistributor.Ctlr value, Lanes lanes)
    {
        _interrupts.Forwarding = value.EnableGrp0;
    }

    public readonly GicDistributor.Isenabler ReadIsenabler(
        ref GicDistributor.Guest view, uint element, GicDistributor.Isenabler stored, Lanes lanes)
    {
        return new GicDistributor.Isenabler(_interrupts.EnabledWord(element));
    }

    public void WriteIsenabler(
        ref GicDistributor.Guest view, uint element, GicDistributor.Isenabler old, GicDistributor.Isenabler value, Lanes lanes)
    {
        _interrupts.Enable(element, value.Value);
        view.SetIsenabler(element, default);
    }

    public readonly GicDistributor.Icenabler ReadIcenabler(
        ref GicDistributor.Guest view, uint element, GicDistributor.Icenabler stored, Lanes lanes)
    {
        return new GicDistributor.Icenabler(_interrupts.EnabledWord(element));
    }

    public void WriteIcenabler(
        ref GicDistributor.Guest view, uint element, GicDistributor.Icenabler old, GicDistributor.Icenabler value, Lanes lanes)
    {
        _interrupts.Disable(element, ~value.Value);
        view.SetIcenabler(element, new GicDistributor.Icenabler(AllClear));
    }

    public readonly GicDistributor.Ispendr ReadIspendr(ref GicDistributor.Guest view, uint element, GicDistributor.Ispendr stored, Lanes lanes)
    {
        return new GicDistributor.Ispendr(_interrupts.PendingWord(element));
    }

    public void WriteIspendr(ref GicDistributor.Guest view, uint element, GicDistributor.Ispendr old, GicDistributor.Ispendr value, Lanes lanes)
    {
        _interrupts.SetPending(element, value.Value);
        view.SetIspendr(element, default);
    }

    public readonly GicDistributor.Icpendr ReadIcpendr(ref GicDistributor.Guest view, uint element, GicDistributor.Icpendr stored, Lanes lanes)
    {
        return new GicDistributor.Icpendr(_interrupts.PendingWord(element));
    }

    public void WriteIcpendr(ref GicDistributor.Guest view, uint element, GicDistributor.Icpendr old, GicDistributor.Icpendr value, Lanes lanes)
    {
        _interrupts.ClearPending(element, ~value.Value);
        view.SetIcpendr(element, new GicDistributor.Icpendr(AllClear));
    }

    public readonly GicDistributor.Isactiver ReadIsactiver(
        ref GicDistributor.Guest view, uint element, GicDistributor.Isactiver stored, Lanes lanes)
    {
        return new GicDistributor.Isactiver(_interrupts.ActiveWord(element));
    }

    public readonly void WriteIsactiver(
        ref GicDistributor.Guest view, uint element, GicDistributor.Isactiver old, GicDistributor.Isactiver value, Lanes lanes)
    {
        // Only the virtual CPU interface makes an interrupt active: a guest that restores a saved state has none to restore here.
        view.SetIsactiver(element, default);
    }

    public readonly GicDistributor.Icactiver ReadIcactiver(
        ref GicDistributor.Guest view, uint element, GicDistributor.Icactiver stored, Lanes lanes)
    {
        return new GicDistributor.Icactiver(_interrupts.ActiveWord(element));
    }

    public void WriteIcactiver(
        ref GicDistributor.Guest view, uint element, GicDistributor.Icactiver old, GicDistributor.Icactiver value, Lanes lanes)
    {
        _interrupts.ClearActive(element, ~value.Value);
        view.SetIcactiver(element, new GicDistributor.Icactiver(AllClear));
    }

    public void WriteIpriorityr(
        ref GicDistributor.Guest view, uint element, GicDistributor.Ipriorityr old, GicDistributor.Ipriorityr value, Lanes lanes)
    {
        uint kept = 0;
        for (uint lane = 0; lane < PerPriorityWord; lane++)
        {
            uint interrupt = (element * PerPriorityWord) + lane;
            _interrupts.SetPriority(interrupt, (byte)(value.Value >> (int)(lane * 8)));
            kept |= (uint)_interrupts.Priority(interrupt) << (int)(lane * 8);
        }

        view.SetIpriorityr(element, new GicDistributor.Ipriorityr(kept));
    }

    public readonly void WriteItargetsr(
        ref GicDistributor.Guest view, uint element, GicDistributor.Itargetsr old, GicDistributor.Itargetsr value, Lanes lanes)
    {
        // One CPU: nothing can go elsewhere.
        view.SetItargetsr(element, new GicDistributor.Itargetsr(Targets(element * PerPriorityWord)));
    }

    public readonly void WriteIcfgr(ref GicDistributor.Guest view, uint element, GicDistributor.Icfgr old, GicDistributor.Icfgr value, Lanes lanes)
    {
        uint changeable = 0;
        for (uint index = 0; index < PerConfigurationWord; index++)
        {
            uint interrupt = (element * PerConfigurationWord) + index;

            // What has a physical interrupt behind it is triggered as the machine is.
            bool own = interrupt >= InterruptsPerWord && _interrupts.IsOwned(interrupt) && !_interrupts.IsDirect(interrupt);
            changeable |= (own ? 2u : 0) << (int)(index * 2);
        }

        view.SetIcfgr(element, new GicDistributor.Icfgr((old.Value & ~changeable) | (value.Value & changeable)));
    }

    public void WriteSgir(ref GicDistributor.Guest view, GicDistributor.Sgir old, GicDistributor.Sgir value, Lanes lanes)
    {
        bool listed = value.TargetListFilter == GicDistributor.SgirTargetListFilter.Listed && (value.CpuTargetList & 1) != 0;
        view.Sgir = default;
        if (listed || value.TargetListFilter == GicDistributor.SgirTargetListFilter.Self)
        {
            _interrupts.Raise(value.Sgiintid);
        }
    }

    public readonly GicDistributor.Cpendsgir ReadCpendsgir(
        ref GicDistributor.Guest view, uint element, GicDistributor.Cpendsgir stored, Lanes lanes)
    {
        return new GicDistributor.Cpendsgir(PendingSources(element));
    }

    public void WriteCpendsgir(
        ref GicDistributor.Guest view, uint element, GicDistributor.Cpendsgir old, GicDistributor.Cpendsgir value, Lanes lanes)
    {
        _interrupts.ClearPending(0, FirstSources(~value.Value) << (int)(element * PerPriorityWord));
        view.SetCpendsgir(element, new GicDistributor.Cpendsgir(AllClear));
    }

    public readonly GicDistributor.Spendsgir ReadSpendsgir(
        ref GicDistributor.Guest view, uint element, GicDistributor.Spendsgir stored, Lanes lanes)
    {
        return new GicDistributor.Spendsgir(PendingSources(element));
    }

    public void WriteSpendsgir(
        ref GicDistributor.Guest view, uint element, GicDistributor.Spendsgir old, GicDistributor.Spendsgir value, Lanes lanes)
    {
        _interrupts.SetPending(0, FirstSources(value.Value) << (int)(element * PerPriorityWord));
        view.SetSpendsgir(element, default);
    }

    private readonly uint Targets(uint first)
    {
        uint targets = 0;
        for (uint lane = 0; lane < PerPriorityWord; lane++)
        {
            targets |= (first < InterruptsPerWord || _interrupts.IsOwned(first + lane) ? 1u : 0) << (int)(lane * 8);
        }

        return targets;
    }

    /// <summary>Four software generated interrupts, a byte each, a bit in it for the CPU that sent it: the only one.</summary>
    private readonly uint PendingSources(uint element)
    {
        uint pending = _interrupts.PendingWord(0) >> (int)(element * PerPriorityWord);
        return (pending & 1) | ((pending & 2) << 7) | ((pending & 4) << 14) | ((pending & 8) << 21);
    }

    private static uint FirstSources(uint bytes)
    {
        return (bytes & 1) | ((bytes >> 7) & 2) | ((bytes >> 14) & 4) | ((bytes >> 21) & 8);
    }
}
