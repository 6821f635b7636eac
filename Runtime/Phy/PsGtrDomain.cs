using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Phy;

/// <summary>
/// The transceivers as a domain sees them that drives SATA, USB, DisplayPort or SGMII with its own PHY driver: it moves the lanes that the arbiter says are its own, leads each to the
/// controller only that it was given with, and resets those controllers. No bit of another lane ever changes, however wide and wherever it writes.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
public struct PsGtrDomain<TBus>
    where TBus : struct, IRegisterBus
{
    private readonly TBus _bus;
    private readonly PsGtrSettings _settings;
    private readonly OwnerId _owner;
    private PsGtr.HardwareDomain _serdes;
    private Siou.HardwareDomain _siou;
    private CrfApb.HardwareDomain _fullPower;
    private CrlApb.HardwareDomain _lowPower;

    /// <summary>Begins with the view of transceivers after reset.</summary>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="settings">Where they are; policy and plan do not matter.</param>
    /// <param name="owner">The domain, as the arbiter knows it.</param>
    public PsGtrDomain(TBus bus, PsGtrSettings settings, OwnerId owner)
    {
        _bus = bus;
        _settings = settings;
        _owner = owner;
        _serdes.Reset(ResetKind.PowerOn);
        _siou.Reset(ResetKind.PowerOn);
        _fullPower.Reset(ResetKind.PowerOn);
        _lowPower.Reset(ResetKind.PowerOn);
    }

    /// <summary>Accesses to what the domain is not shown.</summary>
    public uint Denied { get; private set; }

    /// <summary>What reached for a lane or a controller of somebody else, or led a lane elsewhere than it was given for: it changed nothing.</summary>
    public uint Refused { get; private set; }

    /// <summary>Reads a register.</summary>
    /// <param name="arbiter">Who has which lane now.</param>
    /// <param name="block">The block.</param>
    /// <param name="offset">Byte offset in it; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult Read(in LaneArbiter arbiter, PhyBlock block, uint offset, AccessWidth width, out ulong value)
    {
        switch (block)
        {
            case PhyBlock.Serdes:
                SerdesHooks<TBus> serdes = new(_bus, _settings, arbiter, _owner);
                return Count(_serdes.Read(offset, width, ref serdes, out value), 0);
            case PhyBlock.Siou:
                SiouHooks<TBus> siou = new(_bus, _settings, arbiter, _owner);
                return Count(_siou.Read(offset, width, ref siou, out value), 0);
            case PhyBlock.FullPowerResets:
                ResetHooks<TBus> full = new(_bus, _settings, arbiter, _owner);
                return Count(_fullPower.Read(offset, width, ref full, out value), 0);
            default:
                ResetHooks<TBus> low = new(_bus, _settings, arbiter, _owner);
                return Count(_lowPower.Read(offset, width, ref low, out value), 0);
        }
    }

    /// <summary>Writes a register.</summary>
    /// <param name="arbiter">Who has which lane now.</param>
    /// <param name="block">The block.</param>
    /// <param name="offset">Byte offset in it; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    [TrapPath]
    public AccessResult Write(in LaneArbiter arbiter, PhyBlock block, uint offset, AccessWidth width, GuestValue value)
    {
        switch (block)
        {
            case PhyBlock.Serdes:
                SerdesHooks<TBus> serdes = new(_bus, _settings, arbiter, _owner);
                return Count(_serdes.Write(offset, width, value, ref serdes), serdes.Refused);
            case PhyBlock.Siou:
                SiouHooks<TBus> siou = new(_bus, _settings, arbiter, _owner);
                return Count(_siou.Write(offset, width, value, ref siou), siou.Refused);
            case PhyBlock.FullPowerResets:
                ResetHooks<TBus> full = new(_bus, _settings, arbiter, _owner);
                return Count(_fullPower.Write(offset, width, value, ref full), full.Refused);
            default:
                ResetHooks<TBus> low = new(_bus, _settings, arbiter, _owner);
                return Count(_lowPower.Write(offset, width, value, ref low), low.Refused);
        }
    }

    private AccessResult Count(AccessResult result, uint refused)
    {
        Denied += result == AccessResult.Done ? 0u : 1u;
        Refused += refused;
        return result;
    }
}
