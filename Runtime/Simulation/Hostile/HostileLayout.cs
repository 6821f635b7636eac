using System;
using Sluice.Registers;
using Sluice.Simulation.Pci;

namespace Sluice.Simulation.Hostile;

/// <summary>Config spaces that no specification allows, written into a <see cref="DmaFunction"/> from the device's own side.</summary>
public static class HostileLayout
{
    private const uint First = 0x34;
    private const uint Msix = 0x70;
    private const int Kinds = 22;

    /// <summary>How many layouts there are.</summary>
    public static int Count => Kinds;

    /// <summary>Damages a function's config space.</summary>
    /// <param name="function">The function.</param>
    /// <param name="kind">Which damage, below <see cref="Count"/>.</param>
    /// <returns>What was done, in words.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such damage.</exception>
    public static string Apply(SimulatedFunction function, int kind)
    {
        ArgumentNullException.ThrowIfNull(function);
        return kind switch
        {
            0 => Byte(function, 0x71, 0x50, "a list of two that comes back to its first"),
            1 => Byte(function, 0x41, 0x40, "a capability that is its own successor"),
            2 => Byte(function, First, 0x00, "no capability, and the status bit that says there are"),
            3 => Byte(function, First, 0xFF, "a list that begins behind the last word"),
            4 => Byte(function, First, 0x04, "a list that begins in the header"),
            5 => Byte(function, 0x51, 0x3C, "a list that goes back into the header"),
            6 => Byte(function, 0x41, 0x43, "a pointer with its reserved bits set"),
            7 => Word(function, Msix + 4, 0x2F06, "a table in BAR 6, which does not exist"),
            8 => Word(function, Msix + 4, 0x2F04, "a table in I/O space"),
            9 => Word(function, Msix + 4, 0x2F03, "a table in an absent BAR"),
            10 => Word(function, Msix + 4, 0xFFFF_FFF8, "a table at the end of all offsets"),
            11 => Word(function, Msix + 8, 0x2F08, "pending bits inside the table"),
            12 => Word(function, Msix + 8, 0xFFF8, "pending bits that end with the BAR"),
            13 => Word(function, Msix + 8, 0x1_0000, "pending bits behind the BAR"),
            14 => Half(function, Msix + 2, 0x07FF, "2,048 entries, more than fit"),
            15 => Word(function, 0x100, 0x1401_0001, "extended capabilities", (0x140, 0x1001_0010)),
            16 => Word(function, 0x100, 0x1001_0001, "an extended capability that is its own successor"),
            17 => Word(function, 0x100, 0xFFFF_FFFF, "an extended space of ones"),
            18 => Byte(function, 0x0E, 0x01, "the header of a bridge"),
            19 => Byte(function, 0x0E, 0x7F, "a header of no known kind"),
            20 => Word(function, 0x90, 0x0002_4010, "PCI Express that says it goes back to power management"),
            21 => Byte(function, 0x51, 0x74, "a capability inside its neighbour"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"there are {Kinds} layouts"),
        };
    }

    /// <summary>Fills every byte behind the header, and the pointer to it, with random ones.</summary>
    /// <param name="function">The function.</param>
    /// <param name="random">Where they come from.</param>
    public static void Scramble(SimulatedFunction function, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(random);
        function.Poke(First, AccessWidth.Byte, random.Below(0x100));
        for (uint offset = 0x40; offset < 0x1000; offset += 4)
        {
            // Ids and pointers that could be meant, more often than chance has them.
            uint word = (uint)random.Next();
            uint id = random.Below(4) switch { 0 => 0x01, 1 => 0x05, 2 => 0x11, _ => 0x10 };
            uint next = (0x40 + random.Below(0xC0)) & 0xFC;
            function.Poke(offset, AccessWidth.Word, random.OneIn(2) ? word : (word & 0xFFFF_0000) | (next << 8) | id);
        }
    }

    private static string Byte(SimulatedFunction function, uint offset, uint value, string what)
    {
        function.Poke(offset, AccessWidth.Byte, value);
        return what;
    }

    private static string Half(SimulatedFunction function, uint offset, uint value, string what)
    {
        function.Poke(offset, AccessWidth.HalfWord, value);
        return what;
    }

    private static string Word(SimulatedFunction function, uint offset, uint value, string what, (uint Offset, uint Value)? second = null)
    {
        function.Poke(offset, AccessWidth.Word, value);
        if (second is { } other)
        {
            function.Poke(other.Offset, AccessWidth.Word, other.Value);
            return what + " that come back to their first";
        }

        return what;
    }
}
