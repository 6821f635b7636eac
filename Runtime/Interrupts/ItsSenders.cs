namespace Sluice.Runtime.Interrupts;

/// <summary>The device ids under which one function's messages reach a translation service: its own, those of its phantom function numbers, and that of a bridge to conventional PCI.</summary>
/// <param name="own">Its own id.</param>
/// <param name="phantoms">The bits of the function number that do not count.</param>
/// <param name="alias">The bridge's id; <see cref="None"/> when there is none.</param>
internal readonly struct ItsSenders(uint own, uint phantoms, uint alias)
{
    /// <summary>No id.</summary>
    internal const uint None = uint.MaxValue;

    private readonly uint _own = own;
    private readonly uint _phantoms = phantoms & 7;
    private readonly uint _alias = alias == own ? None : alias;

    /// <summary>The bits of the function number that do not count.</summary>
    internal uint Phantoms => _phantoms;

    /// <summary>How many ids there are.</summary>
    internal uint Count => Numbers + (_alias == None ? 0u : 1);

    private uint Numbers => 1u << System.Numerics.BitOperations.PopCount(_phantoms);

    /// <summary>One of them; its own comes first, the bridge's last.</summary>
    internal uint this[uint index]
    {
        get
        {
            if (index >= Numbers)
            {
                return _alias;
            }

            // Phantom bits are the highest of the three, so the index counts in steps of their lowest.
            uint step = _phantoms & (0u - _phantoms);
            return _own ^ ((index * step) & _phantoms);
        }
    }
}
