using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Interrupts;

/// <summary>What the registers of a guest's translation service and of its redistributor mean. Commands and interrupts are done after the access, by <see cref="GuestIts{TMemory}"/>.</summary>
/// <typeparam name="TMemory">The guest's memory.</typeparam>
internal struct GuestItsHooks<TMemory> : GicIts.IGuestHooks, GicRedistributor.IGuestHooks
    where TMemory : struct, IGuestMemory
{
    private readonly TMemory _memory;

    internal GuestItsHooks(TMemory memory) => _memory = memory;

    internal readonly TMemory Memory => _memory;

    /// <inheritdoc/>
    public readonly bool AcceptsGitsCbaserPhysicalAddress(GuestAddress address, ulong sizeBytes) => _memory.HasRam(address, sizeBytes);

    /// <inheritdoc/>
    public readonly bool AcceptsGicrPropbaserPhysicalAddress(GuestAddress address, ulong sizeBytes) => _memory.HasRam(address, sizeBytes);

    /// <inheritdoc/>
    public readonly bool AcceptsGicrPendbaserPhysicalAddress(GuestAddress address, ulong sizeBytes) => _memory.HasRam(address, sizeBytes);

    /// <inheritdoc/>
    public readonly void WriteGitsCtlr(ref GicIts.Guest view, GicIts.GitsCtlr old, GicIts.GitsCtlr value, Lanes lanes)
        => view.GitsCtlr = value with { Quiescent = !value.Enabled };

    /// <inheritdoc/>
    public readonly void WriteGitsCbaser(ref GicIts.Guest view, GicIts.GitsCbaser old, GicIts.GitsCbaser value, Lanes lanes) => view.GitsCreadr = default;

    /// <inheritdoc/>
    public readonly void WriteGitsCwriter(ref GicIts.Guest view, GicIts.GitsCwriter old, GicIts.GitsCwriter value, Lanes lanes)
    {
        if (value.Retry)
        {
            view.GitsCreadr = view.GitsCreadr with { Stalled = false };
        }

        view.GitsCwriter = value with { Retry = false };
    }

    /// <inheritdoc/>
    public readonly void WriteGicrPropbaser(ref GicRedistributor.Guest view, GicRedistributor.GicrPropbaser old, GicRedistributor.GicrPropbaser value, Lanes lanes)
        => view.GicrPropbaser = view.GicrCtlr.EnableLpis ? old : value;

    /// <inheritdoc/>
    public readonly void WriteGicrPendbaser(ref GicRedistributor.Guest view, GicRedistributor.GicrPendbaser old, GicRedistributor.GicrPendbaser value, Lanes lanes)
        => view.GicrPendbaser = view.GicrCtlr.EnableLpis ? old : value;
}
