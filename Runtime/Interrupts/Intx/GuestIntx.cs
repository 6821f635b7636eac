using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The four INTx wires of the host bridge that a guest sees. A wire is asserted as long as any function asserts a pin that is swizzled to it: a bit for each function, so that
/// it is bounded and no function can release the wire of another.
/// </summary>
/// <remarks>Source: PCI Local Bus Specification 3.0, section 2.2.6; PCI-to-PCI Bridge Architecture 1.2, section 9.1.</remarks>
public struct GuestIntx
{
    /// <summary>How many wires there are.</summary>
    public const uint Wires = 4;

    /// <summary>All wires: INTA in bit 0 to INTD in bit 3.</summary>
    public const uint AllWires = 0xF;

    private const int WordsPerWire = 4;

    private Words _asserted;

    /// <summary>Asserted wires: INTA in bit 0 to INTD in bit 3.</summary>
    public readonly uint Levels => Level(0) | Level(1) | Level(2) | Level(3);

    /// <summary>Which wire a pin is swizzled to.</summary>
    /// <param name="place">The function, as the guest sees it, behind the host bridge or its root port.</param>
    /// <param name="pin">1 to 4 for INTA to INTD.</param>
    /// <returns>0 for INTA to 3 for INTD.</returns>
    public static uint WireOf(RequesterId place, uint pin) => (place.Device + pin - 1) & 3;

    /// <summary>Takes what a function drives its pin to.</summary>
    /// <param name="place">The function, as the guest sees it.</param>
    /// <param name="pin">1 to 4 for INTA to INTD; others drive nothing.</param>
    /// <param name="asserted">Whether it asserts the pin.</param>
    /// <returns>Whether a wire has changed by it.</returns>
    public bool Set(RequesterId place, uint pin, bool asserted)
    {
        if (pin is 0 or > Wires)
        {
            return false;
        }

        uint before = Levels;
        uint function = (uint)(place.Value & 0xFF);
        ref ulong word = ref _asserted[(int)((WireOf(place, pin) * WordsPerWire) + (function >> 6))];
        ulong bit = 1UL << (int)(function & 63);
        word = asserted ? word | bit : word & ~bit;
        return Levels != before;
    }

    /// <summary>Whether a function asserts a wire.</summary>
    /// <param name="place">The function, as the guest sees it.</param>
    /// <param name="pin">1 to 4 for INTA to INTD.</param>
    public readonly bool Has(RequesterId place, uint pin)
    {
        uint function = (uint)(place.Value & 0xFF);
        return pin is > 0 and <= Wires
            && (_asserted[(int)((WireOf(place, pin) * WordsPerWire) + (function >> 6))] & (1UL << (int)(function & 63))) != 0;
    }

    private readonly uint Level(int wire)
    {
        int first = wire * WordsPerWire;
        return (_asserted[first] | _asserted[first + 1] | _asserted[first + 2] | _asserted[first + 3]) != 0 ? 1u << wire : 0;
    }

    [InlineArray((int)Wires * WordsPerWire)]
    private struct Words
    {
        private ulong _word;
    }
}
