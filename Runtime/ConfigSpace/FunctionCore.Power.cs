using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>The power state: D0 and D3hot. A function that sleeps neither decodes nor masters.</summary>
internal partial struct FunctionCore<TBridge, TGuest, TEntries> : PmCapability.IGuestHooks
{
    /// <inheritdoc/>
    public void WritePmcsr(ref PmCapability.Guest view, PmCapability.Pmcsr old, PmCapability.Pmcsr value, Lanes lanes)
    {
        if (value.State is PmCapability.PmcsrState.D1 or PmCapability.PmcsrState.D2)
        {
            // The guest is not shown these states; a write of one is no change.
            view.Pmcsr = value with { State = old.State };
            return;
        }

        _changesPower = value.State != old.State;
    }

    /// <summary>
    /// Makes the hardware follow the guest's power state. To sleep: memory is unmapped, decoding and mastering go off, then the hardware sleeps. To wake: the hardware wakes,
    /// then memory is mapped.
    /// </summary>
    /// <param name="header">The guest's header.</param>
    /// <returns>Whether the function has reset itself on the way to D0, so that the guest's registers must be as after a reset.</returns>
    public bool FollowPower(ref PciHeader.Guest header)
    {
        if (!_changesPower)
        {
            return false;
        }

        _changesPower = false;
        if (!IsAsleep)
        {
            IsAsleep = true;
            header.Command = Follow(ref header, header.Command);
            _host.Sleep();
            return false;
        }

        IsAsleep = false;
        if (!_host.TryWake(_guest))
        {
            _mapping.GiveUp();
        }

        if (!_host.KeepsStateAsleep)
        {
            _msix.Reset();
            _msi.Reset();
            return true;
        }

        header.Command = Follow(ref header, header.Command);
        return false;
    }
}
