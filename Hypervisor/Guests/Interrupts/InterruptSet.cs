using System.Runtime.CompilerServices;

namespace Sluice.Hypervisor.Guests.Interrupts;

/// <summary>A set of interrupt numbers below <see cref="Limit"/>, a bit each: bounded, and it loses nothing by being full.</summary>
internal struct InterruptSet
{
    /// <summary>The numbers that a guest's distributor knows: as many as its registers describe.</summary>
    public const uint Limit = 288;

    private Words _words;

    /// <summary>The 32 numbers from <paramref name="word"/> x 32 on, as a distributor's registers have them.</summary>
    public uint this[uint word]
    {
        readonly get => word < Limit / 32 ? _words[(int)word] : 0;
        set
        {
            if (word < Limit / 32)
            {
                _words[(int)word] = value;
            }
        }
    }

    public readonly bool Contains(uint interrupt)
    {
        return interrupt < Limit && (_words[(int)(interrupt / 32)] & (1u << (int)(interrupt % 32))) != 0;
    }

    public void Add(uint interrupt)
    {
        if (interrupt < Limit)
        {
            _words[(int)(interrupt / 32)] |= 1u << (int)(interrupt % 32);
        }
    }

    public void Remove(uint interrupt)
    {
        if (interrupt < Limit)
        {
            _words[(int)(interrupt / 32)] &= ~(1u << (int)(interrupt % 32));
        }
    }

    [InlineArray((int)Limit / 32)]
    private struct Words
    {
        private uint _first;
    }
}
