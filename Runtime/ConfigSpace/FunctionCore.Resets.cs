using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Resets of the function that the guest asks for by a bit.</summary>
internal partial struct FunctionCore<TBridge, TGuest, TEntries> : PcieCapability.IGuestHooks, AfCapability.IGuestHooks
{
    /// <inheritdoc/>
    public void WriteExpDevctl(ref PcieCapability.Guest view, PcieCapability.ExpDevctl old, PcieCapability.ExpDevctl value, Lanes lanes)
    {
        WantsReset |= value.BcrFlr && _host.CanReset;
        view.ExpDevctl = value with { BcrFlr = false };
    }

    /// <inheritdoc/>
    public void WriteAfCtrl(ref AfCapability.Guest view, AfCapability.AfCtrl old, AfCapability.AfCtrl value, Lanes lanes)
    {
        WantsReset |= value.Flr && _host.CanReset;
        view.AfCtrl = default;
    }
}
