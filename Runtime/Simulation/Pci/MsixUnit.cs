using Sluice.Registers;

namespace Sluice.Simulation.Pci;

/// <summary>The MSI-X table and pending bits of a simulated function, with the semantics of the hardware (PCI Local Bus Specification 3.0, section 6.8.2).</summary>
/// <param name="entries">How many entries the table has.</param>
public sealed class MsixUnit(int entries)
{
    private readonly uint[] _words = new uint[entries * 4];
    private readonly bool[] _pending = new bool[entries];

    /// <summary>How many entries the table has.</summary>
    public int Entries => entries;

    /// <summary>How many table words have been written: a guest that is masked off writes none.</summary>
    public int Writes { get; private set; }

    /// <summary>Where an entry's message goes.</summary>
    public ulong Address(int entry) => _words[entry * 4] | ((ulong)_words[(entry * 4) + 1] << 32);

    /// <summary>What an entry's message is.</summary>
    public uint Data(int entry) => _words[(entry * 4) + 2];

    /// <summary>Whether an entry's own mask bit is set.</summary>
    public bool IsMasked(int entry) => (_words[(entry * 4) + 3] & 1) != 0;

    /// <summary>Whether an entry waits for its mask to go.</summary>
    public bool IsPending(int entry) => _pending[entry];

    /// <summary>Makes an entry wait, or not.</summary>
    public void SetPending(int entry, bool pending) => _pending[entry] = pending;

    /// <summary>Puts all to the state after reset: every entry masked.</summary>
    public void Reset()
    {
        for (int entry = 0; entry < entries; entry++)
        {
            _words[entry * 4] = 0;
            _words[(entry * 4) + 1] = 0;
            _words[(entry * 4) + 2] = 0;
            _words[(entry * 4) + 3] = 1;
            _pending[entry] = false;
        }
    }

    /// <summary>A read of the table.</summary>
    public ulong ReadTable(ulong offset, AccessWidth width)
    {
        ulong low = _words[(int)(offset >> 2)];
        return width == AccessWidth.DoubleWord ? low | ((ulong)_words[(int)(offset >> 2) + 1] << 32) : low >> ((int)(offset & 3) * 8);
    }

    /// <summary>A write to the table.</summary>
    public void WriteTable(ulong offset, AccessWidth width, ulong value)
    {
        Writes++;
        _words[(int)(offset >> 2)] = (uint)value;
        if (width == AccessWidth.DoubleWord)
        {
            _words[(int)(offset >> 2) + 1] = (uint)(value >> 32);
        }
    }

    /// <summary>A read of the pending bits.</summary>
    public ulong ReadPending(ulong offset, AccessWidth width)
    {
        ulong bits = 0;
        for (int bit = 0; bit < (int)width * 8; bit++)
        {
            int entry = (int)(offset * 8) + bit;
            bits |= entry < entries && _pending[entry] ? 1UL << bit : 0;
        }

        return bits;
    }
}
