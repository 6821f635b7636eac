using System.Runtime.CompilerServices;

namespace Sluice.Hypervisor.Guests.Interrupts;

/// <summary>A priority for each interrupt number, 0 the highest, as the guest set it.</summary>
internal struct PriorityTable
{
    private Priorities _priorities;

    public byte this[uint interrupt]
    {
        readonly get => interrupt < InterruptSet.Limit ? _priorities[(int)interrupt] : (byte)0xFF;
        set
        {
            if (interrupt < InterruptSet.Limit)
            {
                _priorities[(int)interrupt] = value;
            }
        }
    }

    [InlineArray((int)InterruptSet.Limit)]
    private struct Priorities
    {
        private byte _first;
    }
}
