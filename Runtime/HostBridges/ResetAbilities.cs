using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>How a function can be reset alone, and which registers do it: asked of the function once, before anybody owns it.</summary>
public struct ResetAbilities
{
    private const uint EndOfConventional = 0x100;
    private const uint ExpressLength = 0xC;
    private const uint AfLength = 6;
    private const uint PowerLength = 8;

    /// <summary>Byte offset of the PCI Express capability; 0 for none.</summary>
    public uint ExpressOffset { get; set; }

    /// <summary>Byte offset of the advanced features capability; 0 for none.</summary>
    public uint AfOffset { get; set; }

    /// <summary>Byte offset of the power management capability; 0 for none.</summary>
    public uint PowerOffset { get; set; }

    /// <summary>Function-level reset by the PCI Express capability.</summary>
    public bool CanFlr { get; set; }

    /// <summary>Function-level reset by the advanced features capability.</summary>
    public bool CanAf { get; set; }

    /// <summary>Whether the advanced features capability shows that requests wait for their answer.</summary>
    public bool ShowsAfPending { get; set; }

    /// <summary>The way from D3hot to D0 resets it.</summary>
    public bool CanPower { get; set; }

    /// <summary>The way that is taken when it is reset alone: what resets most, first.</summary>
    public readonly ResetMethod Preferred
        => CanFlr ? ResetMethod.FunctionLevel : CanAf ? ResetMethod.AdvancedFeatures : CanPower ? ResetMethod.PowerState : ResetMethod.None;

    /// <summary>Asks a function. Only reads.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    public static ResetAbilities Find<TBridge>(FunctionConfig<TBridge> config)
        where TBridge : struct, IHostBridge
    {
        ResetAbilities abilities = default;
        CapabilityWalk<TBridge> walk = new(config);
        while (walk.MoveNext())
        {
            switch (walk.Id)
            {
                case PcieCapability.CapabilityId when abilities.ExpressOffset == 0 && walk.Offset + ExpressLength <= EndOfConventional:
                    abilities.ExpressOffset = walk.Offset;
                    abilities.CanFlr = new PcieCapability.Registers<FunctionConfig<TBridge>>(config, new RegisterAddress(walk.Offset)).ExpDevcap.Read().Flr;
                    break;
                case AfCapability.CapabilityId when abilities.AfOffset == 0 && walk.Offset + AfLength <= EndOfConventional:
                    AfCapability.AfCap af = new AfCapability.Registers<FunctionConfig<TBridge>>(config, new RegisterAddress(walk.Offset)).AfCap.Read();
                    abilities.AfOffset = walk.Offset;
                    abilities.CanAf = af.Flr;
                    abilities.ShowsAfPending = af.Tp;
                    break;
                case PmCapability.CapabilityId when abilities.PowerOffset == 0 && walk.Offset + PowerLength <= EndOfConventional:
                    abilities.PowerOffset = walk.Offset;
                    abilities.CanPower = !new PmCapability.Registers<FunctionConfig<TBridge>>(config, new RegisterAddress(walk.Offset)).Pmcsr.Read().NoSoftReset;
                    break;
                default:
                    break;
            }
        }

        return abilities;
    }
}
