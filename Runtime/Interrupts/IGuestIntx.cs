using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>The INTx wires of the host bridge that a guest sees: levels, not edges.</summary>
public interface IGuestIntx
{
    /// <summary>Says what a function drives its interrupt pin to. A level that is what it was is no error.</summary>
    /// <param name="place">The function, as the guest sees it; the wire is swizzled from its device and pin.</param>
    /// <param name="pin">1 to 4 for INTA to INTD, as in the interrupt pin register. Others drive nothing.</param>
    /// <param name="asserted">Whether it asserts the pin.</param>
    void SetIntx(RequesterId place, uint pin, bool asserted);
}
