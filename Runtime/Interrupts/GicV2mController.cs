using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// A physical GICv2m frame (Arm Base System Architecture, GICv2m): a memory-mapped doorbell that turns a message into a shared peripheral interrupt. It neither
/// knows nor reports who sent a message. It lives in one place and is passed by reference.
/// </summary>
public struct GicV2mController : IMsiController
{
    private const uint FirstShared = 32;
    private const uint EndOfShared = 1020;

    private readonly RegisterAddress _doorbell;
    private readonly uint _firstInterrupt;
    private VectorTable _owners;

    private GicV2mController(RegisterAddress doorbell, uint firstInterrupt, uint count)
    {
        _doorbell = doorbell;
        _firstInterrupt = firstInterrupt;
        VectorCount = count;
    }

    /// <inheritdoc/>
    public readonly MsiAbilities Abilities => MsiAbilities.DoorbellIsMemoryMapped;

    /// <inheritdoc/>
    public uint VectorCount { get; }

    /// <summary>The interrupt number of vector 0.</summary>
    public readonly uint FirstInterrupt => _firstInterrupt;

    /// <summary>How many vectors have an owner.</summary>
    public readonly uint TakenVectors => _owners.Taken;

    /// <summary>Asks a frame what it has.</summary>
    /// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="address">Where the frame is.</param>
    /// <param name="controller">The controller.</param>
    /// <returns>Whether it has interrupts, and only such as may be shared peripheral interrupts.</returns>
    public static bool TryProbe<TBus>(TBus bus, RegisterAddress address, out GicV2mController controller)
        where TBus : struct, IRegisterBus
        => TryProbe(bus, address, out controller, out _);

    /// <summary>Asks a frame what it has, and says which register it was when that is nothing.</summary>
    /// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="address">Where the frame is.</param>
    /// <param name="controller">The controller.</param>
    /// <param name="refusal">The register that says no.</param>
    /// <returns>Whether it has interrupts, and only such as may be shared peripheral interrupts.</returns>
    public static bool TryProbe<TBus>(TBus bus, RegisterAddress address, out GicV2mController controller, out BridgeRefusal refusal)
        where TBus : struct, IRegisterBus
    {
        GicV2m.MsiTyper typer = new GicV2m.Registers<TBus>(bus, address).MsiTyper.Read();
        bool valid = typer.BaseSpi >= FirstShared && typer.NumSpi != 0 && typer.BaseSpi + typer.NumSpi <= EndOfShared;
        refusal = valid ? default : new BridgeRefusal(BridgeBlock.GicV2m, GicV2m.Offsets.MsiTyper, typer.Value, 0x03FF_03FF, 0);
        controller = new GicV2mController(address + GicV2m.Offsets.MsiSetspiNs, valid ? typer.BaseSpi : 0, valid ? typer.NumSpi : 0);
        return valid;
    }

    /// <inheritdoc/>
    public bool TryAllocate(in MsiRequest request, out VectorBlock block)
        => _owners.TryAllocate(VectorCount, request.Owner, request.Count, request.Alignment == 0 ? 1 : request.Alignment, out block);

    /// <inheritdoc/>
    public void Free(OwnerId owner, VectorBlock block) => _owners.Free(owner, block);

    /// <inheritdoc/>
    public readonly OwnerId OwnerOf(uint vector) => _owners.OwnerOf(vector);

    /// <inheritdoc/>
    public readonly MsiMessage Message(uint vector) => new(_doorbell, _firstInterrupt + vector);

    /// <summary>The frame has no masks: mask at the interrupt controller.</summary>
    /// <inheritdoc/>
    public readonly bool TryMask(uint vector) => false;

    /// <summary>The frame has no masks.</summary>
    /// <inheritdoc/>
    public readonly bool TryUnmask(uint vector, out bool wasRaised)
    {
        wasRaised = false;
        return false;
    }

    /// <summary>Each vector has an interrupt of its own.</summary>
    /// <inheritdoc/>
    public readonly MsiCollection Collect(uint interrupt, ref PendingBits raised)
    {
        if (!new VectorBlock(_firstInterrupt, VectorCount).TryIndex(interrupt, out uint vector))
        {
            return MsiCollection.Foreign;
        }

        if (!_owners.OwnerOf(vector).IsNone)
        {
            raised.Set(vector);
        }

        return MsiCollection.Done;
    }
}
