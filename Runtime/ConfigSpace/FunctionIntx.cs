using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>A function's interrupt pin as its guest has it: whether there is one, which of the machine's lines it drives, and what it shows to the guest now.</summary>
internal struct FunctionIntx
{
    private RequesterId _place;

    /// <summary>1 to 4 for INTA to INTD; 0 while the guest has none.</summary>
    public uint Pin { get; private set; }

    /// <summary>The machine's line that the pin drives.</summary>
    public uint Line { get; private set; }

    /// <summary>Whether the guest sees the pin asserted.</summary>
    public bool IsAsserted { get; private set; }

    /// <summary>Gives the guest the pin.</summary>
    public void Provide(RequesterId place, uint pin, uint line)
    {
        _place = place;
        Pin = pin;
        Line = line;
    }

    /// <summary>Shows a level to the guest.</summary>
    public void Drive<TGuest>(bool asserted, TGuest guest)
        where TGuest : struct, IGuestIntx
    {
        if (IsAsserted != asserted)
        {
            IsAsserted = asserted;
            guest.SetIntx(_place, Pin, asserted);
        }
    }
}
